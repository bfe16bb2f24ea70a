"""The pages of a case: who reaches them, what they say, and that nothing typed is lost or done twice."""

import datetime as dt
import re
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from hemvag.concerns import report
from hemvag.concerns.case import Case
from hemvag.concerns.models import ConcernReport, Decision, DecisionKind, StepKind
from hemvag.concerns.views import showing
from hemvag.staff.models import Worker
from tests.concerns import making
from tests.concerns.making import MINUTE, MONDAY, identity
from tests.conftest import Town

NOW = MONDAY + dt.timedelta(hours=2)
ClientFor = Callable[[Worker], Client]


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def made(town: Town) -> ConcernReport:
    return making.case(town, feedback_asked_at=MONDAY)


def page(made: ConcernReport, name: str = "") -> str:
    return f"/children/{made.dossier_id}/{name}"


def sent(made: ConcernReport, kind: StepKind | None = None, **fields: str) -> dict[str, str]:
    step = str(making.step(made, kind).id) if kind else ""
    return {"once": str(uuid.uuid4()), "step": step, "day": "i dag", "time": "11.30"} | fields


OWN = {"social_worker", "unit_lead"}
PAGES = [
    ("", OWN),
    ("assign/", {"unit_lead"}),
    ("protection/", OWN),
    ("preliminary/", OWN),
    ("notes/", OWN),
    ("voice/", OWN),
    ("meeting/", OWN),
    ("step-off/", OWN),
]
PARTS = [
    *OWN,
    "registrar",
    "on_call",
    "colleague",
    "other_lead",
    "other_worker",
    "counsellor",
    "coordinator",
    "administrator",
    "protected_desk",
]


@pytest.mark.parametrize(("name", "allowed"), PAGES)
def test_each_page_exists_for_those_who_may_and_for_nobody_else(
    town: Town, made: ConcernReport, client_for: ClientFor, name: str, allowed: set[str]
) -> None:
    answers = {part: client_for(town.workers[part]).get(page(made, name)).status_code for part in PARTS}
    assert answers == {part: 200 if part in allowed else 404 for part in PARTS}
    assert Client().get(page(made, name)).status_code == 302


def test_the_case_page_shows_the_clocks_with_their_provisions(
    town: Town, made: ConcernReport, client_for: ClientFor
) -> None:
    said = client_for(town.workers["social_worker"]).get(page(made)).content.decode()
    assert "Amina Östberg" in said
    assert "20 kap. 1 § SoL (2025:400)" in said
    assert "Sista dag enligt lagen: måndag 16 mars." in said
    assert "Barnet är utan vuxna." in said
    assert re.findall(r'class="button" href="([^"]+)"', said) == [page(made, "protection/")]


