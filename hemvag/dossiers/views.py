"""What every room's drafts need: the key under which this worker's browser keeps what has not reached the server."""

from django.http import JsonResponse

from hemvag.access.pages import WorkerRequest, page
from hemvag.dossiers.keys import keyring
from hemvag.web import drafts


@page()
def draft_key(request: WorkerRequest) -> JsonResponse:
    """Give the signed-in worker the key of her own drafts in the browser; another worker's opens none of them."""
    return drafts.key(keyring().derive("browser draft", request.worker.id.bytes))
