"""Broken glass opens one child's dossier for a while, to read, and a lead is told; nothing else is opened by it."""

import datetime as dt
import uuid

import pytest
from django.conf import settings

from hemvag.audit.models import Purpose
from hemvag.dossiers import erase, glass, record, today
from hemvag.dossiers.glass import NothingOpened
from hemvag.dossiers.models import (
    BrokenGlass,
    Compartment,
    Dossier,
    GlassOutcome,
    GlassReview,
    JournalEntry,
    Recusal,
    Sealed,
    Sight,
)
from hemvag.dossiers.opened import OnlyToRead, Opened
from hemvag.staff.models import Membership
from tests.conftest import Town, log_lines

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
HOUR = dt.timedelta(minutes=60)
REASON = "Barnet står här på jouren och ingen svarar på enheten."
MAY_BREAK = ("colleague", "other_lead", "other_worker", "on_call")


def made(town: Town, **facts: object) -> Opened:
    new = {"compartment": Compartment.CHILD, "unit": town.children, "worker": town.workers["social_worker"], **facts}
    [opened] = record.create([record.New(**new)], by=None, purpose=Purpose.REGISTER, at=AT)  # type: ignore[arg-type]
    opened.seal("identity", {"names": [{"given": "Ämne"}]}, by=None, at=AT)
    return opened


@pytest.fixture
def child(town: Town) -> Opened:
    return made(town)


def broken(town: Town, part: str, opened: Opened, at: dt.datetime = AT) -> BrokenGlass:
    [row] = glass.break_glass([opened.dossier.id], reason=REASON, by=town.workers[part], at=at)
    return row


def read(town: Town, part: str, opened: Opened, at: dt.datetime = AT, sight: Sight = Sight.GLASS) -> Opened:
    return record.open_dossier(opened.dossier.id, by=town.workers[part], purpose=Purpose.HANDLE, at=at, sight=sight)


@pytest.mark.parametrize("part", MAY_BREAK)
def test_it_opens_to_be_read_by_who_broke_it(town: Town, child: Opened, part: str) -> None:
    row = broken(town, part, child)
    held = read(town, part, child)
    assert held.one("identity").data["names"][0]["given"] == "Ämne"
    assert held.glass == row
    assert log_lines(child.dossier.id)[-2:] == [
        (town.workers[part].id, "glass", "glass"),
        (town.workers[part].id, "glass", "handle"),
    ]


@pytest.mark.parametrize(
    "part",
    [
        *("registrar", "counsellor", "protected_desk", "coordinator", "privacy_officer", "lawyer"),
        *("administrator", "support_lead"),
    ],
)
def test_it_does_not_break_for_who_has_not_the_ability(town: Town, child: Opened, part: str) -> None:
    with pytest.raises(NothingOpened):
        broken(town, part, child)
    assert log_lines(child.dossier.id)[-1] == (town.workers[part].id, "refused", "glass")


def test_it_opens_for_nobody_else(town: Town, child: Opened) -> None:
    broken(town, "other_worker", child)
    for part in set(town.workers) - {"other_worker", "social_worker", "unit_lead"}:
        assert not Dossier.objects.visible_to(town.workers[part], AT, Sight.GLASS).exists(), part


def test_it_is_read_and_not_written_in(town: Town, child: Opened) -> None:
    broken(town, "other_worker", child)
    held = read(town, "other_worker", child)
    worker = town.workers["other_worker"]
    identity = held.one("identity")
    with pytest.raises(OnlyToRead):
        held.seal("note", {}, by=worker, at=AT)
    with pytest.raises(OnlyToRead):
        held.reseal(identity.id, {}, version=1, by=worker, at=AT)
    with pytest.raises(OnlyToRead):
        held.journal("x", by=worker, at=AT)


def test_it_opens_where_the_page_asks_for_it_and_nowhere_else(town: Town, child: Opened) -> None:
    broken(town, "other_worker", child)
    for sight in (Sight.CONTENT, Sight.IDENTITY, Sight.AGREED):
        with pytest.raises(Dossier.DoesNotExist):
            read(town, "other_worker", child, sight=sight)
    with pytest.raises(ValueError, match="glass"):
        record.open_many(
            Dossier.objects.all(),
            by=town.workers["other_worker"],
            purpose=Purpose.TODAY,
            at=AT,
            kinds=["identity"],
            sight=Sight.GLASS,
        )


