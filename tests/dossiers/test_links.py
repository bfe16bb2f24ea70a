"""A link between two dossiers lies sealed on both sides, and is seen by who may open both ends and by nobody else."""

import datetime as dt

import pytest
from django.apps import apps

from hemvag.audit.models import Purpose
from hemvag.dossiers import agreement, glass, links, record
from hemvag.dossiers.links import Relation
from hemvag.dossiers.models import Compartment, GivenBy, JournalEntry, Recusal, Sealed, Sight
from hemvag.dossiers.opened import OnlyToRead, Opened
from tests.conftest import Town, log_lines

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def made(town: Town, at: dt.datetime = AT, **facts: object) -> Opened:
    new = {"compartment": Compartment.CHILD, "unit": town.children, "worker": town.workers["social_worker"], **facts}
    [opened] = record.create([record.New(**new)], by=None, purpose=Purpose.REGISTER, at=at)  # type: ignore[arg-type]
    opened.seal("identity", {"names": []}, by=None, at=at)
    return opened


def linked(town: Town, one: Opened, other: Opened, relation: str = Relation.SIBLING) -> None:
    links.link(one, other, relation=relation, by=town.workers["social_worker"], at=AT)


def seen(town: Town, part: str, opened: Opened, sight: Sight = Sight.CONTENT) -> list[tuple[Opened, str]]:
    worker = town.workers[part]
    held = record.open_dossier(opened.dossier.id, by=worker, purpose=Purpose.HANDLE, at=AT, sight=sight)
    found = links.linked(held, kinds=["identity"], by=worker, at=AT)
    return [(end.opened.dossier.id, end.relation) for end in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("there", "back"),
    [(Relation.SIBLING, Relation.SIBLING), (Relation.PARENT, Relation.CHILD), (Relation.CALL, Relation.ABOUT)],
)
def test_who_may_open_both_ends_sees_it_from_both(town: Town, there: str, back: str) -> None:
    one, other = made(town), made(town)
    linked(town, one, other, there)
    for part in ("social_worker", "unit_lead"):
        assert seen(town, part, one) == [(other.dossier.id, there)]
        assert seen(town, part, other) == [(one.dossier.id, back)]
    assert log_lines(other.dossier.id)[-2] == (town.workers["unit_lead"].id, "name_shown", "link")


def test_who_may_open_one_end_sees_no_link(town: Town) -> None:
    one = made(town)
    other = made(town, unit=town.other_children, worker=town.workers["other_worker"])
    linked(town, one, other)
    for part in ("social_worker", "unit_lead"):
        assert seen(town, part, one) == []
    for part in ("other_worker", "other_lead"):
        assert seen(town, part, other) == []


def test_a_parents_case_is_a_dossier_of_its_own(town: Town) -> None:
    child = made(town)
    parent = made(town, compartment=Compartment.ADULT, unit=town.adults, worker=town.workers["support_worker"])
    linked(town, child, parent, Relation.PARENT)
    assert seen(town, "unit_lead", child) == []
    assert seen(town, "support_worker", parent) == []


def test_who_has_stepped_off_one_end_sees_no_link(town: Town) -> None:
    one, other = made(town), made(town)
    linked(town, one, other)
    Recusal.objects.create(dossier=other.dossier, worker=town.workers["social_worker"], at=AT)
    assert seen(town, "social_worker", one) == []
    assert seen(town, "unit_lead", one) == [(other.dossier.id, Relation.SIBLING)]


def test_broken_glass_shows_no_link(town: Town) -> None:
    one, other = made(town), made(town, unit=town.other_children, worker=town.workers["other_worker"])
    linked(town, one, other)
    reason = "Barnet står här på jouren och ingen svarar."
    glass.break_glass([one.dossier.id], reason=reason, by=town.workers["other_worker"], at=AT)
    assert seen(town, "other_worker", one, Sight.GLASS) == []
    assert seen(town, "other_worker", other) == []


def test_an_agreement_shows_no_link(town: Town) -> None:
    one, other = made(town), made(town, unit=town.other_children, worker=town.workers["other_worker"])
    linked(town, one, other)
    agreement.agree(
        one,
        given_by=GivenBy.GUARDIAN,
        words=agreement.Words(what="Vem", to_whom="Söder", purpose="Samordning", read_back_by="Kim"),
        openings=[agreement.Opening(kinds=["identity"], unit=town.other_children)],
        valid_from=AT,
        valid_to=AT + HOUR,
        by=town.workers["social_worker"],
        at=AT,
    )
    assert seen(town, "other_worker", one, Sight.AGREED) == []


def test_it_is_taken_away_from_both_sides(town: Town) -> None:
    one, other, third = made(town), made(town), made(town)
    linked(town, one, other)
    linked(town, one, third)
    links.unlink(other, one)
    assert seen(town, "social_worker", one) == [(third.dossier.id, Relation.SIBLING)]
    assert seen(town, "social_worker", other) == []
    with pytest.raises(links.NotLinked):
        links.unlink(one, other)


def test_two_are_linked_once_and_none_to_itself(town: Town) -> None:
    one, other = made(town), made(town)
    linked(town, one, other)
    with pytest.raises(links.AlreadyLinked):
        linked(town, other, one)
    with pytest.raises(links.SameDossier):
        linked(town, one, one)


def test_both_ends_must_be_hers_to_write_in(town: Town) -> None:
    one, other = made(town), made(town)
    other.to_read()
    with pytest.raises(OnlyToRead):
        linked(town, one, other)
    linked(town, one, made(town))
    with pytest.raises(OnlyToRead):
        links.unlink(one, other)


def test_no_column_tells_which_two_belong_together(town: Town) -> None:
    """Neither an id of the other, nor a moment or a worker that only the two share, nor how many links there are."""
    pairs = [(made(town, AT + HOUR * n), made(town, AT + HOUR * (n + 10))) for n in range(2)]
    for one, other in pairs:
        linked(town, one, other)
    linked(town, pairs[0][0], made(town))
    for one, other in pairs:
        for model in apps.get_app_config("dossiers").get_models():
            for row in model.objects.all():  # type: ignore[attr-defined]
                said = " ".join(str(getattr(row, field.attname)) for field in model._meta.fields)
                assert not (str(one.dossier.id) in said and str(other.dossier.id) in said), model
    rows = list(Sealed.objects.filter(kind=links.KIND))
    assert {row.at for row in rows if row.dossier in {end.dossier for pair in pairs for end in pair}} == {
        end.dossier.opened_at for pair in pairs for end in pair
    }
    assert {row.by for row in rows} == {None}
    assert len({len(bytes(row.content)) for row in rows}) == 1
    assert not JournalEntry.objects.exists()
