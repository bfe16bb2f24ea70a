"""Print what a calculation answered: two tagged pages in Swedish, with the same drawing as on the page."""

from importlib import resources
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation

from hemvag.lib import clock, date_words
from hemvag.picture import result
from hemvag.picture.models import Outcome, Run
from hemvag.web import typeset

TEMPLATE: Final = resources.files("hemvag.picture") / "printed.typ"


def pdf(run: Run, outcome: Outcome) -> bytes:
    """Return the PDF. It holds the observed total and the lists' sizes, and no cell of the table."""
    with translation.override("sv"):
        shown = result.shown(run, outcome)
        facts = _facts(run, shown) | {
            "drawing": render_to_string("picture/chart.html", {"chart": shown.chart, "is_print": True})
        }
    return typeset.pdf(TEMPLATE.read_bytes(), facts=facts)


def _facts(run: Run, shown: result.Shown) -> dict[str, Any]:
    population = run.table.population
    day = clock.local(shown.at).date()
    return {
        "municipality": population.authority.municipality.name,
        "authority": population.authority.name,
        "population": population.get_kind_display(),
        "window": f"{population.since:%Y-%m-%d} – {population.until:%Y-%m-%d}",
        "area": population.area,
        "definition": population.definition,
        "title": shown.title,
        "verdict": shown.verdict,
        "meaning": shown.meaning,
        "observed": shown.observed,
        "reasons": list(shown.reasons),
        "narrower": list(shown.narrower),
        "assumptions": list(shown.assumptions),
        "rows": [[row.label, row.words, row.interval] for row in shown.rows],
        "lists": [[row.name, row.whose, row.size, row.hidden] for row in shown.lists],
        "made": f"{day.day} {date_words.MONTHS['sv'][day.month - 1]} {day.year}",
        "maker": run.by.name,
        "seed": str(run.seed),
        "replicates": str(run.replicates),
    }
