"""The portal does not start with settings that would let somebody round the gate."""

from __future__ import annotations

import pytest
from ckan.exceptions import CkanConfigurationException
from ckan.plugins import toolkit as tk

from ckanext.satudata.logic import startup

pytestmark = pytest.mark.usefixtures("with_plugins")


def test_the_settings_of_the_tests_are_safe():
    startup.check_settings()


@pytest.mark.parametrize("name", sorted(startup.REQUIRED))
def test_an_unsafe_setting_is_complained_about_by_name(monkeypatch, name):
    safe = startup.REQUIRED[name]
    monkeypatch.setitem(tk.config, name, "everything" if safe == "" else not safe)

    with pytest.raises(CkanConfigurationException, match=name.replace(".", r"\.")):
        startup.check_settings()
