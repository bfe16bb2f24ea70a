"""What a page of counts shows and its file holds: sheets of words. Whoever takes the file out gets what was shown."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hemvag.counts import contacts, reports
from hemvag.counts.chart import Chart, draw
from hemvag.counts.load import Load
from hemvag.counts.months import Period
from hemvag.counts.tables import Row
from hemvag.counts.words import say
from hemvag.disclosure import Nought, Value


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a sheet: what it is about, and a cell for each head."""

    label: str
    cells: Sequence[str]
    is_sum: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table in words."""

    title: str
    first: str
    heads: Sequence[str]
    lines: Sequence[Line]
    noughts: str = ""

    def rows(self) -> list[tuple[Line, list[tuple[str, str]]]]:
        """Return each line with its cells beside their heads."""
        return [(line, list(zip(self.heads, line.cells, strict=True))) for line in self.lines]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One thing counted: its chart, and a sheet for each way in which it is divided."""

    code: str
    title: str
    chart: Chart
    sheets: Sequence[Sheet]


def of_contacts(rows: Sequence[Row]) -> Subject:
    """Return the support line's contacts as the page shows them."""
    callers = [_("Anhöriga"), _("Personen själv"), _("Vänner och allmänhet"), _("Yrkespersoner"), _("Övriga")]
    channels = [_("Telefon"), _("Meddelande"), _("Besök"), _("Övriga")]
    return Subject(
        code="contacts",
        title=_("Samtal till stödtelefonen"),
        chart=draw([row for row in rows if row.period.months == 1]),
        sheets=[
            _sheet(_("Efter vem som hörde av sig"), "caller", contacts.WAYS["caller"], callers, rows),
            _sheet(_("Efter hur"), "channel", contacts.WAYS["channel"], channels, rows),
        ],
    )


def of_reports(rows: Sequence[Row]) -> Subject:
    """Return the reports of concern as the page shows them."""
    heads = {
        "source": [_("Polis och rättsväsen"), _("Skola"), _("Vård"), _("Privatpersoner"), _("Övriga")],
        "outcome": [
            *(_("Utredning inleddes"), _("Inleddes inte"), _("Till pågående utredning"), _("Väntar på beslut")),
            *(_("Till annan kommun"), _("Övrigt")),
        ],
        "decided": [_("Beslut i tid"), _("För sent"), _("Tiden löper"), _("Till annan kommun")],
        "protected": [_("Samma dag"), _("Senare"), _("Tiden löper")],
    }
    titles = {
        "source": _("Efter vem som anmälde"),
        "outcome": _("Efter vad det ledde till"),
        "decided": _("Förhandsbedömning inom 14 dagar"),
        "protected": _("Skyddsbedömning samma dag"),
    }
    return Subject(
        code="reports",
        title=_("Orosanmälningar om barn"),
        chart=draw([row for row in rows if row.period.months == 1]),
        sheets=[_sheet(titles[way], way, reports.WAYS[way], heads[way], rows) for way in reports.WAYS],
    )


def of_load(places: Sequence[Load], total: Load | None, first: str) -> list[Sheet]:
    """Return what each place carries, and the whole if there is one to tell: by kind, and by time with who is there."""
    kinds = [_("Öppna ärenden"), _("Förhandsbedömningar"), _("Utredningar"), _("Vuxna"), _("Placerade")]
    times = [_("Försenade"), _("Klara inom en vecka"), _("Senare"), _("Handläggare"), _("På plats")]
    titles = {"cases": _("%(place)s: ärenden"), "times": _("%(place)s: tid och bemanning")}
    told = [(place.name or _("Utan stadsdel"), place, False) for place in places]
    if total is not None:
        told.append((_("Hela kommunen"), total, True))
    return [
        Sheet(
            title=titles[what] % {"place": first},
            first=first,
            heads=heads,
            lines=[
                Line(label=name, cells=[say(value) for value in _values(load, what)], is_sum=is_sum)
                for name, load, is_sum in told
            ],
        )
        for what, heads in (("cases", kinds), ("times", times))
    ]


def as_csv(sheets: Sequence[Sheet]) -> str:
    """Return sheets as a file of values that a spreadsheet opens."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    for sheet in sheets:
        writer.writerow([sheet.title])
        writer.writerow([sheet.first, *sheet.heads])
        writer.writerows([line.label, *line.cells] for line in sheet.lines)
        writer.writerow([])
    return written.getvalue()


def name_of(period: Period) -> str:
    """Return a month, quarter or year as it is written in a table."""
    match period.months:
        case 1:
            return f"{period.first:%Y-%m}"
        case 3:
            quarter = {"year": period.first.year, "number": (period.first.month + 2) // 3}
            return _("%(year)s, kvartal %(number)s") % quarter
    return str(period.first.year)


def _values(load: Load, what: str) -> list[Value]:
    if what == "cases":
        return [load.cases, *load.kinds.values(), load.placed]
    return [*load.times.values(), load.members, load.present]


def _sheet(title: str, way: str, groups: Sequence[str], heads: Sequence[str], rows: Sequence[Row]) -> Sheet:
    newest = sorted(rows, key=lambda row: (row.period.each_month()[-1], row.period.months), reverse=True)
    lines = [
        Line(
            label=name_of(row.period),
            cells=[*(say(row.groups[way][group]) for group in groups), say(row.total)],
            is_sum=row.period.months > 1,
        )
        for row in newest
    ]
    quarter = next((row for row in newest if row.period.months == 3), None)
    return Sheet(
        title=title,
        first=_("Månad"),
        heads=[*heads, _("Alla")],
        lines=lines,
        noughts=_noughts(quarter, way, groups, heads) if quarter else "",
    )


def _noughts(quarter: Row, way: str, groups: Sequence[str], heads: Sequence[str]) -> str:
    """Return what there was none of in a quarter, as a sentence; empty when there was some of all."""
    none = [head for group, head in zip(groups, heads, strict=True) if isinstance(quarter.groups[way][group], Nought)]
    if isinstance(quarter.total, Nought):
        return _("%(quarter)s: ingen alls i kvartalet.") % {"quarter": name_of(quarter.period)}
    if not none:
        return ""
    facts = {"quarter": name_of(quarter.period), "groups": ", ".join(none)}
    return _("%(quarter)s, ingen sådan i kvartalet: %(groups)s.") % facts


def file_name(what: str, on: dt.date) -> str:
    """Return the name of the file."""
    return f"antal-{what}-{on:%Y-%m-%d}.csv"
