"""Districts are reinforced from what may be told: what follows is seen first, and what is decided is followed up."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from hemvag.lib import clock
from hemvag.readiness import basis as bases
from hemvag.readiness import consequence, desk, reinforce
from hemvag.readiness.decide import NoReasons, NotTheCoordinator, WrongDay
from hemvag.readiness.models import Reinforcement
from hemvag.readiness.reinforcement_forms import ProposalForm, is_of_proposal
from hemvag.readiness.views.reinforcement import FORM
from tests.conftest import Town
from tests.readiness.reinforcing import REASONS, basis, cases, decided, place

PAGES = "/readiness/reinforcement/"
DAY = dt.timedelta(days=1)


def test_what_follows_is_shown_beside_what_each_method_proposes() -> None:
    found = consequence.of(basis(), [1, 2])
    assert [row.posts for row in found.rows] == [1, 2]
    first, second = found.rows
    assert first.before == (500 / 1200, 500 / 1200)
    assert first.after == (500 / 1350, 500 / 1350)
    assert second.after == (350 / 1500, 350 / 1500)
    assert found.by_load.splits == [[3, 0]]
    assert found.by_load.is_stable
    assert found.equal == (2, 1)
    assert dict(found.highest)["load"] == pytest.approx(500 / 1650)


def test_a_number_that_is_held_back_enters_as_one_to_four_and_every_split_is_shown() -> None:
    small = {"cases": {"preliminary_assessment": (1, 4), "investigation": (1, 4)}, "staff": 1.0}
    places = [bases.Place(key=name, name=name, late=None, reports=None, **small) for name in "AB"]  # type: ignore[arg-type]
    found = consequence.of(basis(*places, posts=1), [1, 0])
    assert found.rows[0].before == (20 / 150, 80 / 150)
    assert found.by_load.splits == [[1, 0], [0, 1]]
    assert not found.by_load.is_stable
    assert found.by_need.number == 0
    assert set(found.by_need.left_out) == {"reports", "late", "estimate", "last"}


def test_what_has_no_upper_end_or_no_staff_is_unknown_and_never_guessed() -> None:
    found = consequence.of(basis(place(), place("Söder", waiting=(5, None)), place("Väster", staff=None)), [3, 0, 0])
    assert [row.before is None for row in found.rows] == [False, True, True]
    assert found.by_load.left_out == ["Söder", "Väster"]
    assert found.by_load.splits == [[3, 0, 0]]


def test_placed_children_weigh_only_where_every_district_has_said_how_many() -> None:
    one, other = place(placed=10), place("Söder", waiting=(10, 10))
    assert consequence.of(basis(one, other), [3, 0]).rows[0].before == (500 / 1200, 500 / 1200)
    both = consequence.of(basis(one, place("Söder", waiting=(10, 10), placed=0)), [3, 0])
    assert both.rows[0].before == (580 / 1200, 580 / 1200)


def test_a_basis_is_read_as_it_was_kept() -> None:
    kept = basis(place(band=(5, 15), last=0.4, placed=7), place("Söder", waiting=(5, None)))
    once = json.loads(json.dumps(kept.kept()))
    assert json.loads(json.dumps(bases.read(once).kept())) == once


def test_a_decision_keeps_what_was_shown_and_is_never_changed(own_town: Town) -> None:
    cases(own_town, 9)
    cases(own_town, 2, other=True)
    made = decided(own_town)
    made.refresh_from_db()
    assert (made.posts, sum(made.split.values())) == (3, 3)
    kept = {row["name"]: row["cases"]["preliminary_assessment"] for row in made.basis["places"]}
    assert kept["Söder"] == [1, 4]
    assert kept["Innerstaden"] != [9, 9]
    with pytest.raises(DatabaseError), transaction.atomic():
        Reinforcement.objects.filter(pk=made.pk).update(reasons="Annat")


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"reasons": " "}, NoReasons),
        ({"decider": ""}, NoReasons),
        ({"decided_on": clock.today() + DAY}, WrongDay),
        ({"follow_up_on": clock.today()}, WrongDay),
        ({"split": {"nowhere": 3}}, reinforce.NotAllPosts),
        ({"basis": basis(set_by="")}, reinforce.NobodySetTheWeights),
    ],
)
def test_a_decision_that_is_none_is_refused(town: Town, facts: dict[str, Any], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        decided(town, **facts)
    assert not Reinforcement.objects.exists()


def test_every_post_is_given_out_and_none_is_taken(town: Town) -> None:
    here, there = str(town.district.id), str(town.other_district.id)
    for split in ({here: 2}, {here: 4, there: -1}, {here: 2, there: 2}):
        with pytest.raises(reinforce.NotAllPosts):
            decided(town, split=split)


@pytest.mark.parametrize("part", ["unit_lead", "counsellor", "administrator"])
def test_only_who_works_with_readiness_decides_and_follows_up(town: Town, part: str) -> None:
    with pytest.raises(NotTheCoordinator):
        decided(town, by=town.workers[part])
    made = decided(town)
    with pytest.raises(NotTheCoordinator):
        reinforce.follow_up(made, words="Bra.", by=town.workers[part], at=clock.now())


def test_a_follow_up_keeps_what_is_counted_then(own_town: Town) -> None:
    cases(own_town, 9)
    made = decided(own_town)
    with pytest.raises(NoReasons):
        reinforce.follow_up(made, words=" ", by=own_town.workers["coordinator"], at=clock.now())
    row = reinforce.follow_up(made, words="Två kom.", by=own_town.workers["coordinator"], at=clock.now())
    staff = {one["name"]: one["staff"] for one in row.basis["places"]}
    assert staff == {"Innerstaden": 8.0, "Söder": 7.0}


def test_a_reinforcement_stands_on_today_until_it_is_followed_up(
    own_town: Town, client_for: Callable[..., Client]
) -> None:
    made = decided(own_town, follow_up_on=clock.today() + dt.timedelta(days=3))
    coordinator, words = own_town.workers["coordinator"], "Följ upp förstärkningen"
    assert f"/readiness/reinforcement/{made.pk}/" in client_for(coordinator).get("/today/").content.decode()
    reinforce.follow_up(made, words="Två kom.", by=coordinator, at=clock.now())
    assert words not in client_for(coordinator).get("/today/").content.decode()


def written(town: Town, **facts: Any) -> dict[str, str]:
    """A proposal as the form sends it."""
    form = ProposalForm(places=bases.measure(clock.today()))
    fields = {name: str(form[name].value() if form[name].value() is not None else "") for name in form.fields}
    here, there = str(town.district.id)[:8], str(town.other_district.id)[:8]
    usual = {"posts": "3", "set_by": "Nämnden", f"staff_{here}": "6", f"staff_{there}": "5,5"}
    return fields | usual | {name.format(here=here, there=there): value for name, value in facts.items()}


def test_the_coordinator_sees_before_and_after_and_then_decides(
    own_town: Town, client_for: Callable[..., Client]
) -> None:
    cases(own_town, 9)
    cases(own_town, 2, other=True)
    client = client_for(own_town.workers["coordinator"])
    assert "Inget beslut än" in client.get(PAGES).content.decode()
    assert client.get(PAGES + "consequence/").headers["Location"] == PAGES + "propose/"
    sent = written(own_town, **{"split_{here}": "2", "split_{there}": "1", "low_{here}": "5", "high_{here}": "15"})
    sent |= {"calls_an_hour": "0,5", "minutes": "45", "seats": "1"}
    assert client.post(PAGES + "propose/", sent).headers["Location"] == PAGES + "consequence/"
    assert not Reinforcement.objects.exists()
    page = client.get(PAGES + "consequence/").content.decode()
    for words in ("färre än 5", "37,5 procent", "Metod A", "Nämnden", "5–15", "Inget är beslutat"):
        assert words in page, words
    assert "Fortsätt på förslaget" in client.get(PAGES).content.decode()
    decision = {
        "once": "00000000-0000-4000-8000-000000000001",
        "seen": page.split('name="seen" value="')[1].split('"')[0],
        "reasons": REASONS,
        "decider": "Direktören",
        "decided_on": clock.today().isoformat(),
        "follow_up_on": (clock.today() + 60 * DAY).isoformat(),
    }
    stale = client.post(PAGES + "consequence/", decision | {"seen": "other"})
    assert stale.status_code == 422
    assert "har ändrats sedan sidan visades" in stale.content.decode()
    late = client.post(PAGES + "consequence/", decision | {"follow_up_on": clock.today().isoformat()})
    assert late.status_code == 422
    answer = client.post(PAGES + "consequence/", decision)
    made = Reinforcement.objects.get()
    assert answer.headers["Location"] == f"{PAGES}{made.pk}/"
    assert made.split == {str(own_town.district.id): 2, str(own_town.other_district.id): 1}
    assert desk.kept(own_town.workers["coordinator"], FORM) is None
    shown = client.get(f"{PAGES}{made.pk}/").content.decode()
    assert "Då och nu" in shown
    assert REASONS in shown
    told = {"once": "00000000-0000-4000-8000-000000000002", "words": "Båda kom på plats i april."}
    client.post(f"{PAGES}{made.pk}/follow-up/", told)
    assert "Båda kom på plats" in client.get(f"{PAGES}{made.pk}/").content.decode()
    assert "Uppföljd" in client.get(PAGES).content.decode()
    empty = {"once": "00000000-0000-4000-8000-000000000003", "words": ""}
    assert client.post(f"{PAGES}{made.pk}/follow-up/", empty).status_code == 422


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"split_{here}": "2"}, "ska bli 3, och är 2"),
        ({"placed_{here}": "3"}, "Skriv 0 eller ett tal från 5"),
        ({"low_{here}": "5"}, "Skriv ett spann"),
        ({"last_{here}": "40"}, "100 procent, eller ingen"),
        ({"calls_an_hour": "2"}, "Fyll i alla tre"),
        ({"set_by": ""}, "Fyll i det här"),
        ({"set_by": "Kim 202005142381"}, "personnummer"),
        ({"points": "0"}, "större än 0"),
        ({"need_reports": "0", "need_late": "0", "need_estimate": "0"}, "Minst en vikt"),
        ({"posts": "många"}, "Skriv ett helt tal"),
        ({"damping": "140"}, "procent från 0 till 100"),
    ],
)
def test_what_cannot_be_reckoned_with_is_said_beside_its_field(
    town: Town, client_for: Callable[..., Client], facts: dict[str, str], fault: str
) -> None:
    client = client_for(town.workers["coordinator"])
    answer = client.post(PAGES + "propose/", written(town, **facts))
    assert answer.status_code == 422
    assert fault in answer.content.decode()


def test_without_a_division_of_ones_own_the_page_begins_from_method_a(
    own_town: Town, client_for: Callable[..., Client]
) -> None:
    cases(own_town, 9)
    client = client_for(own_town.workers["coordinator"])
    client.post(PAGES + "propose/", written(own_town))
    page = client.get(PAGES + "consequence/").content.decode()
    assert "<strong>3</strong>" in page


def test_what_is_typed_survives_and_only_the_proposals_own_fields_do(
    town: Town, client_for: Callable[..., Client]
) -> None:
    client = client_for(town.workers["coordinator"])
    key = str(town.district.id)[:8]
    fields = {"posts": "7", f"staff_{key}": "4", "weight_investigation": "20", "else": "x"}
    body = {"version": 0, "tab": "aaaaaaaa-1", "fields": fields, "take_over": False}
    assert client.post(PAGES + "propose/draft/", body, content_type="application/json").status_code == 200
    kept = desk.kept(town.workers["coordinator"], FORM)
    assert kept is not None
    assert kept.fields == {"posts": "7", f"staff_{key}": "4", "weight_investigation": "20"}
    assert 'value="7"' in client.get(PAGES + "propose/").content.decode()
    other = body | {"tab": "bbbbbbbb-1"}
    assert client.post(PAGES + "propose/draft/", other, content_type="application/json").status_code == 409
    assert client.post(PAGES + "propose/draft/", "x", content_type="application/json").status_code == 400
    assert not is_of_proposal("weight_name")
