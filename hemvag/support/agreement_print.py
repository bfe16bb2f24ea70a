"""Print an agreement, and the receipt when it is taken back: a tagged PDF in two languages, made once and sealed."""

import base64
import datetime as dt
from importlib import resources
from typing import Any, Final

from django.db import transaction

from hemvag.dossiers import agreement
from hemvag.dossiers.models import Agreement, Dossier
from hemvag.dossiers.opened import Opened
from hemvag.people import identities
from hemvag.staff.models import Worker
from hemvag.support import agreement_text
from hemvag.support.agreement_text import Said
from hemvag.web import typeset

GIVEN: Final = "agreement_print"
RECEIPT: Final = "receipt_print"
TEMPLATE: Final = resources.files("hemvag.support") / "agreement.typ"
OTHER: Final = "en"


class NotWithdrawn(Exception):
    """There is no receipt of what has not been taken back."""


def said_of(opened: Opened, row: Agreement) -> Said:
    """Return what an agreement says, as it was given."""
    grant = row.grants.select_related("unit").exclude(unit=None).first()
    return Said(
        words=agreement.words_of(opened, row),
        name=identities.full_name(identities.current(opened)),
        unit=opened.dossier.unit.name,
        first=row.valid_from,
        until=row.valid_to,
        opens=grant.unit.name if grant and grant.unit else "",
        kinds=grant.kinds if grant else (),
    )


def given(opened: Opened, row: Agreement, *, by: Worker, at: dt.datetime) -> bytes:
    """Return the agreement's PDF; the first time it is drawn and sealed, after that it is always the same."""
    said = said_of(opened, row)
    columns = [_given(said, language) for language in (agreement_text.BINDING, OTHER)]
    return _once(opened, GIVEN, row, columns, by=by, at=at)


def receipt(opened: Opened, row: Agreement, *, by: Worker, at: dt.datetime) -> bytes:
    """Return the receipt's PDF, the same every time. Raises NotWithdrawn."""
    taken_back = row.withdrawn_at
    if taken_back is None:
        raise NotWithdrawn
    said = said_of(opened, row)
    columns = [_receipt(said, taken_back, language) for language in (agreement_text.BINDING, OTHER)]
    return _once(opened, RECEIPT, row, columns, by=by, at=at)


def _given(said: Said, language: str) -> dict[str, Any]:
    parts = ("explains", "read_back", "withdraw", "binds")
    explains, *after = [agreement_text.sentence(part, said, language) for part in parts]
    return {
        "language": language,
        "heading": agreement_text.texts()[language]["heading"],
        "before": [explains, agreement_text.sentence("said", said, language)],
        "lines": agreement_text.lines(said, language),
        "after": after,
    }


def _receipt(said: Said, taken_back: dt.datetime, language: str) -> dict[str, Any]:
    when = agreement_text.moment(taken_back, language)
    after = ("receipt_closed", "receipt_kept", "receipt_back", "binds")
    return {
        "language": language,
        "heading": agreement_text.texts()[language]["receipt"],
        "before": [agreement_text.sentence("receipt_said", said, language, when=when)],
        "lines": agreement_text.lines(said, language),
        "after": [agreement_text.sentence(part, said, language) for part in after],
    }


def _once(
    opened: Opened, kind: str, row: Agreement, columns: list[dict[str, Any]], *, by: Worker, at: dt.datetime
) -> bytes:
    with transaction.atomic():
        Dossier.objects.select_for_update(of=("self",)).get(id=opened.dossier.id)
        for content in opened.read(kind):
            if content.data["agreement"] == str(row.id):
                return base64.b64decode(content.data["pdf"])
        pdf = _draw(opened, columns)
        opened.seal(kind, {"agreement": str(row.id), "pdf": base64.b64encode(pdf).decode()}, by=by, at=at)
    return pdf


def _draw(opened: Opened, columns: list[dict[str, Any]]) -> bytes:
    """Return the PDF. Nothing of the machine's own is read: fonts and text come with Hemväg."""
    authority = opened.dossier.authority
    words = {
        "municipality": authority.municipality.name,
        "authority": authority.name,
        "unit": opened.dossier.unit.name,
        "reference": opened.dossier.reference,
        "columns": columns,
    }
    return typeset.pdf(TEMPLATE.read_bytes(), agreement=words)
