"""Who may tell whom what: each row of the table of sharing, on both sides of its days, and what must always hold."""

import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.law import codes, sharing

OLD, NOW = dt.date(2019, 3, 11), dt.date(2026, 11, 23)
KNOWN = codes.codes()
SS = "social_services"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def ask(question: str, on: str | dt.date) -> sharing.Answer:
    """Ask "sender > receiver | subject | situation"."""
    people, subject, situation = (part.strip() for part in question.split("|"))
    sender, receiver = (part.strip() for part in people.split(">"))
    return sharing.share(sender, receiver, subject, situation, on if isinstance(on, dt.date) else day(on))


VECTORS = [
    # row, question, day, verdict
    ("IS-01", "police > social_services | child | harm_suspected", "2019-03-11", "must"),
    ("IS-01", "police > social_services | child | returned_home", "2013-01-01", "must"),
    ("", "police > social_services | child | harm_suspected", "2012-12-31", "no"),
    ("IS-01", "police > social_services | child | harm_suspected", "2025-06-30", "must"),
    ("IS-01b", "police > social_services | child | harm_suspected", "2025-07-01", "must"),
    ("IS-01b", "police > social_services | child | returned_home", "2026-11-23", "must"),
    ("IS-02", "sapo > social_services | child | returned_home", "2019-03-11", "must"),
    ("", "sapo > social_services | child | returned_home", "2014-12-31", "no"),
    ("IS-02", "sapo > social_services | child | still_abroad", "2019-11-01", "must"),
    ("IS-02b", "sapo > social_services | child | still_abroad", "2026-11-23", "must"),
    *(
        (row, f"{sender} > social_services | child | harm_suspected", on, "must")
        for sender in ("migration", "prison_service", "school", "health_care", "prosecutor", "other_social_services")
        for row, on in (("IS-03", "2019-03-11"), ("IS-03b", "2026-11-23"))
    ),
    ("IS-03b", "social_services > other_social_services | child | harm_suspected", "2026-11-23", "must"),
    ("IS-01b", "police > other_social_services | child | returned_home", "2026-11-23", "must"),
    ("IS-04", "private_person > social_services | child | harm_suspected", "2019-03-11", "should"),
    ("IS-04b", "private_person > social_services | child | harm_suspected", "2026-11-23", "should"),
    ("IS-05", "social_services > social_services | child | harm_suspected", "2019-03-11", "must"),
    ("IS-05b", "social_services > social_services | child | harm_suspected", "2026-11-23", "must"),
    ("IS-06", "municipality_outside_social_services > social_services | child | harm_suspected", "2019-03-11", "must"),
    ("IS-06b", "coordinator > social_services | child | returned_home", "2026-11-23", "must"),
    *(
        ("IS-07", f"{sender} > {receiver} | {subject} | returned_home", on, "no_duty")
        for sender in ("police", "sapo", "migration", "any", "private_person")
        for receiver in ("social_services", "municipality_outside_social_services", "coordinator")
        for subject in ("adult", "young")
        for on in ("2019-03-11", "2026-11-23")
    ),
    ("IS-07n", "police > social_services | adult | returned_home", "2026-11-23", "no_duty"),
    ("IS-07n", "police > social_services | adult | harm_suspected", "2019-03-11", "no_duty"),
    ("IS-08", "police > social_services | adult | prevent_terror_crime", "2019-03-11", "no"),
    ("IS-08", "police > social_services | adult | prevent_terror_crime", "2020-07-31", "no"),
    ("IS-09", "police > social_services | adult | prevent_terror_crime", "2020-08-01", "may"),
    ("IS-09", "police > social_services | child | prevent_terror_crime", "2026-11-23", "may"),
    ("", "sapo > social_services | adult | prevent_terror_crime", "2020-08-01", "no"),
    ("IS-10", "sapo > social_services | adult | prevent_terror_crime", "2025-12-01", "may"),
    ("IS-10", "police > migration | adult | crime_prevention_general", "2026-11-23", "may"),
    ("", "police > migration | adult | crime_prevention_general", "2025-11-30", "no"),
    ("", "police > private_person | adult | crime_prevention_general", "2026-11-23", "no"),
    ("IS-11", "social_services > police | adult | prevent_terror_crime", "2019-03-11", "no"),
    ("IS-11", "social_services > sapo | young | prevent_terror_crime", "2020-07-31", "no"),
    ("IS-12", "social_services > sapo | adult | prevent_terror_crime", "2020-08-01", "may"),
    ("IS-12", "social_services > police | child | prevent_terror_crime", "2025-03-31", "may"),
    ("IS-12b", "social_services > police | adult | prevent_terror_crime", "2025-04-01", "may"),
    ("IS-12b", "health_care > sapo | adult | prevent_terror_crime", "2025-04-01", "may"),
    ("", "health_care > sapo | adult | prevent_terror_crime", "2025-03-31", "no"),
    ("", "social_services > police | adult | committed_terror_crime", "2020-07-31", "no"),
    ("IS-13", "social_services > police | adult | committed_terror_crime", "2020-08-01", "may"),
    ("IS-13b", "health_care > police | adult | committed_terror_crime", "2025-04-01", "may"),
    ("IS-14", "social_services > police | young | risk_of_crime", "2019-03-11", "may"),
    ("", "social_services > police | adult | risk_of_crime", "2019-03-11", "no"),
    ("", "social_services > sapo | young | risk_of_crime", "2020-07-31", "no"),
    ("IS-14b", "social_services > sapo | young | risk_of_crime", "2020-08-01", "may"),
    ("IS-14c", "social_services > customs | child | risk_of_crime", "2025-04-01", "may"),
    ("", "social_services > customs | child | risk_of_crime", "2025-03-31", "no"),
    ("IS-15", "social_services > police | child | child_victim_of_crime", "2019-03-11", "may"),
    ("IS-15b", "social_services > prosecutor | child | child_victim_of_crime", "2025-06-01", "ask"),
    ("IS-16", "social_services > police | adult | committed_serious_crime", "2019-03-11", "may"),
    ("IS-16b", "social_services > police | adult | committed_serious_crime", "2025-04-01", "ask"),
    ("", "social_services > police | adult | violence_in_close_relationship", "2021-07-31", "no"),
    ("IS-17", "social_services > police | adult | violence_in_close_relationship", "2021-08-01", "may"),
    *(
        ("IS-18", f"{sender} > {receiver} | adult | contact_details_requested", "2025-04-01", "must")
        for sender in ("social_services", "school", "migration", "any")
        for receiver in ("police", "sapo", "prosecutor", "customs")
    ),
    ("", "social_services > police | adult | contact_details_requested", "2025-03-31", "no"),
    *(
        ("IS-19", f"social_services > {receiver} | child | placement_requested", "2025-07-01", "must")
        for receiver in ("court", "prosecutor", "police", "sapo", "enforcement_authority", "tax_agency", "customs")
    ),
    ("IS-19o", "social_services > police | child | placement_requested", "2019-03-11", "ask"),
    ("IS-20", "social_services > police | adult | crime_prevention_general", "2025-04-01", "no_duty"),
    ("IS-21", "municipality_outside_social_services > sapo | adult | crime_prevention_general", "2025-04-01", "must"),
    ("IS-21", "coordinator > police | adult | prevent_terror_crime", "2026-11-23", "must"),
    ("", "coordinator > police | adult | prevent_terror_crime", "2019-03-11", "no"),
    ("IS-22", "school > police | young | risk_of_crime", "2025-04-01", "must"),
    ("", "school > police | young | risk_of_crime", "2025-03-31", "no"),
    ("IS-23", "social_services > migration | adult | crime_prevention_general", "2025-12-01", "may"),
    ("", "social_services > migration | adult | crime_prevention_general", "2025-11-30", "no"),
    ("IS-24", "social_services > other_social_services | child | care_or_support", "2019-03-11", "may"),
    ("IS-24", "social_services > health_care | child | care_or_support", "2026-11-23", "may"),
    ("IS-25", "social_services > health_care | adult | care_or_support", "2019-03-11", "consent"),
    ("IS-25", "social_services > other_social_services | young | care_or_support", "2026-11-23", "consent"),
    ("IS-26", "social_services > other_social_services | adult | transfer_of_case", "2019-03-11", "must"),
    ("IS-26b", "other_social_services > social_services | child | transfer_of_case", "2026-11-23", "must"),
    ("IS-27", "other_social_services > social_services | child | assist_investigation", "2019-03-11", "must"),
    ("IS-27b", "social_services > other_social_services | child | assist_investigation", "2026-11-23", "must"),
    ("IS-28o", "social_services > other_social_services | adult | known_here_requested", "2019-03-11", "ask"),
    ("IS-28", "social_services > other_social_services | adult | known_here_requested", "2025-07-01", "must"),
    ("IS-29", "social_services > school | child | feedback", "2019-03-11", "must"),
    ("IS-29m", "social_services > school | child | feedback", "2019-03-11", "must"),
    ("IS-29b", "social_services > police | child | feedback", "2026-01-14", "must"),
    ("IS-29c", "social_services > police | child | feedback", "2026-01-15", "must"),
    ("IS-29mb", "social_services > police | child | feedback", "2026-01-15", "must"),
    ("IS-30", "social_services > private_person | child | feedback", "2019-03-11", "no"),
    ("IS-30", "social_services > private_person | child | harm_suspected", "2026-11-23", "no"),
    ("IS-31", "social_services > coordinator | adult | returned_home", "2019-03-11", "no"),
    ("IS-31", "social_services > coordinator | child | care_or_support", "2026-11-23", "no"),
    ("IS-31", "social_services > coordinator | adult | crime_prevention_general", "2025-11-30", "no"),
    ("IS-23", "social_services > coordinator | adult | crime_prevention_general", "2025-12-01", "may"),
    ("IS-31d", "social_services > coordinator | adult | statistics", "2019-03-11", "deidentified"),
    ("IS-32", "social_services > cve | adult | consultation", "2019-03-11", "deidentified"),
    ("IS-32", "social_services > cve | child | consultation", "2026-11-23", "deidentified"),
    ("IS-33", "school > social_services | young | joint_table", "2019-03-11", "consent"),
    ("IS-33", "social_services > police | child | joint_table", "2026-11-23", "consent"),
    ("IS-34", "health_care > social_services | child | harm_suspected", "2019-03-11", "must"),
    ("IS-34b", "health_care > social_services | child | harm_suspected", "2026-11-23", "must"),
    ("IS-34m", "health_care > social_services | child | care_or_support", "2026-11-23", "may"),
    ("IS-35o", "social_services > individual | adult | own_data", "2018-06-30", "must"),
    ("IS-35", "police > individual | young | own_data", "2026-11-23", "must"),
    ("IS-36", "social_services > foreign_authority | adult | returned_home", "2019-03-11", "no"),
    ("IS-36", "coordinator > foreign_authority | child | statistics", "2026-11-23", "no"),
    ("IS-37", "social_services > police | adult | joint_table", "2019-03-11", "consent"),
    ("IS-37", "social_services > private_person | adult | care_or_support", "2026-11-23", "consent"),
    ("IS-38", "social_services > school | child | care_or_support", "2026-11-25", "consent"),
    ("IS-38", "social_services > tax_agency | child | care_or_support", "2019-03-11", "consent"),
    ("", "social_services > school | child | care_or_support", "2009-06-29", "no"),
    ("IS-39", "social_services > school | child | place_needed", "2026-11-23", "deidentified"),
]


