"""What was taken over in an envelope is laid on the worker's desk as the beginning of a report, for her to check."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from hemvag.concerns.intake_form import ReportForm
from hemvag.concerns.models import Channel
from hemvag.dossiers import desk, drafts
from hemvag.dossiers.opened import Opened
from hemvag.exchange import answer, facts, offer, standing
from hemvag.exchange.models import AnswerKind, Offer
from hemvag.lib import clock
from hemvag.people.forms import PREFIX
from hemvag.staff.models import Worker

SOURCES: Final = ("social_services", "social_services_other")
EXACT: Final = re.compile(r"\d{4}-\d\d-\d\d")
TAKEN: Final = frozenset({AnswerKind.ACCEPTED.value, AnswerKind.DONE.value})


def lay_out(opened: Opened, sent: Offer, *, by: Worker, at: dt.datetime) -> None:
    """Begin a report on the worker's own desk with what the envelope holds. Nothing is registered before she says so.

    Raises NotYours, NotNow when it has not been accepted, and DeskTaken when she is writing another report.
    """
    answer.ask_to_receive(opened, sent, by, at)
    own = desk.opened_for(by, at=at)
    with transaction.atomic():
        standing.ask(sent, TAKEN)
        before = drafts.kept(own, ReportForm.code, by=by)
        if before.fields:
            raise facts.DeskTaken
        drafts.keep(own, ReportForm.code, _fields(opened, sent), tab="", version=before.version, by=by, at=at)


def _fields(opened: Opened, sent: Offer) -> Mapping[str, Any]:
    parts = [part.data for part in opened.read(offer.ENVELOPE)]
    items = [item for part in parts for item in part["items"]]
    received = clock.local(sent.at)
    same = sent.receiver is not None and sent.sender.authority_id == sent.receiver.authority_id
    return {
        "day": received.date().isoformat(),
        "time": f"{received:%H.%M}",
        "channel": Channel.MESSAGE,
        "source": SOURCES[0] if same else SOURCES[1],
        "organisation": sent.sender.name,
        "feedback": "no",
        "text": "\n".join(_lines(parts)),
        f"{PREFIX}-TOTAL_FORMS": "1",
        f"{PREFIX}-INITIAL_FORMS": "0",
        **{f"{PREFIX}-0-{name}": value for name, value in _child(items).items()},
    }


def _lines(parts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for part in parts:
        if part.get("purpose"):
            yield part["purpose"]
        for item in part["items"]:
            for label, value in item["rows"]:
                yield f"{label or item['label']}: {value}"


def _child(items: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what the envelope says of who the child is, as the form of a child has it."""
    said = {item["code"]: item["rows"][0][1] for item in reversed(items) if item["rows"]}
    given, _space, family = said.get("name", "").rpartition(" ")
    child = {"given": given or family, "family": family if given else "", "languages": said.get("languages", "")}
    if EXACT.fullmatch(said.get("birth", "")):
        child |= {"birth_kind": "exact", "birth_date": said["birth"]}
    return {name: value for name, value in child.items() if value}
