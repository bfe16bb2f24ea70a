"""Attachments lie sealed with their names, are what their bytes say, and are read only when somebody asks for one."""

import base64
import datetime as dt
import uuid

import pytest

from hemvag.audit.models import Purpose
from hemvag.dossiers import attachments, export, record
from hemvag.dossiers.attachments import MOST_BYTES, Empty, TooLarge, WrongType
from hemvag.dossiers.models import Compartment, JournalEntry, Sealed
from hemvag.dossiers.opened import BYTES, NothingSealed, OnlyToRead, Opened
from hemvag.vault import box
from tests.conftest import Town

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
WORDS = "Läkarintyg för Ämne Hemligsson".encode()
PDF = b"%PDF-1.7\n" + WORDS
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256))


def child(town: Town) -> Opened:
    new = record.New(compartment=Compartment.CHILD, unit=town.children, worker=town.workers["social_worker"])
    [opened] = record.create([new], by=None, purpose=Purpose.REGISTER, at=AT)
    return opened


def again(town: Town, opened: Opened, part: str = "social_worker") -> Opened:
    return record.open_dossier(opened.dossier.id, by=town.workers[part], purpose=Purpose.HANDLE, at=AT)


def put(town: Town, opened: Opened, data: bytes = PDF, name: str = "intyg.pdf", said: str = "") -> uuid.UUID:
    worker = town.workers["social_worker"]
    return attachments.attach(opened, name=name, content_type=said, data=data, by=worker, at=AT)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PDF, "intyg.pdf", "application/pdf"),
        (PNG, "bild.png", "image/png"),
        (JPEG, "bild.jpeg", "image/jpeg"),
        (b"\xef\xbb\xbf" + WORDS + b"\r\n", "brev.txt", "text/plain"),
    ],
)
def test_what_was_attached_is_fetched_as_it_was_and_stands_in_the_journal(
    town: Town, data: bytes, name: str, kind: str
) -> None:
    opened = child(town)
    key = put(town, opened, data, name, kind)
    held = again(town, opened)
    [listed] = attachments.listing(held)
    assert (listed.id, listed.name, listed.content_type, listed.size) == (key, name, kind, len(data))
    assert attachments.fetch(held, key) == (listed, data)
    [line] = JournalEntry.objects.filter(dossier=opened.dossier)
    assert (line.step, line.note_id, line.by) == ("attached", key, town.workers["social_worker"])
    assert line.provision


@pytest.mark.parametrize("said", ["", "application/octet-stream", "application/pdf"])
def test_a_sender_may_say_nothing_of_the_type_or_the_truth(town: Town, said: str) -> None:
    assert put(town, child(town), said=said)


@pytest.mark.parametrize(
    ("data", "said", "fact"),
    [
        (b"", "application/pdf", Empty),
        (b"%PDF-" + b"x" * (MOST_BYTES - 4), "application/pdf", TooLarge),
        (b"MZ\x90\x00program", "application/pdf", WrongType),
        (b"PK\x03\x04", "", WrongType),
        (b"\xff\xfe\x00\x01", "text/plain", WrongType),
        (b"nul\x00byte", "text/plain", WrongType),
        (PDF, "image/png", WrongType),
        (b"<script>alert(1)</script>", "text/html", WrongType),
    ],
)
def test_what_is_not_taken_is_refused_with_a_fact_and_nothing_is_kept(
    town: Town, data: bytes, said: str, fact: type[attachments.Refused]
) -> None:
    opened = child(town)
    with pytest.raises(fact) as told:
        put(town, opened, data, said=said)
    assert told.value.sentence
    assert not Sealed.objects.filter(dossier=opened.dossier).exists()


def test_the_largest_is_taken(town: Town) -> None:
    opened = child(town)
    key = put(town, opened, b"%PDF-" + b"x" * (MOST_BYTES - 5))
    assert attachments.fetch(opened, key)[0].size == MOST_BYTES


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/intyg.pdf", "intyg.pdf"),
        ("C:\\Kim\\intyg.PDF", "intyg.PDF"),
        ('in"ty\r\ng<1>.pdf', "intyg1.pdf"),
        ("intyg.html", "intyg.html.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("...", "bilaga.pdf"),
        ("Ärende åäö.pdf", "Ärende åäö.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_and_ends_as_its_type_does(name: str, kept: str) -> None:
    assert attachments.safe(name, "application/pdf") == kept


def test_what_lies_in_the_database_holds_neither_the_name_nor_a_byte_in_the_open(town: Town) -> None:
    opened = child(town)
    put(town, opened, name="Hemligsson.pdf")
    lying = b"".join(bytes(row.content) for row in Sealed.objects.filter(dossier=opened.dossier))
    for plain in (PDF, WORDS, b"Hemligsson", base64.b64encode(PDF)[:20], b"application/pdf"):
        assert plain not in lying


def test_bytes_moved_to_another_row_or_another_dossier_do_not_open(town: Town) -> None:
    one, other = child(town), child(town)
    first, second = put(town, one), put(town, one, PNG, "bild.png")
    third = put(town, other)
    rows = {
        key: Sealed.objects.get(id=held.piece(key).data["bytes"])
        for key, held in ((first, one), (second, one), (third, other))
    }
    for there in (second, third):
        Sealed.objects.filter(id=rows[first].id).update(content=rows[there].content)
        with pytest.raises(box.DoesNotOpen):
            attachments.fetch(again(town, one), first)


def test_another_dossiers_attachment_and_other_content_are_not_there(town: Town) -> None:
    one, other = child(town), child(town)
    key = put(town, one)
    bytes_key = uuid.UUID(one.piece(key).data["bytes"])
    for held, wanted in ((other, key), (one, bytes_key), (one, uuid.uuid4())):
        with pytest.raises(NothingSealed):
            attachments.fetch(held, wanted)


def test_reading_a_dossier_unseals_no_bytes_until_they_are_asked_for(town: Town) -> None:
    opened = child(town)
    put(town, opened)
    held = again(town, opened)
    assert {content.kind for content in held.read()} == {attachments.KIND}
    assert len(held.read(BYTES)) == 1
    assert {content.kind for content in held.read()} == {attachments.KIND}


def test_who_has_it_only_to_read_attaches_nothing(town: Town) -> None:
    opened = child(town)
    with pytest.raises(OnlyToRead):
        put(town, opened.to_read())


def test_a_dossier_taken_out_has_its_attachments_with_it(town: Town) -> None:
    opened = child(town)
    put(town, opened)
    taken = export.export(opened.dossier.id, by=town.workers["unit_lead"], purpose=Purpose.OWN_COPY, at=AT)
    assert [base64.b64decode(row["data"]["data"]) for row in taken["content"] if row["kind"] == BYTES] == [PDF]
