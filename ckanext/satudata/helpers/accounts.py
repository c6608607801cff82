"""What pages say of API tokens."""

from __future__ import annotations

from ckan import model

from ckanext.satudata import config
from ckanext.satudata.config import TokenDays
from ckanext.satudata.logic.accounts import tokens


def satudata_token_days() -> TokenDays:
    """Days that a token lives usually and at most."""
    return config.token_days()


def satudata_token_end(token_id: str) -> str | None:
    """When a token ends, in UTC; None for one that is not there."""
    token = model.ApiToken.get(token_id)
    return tokens.expires(token) if token is not None else None