def test_it_closes_by_the_clock(town: Town, child: Opened) -> None:
    assert settings.HEMVAG_GLASS_MINUTES == 60
    row = broken(town, "other_worker", child)
    assert read(town, "other_worker", child, AT + HOUR - SECOND).glass == row
    with pytest.raises(Dossier.DoesNotExist):
        read(town, "other_worker", child, AT + HOUR)
    assert log_lines(child.dossier.id)[-1][1] == "refused"
    assert (row.minutes_left(AT), row.minutes_left(AT + HOUR - SECOND), row.minutes_left(AT + HOUR)) == (60, 1, 0)


def test_its_time_is_not_prolonged_but_it_can_be_broken_anew(town: Town, child: Opened) -> None:
    first = broken(town, "other_worker", child)
    assert broken(town, "other_worker", child, AT + MINUTE) == first
    second = broken(town, "other_worker", child, AT + HOUR)
    assert (second.id != first.id, second.until) == (True, AT + HOUR + HOUR)


def test_what_is_ones_own_is_not_broken(town: Town, child: Opened) -> None:
    for part in ("social_worker", "unit_lead"):
        with pytest.raises(NothingOpened):
            broken(town, part, child)
        assert read(town, part, child).glass is None
        assert log_lines(child.dossier.id)[-1][1] == "opened"


def test_all_that_may_not_be_broken_is_answered_as_what_does_not_exist(town: Town) -> None:
    by = town.workers["other_worker"]
    off, gone = made(town), made(town)
    Recusal.objects.create(dossier=off.dossier, worker=by, at=AT)
    erase.erase(gone.dossier, by=None, purpose=Purpose.HANDLE, at=AT)
    never = [
        made(town, unit=town.protected_desk, worker=None),
        made(town, compartment=Compartment.ADULT, unit=town.adults, worker=None),
        made(town, compartment=Compartment.CONTACT, unit=town.line, worker=None),
        made(town, compartment=Compartment.DRAFT),
        made(town, authority=town.other_authority),
        off,
        gone,
    ]
    for candidates in [[opened.dossier.id] for opened in never] + [[], [uuid.uuid4()]]:
        with pytest.raises(NothingOpened) as caught:
            glass.break_glass(candidates, reason=REASON, by=by, at=AT)
        assert str(caught.value) == ""
    assert not BrokenGlass.objects.exists()
    assert log_lines(never[0].dossier.id)[-1] == (by.id, "refused", "glass")


def test_it_closes_when_the_dossier_goes_to_the_protected_desk_or_she_steps_off(town: Town, child: Opened) -> None:
    broken(town, "other_worker", child)
    broken(town, "on_call", child)
    Recusal.objects.create(dossier=child.dossier, worker=town.workers["on_call"], at=AT)
    with pytest.raises(Dossier.DoesNotExist):
        read(town, "on_call", child)
    child.dossier.unit = town.protected_desk
    child.dossier.save()
    with pytest.raises(Dossier.DoesNotExist):
        read(town, "other_worker", child)


def test_it_closes_when_she_loses_the_ability(town: Town, child: Opened) -> None:
    broken(town, "other_worker", child)
    Membership.objects.filter(worker=town.workers["other_worker"]).update(valid_to=AT.date())
    with pytest.raises(Dossier.DoesNotExist):
        read(town, "other_worker", child)


@pytest.mark.parametrize("reason", ["", "behövs", " " * 50, "x" * 2001])
def test_a_reason_is_asked_for_before_anything_else(town: Town, child: Opened, reason: str) -> None:
    for candidates in ([child.dossier.id], [uuid.uuid4()]):
        with pytest.raises(glass.ReasonTooShort):
            glass.break_glass(candidates, reason=reason, by=town.workers["other_worker"], at=AT)


def test_nobody_tries_number_after_number(town: Town, child: Opened) -> None:
    by = town.workers["other_worker"]
    for _ in range(glass.MOST_TRIES):
        with pytest.raises(NothingOpened):
            glass.break_glass([], reason=REASON, by=by, at=AT)
    with pytest.raises(glass.TooManyTries):
        broken(town, "other_worker", child, AT + MINUTE)
    assert broken(town, "on_call", child)
    assert broken(town, "other_worker", child, AT + dt.timedelta(days=1, minutes=1))