@pytest.mark.parametrize(("row", "question", "on", "verdict"), VECTORS)
def test_each_row_on_each_side_of_its_days(row: str, question: str, on: str, verdict: str) -> None:
    said = ask(question, on)
    assert said.verdict == verdict
    ids = [one.rule.id for one in said.rules]
    assert row in ids if row else ids == []


def test_every_rule_of_the_table_is_asked_for() -> None:
    assert {rule.id for rule in sharing.every()} == {row for row, *_ in VECTORS if row}
    numbers = {int(rule.table[3:5]) for rule in sharing.every()}
    assert numbers == set(range(1, 40))


def test_what_is_written_down_depends_on_the_rule() -> None:
    always = set(KNOWN.always)
    assert len(always) == 10
    for question, tests in {
        "police > social_services | adult | prevent_terror_crime": {"interest"},
        "social_services > police | child | risk_of_crime": {"concrete_circumstances", "suitability"},
        "social_services > migration | adult | crime_prevention_general": {"need", "interest"},
        "social_services > health_care | adult | care_or_support": {"agreement"},
        "social_services > cve | adult | consultation": {"deidentified"},
        "police > social_services | child | harm_suspected": set(),
    }.items():
        assert set(ask(question, NOW).record) == always | tests, question
    assert ask("social_services > coordinator | adult | returned_home", NOW).record == ()
    assert ask("social_services > police | adult | committed_serious_crime", "2025-05-01").record == ()


