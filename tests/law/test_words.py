"""Plain words beside a step, extensions, and names that law 4 of the house forbids."""

import datetime as dt

import pytest

from hemvag.law import deadlines, extension, forbidden, provisions

NEW = dt.date(2026, 11, 23)
OLD = dt.date(2025, 6, 30)


@pytest.mark.parametrize(
    ("step", "day", "provision", "ground"),
    [
        ("preliminary_assessment", OLD, "11 kap. 1 a §", "synnerliga skäl"),
        ("preliminary_assessment", NEW, "20 kap. 2 §", "synnerliga skäl"),
        ("investigation", OLD, "11 kap. 2 §", "särskilda skäl"),
        ("investigation", NEW, "20 kap. 3 §", "särskilda skäl"),
    ],
)
def test_an_extension_has_its_ground(step: str, day: dt.date, provision: str, ground: str) -> None:
    rule = extension.extension(step, day)
    assert rule.provision.startswith(provision)
    assert extension.ground(rule).sv == ground
    assert ground in rule.text.sv
    assert extension.ground(rule).en in rule.text.en


def test_other_steps_are_not_extended() -> None:
    with pytest.raises(extension.NoExtension):
        extension.extension("protection_assessment", NEW)


@pytest.mark.parametrize("step", [*deadlines.steps(), "investigation_extension", "reporter_meeting", "child_voice"])
def test_every_step_has_words(step: str) -> None:
    rule = provisions.text(step, NEW)
    assert rule.text.sv
    assert rule.text.en
    assert rule.held_on(NEW)


def test_the_words_are_those_of_the_day() -> None:
    assert provisions.text("reporter_meeting", OLD).provision == "14 kap. 1 a § SoL (2001:453)"
    assert provisions.text("reporter_meeting", NEW).provision == "19 kap. 5 § SoL (2025:400)"


def test_a_private_reporter_is_told_why_there_is_no_feedback() -> None:
    rule = provisions.text("feedback_private_reporter", NEW)
    assert rule.provision == "26 kap. 1 § OSL (2009:400)"
    assert "privatperson" in rule.text.sv
    assert "private person" in rule.text.en


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(deadlines.UnknownStep):
        provisions.text("coffee", NEW)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        *((name, "field") for name in ("religion", "is_returnee", "riskScore", "risk-level", "ÅSIKT", "cause_code")),
        *((name, "query") for name in ("ethnicity", "milieu", "gender", "birth_year", "risk", "text", "source")),
        *((name, "field") for name in ("child__religious_group", "race", "orsakskod", "threat_level", "återvändare")),
    ],
)
def test_names_of_a_register_are_found(name: str, place: forbidden.Place) -> None:
    found = forbidden.named(name, place)
    assert found is not None
    assert found.provision
    assert found.why.sv


@pytest.mark.parametrize(
    ("name", "place"),
    [
        *(
            (name, "query")
            for name in ("name", "number", "reference", "q", "unit", "worker", "step", "from", "page", "agency")
        ),
        *((name, "field") for name in ("trace", "because_of", "language", "birth", "return_code", "embrace", "source")),
        *(
            (name, "field")
            for name in ("received_at", "section", "whereabouts", "protected", "score", "reason", "kind")
        ),
    ],
)
def test_names_the_house_needs_are_free(name: str, place: forbidden.Place) -> None:
    assert forbidden.named(name, place) is None
