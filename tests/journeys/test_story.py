"""The whole story in Swedish, as people click it."""

import pytest

from tests.journeys import calling, handling, receiving
from tests.journeys.conftest import Enter
from tests.journeys.family import Child, Family
from tests.journeys.looks import accessible
from tests.journeys.person import Person


@pytest.mark.journey
def test_a_call_becomes_help(enter: Enter) -> None:
    family = Family("Warsame")
    counsellor = enter("counsellor", look=accessible)
    calling.begin_a_call(counsellor)
    calling.write_down(counsellor)
    calling.code_by_keyboard(counsellor)
    code = calling.give_a_code(counsellor)
    calling.come_back_with(counsellor, code)
    calling.go_through_the_gate(counsellor)
    calling.name_the_children(counsellor, family)
    registrar = enter("registrar", look=accessible)
    receiving.enter_the_police_report(registrar, family)
    receiving.confirm_each_child(registrar, family)
    receiving.confirm_as_the_second(enter("on_call", look=accessible), family)
    lead = enter("unit_lead", look=accessible)
    receiving.assign(lead, family.eldest, "Colleague")
    worker = enter("colleague", look=accessible)
    handling.open_case(worker, family.eldest)
    handling.follow_to_the_end(worker)
    the_grandmother_is_told_nothing(worker)
    the_decision_can_be_read(worker, family.eldest)
    who_is_late_and_why(registrar, lead, worker)


def the_grandmother_is_told_nothing(worker: Person) -> None:
    call = worker.page.locator("section.panel").filter(has_text="Stödtelefonen")
    worker.sees("Ingen: anmälaren är privatperson.", within=call)
    call.get_by_text("Varför", exact=True).click()
    worker.sees("26 kap. 1 § OSL", within=call)
    letter = worker.page.locator("section.panel").filter(has_text="Kim Ek")
    worker.sees("Anmälaren har bett om den.", within=letter)


def the_decision_can_be_read(worker: Person, child: Child) -> None:
    read = handling.read_decision(worker, "Avsluta utredningen med insats")
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].startswith("sv")
    words = " ".join(page.extract_text() for page in read.pages)
    for expected in (child.reference, "Familjen får stöd när barnet är hemma.", "SoL", "Colleague"):
        assert expected in words, words


def who_is_late_and_why(registrar: Person, lead: Person, worker: Person) -> None:
    """A report found three weeks late in a pile: the one who handles it says why, and the lead reads it."""
    child = receiving.enter_an_old_report(registrar, "Farah")
    receiving.assign(lead, child, "Colleague")
    handling.open_case(worker, child)
    worker.sees("Något är försenat")
    worker.follow("Skriv varför, så att den som leder enheten vet.")
    worker.look()
    worker.choose("Varför är det sent?", "Brist på personal")
    worker.write("Med egna ord", "Två är sjuka.")
    worker.press("Spara", within=worker.page.locator("main"))
    handling.sees_case(worker)
    lead.enter_room("Enheten")
    row = lead.page.get_by_role("row").filter(has_text=child.reference).filter(has_text="Skyddsbedömning")
    lead.sees("Brist på personal", within=row)
    lead.sees("Colleague", within=row)
    lead.look()
