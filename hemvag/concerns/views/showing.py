"""What a case's pages show: its clocks, its journal, its reports, in the shapes the components take."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hemvag.concerns import clocks, feedback, report, words
from hemvag.concerns.case import Case
from hemvag.concerns.models import ConcernReport, Decision, Step, StepKind
from hemvag.concerns.today import next_label, step_url
from hemvag.dossiers import attachments
from hemvag.dossiers.opened import Content, Opened
from hemvag.law import provisions, reporters
from hemvag.lib import clock
from hemvag.web.components import Clock, Happening


@dataclass(frozen=True, kw_only=True)
class ReportShown:
    """A report as its page shows it: what stands in the open, and what was sealed."""

    row: ConcernReport
    text: str
    reporter: str
    source: str
    mandated: bool
    channel: str
    decision: Decision | None
    asked: bool
    no_feedback: str


def clock_line(case: Case, at: dt.datetime) -> list[Clock]:
    """Return the case's steps as a stepped line: done, now, next, each with its provision as it stood."""
    line = [_clock(step, case, at) for step in case.steps]
    kinds = {step.kind for step in case.steps}
    passed_on = StepKind.PASS_ON in kinds
    if StepKind.INVESTIGATION not in kinds and not passed_on and any(not step.done_at for step in case.steps):
        line.append(Clock(label=_("Utredning"), state="next", when=_("om den inleds: fyra månader")))
    return line


def _clock(step: Step, case: Case, at: dt.datetime) -> Clock:
    due = step.due()
    state = clocks.state(due, at)
    label = str(StepKind(step.kind).label)
    law = f"{due.provision}. {due.text.said_in(words.language())}"
    if step.done_at is not None:
        return Clock(label=label, state="done", when=words.day(clock.local(step.done_at).date(), at), provision=law)
    shown = {"late": "late", "now": "now", "soon": "soon", "waiting": "now"}[state]
    waits = step.kind == StepKind.PRELIMINARY and any(
        other.kind == StepKind.PROTECTION and not other.done_at and other.report_id == step.report_id
        for other in case.steps
    )
    return Clock(
        label=label,
        state="next" if waits and state != "late" else shown,  # type: ignore[arg-type]
        when=words.by_when(due, at),
        provision=law,
        note=words.days_of(due, at),
    )


def journal(opened: Opened, contents: Mapping[uuid.UUID, Content], *, show: str = "") -> list[Happening]:
    """Return the journal newest first; `show` names one of words.JOURNAL_FILTERS, anything else shows it all."""
    prefixes = words.JOURNAL_FILTERS.get(show, ("",))
    rows = opened.dossier.journal.select_related("by").order_by("-at", "-id")
    return [
        Happening(
            at=row.at,
            title=words.happening(row.step),
            by=row.by.name if row.by else "",
            provision=row.provision,
            body=_body(contents.get(row.note_id)) if row.note_id else "",
        )
        for row in rows
        if row.step.startswith(prefixes)
    ]


def _body(content: Content | None) -> str:
    """Return the words of what a step left; a report's own text stands in its panel."""
    if content is None or content.kind == report.KIND:
        return ""
    data = content.data
    parts = [data.get("text"), data.get("reasons"), data.get("municipality"), data.get("how"), data.get("received_by")]
    if content.kind == "voice":
        parts = [data.get("text")]
    elif content.kind == attachments.KIND:
        parts = [data.get("name")]
    return "\n".join(str(part) for part in parts if part)


def reports(case: Case, contents: Mapping[uuid.UUID, Content]) -> list[ReportShown]:
    """Return the case's reports, newest first."""
    return [_report(row, case, contents[row.content_id].data) for row in reversed(case.reports)]


def _report(row: ConcernReport, case: Case, said: dict[str, Any]) -> ReportShown:
    who = said["reporter"]
    return ReportShown(
        row=row,
        text=said["text"],
        reporter=", ".join(who[part] for part in ("name", "title", "organisation", "contact") if who.get(part)),
        source=reporters.kind(row.source).label.said_in(words.language()),
        mandated=feedback.may_be_told(row),
        channel=str(row.get_channel_display()),
        decision=case.decision_on(row),
        asked=row.feedback_asked_at is not None,
        no_feedback=_why_none(row),
    )


def _why_none(row: ConcernReport) -> str:
    """Return why a private reporter is told nothing, with the provision as it stood."""
    rule = provisions.text("feedback_private_reporter", clock.local(row.received_at).date())
    return f"{rule.text.said_in(words.language())} ({rule.provision})"


def beside(opened: Opened, step: Step | None, at: dt.datetime) -> dict[str, Any]:
    """Return what stands beside a step's form: the report it answers, its days and the law."""
    if step is None:
        return {}
    due = step.due()
    context: dict[str, Any] = {
        "due": due,
        "law": due.text.said_in(words.language()),
        "law_note": due.note.said_in(words.language()) if due.note else "",
        "days": words.days_of(due, at),
        "by_when": words.by_when(due, at),
        "state": clocks.state(due, at),
        "tells": _tells(step),
    }
    if step.report is not None:
        context["report_text"] = opened.piece(step.report.content_id).data["text"]
        context["report_at"] = step.report.received_at
    return context


def _tells(step: Step) -> tuple[str, str, str, str] | None:
    """Return what the step tells somebody outside, as a question to the law; None when it tells nothing."""
    if step.kind == StepKind.PASS_ON:
        return ("social_services", "other_social_services", "child", "harm_suspected")
    receiver = reporters.kind(step.report.source).authority if step.report else ""
    return ("social_services", receiver, "child", "feedback") if step.kind == StepKind.FEEDBACK and receiver else None


def next_of(case: Case) -> tuple[str, str] | None:
    """Return the words and address of the one next lawful step, or None when nothing waits."""
    step = case.next_step()
    return (next_label(step), step_url(step)) if step else None


def final(decisions: list[Decision]) -> list[Decision]:
    """Return decisions newest first, for the list of what can be printed."""
    return sorted(decisions, key=lambda row: row.signed_at, reverse=True)
