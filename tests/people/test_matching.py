"""A child known here already is found within the committee, by those who may see it, and never merged."""

import copy
import datetime as dt
import uuid

import pytest
from django.conf import settings

from hemvag.audit.models import Purpose
from hemvag.dossiers import record
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.dossiers.opened import Changed, Opened
from hemvag.lib import person_numbers
from hemvag.people import identities, matching, search, tokens
from hemvag.people.identities import Birth, Identity, Name, Number
from hemvag.people.likeness import Reason
from hemvag.people.models import TokenSet
from tests import database
from tests.conftest import Town, log_lines

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
BORN = dt.date(2019, 2, 3)
NUMBER = person_numbers.test_number(BORN, 0)


def child(name: str, born: str = BORN.isoformat(), number: str = "") -> Identity:
    given, _, family = name.partition(" ")
    return Identity(
        names=[Name(given=given, family=family)],
        birth=Birth(kind="exact", date=born) if born else Birth(),
        number=Number(kind="personal", value=number) if number else Number(),
    )


def known(town: Town, identity: Identity, unit: str = "children") -> Opened:
    new = record.New(compartment=Compartment.CHILD, unit=getattr(town, unit))
    [opened] = record.create([new], by=None, purpose=Purpose.REGISTER, at=AT)
    identities.add(opened, identity, by=None, at=AT)
    return opened


def found(town: Town, opened: Opened, role: str = "registrar") -> dict[uuid.UUID, matching.Suggestion]:
    suggested = matching.suggest(opened, by=town.workers[role], at=AT)
    return {one.dossier_id: one for one in suggested}


def test_another_spelling_is_suggested_and_explained(town: Town) -> None:
    first = known(town, child("Mohammed Ali"))
    second = known(town, child("Maxamed Cali"), unit="other_children")
    [suggestion] = found(town, second).values()
    assert suggestion.dossier_id == first.dossier.id
    assert set(suggestion.reasons) == {Reason.SAME_NAME_OTHER_SPELLING, Reason.SAME_BIRTH_DATE}
    assert Dossier.objects.filter(erased_at=None).count() == 2


