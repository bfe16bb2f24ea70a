"""The article of March 2019: each of its sentences on duty and permission, asked of its own day and of today."""

import datetime as dt
from itertools import product

import pytest

from hemvag.law import codes, deadlines, reporters, sharing

THEN, NOW = dt.date(2019, 3, 11), dt.date(2026, 11, 23)
BOTH = pytest.mark.parametrize("on", [THEN, NOW])
TOWN = ("social_services", "municipality_outside_social_services", "coordinator")


@BOTH
def test_the_police_must_report_a_child_who_comes_home(on: dt.date) -> None:
    """Children who come home are the municipality's; the police are obliged to report."""
    said = sharing.share("police", "social_services", "child", "returned_home", on)
    assert said.verdict == "must"
    assert said.rules[0].rule.provision.startswith("14 kap. 1 §" if on == THEN else "19 kap. 1 §")
    assert reporters.is_mandated("police", on)


@BOTH
def test_the_security_service_must_report_a_child_too(on: dt.date) -> None:
    assert sharing.share("sapo", "social_services", "child", "returned_home", on).verdict == "must"


@BOTH
def test_a_report_starts_the_clocks(on: dt.date) -> None:
    at = dt.datetime.combine(on, dt.time(15), dt.timezone(dt.timedelta(hours=1)))
    assert deadlines.due("protection_assessment", at).target == on
    assert deadlines.due("preliminary_assessment", on).strict == on + dt.timedelta(days=14)


@BOTH
@pytest.mark.parametrize(("sender", "receiver"), list(product(("police", "sapo", "migration", "any"), TOWN)))
def test_nobody_must_report_an_adult_who_comes_home(sender: str, receiver: str, on: dt.date) -> None:
    """Information on adults does not automatically reach the municipality: there is no duty to report."""
    assert sharing.share(sender, receiver, "adult", "returned_home", on).verdict == "no_duty"


@BOTH
def test_no_authority_at_all_has_such_a_duty(on: dt.date) -> None:
    for sender, receiver in product(codes.codes().authority, TOWN):
        assert sharing.share(sender, receiver, "adult", "returned_home", on).verdict in {"no_duty", "no"}


def test_secrecy_gave_no_support_for_it_either_in_2019_but_later_law_lets_the_police_tell() -> None:
    """Malmö added that secrecy law gave no support for telling of an adult."""
    asked = ("police", "social_services", "adult", "prevent_terror_crime")
    assert sharing.share(*asked, THEN).verdict == "no"
    assert sharing.share(*asked, NOW).verdict == "may"


def test_the_town_could_not_tell_the_police_of_an_adult_in_2019_and_may_now() -> None:
    asked = ("social_services", "police", "adult", "prevent_terror_crime")
    assert sharing.share(*asked, THEN).verdict == "no"
    now = sharing.share(*asked, NOW)
    assert now.verdict == "may"
    assert "concrete_circumstances" in now.record


@BOTH
def test_other_authorities_pass_on_what_is_needed_on_a_child(on: dt.date) -> None:
    """Others make the security assessments and pass on what is needed."""
    for sender in ("migration", "prison_service", "school", "health_care", "prosecutor"):
        assert sharing.share(sender, "social_services", "child", "harm_suspected", on).verdict == "must"


@BOTH
def test_a_worried_relative_should_but_need_not_report_a_child(on: dt.date) -> None:
    """The line is for relatives, the public and officials."""
    assert sharing.share("private_person", "social_services", "child", "harm_suspected", on).verdict == "should"
    assert not reporters.is_mandated("relative", on)


@BOTH
def test_an_adult_is_helped_by_agreement_or_not_at_all(on: dt.date) -> None:
    """Adults who seek help of their own accord can be supported; otherwise there is little possibility."""
    for receiver in ("health_care", "other_social_services"):
        said = sharing.share("social_services", receiver, "adult", "care_or_support", on)
        assert said.verdict == "consent"
        assert "agreement" in said.record


@BOTH
def test_the_towns_picture_holds_numbers_and_no_names(on: dt.date) -> None:
    """Malmö does not know how many travelled; Göteborg estimates."""
    assert sharing.share("social_services", "coordinator", "adult", "statistics", on).verdict == "deidentified"
    assert sharing.share("social_services", "coordinator", "adult", "returned_home", on).verdict == "no"
