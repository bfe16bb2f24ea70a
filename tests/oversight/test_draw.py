"""A sample is drawn from each week of the read log, once, for what the log shows or by chance, and given to a lead."""

import datetime as dt
import random

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hemvag.audit.models import Act, Purpose
from hemvag.dossiers.models import Sealed
from hemvag.oversight import draw, found, leads, reasons
from hemvag.oversight.models import Draw, Review
from hemvag.staff.models import Absence, Membership, Worker
from tests.concerns import making as cases
from tests.conftest import Town, log_lines
from tests.oversight import making
from tests.oversight.making import NEXT_WEEK, WEEK, at, child, drawn, opens

KIND = Review.Kind


def test_a_week_is_drawn_once_whoever_asks_and_however_often(town: Town) -> None:
    opens(town, "social_worker", child(town).dossier_id)
    [review] = drawn(town)
    assert (review.worker, review.lead) == (town.workers["social_worker"], town.workers["unit_lead"])
    assert (review.kind, review.opened_at) == (KIND.DRAWN, at())
    with pytest.raises(draw.AlreadyDrawn):
        draw.draw(town.children, week=WEEK, by=town.workers["unit_lead"], at=NEXT_WEEK)
    peopled = Membership.objects.values("unit").distinct().count()
    assert draw.draw_all(at=NEXT_WEEK) == peopled - 1
    assert draw.draw_all(at=NEXT_WEEK) == 0
    assert Review.objects.count() == 1
    assert Draw.objects.get(unit=town.children).openings == 1


def test_a_week_that_runs_is_not_drawn_nor_one_that_begins_on_another_day(town: Town) -> None:
    for week in (WEEK + found.A_WEEK, WEEK + dt.timedelta(days=1)):
        with pytest.raises(draw.WeekNotOver):
            draw.draw(town.children, week=week, by=None, at=NEXT_WEEK)
    assert draw.last_whole_week(NEXT_WEEK) == WEEK
    assert draw.last_whole_week(NEXT_WEEK - dt.timedelta(hours=5)) == WEEK - found.A_WEEK


@pytest.mark.parametrize("part", ["other_lead", "social_worker", "privacy_officer"])
def test_only_who_reviews_the_unit_draws_it_by_hand(town: Town, part: str) -> None:
    with pytest.raises(draw.NotYourUnit):
        draw.draw(town.children, week=WEEK, by=town.workers[part], at=NEXT_WEEK)


def test_what_counts_is_the_swedish_day(town: Town) -> None:
    case = child(town)
    opens(town, "social_worker", case.dossier_id, when=at(0, 0, 1))
    opens(town, "colleague", case.dossier_id, when=at(7, 0, 0))
    opens(town, "unit_lead", case.dossier_id, when=at(-1, 23, 59))
    assert {row.worker for row in drawn(town)} == {town.workers["social_worker"]}


def test_only_openings_of_the_units_own_workers_and_the_committees_dossiers_are_drawn(town: Town) -> None:
    case = child(town)
    opens(town, "other_worker", case.dossier_id)
    opens(town, "social_worker", case.dossier_id, act=Act.NAME_SHOWN)
    opens(town, "social_worker", case.id)
    assert not drawn(town)


def test_an_opening_at_night_is_found_but_not_where_work_is_at_night(town: Town) -> None:
    case = child(town)
    night = opens(town, "colleague", case.dossier_id, when=at(2, 23, 30))
    for hour in (6, 12, 21):
        opens(town, "colleague", case.dossier_id, when=at(2, hour))
    assert [row.entry for row in drawn(town) if row.kind == KIND.NIGHT] == [night]
    opens(town, "on_call", case.dossier_id, when=at(2, 23, 30))
    draw.draw(town.on_call, week=WEEK, by=None, at=NEXT_WEEK)
    assert Review.objects.get(unit=town.on_call).kind == KIND.DRAWN


def test_many_dossiers_within_an_hour_are_found_and_the_same_one_many_times_is_not(town: Town) -> None:
    ids = [child(town, f"Namn{number}").dossier_id for number in range(found.MANY)]
    for number, dossier in enumerate(ids):
        opens(town, "colleague", dossier, when=at(1, 9, number))
        opens(town, "social_worker", ids[0], when=at(1, 9, number))
        opens(town, "unit_lead", dossier, when=at(number % 5, 9, number))
    [review] = [row for row in drawn(town) if row.kind == KIND.MANY]
    assert (review.worker, review.opened_at) == (town.workers["colleague"], at(1, 9, 0))


def test_an_opening_that_no_work_followed_is_found_two_weeks_later(town: Town) -> None:
    weeks_ago = WEEK - draw.WORK_TAKES
    handled, looked_at = child(town, "Ada"), child(town, "Bo")
    cases.give_to(handled, town.workers["social_worker"])
    for case in (handled, looked_at):
        for part in ("social_worker", "unit_lead"):
            opens(town, part, case.dossier_id, when=at(0, week=weeks_ago))
    opens(town, "colleague", looked_at.dossier_id, when=at(0, week=weeks_ago), purpose=Purpose.MATCH)
    [review] = drawn(town)
    assert (review.kind, review.dossier_id) == (KIND.UNWORKED, looked_at.dossier_id)
    assert review.worker == town.workers["social_worker"]


def test_every_kind_of_work_counts(town: Town) -> None:
    worker = town.workers["colleague"]
    case = child(town)
    pair = (worker.id, case.dossier_id)
    assert found.worked_on([pair]) == set()
    opened = cases.opened(town, case, part="unit_lead", at=at())
    opened.journal("noted", by=worker, at=at())
    assert found.worked_on([pair]) == {pair}
    assert found.worked_on([(town.workers["on_call"].id, case.dossier_id)]) == set()