def test_a_sure_rule_goes_before_an_unsure_one() -> None:
    said = ask("social_services > police | adult | committed_serious_crime", NOW)
    assert [(one.rule.id, one.verdict) for one in said.rules] == [
        ("IS-23", "may"),
        ("IS-16b", "ask"),
        ("IS-20", "no_duty"),
    ]


def test_the_others_say_why() -> None:
    said = ask("social_services > police | adult | prevent_terror_crime", OLD)
    why = {one.rule.id: one.why for one in said.others}
    assert why["IS-12"] == ("not_yet",)
    assert why["IS-14"] == ("other_subject",)
    assert why["IS-25"] == ("other_receiver", "other_situation")
    assert ask("social_services > police | adult | prevent_terror_crime", NOW).others
    later = {one.rule.id: one.why for one in ask("police > social_services | child | harm_suspected", NOW).others}
    assert later["IS-01"] == ("no_longer",)
    assert later["IS-02b"] == ("other_sender",)
    assert [len(one.why) for one in said.others] == sorted(len(one.why) for one in said.others)
    assert {one.rule.id for one in said.others} | {one.rule.id for one in said.rules} == {
        rule.id for rule in sharing.every()
    }


@pytest.mark.parametrize("place", range(4))
def test_a_code_nobody_knows_is_named_with_those_there_are(place: int) -> None:
    question = ["police", SS, "child", "harm_suspected"]
    question[place] = "polis"
    with pytest.raises(codes.UnknownCode, match=r"'polis' is no \w+; write one of") as refused:
        sharing.share(*question, NOW)
    assert refused.value.known


