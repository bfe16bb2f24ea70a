"""The measure of finding people, small and not timed: what it lays is found by nearly every way it is asked for."""

import random
from typing import cast

import psycopg
from django.db import connection

from bench import rows
from bench import town as bench_town
from bench.people import crowd, lay, run, variants
from tests.conftest import Town

PEOPLE, PLANTED, SEED = 300, 30, 5
ALWAYS = ("spelling", "transliteration", "order", "particle", "twin", "cousin")


def test_of_three_hundred_people_nearly_all_are_found_and_stand_first(town: Town) -> None:
    chance = random.Random(SEED)
    planted, near, questions = variants.labelled(PLANTED, chance)
    people = [*planted, *near]
    people += [crowd.person(chance) for _ in range(PEOPLE - len(people))]
    here = bench_town.Town(town.children.authority.municipality, town.children.authority, town.children)
    here.units, here.registrars = [town.children, town.other_children], [town.workers["registrar"]]
    connection.ensure_connection()
    staff = cast("psycopg.Connection", connection.connection)
    rows.lay(staff, lay.rows_of(here, [one.identity() for one in people], 0))
    places = {lay.dossier_id(place): place for place in range(PEOPLE)}
    asked = run.Way("sealed", [(one, run.find(here, one, places)[0]) for one in questions])
    assert len(asked.found) == variants.A_CHILD * PLANTED
    assert {one.kind for one, _places in asked.found} == set(variants.KINDS)
    assert asked.recall() >= run.RECALL
    assert asked.first() >= run.FIRST
    assert [kind for kind in ALWAYS if asked.recall(kind) < 1] == []