def named(town: Town, part: str, name: str) -> None:
    Worker.objects.filter(id=town.workers[part].id).update(name=name)


@pytest.mark.parametrize(
    ("given", "family", "guardian", "why"),
    [
        ("Amina", "Öberg", "", reasons.Reason.FAMILY_NAME),
        ("Amina", "Dahl", "Erik Öberg", reasons.Reason.FAMILY_NAME),
        ("Vera", "Lind", "", reasons.Reason.COLLEAGUE),
        ("Amina", "Lind", "Vera Maria Lind", reasons.Reason.COLLEAGUE),
        ("Amina", "Obergsson", "Karin Öbrink", reasons.Reason(0)),
        ("Öberg", "Dahl", "", reasons.Reason(0)),
        ("Vera", "Dahl", "Sara Lind", reasons.Reason(0)),
    ],
)
def test_a_shared_family_name_and_a_colleague_are_found_in_the_dossier(
    given: str, family: str, guardian: str, why: reasons.Reason
) -> None:
    names = reasons.names_of(Worker(name="Kim Öberg"), [Worker(name="Vera Lind"), Worker(name="Madonna")])
    data = {"names": [{"given": given, "family": family}], "guardians": [{"name": guardian}] if guardian else []}
    assert reasons.judge(names)(data) == float(why)


def test_what_stands_in_the_dossier_is_drawn_before_chance_and_looks_like_chance(town: Town) -> None:
    named(town, "colleague", "Kim Särskildsson")
    ordinary = [child(town, f"Namn{number}").dossier_id for number in range(30)]
    shared = child(town, "Ida", "Särskildsson").dossier_id
    for number, dossier in enumerate([*ordinary, shared]):
        opens(town, "colleague", dossier, when=at(number % 5, 9 + number % 7))
    rows = drawn(town, chance=random.Random(7))
    assert shared in {row.dossier_id for row in rows}
    assert [row.kind for row in rows] == [KIND.DRAWN] * draw.SAMPLE
    assert (None, "compared", "log_review") in log_lines(shared)
    assert not Sealed.objects.filter(dossier=shared, at__gte=at()).exists()


def test_one_of_the_sample_is_always_by_chance(town: Town) -> None:
    named(town, "colleague", "Kim Särskildsson")
    for number in range(10):
        dossier = child(town, f"Ida{number}", "Särskildsson").dossier_id
        opens(town, "colleague", dossier, when=at(1, 9, number))
    other = child(town, "Bo", "Dahl").dossier_id
    opens(town, "social_worker", other, when=at(3, 9))
    for seed in range(40):
        sid = transaction.savepoint()
        if other in {row.dossier_id for row in drawn(town, chance=random.Random(seed))}:
            return
        transaction.savepoint_rollback(sid)
    pytest.fail("never drawn by chance")


def test_nobody_reviews_herself(town: Town) -> None:
    opens(town, "unit_lead", child(town).dossier_id)
    [review] = drawn(town)
    assert review.lead in {town.workers[part] for part in ("other_lead", "support_lead", "protected_desk")}
    with pytest.raises(IntegrityError, match="nobody_reviews_herself"), transaction.atomic():
        Review.objects.filter(id=review.id).update(lead=review.worker)


def test_reviews_are_shared_among_leads_and_none_goes_to_who_is_away(town: Town) -> None:
    second = Worker.objects.create_user("second@example.test", name="Andra Chefen")
    Membership.objects.create(worker=second, unit=town.children, role="unit_lead", valid_from=WEEK)
    choose = leads.Leads(town.children, NEXT_WEEK).choose
    own = {choose(town.workers["colleague"].id) for _ in range(2)}
    assert own == {second, town.workers["unit_lead"]}
    for worker in own:
        Absence.objects.create(worker=worker, first_day=NEXT_WEEK.date(), last_day=NEXT_WEEK.date())
    assert leads.Leads(town.children, NEXT_WEEK).choose(town.workers["colleague"].id) not in own


def test_a_review_passes_to_another_when_its_lead_may_no_longer(town: Town) -> None:
    review = making.one(town)
    assert draw.hand_over(at=NEXT_WEEK) == 0
    Worker.objects.filter(id=town.workers["unit_lead"].id).update(left_at=NEXT_WEEK)
    assert draw.hand_over(at=NEXT_WEEK) == 1
    review.refresh_from_db()
    assert review.lead in {town.workers[part] for part in ("other_lead", "support_lead", "protected_desk")}


def test_a_line_that_is_under_review_is_not_drawn_again(town: Town) -> None:
    weeks_later = WEEK + draw.WORK_TAKES
    making.one(town)
    draw.draw(town.children, week=weeks_later, by=None, at=NEXT_WEEK + draw.WORK_TAKES)
    assert Review.objects.count() == 1


def test_a_draw_asks_the_same_number_of_questions_however_much_was_opened(town: Town) -> None:
    def questions(unit_week: dt.date, number: int) -> int:
        case = child(town)
        for minute in range(number):
            opens(town, "colleague", case.dossier_id, when=at(1, 9, minute, week=unit_week))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            draw.draw(town.children, week=unit_week, by=None, at=NEXT_WEEK)
        return len(asked)

    assert questions(WEEK - 9 * found.A_WEEK, 2) == questions(WEEK - 5 * found.A_WEEK, 50)
