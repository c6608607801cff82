"""The portal as a WSGI application: ``gunicorn --chdir deploy wsgi:application``.

CKAN_INI in the environment names the configuration file.
"""

from __future__ import annotations

import os

from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app

application = make_app(CKANConfigLoader(os.environ["CKAN_INI"]).get_config())
