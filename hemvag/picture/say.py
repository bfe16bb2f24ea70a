"""Say that it is not known how many, or give an estimate of one's own as a range."""

import datetime as dt

from hemvag.picture.define import NotTheCoordinator
from hemvag.picture.models import Population, Statement
from hemvag.staff.models import Worker


class NoRange(ValueError):
    """The lower end is not below the higher one: a bare number claims a certainty that nobody has."""


class Redefined(RuntimeError):
    """What is counted has a later version than the one that this was written for."""


def unknown(population: Population, *, words: str, by: Worker, at: dt.datetime) -> Statement:
    """Record that it is not known how many there are, and why. Raises `NotTheCoordinator` and `Redefined`."""
    _must_stand(population, by, at)
    return Statement.objects.create(population=population, kind=Statement.Kind.UNKNOWN, words=words, by=by, at=at)


def own(
    population: Population,
    *,
    low: int,
    high: int,
    words: str,
    author: str,
    made_on: dt.date,
    by: Worker,
    at: dt.datetime,
) -> Statement:
    """Record an estimate of our own: from `low` to `high` persons, how it was made, by whom and when.

    Raises `NotTheCoordinator`, `Redefined` and `NoRange`.
    """
    _must_stand(population, by, at)
    if low >= high:
        raise NoRange(low, high)
    return Statement.objects.create(
        population=population,
        kind=Statement.Kind.OWN,
        low=low,
        high=high,
        words=words,
        author=author,
        made_on=made_on,
        by=by,
        at=at,
    )


def _must_stand(population: Population, by: Worker, at: dt.datetime) -> None:
    mine = Population.objects.visible_to(by, at).filter(authority=population.authority_id)
    latest = mine.standing(population.kind)
    if latest is None:
        raise NotTheCoordinator(by.pk)
    if latest.pk != population.pk:
        raise Redefined(population.pk)