def test_names_that_fit_many_are_asked_for_in_a_round_of_their_own(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MANY", 0)
    near = known(town, child("Mohammed Ali"))
    far = known(town, child("Mohammed Ali", "2009-02-03"))
    asked = known(town, child("Mohammed Ali"))
    assert list(found(town, asked)) == [near.dossier.id, far.dossier.id]


def test_the_number_wins_over_a_nearer_name(town: Town) -> None:
    by_name = known(town, child("Amina Ek"))
    by_number = known(town, child("Noor Haddad", number=NUMBER))
    asked = known(town, child("Amina Ek", number=NUMBER))
    assert next(iter(found(town, asked))) == by_number.dossier.id
    assert by_name.dossier.id in found(town, asked)


def test_a_number_alone_finds(town: Town) -> None:
    first = known(town, child("Amina Ek", number=NUMBER))
    second = known(town, Identity(names=[Name(given="Okänd")], number=Number(kind="personal", value=NUMBER)))
    assert set(found(town, second)) == {first.dossier.id}


def test_twins_are_not_suggested_as_one(town: Town) -> None:
    known(town, child("Hassan Haddad"))
    assert not found(town, known(town, child("Hussein Haddad")))


@pytest.mark.parametrize("born", ["", "2019-03-02", "2020-02-03"])
def test_a_missing_or_mistaken_birth_date_still_finds(town: Town, born: str) -> None:
    first = known(town, child("Aisha Haddad"))
    assert first.dossier.id in found(town, known(town, child("Caasha Haddad", born)))


def test_another_committee_never_matches(town: Town) -> None:
    first = known(town, child("Amina Ek", number=NUMBER), unit="reception")
    town.reception = copy.copy(town.reception)
    town.reception.authority_id = town.other_authority.id
    second = known(town, child("Amina Ek", number=NUMBER), unit="reception")
    both = Dossier.objects.visible_to(town.workers["registrar"], AT)
    assert {first.dossier.id, second.dossier.id} <= {dossier.id for dossier in both}
    assert second.dossier.authority_id != first.dossier.authority_id
    assert not found(town, second)
    sets = {row.dossier_id: set(row.tokens) for row in TokenSet.objects.all()}
    assert not sets[first.dossier.id] & sets[second.dossier.id]


def test_a_protected_child_is_never_suggested_outside_the_desk(town: Town) -> None:
    hidden = known(town, child("Amina Ek", number=NUMBER), unit="protected_desk")
    asked = known(town, child("Amina Ek", number=NUMBER))
    for role in ("registrar", "on_call", "unit_lead"):
        assert not found(town, asked, role)
    again = known(town, child("Amina Ek", number=NUMBER), unit="protected_desk")
    assert set(found(town, again, "protected_desk")) == {hidden.dossier.id}


def test_who_may_not_see_a_dossier_gets_no_suggestion_of_it(town: Town) -> None:
    known(town, child("Amina Ek"), unit="other_children")
    assert not found(town, known(town, child("Amina Ek")), "unit_lead")


def test_each_comparison_leaves_a_line(town: Town) -> None:
    first = known(town, child("Amina Ek"))
    found(town, known(town, child("Emine Ek")))
    assert (town.workers["registrar"].id, "compared", "match") in log_lines(first.dossier.id)


def test_no_name_stands_in_the_table(town: Town) -> None:
    known(town, child("Amina Ek"))
    [row] = TokenSet.objects.all()
    assert row.tokens
    assert all(isinstance(token, int) for token in row.tokens)
    assert len(row.tokens) == len(set(row.tokens))


def test_changed_names_are_found_and_the_old_no_longer(town: Town) -> None:
    opened = known(town, child("Amina Ek"))
    registrar = town.workers["registrar"]
    identities.change(opened, child("Noor Haddad"), version=1, by=registrar, at=AT)
    assert opened.dossier.id in found(town, known(town, child("Nour Haddad")))
    assert opened.dossier.id not in found(town, known(town, child("Amina Ek")))
    with pytest.raises(Changed):
        identities.change(opened, child("Sara Ek"), version=1, by=registrar, at=AT)


def test_a_forgotten_dossier_is_found_no_more(town: Town) -> None:
    opened = known(town, child("Amina Ek"))
    identities.forget(opened)
    assert not found(town, known(town, child("Amina Ek")))


def test_many_of_the_same_name_are_ranked_before_they_are_cut(town: Town) -> None:
    for year in range(2010, 2020):
        for month in range(1, 8):
            known(town, child("Mohammed Ali", f"{year}-{month:02}-11"))
    right = known(town, child("Muhammad Cali", "2024-05-06"))
    asked = known(town, child("Mohamed Ali", "2024-05-06"))
    assert next(iter(found(town, asked))) == right.dossier.id


@pytest.mark.parametrize(
    "text", ["Maxamed Cali", "ali mohammed", "Mohammed 2019", NUMBER, f"{NUMBER[:8]}-{NUMBER[8:]}"]
)
def test_search_finds_by_name_and_number_and_is_logged(town: Town, text: str) -> None:
    opened = known(town, child("Mohammed Ali", number=NUMBER))
    [hit] = search.search(text, by=town.workers["unit_lead"], at=AT)
    assert hit.dossier == opened.dossier
    assert log_lines(opened.dossier.id)[-1][:2] == (town.workers["unit_lead"].id, "searched")


def test_a_search_that_finds_nothing_is_logged_too(town: Town) -> None:
    searcher = town.workers["unit_lead"]
    name = settings.DATABASES["default"]["NAME"]
    query = "SELECT count(*) FROM log.audit_entry WHERE worker = %s AND act = 'searched' AND dossiers = '{}'"
    with database.connect("owner", name) as connection:
        before = connection.execute(query, [searcher.id]).fetchone()
        assert search.search("Amina Ek", by=searcher, at=AT) == []
        after = connection.execute(query, [searcher.id]).fetchone()
    assert after[0] == before[0] + 1


def test_the_same_name_twice_is_two_names(town: Town) -> None:
    opened = known(town, child("Ali Ali", ""))
    assert set(found(town, known(town, child("Cali Ali", "")))) == {opened.dossier.id}


@pytest.mark.parametrize("asked", ["Zuzu Haddad", "Zainab Hadadd", "Haddad Xyz"])
def test_one_name_and_the_day_of_birth_are_enough_for_a_search(town: Town, asked: str) -> None:
    opened = known(town, child("Zainab Haddad"))
    [hit] = search.search(f"{asked} {BORN.isoformat()}", by=town.workers["unit_lead"], at=AT)
    assert hit.dossier == opened.dossier


def test_search_finds_by_case_number_however_typed(town: Town) -> None:
    opened = known(town, child("Mohammed Ali"))
    [hit] = search.search(opened.dossier.reference.lower().replace("-", " "), by=town.workers["unit_lead"], at=AT)
    assert hit.dossier == opened.dossier


@pytest.mark.parametrize("role", ["other_lead", "colleague", "other_worker"])
def test_search_shows_nothing_that_one_may_not_open(town: Town, role: str) -> None:
    opened = known(town, child("Mohammed Ali", number=NUMBER))
    for text in ("Mohammed Ali", NUMBER, opened.dossier.reference):
        assert search.search(text, by=town.workers[role], at=AT) == []


@pytest.mark.parametrize("text", ["Amina", "", "al", "2019"])
def test_one_name_alone_is_too_little(town: Town, text: str) -> None:
    with pytest.raises(search.TooLittle):
        search.search(text, by=town.workers["unit_lead"], at=AT)


def test_tokens_of_a_very_long_name_are_bounded(town: Town) -> None:
    names = [identities.Name(given=" ".join(f"Xan{letter}" * 2 for letter in "abcdefghijklmnop"), family="Cali")] * 30
    many = Identity(names=names, birth=Birth(kind="approximate", date="2019"))
    known(town, many)
    [row] = TokenSet.objects.all()
    assert len(row.tokens) == tokens.MOST_TOKENS
    looked_for = tokens.asked(identities.looked_for(many), authority=uuid.uuid4(), compartment="child")
    assert max(len(looked_for.strong), len(looked_for.names), len(looked_for.years)) <= tokens.MOST_ASKED
