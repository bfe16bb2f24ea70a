"""What is typed past the gate before the report is received: on the counsellor's own desk, never in the contact's
dossier, so that a contact which becomes no report holds no name."""

import base64
import datetime as dt
import uuid

from hemvag.dossiers import desk


def form(contact_id: uuid.UUID) -> str:
    """Return the name of the draft's form: one for each contact, short enough for the kind of a sealed row."""
    return f"gate-{base64.urlsafe_b64encode(contact_id.bytes).rstrip(b'=').decode()}"


def help_form(contact_id: uuid.UUID) -> str:
    """Return the name of the form on which a caller asks for help for herself: one for each contact."""
    return form(contact_id).replace("gate-", "help-", 1)


def forget(contact_id: uuid.UUID, *, at: dt.datetime) -> None:
    """Forget what any counsellor typed that identifies: the report is received, the caller handed over, or neither."""
    for name in (form(contact_id), help_form(contact_id)):
        desk.forget(name, at=at)
