"""Make the two sample files that `hemvag intake` is tried with: `python samples/make.py`. The same every time.

Every person is invented; personal numbers are from the official test series.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from hemvag.concerns.intake_file import COLUMNS
from hemvag.config.demo.invented import Inventor
from hemvag.law import reporters

DAY = dt.date(2026, 11, 20)
ROWS = 1000
HEAD = list(COLUMNS)
DISTRICTS = ["Norr", "Söder", "Öster", "Väster", "Innerstaden"]
CHANNELS = ["brev", "telefon", "webb", "sdk", "blankett"]
WHOLE = Path(__file__).parent / "reports-1000.csv"
BROKEN = Path(__file__).parent / "reports-1000-broken.csv"

Cells = dict[str, str]
Spoil = Callable[[Cells], None]


def rows() -> Iterator[Cells]:
    """Yield a thousand rows: reports of two years, a row a child, as an older system writes them."""
    inventor = Inventor("samples", DAY)
    chance = inventor.chance
    number = 4000
    left = ROWS
    while left:
        number += 1
        arrived = DAY - dt.timedelta(days=chance.randint(1, 700))
        family = inventor.family(on=arrived)
        said = inventor.said(family.children[0].given)
        shared = {
            "anmälan": f"A-{number}",
            "inkom": arrived.isoformat() if chance.random() < 0.8 else f"{arrived.day}/{arrived.month} {arrived.year}",
            "klockan": f"{chance.randint(7, 17):02}.{chance.randint(0, 59):02}",
            "kanal": chance.choice(CHANNELS),
            "anmälare": reporters.kind(said.source).label.sv,
            "anmälarens_namn": said.name,
            "organisation": said.organisation,
            "titel": said.title,
            "kontakt": said.contact,
            "vill_ha_återkoppling": "ja" if said.is_mandated and chance.random() < 0.7 else "nej",
            "vårdnadshavare": "|".join(f"{name}, {relation}" for name, relation in family.guardians),
            "område": chance.choice(DISTRICTS) if chance.random() < 0.9 else "",
            "text": said.text,
        }
        for child in family.children[:left]:
            left -= 1
            other = inventor.other_spelling(child.given)
            yield (
                dict.fromkeys(HEAD, "")
                | shared
                | {
                    "förnamn": child.given,
                    "efternamn": child.family,
                    "andra_stavningar": f"{other} {child.family}" if other != child.given else "",
                    "född": child.born.isoformat() if chance.random() < 0.9 else f"ca {child.born.year}",
                    "nummer": f"{child.number[2:8]}-{child.number[8:]}" if child.number else "",
                    "vistelse": chance.choices(["här", "utomlands", "vet ej"], [90, 3, 7])[0],
                }
            )


def _set(**cells: str) -> Spoil:
    return lambda row: row.update(cells)


def _wrong_check_digit(row: Cells) -> None:
    row["nummer"] = "200504-2384"


def _swapped(row: Cells) -> None:
    row["inkom"] = "2025-23-04"


SPOILS: list[Spoil] = [
    _wrong_check_digit,
    _set(nummer="20190229-2382"),
    _set(född="2019-02-29", nummer=""),
    _set(född="30/2 2018", nummer=""),
    _set(född="2005-03-01", nummer=""),
    _set(född="ca 2001", nummer=""),
    _set(född="2031-01-01", nummer=""),
    _set(född="igår", nummer=""),
    _swapped,
    _set(inkom="2027-02-03"),
    _set(inkom=""),
    _set(inkom="14/5"),
    _set(inkom="förra veckan"),
    _set(klockan="25.10"),
    _set(klockan="ett"),
    _set(anmälare="Skolan kanske"),
    _set(anmälare=""),
    _set(kanal="brevduva"),
    _set(vill_ha_återkoppling="kanske"),
    _set(anmälare="Granne", vill_ha_återkoppling="ja"),
    _set(förnamn="", efternamn=""),
    _set(område="Månen"),
    _set(text=""),
    _set(text="Lång berättelse. " * 1300),
    _set(förnamn="x" * 130),
    _set(nummer="12345"),
    _set(nummer="701063-2391", född="2015-05-05"),
    _set(skydd="hemligt"),
    _set(vistelse="bortrest"),
    _set(född="2015-05-05", nummer="190101-2399"),
]
"""Thirty ways in which one cell can be wrong; ten more are spoiled as text, below."""


def written(cells: list[str]) -> str:
    """Return one line of CSV, without its end."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="").writerow(cells)
    return out.getvalue()


def broken(whole: list[Cells]) -> bytes:
    """Return the same file with forty rows broken; row 20, 44, 68 … so that a reader finds them."""
    lines = [written([row[name] for name in HEAD]).encode() for row in whole]
    places = [20 + 24 * step for step in range(40)]
    for place, spoil in zip(places, SPOILS, strict=False):
        row = dict(whole[place])
        spoil(row)
        lines[place] = written([row[name] for name in HEAD]).encode()
    rest = places[len(SPOILS) :]
    for place in rest[:2]:
        lines[place] = lines[place - 1]
    for place in rest[2:4]:
        lines[place] = lines[place].rsplit(b";", 1)[0]
    for place in rest[4:6]:
        lines[place] += b";extra"
    for place in rest[6:8]:
        lines[place] = lines[place].replace(b";", b';"', 1)
    lines[rest[8]] = lines[rest[8]].replace(b";", b";\xe5\xe4", 1)
    lines[rest[9]] = lines[rest[9]].replace(b";", b";\0", 1)
    return b"\r\n".join([written(HEAD).encode(), *lines, b""])


def main() -> None:
    """Write both files."""
    whole = list(rows())
    lines = [written(HEAD), *(written([row[name] for name in HEAD]) for row in whole), ""]
    WHOLE.write_bytes("\r\n".join(lines).encode())
    BROKEN.write_bytes(broken(whole))


if __name__ == "__main__":
    main()
