"""A plan on paper for a meeting: with names for those who may know them, and one by which nobody can be recognised."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from pypdf import PdfReader

from hemvag.audit.models import Purpose
from hemvag.dossiers.models import Dossier
from hemvag.people import identities
from hemvag.people.identities import Number
from hemvag.reception import printed, tasks
from hemvag.staff.models import Worker
from tests.concerns import making as concerns
from tests.conftest import Town, log_lines
from tests.reception import making
from tests.reception.making import AT, HOUR

NUMBER = "201806152385"


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def drawn(town: Town, *, with_names: bool, part: str = "social_worker", **facts: object) -> tuple[bytes, Dossier]:
    """A plan's print, where a child has a number and a date, and a note names somebody."""
    dated = {"birth": making.Birth(kind="exact", date="2018-06-15"), "number": Number(kind="personal", value=NUMBER)}
    who = [
        making.child("Sami", district=town.district, identity=dated | facts),
        making.child("Lina", district=town.district),
        making.child("Noor", district=town.district),
    ]
    made = making.made(town, making.cases(town, children=who))
    by = town.workers["social_worker"]
    tasks.done(made, "R02", text="Ring Fadime Karlsson på Nobelvägen 4.", seen=0, by=by, at=AT + HOUR)
    opened = making.opened(town, made.dossier.id, part=part)
    return printed.pdf(opened, with_names=with_names, by=town.workers[part], at=AT + HOUR), made.dossier


def test_the_paper_with_names_says_whose_it_is_who_printed_and_that_it_is_secret(town: Town) -> None:
    pdf, dossier = drawn(town, with_names=True)
    text = text_of(pdf)
    for word in ("Sami Idris", "Lina Idris", "Noor Idris", "Kastrup, SK 1842", dossier.reference, "Sekretess"):
        assert word in text
    assert f"Utskriven av {town.workers['social_worker'].name} 23 november 2026 kl. 11.00" in text
    assert "Sida 1 av" in text
    assert NUMBER not in text


def test_the_paper_without_names_holds_nothing_by_which_a_child_is_known(town: Town) -> None:
    pdf, _dossier = drawn(town, with_names=False)
    text, meta = text_of(pdf), json.dumps({k: str(v) for k, v in (PdfReader(io.BytesIO(pdf)).metadata or {}).items()})
    assert "Barn 1, 8 år" in text
    names = ["Sami", "Lina", "Noor", "Idris", "Rana", "Fadime", "Karlsson", "Mormor", "arabiska"]
    places = ["Nobelvägen", "Kastrup", "SK 1842", "Erbil", "Innerstaden", town.children.name]
    numbers = [NUMBER, NUMBER[2:], "2018", "2385"]
    for word in [*names, *places, *numbers]:
        assert word not in text, word
        assert word not in meta, word
    assert not re.search(r"\b\d{6,8}[-+ ]?\d{4}\b", text)
    assert "Utan namn och adress." in text


def test_a_clock_and_what_is_late_stand_on_both(town: Town) -> None:
    for with_names in (True, False):
        text = text_of(drawn(town, with_names=with_names)[0])
        assert text.index("Lagens tider") < text.index("Före ankomsten")
        assert "20 kap. 2 § SoL (2025:400)" in text
        assert "förslag, ändra efter er ordning" in text
        for code in ("R01", "R17", "R30"):
            assert code in text


def test_the_paper_is_tagged_and_in_swedish(town: Town) -> None:
    reader = PdfReader(io.BytesIO(drawn(town, with_names=False)[0]))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert str(root["/Lang"]).startswith("sv")  # type: ignore[index]


def test_protected_identity_keeps_every_place_off_the_paper(town: Town) -> None:
    marked = making.child("Lina", identity={"protected": "secrecy_marking"})
    [row] = concerns.receive(town, at=AT, children=[marked])
    desk = making.opened(town, row.dossier_id, part="protected_desk")
    made = making.made(town, [desk], part="protected_desk")
    text = text_of(printed.pdf(made, with_names=True, by=town.workers["protected_desk"], at=AT + HOUR))
    assert "24 november 2026" in text
    for place in ("Nobelvägen", "Kastrup", "Erbil", "SK 1842"):
        assert place not in text


@pytest.mark.parametrize("facts", [{"protected": "secrecy_marking"}, {"unit": "elsewhere"}])
def test_a_child_protected_later_keeps_every_place_off_the_paper_too(town: Town, facts: dict[str, str]) -> None:
    children = making.cases(town)
    made, by = making.made(town, children), town.workers["social_worker"]
    assert "Nobelvägen" in text_of(printed.pdf(made, with_names=True, by=by, at=AT + HOUR))
    if "unit" in facts:
        Dossier.objects.filter(id=children[1].dossier.id).update(unit=town.protected_desk, worker=None)
    else:
        now, version = replace(identities.current(children[1]), **facts), children[1].one(identities.KIND).version
        identities.change(children[1], now, version=version, by=by, at=AT + HOUR)
    text = text_of(printed.pdf(making.opened(town, made.dossier.id), with_names=True, by=by, at=AT + 2 * HOUR))
    assert "24 november 2026" in text
    for place in ("Nobelvägen", "Kastrup", "Erbil", "SK 1842"):
        assert place not in text


@pytest.mark.parametrize("address", ["names", "no-names"])
def test_printing_is_a_line_in_the_read_log_and_nothing_is_kept(
    town: Town, client_for: Callable[[Worker], Client], address: str
) -> None:
    made = making.made(town)
    answer = client_for(town.workers["social_worker"]).get(f"/plans/{made.dossier.id}/print/{address}/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert made.dossier.reference in answer["Content-Disposition"]
    assert Purpose.PRINT in {purpose for _worker, _act, purpose in log_lines(made.dossier.id)}


def test_a_sibling_whose_dossier_may_not_be_opened_has_no_name_on_either(town: Town) -> None:
    children = making.cases(town)
    made = making.made(town, children)
    Dossier.objects.filter(id=children[2].dossier.id).update(unit=town.other_children, worker=None)
    by = town.workers["social_worker"]
    texts = [
        text_of(printed.pdf(making.opened(town, made.dossier.id), with_names=kind, by=by, at=AT))
        for kind in (True, False)
    ]
    assert all("Noor" not in text for text in texts)
    assert "Ett syskon" in texts[0]
    assert "Barn 3" in texts[1]
    assert "Barn 3, " not in texts[1]
