"""What the law asks of data before somebody may approve it, whatever the SOP says.

Data that is not open needs its consequence test (UU 14/2008); open data may hold nothing of persons
that nobody has answered for (UU 27/2022).
"""

from __future__ import annotations

from ckan import model

from ckanext.satudata.errors import Refused
from ckanext.satudata.logic.cases import checks
from ckanext.satudata.logic.personal import asking
from ckanext.satudata.logic.releases import approving


def check(item: str) -> None:
    """Refuse the approval of a dataset, or of a working copy, that the law forbids.

    Raises Refused `consequence_test_missing`, `personal_data_unanswered`.
    """
    package: model.Package = approving.known(item)
    missing = checks.closing_gaps(package.extras or {})
    if missing:
        title = package.title or package.name
        raise Refused("consequence_test_missing", dataset=title, missing=missing)
    asking.check_open(package)
