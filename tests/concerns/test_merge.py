"""Two dossiers about one child: one says so, another confirms, and it is taken back the same way."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hemvag.audit.models import Purpose
from hemvag.concerns import facts, merge, merge_today, part, report
from hemvag.concerns.models import ConcernReport, Merge, MergeKind, Step
from hemvag.dossiers import record
from hemvag.dossiers.models import Dossier, Recusal
from hemvag.dossiers.opened import Opened
from hemvag.people import identities, matching
from hemvag.people.identities import Number
from hemvag.people.models import TokenSet
from hemvag.staff.models import Worker
from tests.concerns import making
from tests.concerns.making import MINUTE, MONDAY, identity
from tests.conftest import Town

SignIn = Callable[[Worker], Client]
LATER = MONDAY + 5 * MINUTE


@pytest.fixture
def known(town: Town) -> ConcernReport:
    return making.case(town)


@pytest.fixture
def new(town: Town, known: ConcernReport) -> ConcernReport:
    child = identity("Aminah", number=Number(kind="personal", value="202005042383"))
    children = [
        report.Child(identity=child, district=town.district),
        report.Child(identity=identity("Yusuf"), district=town.district),
    ]
    return making.receive(town, at=MONDAY + MINUTE, text="Samma barn.", children=children)[0]


def said(town: Town, new: ConcernReport, known: ConcernReport, part: str = "registrar") -> Merge:
    return merge.suggest(new.dossier_id, into=known.dossier_id, by=town.workers[part], at=LATER)


def parted(town: Town, row: Merge) -> Merge:
    suggested = merge.suggest_parting(row.id, reason="Två kusiner.", by=town.workers["registrar"], at=LATER)
    return part.confirm(suggested.id, by=town.workers["on_call"], at=LATER)


def seen(town: Town, dossier_id: uuid.UUID) -> Opened:
    by = town.workers["unit_lead"]
    return record.open_dossier(dossier_id, by=by, purpose=Purpose.LEAD, at=LATER)


def test_nothing_moves_before_somebody_else_confirms(town: Town, new: ConcernReport, known: ConcernReport) -> None:
    row = said(town, new, known)
    new.refresh_from_db()
    assert new.dossier_id != known.dossier_id
    with pytest.raises(facts.SecondPerson):
        merge.confirm(row.id, by=town.workers["registrar"], at=LATER)
    with pytest.raises(facts.SecondPerson):
        merge.refuse(row.id, reason="Nej.", by=town.workers["registrar"], at=LATER)


def test_confirmed_the_report_moves_to_the_known_child_with_its_steps(
    town: Town, new: ConcernReport, known: ConcernReport
) -> None:
    emptied = new.dossier_id
    making.merged(town, new, known, at=LATER)
    new.refresh_from_db()
    held = making.opened(town, known)
    assert held.piece(new.content_id).data["text"] == "Samma barn."
    assert Step.objects.filter(dossier=known.dossier_id, done_at=None).count() == 4
    assert [name.given for name in identities.current(held).names] == ["Amina", "Aminah"]
    assert identities.current(held).number.value == "202005042383"
    sibling = ConcernReport.objects.exclude(dossier__in=[known.dossier_id, emptied]).get()
    assert seen(town, sibling.dossier_id).piece(sibling.content_id).data["siblings"] == [str(known.dossier_id)]


def test_the_other_dossier_stays_whole_is_read_by_the_same_and_found_by_name_no_more(
    town: Town, new: ConcernReport, known: ConcernReport
) -> None:
    emptied = new.dossier_id
    making.merged(town, new, known, at=LATER)
    other = record.open_dossier(emptied, by=town.workers["social_worker"], purpose=Purpose.HANDLE, at=LATER)
    assert other.read("report")[0].data["text"] == "Samma barn."
    assert not TokenSet.objects.filter(dossier=emptied).exists()
    assert emptied not in [
        one.dossier_id for one in matching.suggest(making.opened(town, known), by=town.workers["registrar"], at=LATER)
    ]


def test_which_two_they_are_stands_in_no_column_of_the_rows(
    town: Town, new: ConcernReport, known: ConcernReport
) -> None:
    making.merged(town, new, known, at=LATER)
    for row in Merge.objects.all():
        assert row.dossier_id != known.dossier_id
    assert [(row.kind, row.by.name) for row in Merge.objects.all()] == [
        ("suggested", "Registrar"),
        ("confirmed", "On Call"),
    ]


def test_two_whose_work_has_begun_keep_both_journals(town: Town, known: ConcernReport) -> None:
    second = making.case(town, part="colleague")
    for made, who in ((known, "social_worker"), (second, "colleague")):
        held = making.opened(town, made, part=who)
        making.close(town, made, held, who, at=LATER)
    before = list(second.dossier.journal.values_list("id", flat=True))
    row = making.merged(town, second, known, at=LATER)
    second.refresh_from_db()
    assert second.dossier_id != known.dossier_id
    other = record.open_dossier(second.dossier_id, by=town.workers["social_worker"], purpose=Purpose.HANDLE, at=LATER)
    assert set(before) < set(other.dossier.journal.values_list("id", flat=True))
    parted(town, row)
    assert Dossier.objects.get(id=second.dossier_id).worker == town.workers["colleague"]


def test_what_has_begun_and_waits_is_finished_first(town: Town, known: ConcernReport) -> None:
    second = making.case(town)
    making.protect(town, second, at=MONDAY + MINUTE)
    with pytest.raises(facts.WorkHasBegun):
        said(town, second, known)
    assert said(town, known, second)


def test_parted_again_everything_goes_back(town: Town, new: ConcernReport, known: ConcernReport) -> None:
    emptied = new.dossier_id
    names = identities.current(making.opened(town, known)).names
    row = parted(town, making.merged(town, new, known, at=LATER))
    new.refresh_from_db()
    assert (row.kind, new.dossier_id) == (MergeKind.PARTED, emptied)
    assert new.steps.filter(dossier=emptied).count() == 2
    assert seen(town, emptied).piece(new.content_id).data["text"] == "Samma barn."
    held = making.opened(town, known)
    assert (identities.current(held).names, identities.current(held).number.kind) == (names, "none")
    assert not any(one.data["text"] == "Samma barn." for one in held.read("report"))
    assert TokenSet.objects.filter(dossier=emptied).exists()
    assert Dossier.objects.get(id=emptied).worker is None
    sibling = ConcernReport.objects.exclude(dossier__in=[known.dossier_id, emptied]).get()
    assert seen(town, sibling.dossier_id).piece(sibling.content_id).data["siblings"] == [str(emptied)]
    assert said(town, new, known).kind == MergeKind.SUGGESTED


def test_a_report_worked_on_meanwhile_stays_where_the_work_was_done(
    town: Town, new: ConcernReport, known: ConcernReport
) -> None:
    row = making.merged(town, new, known, at=LATER)
    making.protect(town, known, at=LATER)
    parted(town, row)
    new.refresh_from_db()
    assert new.dossier_id == known.dossier_id


def test_a_refusal_says_why_and_moves_nothing(town: Town, new: ConcernReport, known: ConcernReport) -> None:
    row = said(town, new, known)
    with pytest.raises(facts.NothingWritten):
        merge.refuse(row.id, reason=" ", by=town.workers["on_call"], at=LATER)
    refused = merge.refuse(row.id, reason="Kusiner.", by=town.workers["on_call"], at=LATER)
    assert seen(town, new.dossier_id).piece(refused.content_id).data["reason"] == "Kusiner."
    new.refresh_from_db()
    assert new.dossier_id != known.dossier_id
    with pytest.raises(facts.AlreadyAnswered):
        merge.confirm(row.id, by=town.workers["unit_lead"], at=LATER)
    assert said(town, new, known)


def test_it_is_said_once_at_a_time(town: Town, new: ConcernReport, known: ConcernReport) -> None:
    said(town, new, known)
    with pytest.raises(facts.AlreadySuggested):
        said(town, new, known, "on_call")


@pytest.mark.parametrize("who", ["social_worker", "counsellor", "coordinator", "administrator", "support_lead"])
def test_only_who_tells_children_apart_or_leads_says_so(
    town: Town, new: ConcernReport, known: ConcernReport, who: str
) -> None:
    with pytest.raises(facts.NotYours):
        said(town, new, known, who)


@pytest.mark.parametrize("who", ["other_lead", "protected_desk"])
def test_a_stranger_to_either_dossier_neither_says_so_nor_confirms(
    town: Town, new: ConcernReport, known: ConcernReport, who: str
) -> None:
    with pytest.raises(Dossier.DoesNotExist):
        said(town, new, known, who)
    row = said(town, new, known)
    with pytest.raises(Dossier.DoesNotExist):
        merge.confirm(row.id, by=town.workers[who], at=LATER)
    assert merge_today.items(town.workers[who], LATER) == []


def test_a_child_of_the_protected_desk_is_never_put_together_from_outside(town: Town, known: ConcernReport) -> None:
    child = report.Child(identity=identity(protected="secrecy_marking"), district=town.district)
    [hidden] = making.receive(town, children=[child])
    for pair in ((known, hidden), (hidden, known)):
        for who in ("registrar", "unit_lead", "protected_desk"):
            with pytest.raises(Dossier.DoesNotExist):
                said(town, *pair, who)


def test_whoever_has_stepped_off_one_of_them_is_not_told(town: Town, new: ConcernReport, known: ConcernReport) -> None:
    row = said(town, new, known)
    Recusal.objects.create(dossier=known.dossier, worker=town.workers["on_call"], at=LATER)
    with pytest.raises(Dossier.DoesNotExist):
        merge.confirm(row.id, by=town.workers["on_call"], at=LATER)


def test_it_waits_on_today_for_the_second_person_and_not_for_the_first(
    town: Town, new: ConcernReport, known: ConcernReport, client_for: SignIn
) -> None:
    row = said(town, new, known)
    found = {who for who, worker in town.workers.items() if merge_today.items(worker, LATER)}
    assert found == {"on_call", "unit_lead"}
    page = client_for(town.workers["on_call"]).get("/today/", secure=True).content.decode()
    assert f"/merges/{row.id}/" in page
    assert "Aminah" not in page


def sent(client: Client, place: str, **fields: str) -> Any:
    return client.post(place, {"once": str(uuid.uuid4()), **fields}, secure=True, follow=True)


def test_the_pages_lead_from_side_by_side_to_confirmed_and_parted(
    town: Town, new: ConcernReport, known: ConcernReport, client_for: SignIn
) -> None:
    first, second = client_for(town.workers["registrar"]), client_for(town.workers["on_call"])
    emptied = new.dossier_id
    assert "Föreslaget" in sent(first, f"/children/{emptied}/match/{known.dossier_id}/").content.decode()
    row = Merge.objects.get()
    assert "Väntar på att någon annan svarar" in first.get(f"/merges/{row.id}/", secure=True).content.decode()
    assert sent(second, f"/merges/{row.id}/", refuse="yes", reason="").status_code == 422
    done = sent(second, f"/merges/{row.id}/", confirm="yes")
    assert done.redirect_chain[-1][0] == f"/children/{known.dossier_id}/check/"
    case = client_for(town.workers["unit_lead"]).get(f"/children/{emptied}/", secure=True).content.decode()
    assert "Bekräftat: samma barn" in case
    main = client_for(town.workers["social_worker"]).get(f"/children/{known.dossier_id}/", secure=True)
    assert f"/children/{emptied}/" in main.content.decode()
    row = Merge.objects.get(kind=MergeKind.CONFIRMED)
    sent(first, f"/merges/{row.id}/", part="yes", reason="Kusiner.")
    row = Merge.objects.get(kind=MergeKind.PART_SUGGESTED)
    assert "Kusiner." in second.get(f"/merges/{row.id}/", secure=True).content.decode()
    sent(second, f"/merges/{row.id}/", confirm="yes")
    assert Merge.objects.filter(kind=MergeKind.PARTED).exists()


def test_a_case_is_checked_on_demand_within_what_its_worker_may_tell_apart(
    town: Town, known: ConcernReport, client_for: SignIn
) -> None:
    same, elsewhere = making.case(town), making.case(town, part="colleague")
    page = client_for(town.workers["social_worker"]).get(f"/children/{known.dossier_id}/check/", secure=True)
    text = page.content.decode()
    assert same.dossier.reference in text
    assert elsewhere.dossier.reference not in text
