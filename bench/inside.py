"""The portal inside a bench: its app, and the scenes of the tests."""

from __future__ import annotations

import logging
import os
import sys
import types
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def find_tests() -> None:
    """Let `tests` be ours: some library brings a package of that name."""
    sys.path.insert(0, str(ROOT))
    tests = types.ModuleType("tests")
    tests.__path__ = [str(ROOT / "tests")]
    sys.modules["tests"] = tests


def make_portal() -> Any:
    """The portal with its real settings, but forms that were not fetched before they are sent."""
    from ckan.cli import CKANConfigLoader
    from ckan.config.middleware import make_app
    from ckan.plugins import toolkit as tk
    from ckan.tests.helpers import CKANTestApp

    config = CKANConfigLoader(os.environ["CKAN_INI"]).get_config()
    app = CKANTestApp(make_app(config))
    app.flask_app.config["WTF_CSRF_ENABLED"] = False
    # As test.ini says: CKAN's factories make people with short passwords.
    tk.config["ckanext.satudata.password_length"] = 8
    logging.disable(logging.INFO)
    return app
