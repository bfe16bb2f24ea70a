"""Who must report, and by which provision on a day."""

import datetime as dt

import pytest

from hemvag.law import reporters

NEW = dt.date(2026, 11, 23)
MANDATED = (
    *("police", "sapo", "prosecutor", "prison_service", "migration", "school", "preschool", "health_care"),
    *("dental_care", "psychiatry", "social_services", "social_services_other", "sis", "family_counselling", "guard"),
)
PRIVATE = ("relative", "parent", "child_self", "neighbour", "public", "association", "anonymous")


def test_every_kind_is_mandated_or_private() -> None:
    assert set(reporters.codes()) == {*MANDATED, *PRIVATE}
    assert {code for code in reporters.codes() if reporters.is_mandated(code, NEW)} == set(MANDATED)


def test_every_kind_has_a_name_in_both_languages() -> None:
    for code in reporters.codes():
        label = reporters.kind(code).label
        assert label.sv
        assert label.en


@pytest.mark.parametrize(
    ("code", "day", "provision"),
    [
        ("police", "2019-03-11", "14 kap. 1 § SoL (2001:453)"),
        ("police", "2025-07-01", "19 kap. 1 § SoL (2025:400)"),
        ("police", "2026-01-15", "19 kap. 1 § SoL (2025:400), lag 2025:1501, p. 15"),
        ("sapo", "2026-01-15", "19 kap. 1 § SoL (2025:400), lag 2025:1501, p. 18"),
        ("preschool", "2026-01-15", "19 kap. 1 § SoL (2025:400), lag 2025:1501"),
        ("family_counselling", "2026-01-15", "19 kap. 2 § SoL (2025:400)"),
        ("neighbour", "2019-03-11", "14 kap. 1 c § SoL (2001:453)"),
        ("neighbour", "2026-01-15", "19 kap. 4 § SoL (2025:400)"),
    ],
)
def test_the_provision_is_the_one_of_that_day(code: str, day: str, provision: str) -> None:
    assert reporters.duty(code, dt.date.fromisoformat(day)).provision == provision


def test_guards_are_in_the_list_since_2026() -> None:
    assert not reporters.is_mandated("guard", dt.date(2026, 1, 14))
    assert reporters.is_mandated("guard", dt.date(2026, 1, 15))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(reporters.UnknownReporter):
        reporters.duty("postman", NEW)
