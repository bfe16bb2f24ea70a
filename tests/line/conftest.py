"""What tests of the line ask for: cheap codes, and a contact that a counsellor has begun."""

import datetime as dt

import pytest

from hemvag.lib import clock
from hemvag.line import contact, return_code
from hemvag.line.code import Cost
from hemvag.line.models import Contact
from tests.conftest import Town

AT = dt.datetime(2026, 5, 12, 10, 4, tzinfo=clock.STOCKHOLM)

CODED = {
    "channel": "phone",
    "caller": "grandparent",
    "language": "swedish",
    "interpreter": "not_needed",
    "about": "child",
    "age": ["age_0_5", "age_6_11"],
    "stage": "abroad",
    "acute": "no",
    "advice": ["support", "report"],
    "outcome": "done",
    "theme": ["conflict_zone", "return"],
}


@pytest.fixture(autouse=True)
def cheap_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A derivation that costs nothing: what it costs in life is tested beside `code.derive`."""
    monkeypatch.setattr(return_code, "COST", Cost(n=2**4))


@pytest.fixture
def call(town: Town) -> Contact:
    """A contact that the counsellor has just begun."""
    return contact.start(by=town.workers["counsellor"], at=AT)


def written(row: Contact, town: Town, *, at: dt.datetime = AT, **fields: object) -> Contact:
    """Save the contact with these fields beside what it holds."""
    version = Contact.objects.get(id=row.id).version
    return contact.save_draft(row.id, version=version, fields=fields, by=town.workers["counsellor"], at=at)
