"""Whoever has a dump of the token sets and no key tells no common name from how tokens occur, alone or together."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from bench.people import attack
from hemvag.dossiers.models import Compartment, Dossier
from hemvag.people import commonness, identities, spelling, tokens
from hemvag.people.identities import Birth, Identity, Name
from hemvag.vault.keyring import SecretKeyring
from hemvag.vault.tokens import blind_many

RING = SecretKeyring({1: bytes(range(32))})
HERE = uuid.UUID(int=7)
PEOPLE, NAMES = 4_000, 100
GIVEN = ["Alice", "Noah", "Vera", "Hugo", "Astrid", "Mohammed", "Fatima", "Yusuf", "Leyla", "Benjamin"]
FAMILIES = ["Andersson", "Lindqvist", "Berg", "Haddad", "Warsame", "Yilmaz", "Hodzic", "Rahimi", "Ali", "Ström"]
SHARES = [1 / (place + 1) for place in range(10)]


@pytest.fixture(scope="module")
def town() -> list[Identity]:
    """A town of a hundred full names, a few of them so common that nothing hides them but their tokens."""
    chance = random.Random(5)
    people = []
    for _person in range(PEOPLE):
        [given], [family] = chance.choices(GIVEN, SHARES), chance.choices(FAMILIES, SHARES)
        born = dt.date(2008, 1, 1) + dt.timedelta(days=chance.randrange(18 * 365))
        birth = Birth(kind="exact", date=born.isoformat())
        people.append(Identity(names=[Name(given=given, family=family)], birth=birth))
    return people


@pytest.fixture(autouse=True)
def known_town(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the shares of names be those of the town, and the key always the same."""
    of_key = {
        key: [share / sum(SHARES)]
        for names in (GIVEN, FAMILIES)
        for name, share in zip(names, SHARES, strict=True)
        for word in spelling.words(name)
        for key in word.keys
    }
    shares = commonness.Common([1.0], of_key, [0.0001])
    monkeypatch.setattr(commonness, "common", lambda: shares)
    monkeypatch.setattr(commonness, "CROWD", PEOPLE)
    monkeypatch.setattr(tokens, "keyring", lambda: RING)
    commonness.bearers.cache_clear()
    yield
    commonness.bearers.cache_clear()


def attacked(people: Sequence[Identity]) -> dict[str, attack.Told]:
    dump = []
    for place, identity in enumerate(people):
        dossier = Dossier(id=uuid.UUID(int=place), authority_id=HERE, compartment=Compartment.CHILD)
        traits = identities.traits(identity)
        words = tokens.held(dossier, traits)
        known = dict(zip(blind_many(RING, HERE, "child name", words), words, strict=True))
        dump.append({token: known.get(token, "") for token in tokens.stored(dossier, traits)})
    truth = [identities.full_name(identity) for identity in people]
    years = [identity.birth.year or 0 for identity in people]
    return {told.way: told for told in attack.attacks(dump, truth, years, NAMES)}


def test_no_way_of_attack_tells_more_than_chance_would(town: list[Identity]) -> None:
    for told in attacked(town).values():
        assert not told.is_better_than_chance, told


def test_each_way_of_attack_succeeds_where_common_tokens_are_not_spread(
    town: list[Identity], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "MOST_SPREAD", 1)
    for told in attacked(town).values():
        assert told.is_better_than_chance, told


def test_the_number_of_tokens_tells_neither_spellings_nor_names() -> None:
    sizes = set()
    for number, (given, family) in enumerate(product(["Amina", "Cabdiraxmaan Jaamac", "Xaliimo"], ["Ek", "Al-Khatib"])):
        identity = Identity(names=[Name(given=given, family=family)], birth=Birth(kind="exact", date="2019-02-03"))
        dossier = Dossier(id=uuid.UUID(int=number), authority_id=HERE, compartment=Compartment.CHILD)
        stored = tokens.stored(dossier, identities.traits(identity))
        assert stored == sorted(set(stored))
        sizes.add(len(stored))
    assert sizes == {tokens.LEAST_TOKENS}
