"""The portal does not start with settings that would let somebody round the gate."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from ckan import plugins
from ckan.exceptions import CkanConfigurationException
from ckan.plugins import toolkit as tk
from ckanext.scheming.plugins import SchemingDatasetsPlugin, SchemingOrganizationsPlugin

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


@pytest.mark.parametrize(
    ("option", "plugin"),
    [
        ("scheming.dataset_schemas", SchemingDatasetsPlugin),
        ("scheming.organization_schemas", SchemingOrganizationsPlugin),
    ],
)
def test_a_form_that_was_not_read_is_complained_about_by_its_option(monkeypatch, option, plugin):
    monkeypatch.setattr(plugin.instance, "_schemas", {})
    monkeypatch.setattr(plugin.instance, "_expanded_schemas", {})

    with pytest.raises(CkanConfigurationException, match=option.replace(".", r"\.")):
        startup.check_settings()


@pytest.fixture
def scheming_first(ckan_config) -> Iterator[None]:
    """The plugins loaded in another order than that of test.ini."""
    usual = ckan_config["ckan.plugins"]
    _load(ckan_config, "scheming_organizations satudata datastore")
    yield
    _load(ckan_config, usual)


def _load(config, names) -> None:
    plugins.unload_all()
    config["ckan.plugins"] = names
    plugins.load_all()


def test_the_forms_are_read_in_whatever_order_the_plugins_stand(scheming_first):
    startup.check_settings()