def test_the_case_page_takes_as_many_queries_however_long_its_journal(
    town: Town, made: ConcernReport, client_for: ClientFor, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    client = client_for(town.workers["social_worker"])
    held = making.decide(town, made, at=MONDAY + MINUTE)
    for _ in range(10):
        held.journal("note_call", by=town.workers["social_worker"], at=NOW, note={"text": "Ringde."})
    client.get(page(made))
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        client.get(page(made))


def test_the_journal_is_filtered_by_step(town: Town, made: ConcernReport, client_for: ClientFor) -> None:
    making.decide(town, made, at=MONDAY + MINUTE)
    client = client_for(town.workers["social_worker"])
    assert "Beslut: inleda utredning" in client.get(page(made) + "?step=decisions").content.decode()
    assert "Beslut: inleda utredning" not in client.get(page(made) + "?step=notes").content.decode()


def test_a_private_reporters_page_says_why_there_is_no_feedback(town: Town, client_for: ClientFor) -> None:
    made = making.case(town, source="relative")
    said = client_for(town.workers["social_worker"]).get(page(made)).content.decode()
    assert "Ingen: anmälaren är privatperson." in said
    assert "26 kap. 1 § OSL (2009:400)" in said


def test_the_law_stands_beside_the_button_that_tells(town: Town, made: ConcernReport, client_for: ClientFor) -> None:
    client = client_for(town.workers["social_worker"])
    assert "may-tell" not in client.get(page(made, "protection/")).content.decode()
    making.decide(town, made, at=MONDAY + MINUTE)
    said = client.get(page(made, "feedback/")).content.decode()
    assert 'data-verdict="must"' in said
    assert said.index("data-verdict") < said.index("Spara återkopplingen")
    assert "19 kap. 6 §" in said


def test_the_whole_way_from_report_to_closing_in_pages(town: Town, made: ConcernReport, client_for: ClientFor) -> None:
    client = client_for(town.workers["social_worker"])

    def post(name: str, kind: StepKind | None = None, **fields: str) -> None:
        answer = client.post(page(made, name), sent(made, kind, **fields))
        assert answer.status_code == 302, answer.content.decode()

    assert client.get(page(made, "protection/")).status_code == 200
    post("protection/", StepKind.PROTECTION, outcome="no_need", reasons="Tryggt.")
    post("preliminary/more-time/", StepKind.PRELIMINARY, until="2026-03-30", reasons="Tolk saknas.")
    post("preliminary/", StepKind.PRELIMINARY, outcome="open", reasons="Oro.")
    post("feedback/", StepKind.FEEDBACK, outcome="given", text="Ringde polisen.")
    post("meeting/", outcome="held", text="Alla var med.", step=str(made.id))
    post("notes/", about="call", text="Ringde skolan.")
    post("investigation/extension/", StepKind.INVESTIGATION, until="2026-08-30", reasons="Mycket att utreda.")
    post("voice/", how="alone", text="Jag vill bo hos mormor.")
    post("investigation/closing/", StepKind.INVESTIGATION, outcome="close_measure", reasons="Stöd.")
    said = client.get(page(made)).content.decode()
    assert "Inget väntar i det här ärendet" in said
    for decision in Decision.objects.all():
        answer = client.get(f"/decisions/{decision.id}.pdf")
        assert answer.content.startswith(b"%PDF-")
        assert client_for(town.workers["colleague"]).get(f"/decisions/{decision.id}.pdf").status_code == 404


def test_a_colleague_was_first_and_the_text_is_still_there(
    town: Town, made: ConcernReport, client_for: ClientFor
) -> None:
    making.protect(town, made, at=MONDAY + MINUTE)
    fields = sent(made, StepKind.PRELIMINARY, outcome="not_open", reasons="Min långa text.")
    making.decide(town, made, at=MONDAY + 42 * MINUTE)
    answer = client_for(town.workers["social_worker"]).post(page(made, "preliminary/"), fields)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "En kollega beslutade kl. 10.42. Läs beslutet; din text finns kvar." in said
    assert "Min långa text." in said
    assert Decision.objects.get().kind == DecisionKind.OPEN


def test_a_double_click_saves_once(town: Town, made: ConcernReport, client_for: ClientFor) -> None:
    client = client_for(town.workers["social_worker"])
    fields = sent(made, about="call", text="En gång.")
    assert [client.post(page(made, "notes/"), fields).status_code for _ in range(2)] == [302, 302]
    assert made.dossier.journal.filter(step="note_call").count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 200_000, "Texten är 200000 tecken. Korta den till högst 20000"),
        ("a\0b", "ett tecken som inte går att spara"),
    ],
)
def test_what_cannot_be_kept_is_said_and_given_back(
    town: Town, made: ConcernReport, client_for: ClientFor, text: str, said: str
) -> None:
    answer = client_for(town.workers["social_worker"]).post(page(made, "notes/"), sent(made, about="call", text=text))
    shown = answer.content.decode().replace("\xa0", "")
    assert answer.status_code == 422
    assert said in shown
    assert text.replace("\0", "") in shown.replace("\0", "")
    assert made.dossier.journal.count() == 1


def test_the_future_is_refused_beside_its_field(town: Town, made: ConcernReport, client_for: ClientFor) -> None:
    answer = client_for(town.workers["social_worker"]).post(
        page(made, "protection/"), sent(made, StepKind.PROTECTION, outcome="no_need", reasons="x", time="12.01")
    )
    assert "Tidpunkten har inte varit än." in answer.content.decode()


