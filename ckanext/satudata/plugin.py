"""Wires the extension into CKAN, and nothing else."""

from __future__ import annotations

from collections import OrderedDict
from importlib.resources import files
from typing import Any

from ckan import model
from ckan import plugins as p
from ckan.common import CKANConfig
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.datastore.interfaces import IDatastoreBackend
from ckanext.scheming.plugins import SchemingDatasetsPlugin

from ckanext.satudata import facets, helpers
from ckanext.satudata.cli import commands
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import loaded, mail_check, people, startup, wording
from ckanext.satudata.logic.accounts import sessions
from ckanext.satudata.logic.accounts.tokens import ExpiringTokens
from ckanext.satudata.logic.datasets import dataset_rules as rules
from ckanext.satudata.logic.datasets import (
    gate,
    harvested,
    index,
    labels,
    pointed_tables,
    searched,
    standing,
)
from ckanext.satudata.logic.files.uploader import ContentUpload
from ckanext.satudata.logic.notices import resetting, telling
from ckanext.satudata.logic.outbox import index as outbox_index
from ckanext.satudata.logic.releases import shown
from ckanext.satudata.views import blueprints
from ckanext.satudata.views.authenticator import PortalAuthenticator

I18N = "ckanext.satudata.i18n"


@tk.blanket.actions(loaded.get_actions)
@tk.blanket.auth_functions(loaded.get_auth_functions)
@tk.blanket.blueprints(blueprints.get_blueprints)
@tk.blanket.cli(commands.get_commands)
@tk.blanket.config_declarations
@tk.blanket.helpers(helpers.get_helpers)
@tk.blanket.validators
class SatuDataPlugin(
    SchemingDatasetsPlugin, labels.CaseLabels, PortalAuthenticator, ExpiringTokens
):
    """Scheming's dataset form with our gate, and the doors of the SOP engine."""

    p.implements(p.IApiToken)
    p.implements(p.IAuthenticator)
    p.implements(p.IConfigurer)
    p.implements(p.IConfigurable)
    p.implements(p.IDatasetForm, inherit=True)
    p.implements(IDatastoreBackend, inherit=True)
    p.implements(p.IFacets, inherit=True)
    p.implements(p.INotifier, inherit=True)
    p.implements(p.IPackageController, inherit=True)
    p.implements(p.IPermissionLabels)
    p.implements(p.ITranslation)
    p.implements(p.IUploader)

    def update_config(self, config: CKANConfig) -> None:
        super().update_config(config)
        tk.add_template_directory(config, "templates")
        tk.add_public_directory(config, "public")
        tk.add_resource("assets", "satudata")

    def configure(self, config: CKANConfig) -> None:
        super().configure(config)
        startup.check_settings()
        outbox_index.install()
        outbox_index.keep_connection_open()
        searched.install()
        sessions.listen()
        mail_check.check_mail_servers()
        telling.install()

    # IDatasetForm

    def is_fallback(self) -> bool:
        """True, so that a dataset of an unknown type meets our form and is refused by it."""
        return True

    def validate(
        self, context: Context, data_dict: dict[str, Any], schema: Any, action: str
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        if action == "package_show":
            return super().validate(context, data_dict, schema, action)
        settled, refusals = gate.settle(data_dict, action, people.user_of(context))
        data, errors = super().validate(context, settled, schema, action)
        return data, rules.merge(errors, refusals, rules.errors_of(data))

    # Typed loosely: checkers read the literal that scheming returns as the only one allowed.
    def read_template(self) -> Any:
        return "satudata/dataset/read.html"

    def resource_template(self) -> Any:
        return "satudata/dataset/resource.html"

    # IPackageController

    def before_dataset_search(self, search_params: dict[str, Any]) -> dict[str, Any]:
        return facets.any_of_each(standing.by_update(search_params))

    def after_dataset_search(
        self, search_results: dict[str, Any], search_params: dict[str, Any]
    ) -> dict[str, Any]:
        return standing.judge_updates(search_results)

    def after_dataset_create(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        _judge(context, pkg_dict["id"])

    def after_dataset_update(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        _judge(context, pkg_dict["id"])

    def after_dataset_show(self, context: Context, pkg_dict: dict[str, Any]) -> None:
        if shown.KEPT not in context:
            standing.add_to(pkg_dict)
        standing.judge_update(pkg_dict)
        harvested.leave_out(pkg_dict)

    def before_dataset_index(self, pkg_dict: dict[str, Any]) -> dict[str, Any]:
        return index.document(pkg_dict)

    # IUploader

    def get_uploader(self, upload_to: str, old_filename: str | None) -> None:
        """Pictures and logos stay with CKAN's own uploader."""

    def get_resource_uploader(self, resource: dict[str, Any]) -> ContentUpload:
        return ContentUpload(resource)

    # IDatastoreBackend

    def register_backends(self) -> dict[str, Any]:
        return pointed_tables.backends()

    # IFacets

    def dataset_facets(
        self, facets_dict: OrderedDict[str, Any], package_type: str
    ) -> OrderedDict[str, Any]:
        return facets.dataset_facets()

    def organization_facets(
        self,
        facets_dict: OrderedDict[str, Any],
        organization_type: str,
        package_type: str | None,
    ) -> OrderedDict[str, Any]:
        return facets.organization_facets()

    # INotifier

    def notify_recipient(self, already_notified: bool, *args: Any, **more: Any) -> bool:
        """Core's own mails go as they go; what another plugin did is not undone."""
        return already_notified

    def notify_about_topic(self, already_notified: bool, topic: str, details: Any = None) -> bool:
        if topic != resetting.TOPIC or already_notified:
            return already_notified
        resetting.note(details["user"])
        return True

    # ITranslation

    def i18n_directory(self) -> str:
        return str(files(I18N))

    def i18n_locales(self) -> list[str]:
        """Languages with a catalogue; other folders, such as __pycache__, are none."""
        return [one.name for one in files(I18N).iterdir() if one.joinpath("LC_MESSAGES").is_dir()]

    def i18n_domain(self) -> str:
        return "ckanext-satudata"


def _judge(context: Context, package_id: str) -> None:
    """Let the gate judge what was just written; nothing of a refused write stays."""
    try:
        gate.judge(context, package_id)
    except Refused as refused:
        error = wording.as_ckan_error(refused)
        model.Session.rollback()
        raise error from refused
