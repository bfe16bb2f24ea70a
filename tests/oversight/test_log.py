"""Who reads the log finds lines by worker, reference, act, purpose and day, in her own committee, and never a name."""

import datetime as dt
import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemvag.audit.models import Act, Purpose
from hemvag.lib.clock import STOCKHOLM
from hemvag.oversight import export, search
from hemvag.oversight.search import Wanted
from tests import database
from tests.conftest import Town, log_lines
from tests.oversight.making import WEEK, at, child, opens

NOW = dt.datetime(2026, 3, 9, 12, 0, tzinfo=STOCKHOLM)
ALL = Wanted(since=WEEK, until=WEEK + dt.timedelta(days=6))


def wanted(**facts: object) -> Wanted:
    return Wanted(**({"since": ALL.since, "until": ALL.until} | facts))  # type: ignore[arg-type]


def found(town: Town, what: Wanted = ALL, *, after: str = "") -> search.Found:
    return search.search(what, after=after, by=town.workers["privacy_officer"], at=NOW)


def entries(town: Town, **facts: object) -> list[uuid.UUID]:
    ours = [worker.id for worker in town.workers.values()]
    return [line.entry.id for line in found(town, wanted(**facts)).lines if line.entry.worker in ours]


def test_lines_are_found_by_each_of_what_may_be_asked(town: Town) -> None:
    one, other = child(town, "Ada").dossier, child(town, "Bo").dossier
    first = opens(town, "colleague", one.id, when=at(1))
    second = opens(town, "social_worker", other.id, when=at(2), purpose=Purpose.PRINT)
    third = opens(town, "colleague", other.id, one.id, when=at(3), act=Act.REFUSED)
    assert entries(town) == [third, second, first]
    assert entries(town, worker=town.workers["colleague"].id) == [third, first]
    assert entries(town, reference=one.reference) == [third, first]
    assert entries(town, reference=one.reference, worker=town.workers["social_worker"].id) == []
    assert entries(town, act=Act.REFUSED) == [third]
    assert entries(town, purpose=Purpose.PRINT) == [second]
    assert entries(town, since=WEEK + dt.timedelta(days=2), until=WEEK + dt.timedelta(days=2)) == [second]


def test_a_line_shows_references_and_no_name(town: Town) -> None:
    dossier = child(town, "Ada", "Hemligsson").dossier
    opens(town, "colleague", dossier.id, uuid.uuid4())
    [line] = [line for line in found(town).lines if dossier.reference in line.references]
    assert (line.worker, line.others) == (town.workers["colleague"].name, 1)
    assert "Hemligsson" not in repr(line)


def test_another_committees_workers_and_dossiers_are_not_there(town: Town) -> None:
    dossier = child(town).dossier
    opens(town, "colleague", dossier.id)
    type(dossier).objects.filter(id=dossier.id).update(authority=town.other_authority)
    assert found(town, wanted(reference=dossier.reference)).lines == []
    [line] = [line for line in found(town).lines if line.entry.dossiers == [dossier.id]]
    assert (line.references, line.others) == ([], 1)
    stranger = uuid.uuid4()
    assert found(town, wanted(worker=stranger)).lines == []


@pytest.mark.parametrize("part", ["unit_lead", "administrator", "coordinator", "social_worker"])
def test_nobody_else_searches_or_takes_out(town: Town, part: str) -> None:
    for act in (search.search, search.take_out):
        with pytest.raises(search.NotTheReader):
            act(ALL, by=town.workers[part], at=NOW)


def test_each_search_and_each_file_leaves_a_line_itself(town: Town) -> None:
    dossier = child(town).dossier
    reader = town.workers["privacy_officer"]
    found(town, wanted(reference=dossier.reference))
    search.take_out(wanted(reference=dossier.reference), by=reader, at=NOW)
    assert log_lines(dossier.id)[-2:] == [(reader.id, act, "log_review") for act in ("searched", "exported")]


def test_pages_follow_on_each_other_without_gap_or_repeat(town: Town) -> None:
    dossier = child(town).dossier
    same = [opens(town, "colleague", dossier.id, when=at(1)) for _ in range(search.PAGE)]
    rest = [opens(town, "colleague", dossier.id, when=at(2, 9, minute)) for minute in range(60)]
    asked = wanted(reference=dossier.reference)
    seen, after = [], ""
    while True:
        page = found(town, asked, after=after)
        seen += [line.entry.id for line in page.lines]
        after = page.after
        if not after:
            break
    assert len(seen) == len(set(seen))
    assert set(seen) == {*same, *rest}
    assert seen[:60] == rest[::-1]


@pytest.mark.parametrize("after", ["", "x", "2026-03-05T10:00:00_x", f"2026-03-05T10:00:00_{uuid.UUID(int=7)}", "_"])
def test_a_place_that_is_none_begins_at_the_newest(town: Town, after: str) -> None:
    entry = opens(town, "colleague", child(town).dossier_id)
    assert found(town, wanted(worker=town.workers["colleague"].id), after=after).lines[0].entry.id == entry


def test_the_file_has_the_same_lines_and_no_formula(town: Town) -> None:
    worker = town.workers["colleague"]
    type(worker).objects.filter(id=worker.id).update(name="=SUM(A1)")
    dossier = child(town).dossier
    opens(town, "colleague", dossier.id)
    asked = wanted(worker=worker.id)
    written = list(export.as_csv(search.take_out(asked, by=town.workers["privacy_officer"], at=NOW)))
    assert written == [
        "\ufefftid;medarbetare;vad;ändamål;akter;andra akter;dörr\r\n",
        f"2026-03-02T10:00:00+01:00;'=SUM(A1);öppnade;handlägga ärendet;{dossier.reference};0;staff\r\n",
    ]


def test_a_search_asks_the_same_number_of_questions_however_long_the_log(town: Town) -> None:
    dossier = child(town).dossier

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            found(town)
        return len(asked)

    opens(town, "colleague", dossier.id)
    few = questions()
    for minute in range(55):
        opens(town, "colleague", dossier.id, when=at(3, 9, minute))
    assert questions() == few <= 8


MANY = """
INSERT INTO log.audit_entry (id, at, worker, act, purpose, dossiers, door,
  writer, number, generation, mac)
SELECT gen_random_uuid(), %(until)s::timestamptz - n * interval '20 seconds', (%(workers)s::uuid[])[1 + n %% 10],
  CASE WHEN n %% 5000 = 0 THEN 'refused' ELSE 'opened' END, 'handle', ARRAY[gen_random_uuid()], 'staff',
  gen_random_uuid(), n, 0, ''
FROM generate_series(1, 30000) AS n
"""


def test_a_page_of_a_long_log_is_read_off_an_index(own_town: Town) -> None:
    """The plan, not the clock: no page sorts the log, and a rare act is not looked for line by line."""
    town, name = own_town, settings.DATABASES["default"]["NAME"]
    workers = [worker.id for worker in town.workers.values()][:10]
    with database.connect("owner", name) as owner:
        owner.execute(MANY, {"until": at(6), "workers": workers})
        owner.execute("ANALYZE log.audit_entry")
    reader = town.workers["privacy_officer"]
    for asked in (ALL, wanted(act=Act.REFUSED), wanted(worker=workers[0])):
        rows, _dossier = search._rows(asked, reader, NOW)
        plan = search._beyond(rows, "2026-03-07T10:00:00.000000Z_" + str(uuid.uuid4()))[:51].explain()
        assert "Index" in plan, plan
        assert "Seq Scan on audit_entry" not in plan, plan
        assert "->  Sort" not in plan, plan
