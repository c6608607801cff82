"""What the maker of a payload may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ckan.tests import helpers

from tests.integration.matrix.world import Target, World
from tests.integration.office import dataset_values

Values = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """`me`: the name of who asks; for somebody without an account that of a person who has one."""

    world: World
    target: Target
    me: str

    @property
    def ids(self) -> dict[str, str]:
        return self.world.ids

    @property
    def dataset(self) -> Values:
        """A dataset of the agency as a producer fills it in."""
        return dataset_values(self.world.office, "data-baru", title="Data baru")

    def shown(self) -> Values:
        """The target as its agency reads it."""
        context = {"user": self.world.office["sysadmin"], "ignore_auth": True}
        return helpers.call_action("package_show", context, id=self.target.id)