def test_a_draft_is_kept_for_its_writer_alone_and_goes_when_saved(
    town: Town, made: ConcernReport, client_for: ClientFor
) -> None:
    client = client_for(town.workers["social_worker"])
    place = page(made, "draft/note/")

    def keep(text: str, version: int) -> tuple[int, dict[str, object]]:
        body = {"version": version, "tab": "one-tab-1", "fields": {"text": text, "evil": "x"}}
        answer = client.post(place, body, content_type="application/json")
        return answer.status_code, answer.json()

    assert keep("Halva meningen", 0)[1]["version"] == 1
    assert keep("från en annan flik", 0)[0] == 409
    assert "Halva meningen" in client.get(page(made, "notes/")).content.decode()
    lead = client_for(town.workers["unit_lead"])
    assert "Halva meningen" not in lead.get(page(made, "notes/")).content.decode()
    client.post(page(made, "notes/"), sent(made, about="call", text="Hela meningen."))
    assert "Halva meningen" not in client.get(page(made, "notes/")).content.decode()
    assert client.post(page(made, "draft/nothing/"), {}, content_type="application/json").status_code == 404
    assert client_for(town.workers["colleague"]).post(place, {}, content_type="application/json").status_code == 404


def test_the_lead_gives_out_a_case_on_the_units_page(town: Town, client_for: ClientFor) -> None:
    [made] = making.receive(town)
    lead, worker = client_for(town.workers["unit_lead"]), town.workers["social_worker"]
    assert page(made, "assign/") in lead.get("/unit/").content.decode()
    answer = lead.post(page(made, "assign/"), {"once": str(uuid.uuid4()), "worker": str(worker.id)})
    assert answer.status_code == 302
    assert worker.name in lead.get(f"/unit/?worker={worker.id}").content.decode()
    assert client_for(worker).get("/unit/").status_code == 404


def test_the_lead_reads_why_it_is_late(town: Town, made: ConcernReport, client_for: ClientFor) -> None:
    with time_machine.travel(NOW + dt.timedelta(days=4), tick=False):
        worker = client_for(town.workers["social_worker"])
        answer = worker.post(page(made, "late/"), {"once": str(uuid.uuid4()), "code": "interpreter", "note": "Sjuk."})
        assert answer.status_code == 302
        assert "Väntar på tolk" in client_for(town.workers["unit_lead"]).get("/unit/").content.decode()


def test_another_municipalitys_child_is_passed_on_and_receipted(town: Town, client_for: ClientFor) -> None:
    [made] = making.receive(town, children=[report.Child(identity=identity(), other_municipality="Lund")])
    registrar = client_for(town.workers["registrar"])
    fields = sent(made, StepKind.PASS_ON, municipality="Lund", how="Säker post")
    assert registrar.post(page(made, "pass-on/"), fields).status_code == 302
    fields = sent(made, StepKind.PASS_ON, by_whom="Eva Ek")
    assert registrar.post(page(made, "pass-on/receipt/"), fields).status_code == 302
    assert making.step(made, StepKind.PASS_ON).done_at is not None


def test_one_who_steps_off_is_shown_the_door(town: Town, made: ConcernReport, client_for: ClientFor) -> None:
    client = client_for(town.workers["social_worker"])
    answer = client.post(page(made, "step-off/"), {"once": str(uuid.uuid4()), "reasons": "Släkt."})
    assert answer.headers["Location"] == "/today/"
    assert client.get(page(made)).status_code == 404


def test_today_shows_what_waits(town: Town, made: ConcernReport, client_for: ClientFor) -> None:
    said = client_for(town.workers["social_worker"]).get("/today/").content.decode()
    assert "Östberg, Amina" in said
    assert page(made, "protection/") in said


@pytest.mark.parametrize("name", ["protection/", "feedback/asked/", "feedback/", "meeting/"])
def test_a_step_that_is_not_there_is_said_and_what_was_typed_is_kept(
    town: Town, made: ConcernReport, client_for: ClientFor, name: str
) -> None:
    outcome = {"protection/": "no_need", "feedback/": "given"}.get(name, "held")
    typed = sent(made, step="", reasons="Tryggt nu.", text="Tryggt nu.", outcome=outcome)
    answer = client_for(town.workers["social_worker"]).post(page(made, name), typed)
    assert answer.status_code == 422
    assert "Det steget är redan taget, eller väntar inte än." in answer.content.decode()


def test_a_step_done_soon_after_midnight_is_shown_on_its_swedish_day(town: Town, made: ConcernReport) -> None:
    done = (MONDAY + dt.timedelta(days=1)).replace(hour=0, minute=20)
    making.protect(town, made, at=done)
    [first, *_rest] = showing.clock_line(Case.of(made.dossier), done + dt.timedelta(days=8))
    assert first.when == "tisdag 3 mars"
