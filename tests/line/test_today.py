"""Today remembers calls that were promised and contacts that were left open."""

import datetime as dt

from hemvag.line import today
from hemvag.line.models import Contact
from tests.conftest import Town
from tests.line.conftest import AT
from tests.line.test_call_back import FROM, TO, promised


def test_today_remembers(call: Contact, town: Town) -> None:
    by, colleague = town.workers["counsellor"], town.workers["other_counsellor"]
    promised(call, town)
    assert [item.kind for item in today.items(by, AT)] == []
    [item] = today.items(colleague, FROM)
    assert (item.kind, item.state, item.who, item.reference) == ("call_back", "now", "", call.dossier.reference)
    assert item.when == "i dag kl. 10.04–12.04"
    late = {item.kind: item.state for item in today.items(by, TO + dt.timedelta(hours=30))}
    assert late == {"call_back": "late", "contact": "late"}
    assert today.items(town.workers["registrar"], FROM) == []


def test_a_contact_left_open_comes_back_to_its_counsellor(call: Contact, town: Town) -> None:
    soon, later = AT + dt.timedelta(hours=1), AT + dt.timedelta(hours=3)
    assert today.items(town.workers["counsellor"], soon) == []
    assert [item.kind for item in today.items(town.workers["counsellor"], later)] == ["contact"]
    assert today.items(town.workers["other_counsellor"], later) == []
