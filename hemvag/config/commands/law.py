"""Ask the law: who may tell whom what, by when, for how long, and what changed between two days."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from hemvag.law import calendar, codes, deadlines, listing, packs, reading, retention, rules, shapes, sharing
from hemvag.law.reading import Words
from hemvag.law.rules import Rule
from hemvag.lib import clock

Options = argparse.Namespace

REFUSED = (codes.UnknownCode, packs.UnknownPack, calendar.OutsideCalendar, calendar.Naive, reading.BrokenRules)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`hemvag law share|due|keep|holidays|rules|diff`."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="share|due|keep|holidays|rules|diff")
    _share(_act(acts, "share", "who must, should or may tell whom what"))
    _due(_act(acts, "due", "by when a step is to be done"))
    _keep(_act(acts, "keep", "how long a record is kept"))
    holidays = _act(acts, "holidays", "public holidays of a year, and the eves that count as such")
    holidays.add_argument("--year", type=int, required=True, help="2005 to 2100")
    listed = _act(acts, "rules", "every rule in force on a day")
    listed.add_argument("--on", type=_day, default=None, metavar="DAY", help="the day; today when left out")
    listed.add_argument("--family", choices=list(listing.FAMILIES), help="only this family of rules")
    changed = _act(acts, "diff", "what the law says differently on two days")
    changed.add_argument("--from", dest="before", type=_day, required=True, metavar="DAY")
    changed.add_argument("--to", dest="after", type=_day, required=True, metavar="DAY")


def run(args: Options) -> int:
    """0 with the answer, 2 with what is wrong with the question. Needs neither settings nor a database."""
    try:
        data, lines = ACTS[args.act](args)
    except deadlines.UnknownStep as wrong:
        known = ", ".join(deadlines.steps(args.pack))
        return _refuse(f"{str(wrong)!r} is no step; write one of {known}")
    except rules.NoRule as wrong:
        return _refuse(f"{wrong}: older law is not described")
    except (*REFUSED, TypeError) as wrong:
        return _refuse(str(wrong).strip('"'))
    print(json.dumps(data, ensure_ascii=False, indent=2) if args.json else "\n".join(lines))
    return 0


def _act(acts: Any, name: str, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = acts.add_parser(name, help=words, description=f"Say {words}.")
    parser.add_argument("--json", action="store_true", help="answer for a program")
    parser.add_argument("--language", choices=["sv", "en"], default="en", help="of the text; English when left out")
    parser.add_argument("--pack", default=rules.DEFAULT, help="which country's or city's rules; sweden when left out")
    return parser


def _share(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="sender", required=True, metavar="CODE", help="who tells")
    parser.add_argument("--to", dest="receiver", required=True, metavar="CODE", help="who is told")
    parser.add_argument("--about", dest="subject", required=True, metavar="CODE", help="child, young or adult")
    parser.add_argument("--situation", required=True, metavar="CODE")
    parser.add_argument("--on", type=_day, default=None, metavar="DAY", help="the day; today when left out")


def _due(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--step", required=True, metavar="CODE")
    parser.add_argument("--from", dest="start", type=_moment, required=True, metavar="DAY|MOMENT", help="when it began")
    parser.add_argument("--on", type=_day, default=None, metavar="DAY", help="by the rule in force on another day")


def _keep(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--record", required=True, metavar="CODE")
    parser.add_argument("--municipality", required=True, metavar="CODE")
    parser.add_argument("--born", type=_day, default=None, metavar="DAY", help="the birth day of the person")
    parser.add_argument("--last-entry", type=_day, default=None, metavar="DAY")
    parser.add_argument("--opened", choices=["yes", "no"], help="whether an investigation of the child was opened")
    parser.add_argument("--other-data", action="store_true", help="other information on the person is still kept")
    parser.add_argument("--on", type=_day, default=None, metavar="DAY", help="the day; today when left out")


def share(args: Options) -> tuple[Any, list[str]]:
    """The answer about sharing."""
    on = args.on or clock.today()
    said = sharing.share(args.sender, args.receiver, args.subject, args.situation, on, pack=args.pack)
    known = codes.codes(args.pack)
    lines = [f"{said.verdict}: {_said(known.verdict[said.verdict], args)} ({on.isoformat()})"]
    lines += [f"  {known.meaning[said.verdict].said_in(args.language)}"]
    for one in said.rules:
        lines += ["", f"{one.verdict}  {one.rule.id}", *_rule(one.rule, args)]
    if said.record:
        lines += ["", _said(Words("Skriv ner:", "Write down:"), args)]
        lines += [f"  - {_said(known.record[code], args)}" for code in said.record]
    return shapes.answer(said), lines


def due(args: Options) -> tuple[Any, list[str]]:
    """The days of a step."""
    start = args.start
    if args.step != "protection_assessment" and isinstance(start, dt.datetime):
        start = calendar.local_day(start)
    said = deadlines.due(args.step, start, args.on, args.pack)
    days = {name: getattr(said, name) for name in ("strict", "target", "latest")}
    lines = [f"{name}: {day.isoformat() if day else '-'}" for name, day in days.items()]
    lines += [said.provision, said.address, said.text.said_in(args.language)]
    return shapes.due(said), [*lines, *([said.note.said_in(args.language)] if said.note else [])]


def keep(args: Options) -> tuple[Any, list[str]]:
    """How long a record is kept."""
    on = args.on or clock.today()
    said = retention.keep(
        args.record,
        args.municipality,
        on,
        born=args.born,
        last_entry=args.last_entry,
        opened=None if args.opened is None else args.opened == "yes",
        other_data=args.other_data,
        pack=args.pack,
    )
    if said.for_ever:
        lines = ["kept for ever"]
    elif said.until:
        lines = [f"kept until {said.until.isoformat()}, erased at the latest {said.finished_by}"]
    else:
        lines = ["kept until a person has decided"]
    if said.missing:
        lines.append(f"not known: {', '.join(said.missing)}")
    elif said.ask:
        lines.append("a person decides before anything is erased")
    for one in said.rules:
        lines += ["", one.id, *_rule(one, args)]
    return shapes.keeping(said), lines


def holidays(args: Options) -> tuple[Any, list[str]]:
    """The days of a year that are no weekdays, other Saturdays and Sundays left out."""
    kinds = {"public_holiday": calendar.holidays_of(args.year), "eve": calendar.eves_of(args.year)}
    found = sorted((day, name, kind) for kind, days in kinds.items() for day, name in days.items())
    rows = [{"day": day.isoformat(), "name": name, "kind": kind} for day, name, kind in found]
    return rows, [f"{row['day']}  {row['name']}" for row in rows]


def rules_on(args: Options) -> tuple[Any, list[str]]:
    """Every rule in force on a day."""
    found = [
        one
        for one in listing.rules_on(args.on or clock.today(), args.pack)
        if args.family is None or one.family == args.family
    ]
    lines = [line for one in found for line in (f"{one.rule.id}  [{one.family}]", *_rule(one.rule, args), "")]
    return [shapes.listed(one) for one in found], lines


def diff(args: Options) -> tuple[Any, list[str]]:
    """What the law says differently on two days."""
    found = listing.diff(args.before, args.after, args.pack)
    lines: list[str] = []
    for one in found:
        lines.append(f"{one.table}  [{one.family}]")
        lines += [f"- {line.strip()}" for line in (_rule(one.before, args) if one.before else ())]
        lines += [f"+ {line.strip()}" for line in (_rule(one.after, args) if one.after else ())]
        lines.append("")
    return [shapes.change(one) for one in found], lines


ACTS: Mapping[str, Callable[[Options], tuple[Any, list[str]]]] = {
    "share": share,
    "due": due,
    "keep": keep,
    "holidays": holidays,
    "rules": rules_on,
    "diff": diff,
}


def _rule(rule: Rule, args: Options) -> list[str]:
    until = f" to {rule.valid_to.isoformat()}" if rule.valid_to else ""
    sure = rules.CONFIDENCE[rule.confidence].said_in(args.language)
    lines = [
        f"  {rule.provision}",
        f"  {_said(rule.text, args)}",
        *([f"  {_said(rule.note, args)}"] if rule.note else []),
        f"  from {rule.valid_from.isoformat()}{until}; {rule.confidence}: {sure}",
        f"  {rule.address}",
    ]
    if rule.question:
        lines.append(f"  {rule.question}: {_said(listing.questions(args.pack)[rule.question].text, args)}")
    return lines


def _said(words: Words, args: Options) -> str:
    return words.said_in(args.language)


def _refuse(words: str) -> int:
    print(f"hemvag law: {words}", file=sys.stderr)
    return 2


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-23") from None


def _moment(text: str) -> dt.date | dt.datetime:
    if "T" not in text and " " not in text:
        return _day(text)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment; write it as 2026-11-23T14:30") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.STOCKHOLM)
