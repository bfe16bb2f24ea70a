"""One dossier is taken out whole, by who may, for the archive or the person, and leaves a log line."""

import argparse
import datetime as dt
import json
import uuid
from pathlib import Path

import pytest

from hemvag.audit.models import Purpose
from hemvag.config.commands import dossier as command
from hemvag.config.plain import Told
from hemvag.dossiers import drafts, erase, export, record
from hemvag.dossiers.models import Compartment, Dossier, Recusal
from hemvag.dossiers.opened import Opened
from tests.conftest import Town, log_lines

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def child(town: Town) -> Opened:
    worker = town.workers["social_worker"]
    new = record.New(compartment=Compartment.CHILD, unit=town.children, worker=worker)
    [opened] = record.create([new], by=worker, purpose=Purpose.REGISTER, at=AT)
    opened.seal("identity", {"names": [{"given": "Ämne", "family": "Öst"}]}, by=worker, at=AT)
    opened.journal("noted", "SoL 14:3", by=worker, at=AT, note={"text": "Mormor ringde."})
    drafts.keep(opened, "note", {"text": "halvt"}, tab="a", version=0, by=worker, at=AT)
    return opened


@pytest.mark.parametrize("purpose", [Purpose.ARCHIVE, Purpose.OWN_COPY])
def test_everything_but_drafts_is_taken_out_and_logged(town: Town, child: Opened, purpose: Purpose) -> None:
    lead = town.workers["unit_lead"]
    taken = export.export(child.dossier.id, by=lead, purpose=purpose, at=AT)
    assert {piece["kind"] for piece in taken["content"]} == {"identity", "note"}
    assert taken["dossier"]["reference"] == child.dossier.reference
    [entry] = taken["journal"]
    assert (entry["provision"], entry["by"]) == ("SoL 14:3", town.workers["social_worker"].name)
    assert {piece["id"]: piece["data"] for piece in taken["content"]}[entry["note"]] == {"text": "Mormor ringde."}
    assert log_lines(child.dossier.id)[-1] == (lead.id, "exported", purpose.value)
    assert json.loads(json.dumps(taken)) == taken


@pytest.mark.parametrize("role", ["social_worker", "colleague", "other_lead", "registrar", "administrator", "lawyer"])
def test_who_may_not_take_it_out_gets_what_does_not_exist(town: Town, child: Opened, role: str) -> None:
    with pytest.raises(Dossier.DoesNotExist):
        export.export(child.dossier.id, by=town.workers[role], purpose=Purpose.ARCHIVE, at=AT)
    assert log_lines(child.dossier.id)[-1] == (town.workers[role].id, "refused", "archive")


def test_who_has_stepped_off_and_what_is_erased_or_a_desk_of_drafts(town: Town, child: Opened) -> None:
    lead = town.workers["unit_lead"]
    new = record.New(compartment=Compartment.DRAFT, unit=town.children, worker=lead)
    [desk] = record.create([new], by=lead, purpose=Purpose.DRAFT, at=AT)
    erased, *_ = record.create(
        [record.New(compartment=Compartment.CHILD, unit=town.children)], by=None, purpose=Purpose.REGISTER, at=AT
    )
    erase.erase(erased.dossier, by=None, purpose=Purpose.HANDLE, at=AT)
    Recusal.objects.create(dossier=child.dossier, worker=lead, at=AT)
    for dossier_id in (child.dossier.id, erased.dossier.id, desk.dossier.id, uuid.uuid4()):
        with pytest.raises(Dossier.DoesNotExist):
            export.export(dossier_id, by=lead, purpose=Purpose.ARCHIVE, at=AT)


def test_there_is_no_other_purpose(town: Town, child: Opened) -> None:
    with pytest.raises(export.NoPurpose):
        export.export(child.dossier.id, by=town.workers["unit_lead"], purpose=Purpose.HANDLE, at=AT)


def told(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def test_a_file_is_written_for_its_owner_only_and_never_over_another(town: Town, child: Opened, tmp_path: Path) -> None:
    to = tmp_path / "copy.json"
    words = ["export", child.dossier.reference, "--for", "person", "--to", str(to), "--by"]
    with pytest.raises(Told, match="may take out no dossier"):
        told(*words, "colleague@example.test")
    with pytest.raises(Told, match="No worker here signs in with"):
        told(*words, "nobody@example.test")
    assert not to.exists()
    assert told(*words, "unit_lead@example.test") == 0
    assert to.stat().st_mode & 0o777 == 0o600
    assert "Mormor ringde." in to.read_text(encoding="utf-8")
    with pytest.raises(Told, match="File exists"):
        told(*words, "unit_lead@example.test")