def test_no_group_can_be_asked_with() -> None:
    with pytest.raises(codes.UnknownCode):
        sharing.share("authorities", SS, "child", "harm_suspected", NOW)


questions = st.tuples(
    st.sampled_from(list(KNOWN.authority)),
    st.sampled_from(list(KNOWN.authority)),
    st.sampled_from(list(KNOWN.subject)),
    st.sampled_from(list(KNOWN.situation)),
)
days = st.dates(dt.date(2009, 6, 30), dt.date(2040, 12, 31))


@given(questions, days)
def test_every_answer_names_a_source_or_is_no(question: tuple[str, str, str, str], on: dt.date) -> None:
    said = sharing.share(*question, on)
    assert said.rules or said.verdict == "no"
    assert all(one.rule.provision and one.rule.address.startswith("http") for one in said.rules)
    assert all(one.rule.held_on(on) for one in said.rules)
    assert said.may_tell == bool(said.record)


@given(questions, days)
def test_the_verdict_is_the_strongest_and_nothing_unsure_lets_anyone_tell(
    question: tuple[str, str, str, str], on: dt.date
) -> None:
    said = sharing.share(*question, on)
    order = list(KNOWN.verdict)
    ranks = [order.index(one.verdict) for one in said.rules]
    assert ranks == sorted(ranks)
    if said.may_tell:
        assert said.rules[0].rule.confidence in {"H", "M"}


@given(questions, days, st.integers(0, 8000))
def test_a_later_day_never_loses_a_rule_without_an_end(
    question: tuple[str, str, str, str], on: dt.date, days_later: int
) -> None:
    lasting = {one.rule.id for one in sharing.share(*question, on).rules if one.rule.valid_to is None}
    later = {one.rule.id for one in sharing.share(*question, on + dt.timedelta(days=days_later)).rules}
    assert lasting <= later


def test_social_services_never_have_a_duty_to_tell_of_an_adult_unasked() -> None:
    """The only musts on adults are on request, or between social services about a case that moves."""
    for receiver, situation in product(KNOWN.authority, KNOWN.situation):
        for on in (OLD, NOW):
            said = sharing.share(SS, receiver, "adult", situation, on)
            if said.verdict == "must":
                assert said.rules[0].on_request or situation == "transfer_of_case", (receiver, situation)
