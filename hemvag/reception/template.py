"""The templates of a reception plan, read from TOML files that a municipality may replace (`HEMVAG_RECEPTION`).

A plan keeps the edition it was opened with (`Template.as_data`, `restored`): a later edition changes no open plan.
`docs/domain/reception.md` says what each key means.
"""

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from hemvag.law.reading import Words
from hemvag.lib import folders
from hemvag.lib.rows import Complaint, Row
from hemvag.reception import template_form as form

PUBLISHED: Final = Path(__file__).parent / "content"
OWN: Final = form.OWN
PHASES: Final = form.PHASES
PROPOSAL: Final = Words("förslag, ändra efter er ordning", "a proposal, change it to your own order")
"""What stands beside every task of grade L."""


class BadTemplates(Exception):
    """The files do not hold together. `complaints` has each file's name with what is wrong in it."""

    def __init__(self, complaints: Iterable[tuple[str, Complaint]]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("\n".join(f"{name}:{complaint}" for name, complaint in self.complaints))


@dataclass(frozen=True, kw_only=True)
class When:
    """When a task is done: `earliest` to `latest`, counted from "arrival", "report", or a "clock" of the law.

    `clocks` are steps of `law.deadlines`: their days are the law's and stand above these. `repeats` is how long after
    each time it comes again, None for what is done once.
    """

    phase: str
    counted_from: str
    earliest: dt.timedelta
    latest: dt.timedelta
    clocks: tuple[str, ...] = ()
    repeats: dt.timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task of a template.

    `receiver` is "own" for the unit that leads the plan, a kind of unit, or an authority of `law.codes`. `needs` are
    codes of `needs.KNOWN`: what is ticked from the start when the task is given away. `situation` and `subject` are
    what the law is asked with.
    """

    code: str
    title: Words
    do: Words
    who: Words
    receiver: str
    when: When
    needs: tuple[str, ...]
    situation: str
    subject: str
    ground: str
    rules: tuple[str, ...]
    waits_for: tuple[str, ...]
    each_child: bool
    if_needed: bool
    confidence: str
    source: str

    @property
    def is_statutory(self) -> bool:
        """Whether a clock of the law runs for the task."""
        return bool(self.when.clocks)

    @property
    def is_proposal(self) -> bool:
        """Whether the task is the program's own proposal, and says so wherever it is shown (`PROPOSAL`)."""
        return self.confidence == "L"


@dataclass(frozen=True, kw_only=True)
class Template:
    """One edition of one of the three templates. `digest` tells two editions apart that are called the same."""

    code: str
    version: str
    digest: str
    name: Words
    about: Words
    confidence: str
    tasks: tuple[Task, ...]

    @property
    def is_proposal(self) -> bool:
        """Whether what the template is about is the program's own proposal, and says so wherever it is shown."""
        return self.confidence == "L"

    def task(self, code: str) -> Task:
        """The task with this code. Raises KeyError."""
        return {task.code: task for task in self.tasks}[code]

    def as_data(self) -> dict[str, Any]:
        """The edition as data that a plan can keep; `restored` makes it again."""
        data = asdict(self)
        for task in data["tasks"]:
            when = task["when"]
            for name in ("earliest", "latest", "repeats"):
                when[name] = when[name].days if when[name] is not None else None
        loaded: dict[str, Any] = json.loads(json.dumps(data))
        return loaded


def restored(data: Mapping[str, Any]) -> Template:
    """The edition that was kept by `Template.as_data`."""
    tasks = tuple(_task(values | dict(values["when"])) for values in data["tasks"])
    words = {name: Words(**data[name]) for name in ("name", "about")}
    return Template(**{**data, **words, "tasks": tasks})


@functools.cache
def templates() -> Mapping[str, Template]:
    """The templates of this installation by code: D a detained parent, F a family together, O orphans with relatives
    here. Raises `BadTemplates`."""
    folder: str = settings.HEMVAG_RECEPTION
    return load(Path(folder) if folder else None)


def load(override: Path | None = None) -> Mapping[str, Template]:
    """The published templates, each file replaced that the folder holds. Raises `BadTemplates` with every fault."""
    return _build(_read(override))


def check(folder: Path, on: dt.date) -> Sequence[tuple[str, Complaint]]:
    """What would never be told to its receiver by the law of the day. Raises `BadTemplates` when a file is wrong."""
    return [
        (str(folders.chosen(name, folder, PUBLISHED)), warning) for name, warning in form.warnings(_read(folder), on)
    ]


def _read(override: Path | None) -> form.Read:
    complaints = folders.strangers(override, form.files())
    tables: dict[str, list[Row]] = {}
    for name, described in form.files().items():
        path = folders.chosen(name, override, PUBLISHED)
        found, wrong = folders.read(path, described)
        tables |= found
        complaints += [(str(path), complaint) for complaint in wrong]
    if not complaints:
        complaints += [
            (str(folders.chosen(name, override, PUBLISHED)), wrong) for name, wrong in form.faults_between(tables)
        ]
    if complaints:
        raise BadTemplates(complaints)
    return tables


def _build(read: form.Read) -> Mapping[str, Template]:
    return {row.values["code"]: _template(row.values, read["tasks"]) for row in read["templates"]}


def _template(values: Mapping[str, Any], read: Sequence[Row]) -> Template:
    held = [row.values for row in read if values["code"] in row.values["templates"]]
    codes = {task["code"] for task in held}
    tasks = tuple(sorted((_within(_task(task), codes) for task in held), key=lambda task: task.code))
    made = Template(
        code=values["code"],
        version=values["version"],
        digest="",
        name=Words(**values["name"]),
        about=Words(**values["about"]),
        confidence=values["confidence"],
        tasks=tasks,
    )
    kept = json.dumps(made.as_data(), ensure_ascii=False, sort_keys=True)
    return replace(made, digest=hashlib.sha256(kept.encode()).hexdigest())


def _within(task: Task, codes: set[str]) -> Task:
    """The task, waiting only for what is in the same template."""
    return replace(task, waits_for=tuple(code for code in task.waits_for if code in codes))


def _task(values: Mapping[str, Any]) -> Task:
    repeats = values.get("repeats")
    return Task(
        code=values["code"],
        title=Words(**values["title"]),
        do=Words(**values["do"]),
        who=Words(**values["who"]),
        receiver=values["receiver"],
        when=When(
            phase=values["phase"],
            counted_from=values["counted_from"],
            earliest=dt.timedelta(days=values["earliest"]),
            latest=dt.timedelta(days=values["latest"]),
            clocks=tuple(values.get("clocks", ())),
            repeats=None if repeats is None else dt.timedelta(days=repeats),
        ),
        needs=tuple(values["needs"]),
        situation=values.get("situation", ""),
        subject=values.get("subject", "child"),
        ground=values["ground"],
        rules=tuple(values["rules"]),
        waits_for=tuple(values["waits_for"]),
        each_child=bool(values.get("each_child")),
        if_needed=bool(values.get("if_needed")),
        confidence=values["confidence"],
        source=values["source"],
    )
