"""What every room's drafts need: the key under which this worker's browser keeps what has not reached the server."""

import datetime as dt
from collections.abc import Callable

from django.http import JsonResponse

from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers import drafts as kept_drafts
from hemvag.dossiers.keys import keyring
from hemvag.dossiers.opened import Opened
from hemvag.web import drafts


@page()
def draft_key(request: WorkerRequest) -> JsonResponse:
    """Give the signed-in worker the key of her own drafts in the browser; another worker's opens none of them."""
    return drafts.key(keyring().every("browser draft", request.worker.id.bytes).values())


def keep_draft(
    request: WorkerRequest, opened: Opened, form: str, *, holds: Callable[[str], bool], at: dt.datetime
) -> JsonResponse:
    """Keep what a page sent of a form's fields, those that `holds` knows, and answer in draft.js's own shape."""
    try:
        sent = drafts.read(request)
    except drafts.Unreadable:
        return drafts.refused()
    fields = {name: value for name, value in sent.fields.items() if holds(name)}
    try:
        version = kept_drafts.keep(opened, form, fields, tab=sent.tab, version=sent.version, by=request.worker, at=at)
    except kept_drafts.KeptElsewhere as other:
        now = other.now
        return drafts.elsewhere(version=now.version, fields=now.fields, tab=now.tab, at=now.at or at)
    return drafts.saved(version=version, at=at)
