"""API tokens end: each says when, and one that says nothing ends as the longest would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Schema

from ckanext.satudata import config
from ckanext.satudata.errors import Refused
from ckanext.satudata.logic import clock
from ckanext.satudata.logic.wording import sentence

EXTRA = "satudata"


class ExpiringTokens:
    """IApiToken."""

    def create_api_token_schema(self, schema: Schema) -> Schema:
        return {**schema, "expires_in_days": _days()}

    def decode_api_token(self, encoded: str, **_more: Any) -> None:
        return None

    def encode_api_token(self, data: dict[str, Any], **_more: Any) -> None:
        return None

    def preprocess_api_token(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """A token with an end was judged by its decoder; an older one gets the latest end."""
        if "exp" in data:
            return data
        longest = timedelta(days=config.token_days().longest)
        made = datetime.fromtimestamp(int(data.get("iat") or 0), timezone.utc)
        now = clock.now().replace(tzinfo=timezone.utc)
        return data if now < made + longest else {}

    def postprocess_api_token(
        self, data: dict[str, Any], jti: str, data_dict: dict[str, Any]
    ) -> dict[str, Any]:
        days = data_dict.get("expires_in_days") or config.token_days().usual
        end = clock.now().replace(tzinfo=timezone.utc, microsecond=0) + timedelta(days=days)
        token = model.ApiToken.get(jti)
        if token is not None:
            token.set_extra(EXTRA, {"expires": end.isoformat()}, True)
        return {**data, "exp": int(end.timestamp())}

    def add_extra_fields(self, data_dict: dict[str, Any]) -> dict[str, Any]:
        token = model.ApiToken.get(data_dict.get("id"))
        return {**data_dict, "expires": expires(token)} if token is not None else data_dict


def expires(token: model.ApiToken) -> str:
    """When a token ends, in UTC as ISO 8601."""
    noted = (token.plugin_extras or {}).get(EXTRA, {}).get("expires")
    if noted:
        return noted
    longest = timedelta(days=config.token_days().longest)
    return (token.created_at.replace(tzinfo=timezone.utc) + longest).isoformat()


def _days() -> list[Any]:
    default: Any = tk.get_validator("default")
    return [
        default(config.token_days().usual),
        tk.get_validator("is_positive_integer"),
        _not_longer,
    ]


def _not_longer(value: int) -> int:
    longest = config.token_days().longest
    if value > longest:
        raise tk.Invalid(sentence(Refused("token_long", limit=longest)))
    return value