def test_the_reason_is_sealed_and_the_journal_says_that_it_was_broken(town: Town, child: Opened) -> None:
    broken(town, "other_worker", child)
    stored = b"".join(bytes(row) for row in Sealed.objects.values_list("content", flat=True))
    assert b"jouren" not in stored
    line = JournalEntry.objects.get(dossier=child.dossier)
    assert (line.step, line.by) == ("glass_broken", town.workers["other_worker"])


def test_the_lead_is_told_at_once_with_what_who_and_why(town: Town, child: Opened) -> None:
    broken(town, "other_worker", child)
    [item] = today.items(town.workers["unit_lead"], AT)
    assert (item.who, item.reference, REASON in item.note) == ("Other Worker", child.dossier.reference, True)
    assert log_lines(child.dossier.id)[-1] == (town.workers["unit_lead"].id, "name_shown", "review")


def test_nobody_else_is_told(town: Town, child: Opened) -> None:
    broken(town, "other_lead", child)
    told = {part for part, worker in town.workers.items() if today.items(worker, AT)}
    assert told == {"unit_lead"}


def test_a_lead_reviews_it_once(town: Town, child: Opened) -> None:
    row = broken(town, "other_worker", child)
    lead = town.workers["unit_lead"]
    held = read(town, "unit_lead", child)
    glass.review(held, row.id, outcome=GlassOutcome.JUSTIFIED, by=lead, at=AT)
    assert today.items(lead, AT) == []
    assert not BrokenGlass.objects.unreviewed().exists()
    assert read(town, "other_worker", child, AT + MINUTE).glass == row
    with pytest.raises(glass.AlreadyReviewed):
        glass.review(held, row.id, outcome=GlassOutcome.UNFOUNDED, words="Nej.", by=lead, at=AT)
    assert GlassReview.objects.get().outcome == "justified"


def test_nobody_reviews_her_own(town: Town, child: Opened) -> None:
    row = broken(town, "other_worker", child)
    worker = town.workers["other_worker"]
    Membership.objects.create(worker=worker, unit=town.children, role="unit_lead", valid_from=AT.date())
    held = read(town, "other_worker", child)
    assert held.glass is None
    with pytest.raises(glass.NotYoursToReview):
        glass.review(held, row.id, outcome=GlassOutcome.JUSTIFIED, by=worker, at=AT)
    assert today.items(worker, AT) == []


def test_a_worker_on_the_case_does_not_review_it(town: Town, child: Opened) -> None:
    row = broken(town, "other_worker", child)
    held = read(town, "social_worker", child)
    with pytest.raises(glass.NotYoursToReview):
        glass.review(held, row.id, outcome=GlassOutcome.JUSTIFIED, by=town.workers["social_worker"], at=AT)


def test_what_was_not_justified_is_explained_and_closes_at_once(town: Town, child: Opened) -> None:
    row = broken(town, "other_worker", child)
    lead, held = town.workers["unit_lead"], read(town, "unit_lead", child)
    with pytest.raises(glass.ReasonTooShort):
        glass.review(held, row.id, outcome=GlassOutcome.UNFOUNDED, by=lead, at=AT)
    glass.review(held, row.id, outcome=GlassOutcome.UNFOUNDED, words="Grannens barn.", by=lead, at=AT + MINUTE)
    assert read(town, "other_worker", child, AT + MINUTE - SECOND).glass
    with pytest.raises(Dossier.DoesNotExist):
        read(town, "other_worker", child, AT + MINUTE)


def test_the_review_counts_each_opening(town: Town, child: Opened) -> None:
    row = broken(town, "other_worker", child)
    read(town, "other_worker", child, AT + MINUTE)
    read(town, "other_worker", child, AT + MINUTE * 5)
    assert glass.openings(row) == [AT + MINUTE, AT + MINUTE * 5]


def test_when_the_case_has_moved_its_new_lead_reviews_it(town: Town, child: Opened) -> None:
    broken(town, "on_call", child)
    child.dossier.unit = town.other_children
    child.dossier.save()
    assert today.items(town.workers["unit_lead"], AT) == []
    assert len(today.items(town.workers["other_lead"], AT)) == 1
