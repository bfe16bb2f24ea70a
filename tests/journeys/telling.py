"""The main line of the story from beginning to end, in any language and any window."""

from typing import Any

from tests.journeys import calling, handling, receiving
from tests.journeys.conftest import Enter
from tests.journeys.family import Family
from tests.journeys.person import Person


def tell(enter: Enter, family: Family, **manner: Any) -> Person:
    """From the call to the closing decision; return the social worker, who has the eldest child's case open."""
    counsellor = enter("counsellor", **manner)
    calling.begin_a_call(counsellor)
    calling.write_down(counsellor)
    calling.go_through_the_gate(counsellor)
    calling.name_the_children(counsellor, family)
    registrar = enter("registrar", **manner)
    receiving.enter_the_police_report(registrar, family)
    receiving.confirm_each_child(registrar, family)
    receiving.confirm_as_the_second(enter("on_call", **manner), family)
    lead = enter("unit_lead", **manner)
    receiving.assign(lead, family.eldest, "Colleague")
    worker = enter("colleague", **manner)
    handling.open_case(worker, family.eldest)
    handling.follow_to_the_end(worker)
    return worker
