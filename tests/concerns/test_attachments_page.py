"""A file is put in a child's case on its page and fetched from there, by those whose case it is and nobody else."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemvag.concerns.models import ConcernReport
from hemvag.dossiers import attachments, glass
from hemvag.dossiers.attachments import MOST_BYTES
from hemvag.dossiers.models import Sealed
from hemvag.staff.models import Worker
from tests.concerns import making
from tests.concerns.making import MINUTE, MONDAY
from tests.conftest import Town, log_lines

ClientFor = Callable[[Worker], Client]
PDF = b"%PDF-1.7\nIntyg"


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(MONDAY + MINUTE, tick=False):
        yield


@pytest.fixture
def made(town: Town) -> ConcernReport:
    return making.case(town)


def send(
    client: Client, made: ConcernReport, data: bytes = PDF, name: str = "Intyg åäö.pdf", said: str = "application/pdf"
) -> tuple[int, str]:
    fields = {"once": str(uuid.uuid4()), "file": SimpleUploadedFile(name, data, said)}
    response = client.post(f"/children/{made.dossier_id}/attachments/", fields, secure=True)
    return response.status_code, response.content.decode()


def kept(town: Town, made: ConcernReport) -> list[attachments.Attachment]:
    return attachments.listing(making.opened(town, made))


def test_a_file_is_sealed_listed_and_fetched_to_be_kept(town: Town, made: ConcernReport, client_for: ClientFor) -> None:
    client = client_for(town.workers["social_worker"])
    assert send(client, made)[0] == 302
    [one] = kept(town, made)
    page = client.get(f"/children/{made.dossier_id}/", secure=True).content.decode()
    assert page.count("Intyg åäö.pdf") == 2  # in the panel and in the journal
    assert "Bilaga lades till" in page
    before = len(log_lines(made.dossier_id))
    response = client.get(f"/children/{made.dossier_id}/attachments/{one.id}/", secure=True)
    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''Intyg%20%C3%A5%C3%A4%C3%B6.pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    lines = log_lines(made.dossier_id)
    assert len(lines) == before + 1
    assert lines[-1] == (town.workers["social_worker"].id, "opened", "handle")


@pytest.mark.parametrize(
    ("data", "said", "told"),
    [
        (b"MZ\x90\x00program", "application/pdf", "Filen är ingen PDF"),
        (b"%PDF-" + b"x" * MOST_BYTES, "application/pdf", "Filen är större än 5 MB."),
        (b"%PDF-" + b"x" * (8 * 1024 * 1024), "application/pdf", "Filen är större än 5 MB."),
        (b"", "application/pdf", "Filen är tom."),
    ],
)
def test_what_is_not_taken_is_told_beside_the_field(
    town: Town, made: ConcernReport, client_for: ClientFor, data: bytes, said: str, told: str
) -> None:
    status, page = send(client_for(town.workers["social_worker"]), made, data, said=said)
    assert status == 422
    assert told in page.split('id="id_file_error"')[1].split("</div>")[0]
    assert kept(town, made) == []


def test_no_file_at_all_is_told_beside_the_field(town: Town, made: ConcernReport, client_for: ClientFor) -> None:
    address = f"/children/{made.dossier_id}/attachments/"
    response = client_for(town.workers["social_worker"]).post(address, {"once": str(uuid.uuid4())}, secure=True)
    assert response.status_code == 422
    assert "Välj en fil." in response.content.decode()


def test_a_file_sent_twice_is_kept_once(town: Town, made: ConcernReport, client_for: ClientFor) -> None:
    client, token = client_for(town.workers["social_worker"]), str(uuid.uuid4())
    for _time in range(2):
        fields = {"once": token, "file": SimpleUploadedFile("a.pdf", PDF, "application/pdf")}
        assert client.post(f"/children/{made.dossier_id}/attachments/", fields, secure=True).status_code == 302
    assert len(kept(town, made)) == 1


def test_no_file_that_is_sent_touches_the_disk(
    town: Town, made: ConcernReport, client_for: ClientFor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["hemvag.web.uploads.OnlyInMemory"]
    monkeypatch.setattr("tempfile.NamedTemporaryFile", None)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", None)
    for size in (MOST_BYTES - 5, 8 * 1024 * 1024):
        send(client_for(town.workers["social_worker"]), made, b"%PDF-" + b"x" * size)
    assert len(kept(town, made)) == 1


def test_through_broken_glass_the_names_are_read_and_no_file_is_fetched_or_added(
    town: Town, made: ConcernReport, client_for: ClientFor
) -> None:
    send(client_for(town.workers["social_worker"]), made)
    [one] = kept(town, made)
    other = town.workers["other_worker"]
    glass.break_glass([made.dossier_id], reason="Ingen svarar på enheten nu.", by=other, at=MONDAY + MINUTE)
    client = client_for(other)
    page = client.get(f"/children/{made.dossier_id}/", secure=True).content.decode()
    assert "Intyg åäö.pdf" in page
    assert "/attachments/" not in page
    assert client.get(f"/children/{made.dossier_id}/attachments/{one.id}/", secure=True).status_code == 404
    assert send(client, made)[0] == 404


def test_an_attachment_of_another_case_or_none_is_not_there(
    town: Town, made: ConcernReport, client_for: ClientFor
) -> None:
    client = client_for(town.workers["social_worker"])
    send(client, made)
    [one] = kept(town, made)
    other = making.case(town)
    content = Sealed.objects.filter(dossier=made.dossier_id, kind="identity")[0].id
    for case, key in ((other, one.id), (made, uuid.uuid4()), (made, content)):
        assert client.get(f"/children/{case.dossier_id}/attachments/{key}/", secure=True).status_code == 404
