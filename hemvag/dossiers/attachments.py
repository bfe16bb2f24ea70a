"""Attachments (bilagor): a file that came in, sealed with its name in the dossier it belongs to.

The name and what it is lie in one sealed row, the bytes in another, which is unsealed only when somebody asks for it.
"""

import base64
import datetime as dt
import uuid
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from hemvag.dossiers.opened import BYTES, Content, NothingSealed, Opened
from hemvag.dossiers.refusals import Refused
from hemvag.dossiers.writing import enter
from hemvag.law import provisions
from hemvag.lib import clock
from hemvag.staff.models import Worker

KIND: Final = "attachment"
STEP: Final = "attached"
MOST_BYTES: Final = 5 * 1024 * 1024
MOST_NAME: Final = 100
PDF, PNG, JPEG, TEXT = "application/pdf", "image/png", "image/jpeg", "text/plain"
UNKNOWN: Final = frozenset({"", "application/octet-stream"})
BEGINS: Final = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
ENDINGS: Final = {PDF: (".pdf",), PNG: (".png",), JPEG: (".jpg", ".jpeg"), TEXT: (".txt",)}
"""How a name ends for each type; the first is put on a name that ends in another way."""
IN_TEXT: Final = frozenset("\t\n\r\f")
UNSAFE: Final = frozenset('"<>:|?*')


class WrongType(Refused):
    """The bytes are not of a type that is kept, or not of the type that was said."""

    @property
    def sentence(self) -> str:
        return _("Filen är ingen PDF, PNG- eller JPEG-bild eller ren text. Spara den som något av det och försök igen.")


class TooLarge(Refused):
    """More bytes than one attachment takes."""

    @property
    def sentence(self) -> str:
        return _("Filen är större än %(most)d MB. Dela upp den eller gör den mindre.") % {"most": MOST_BYTES // 1024**2}


class Empty(Refused):
    """There are no bytes."""

    @property
    def sentence(self) -> str:
        return _("Filen är tom. Välj en annan.")


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """What a list says of one attachment. `size` is in bytes."""

    id: uuid.UUID
    name: str
    content_type: str
    size: int
    at: dt.datetime


def attach(opened: Opened, *, name: str, content_type: str, data: bytes, by: Worker, at: dt.datetime) -> uuid.UUID:
    """Seal the bytes with their name and enter it in the journal; return the attachment's id.

    What the bytes are is read from the bytes; `content_type` is only what the sender said, and must agree. Raises
    Empty, TooLarge, WrongType, and OnlyToRead.
    """
    if not data:
        raise Empty
    if len(data) > MOST_BYTES:
        raise TooLarge
    found = type_of(data)
    if content_type not in UNKNOWN | {found}:
        raise WrongType
    law = provisions.text("documentation", clock.local(at).date()).provision
    with transaction.atomic():
        held = opened.seal(BYTES, {"data": base64.b64encode(data).decode()}, by=by, at=at)
        said = {"name": safe(name, found), "content_type": found, "size": len(data), "bytes": str(held)}
        made = opened.seal(KIND, said, by=by, at=at)
        enter(opened, STEP, law, content=made, by=by, at=at)
    return made


def listing(opened: Opened) -> list[Attachment]:
    """Return the dossier's attachments, the newest first, without unsealing their bytes."""
    return [_attachment(content) for content in reversed(opened.read(KIND))]


def fetch(opened: Opened, attachment_id: uuid.UUID) -> tuple[Attachment, bytes]:
    """Return an attachment and its bytes. Raises NothingSealed when it is not this dossier's."""
    content = opened.piece(attachment_id)
    if content.kind != KIND:
        raise NothingSealed(attachment_id)
    held = opened.piece(uuid.UUID(content.data["bytes"]))
    return _attachment(content), base64.b64decode(held.data["data"])


def type_of(data: bytes) -> str:
    """Return what the bytes are: PDF, PNG, JPEG or plain text in UTF-8. Raises WrongType for anything else."""
    for begins, found in BEGINS.items():
        if data.startswith(begins):
            return found
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongType from None
    if any((sign < " " and sign not in IN_TEXT) or sign == "\x7f" for sign in text):
        raise WrongType
    return TEXT


def safe(name: str, content_type: str) -> str:
    """Return the name without folders and signs that a computer takes for something else, ending as its type does."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in UNSAFE).strip(" .")
    endings = ENDINGS[content_type]
    ending = PurePosixPath(kept).suffix
    if ending.lower() not in endings:
        kept, ending = f"{kept}{endings[0]}" if kept else f"bilaga{endings[0]}", endings[0]
    return kept.removesuffix(ending)[: MOST_NAME - len(ending)] + ending


def _attachment(content: Content) -> Attachment:
    said = content.data
    return Attachment(
        id=content.id, name=said["name"], content_type=said["content_type"], size=said["size"], at=content.at
    )
