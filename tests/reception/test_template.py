"""The templates of a reception plan: the published ones hold; a municipality's own are told what is wrong in them."""

import datetime as dt
import inspect
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from hemvag.config import cli
from hemvag.exchange import items
from hemvag.law import sharing
from hemvag.reception import needs, template, template_form
from hemvag.reception.template import PUBLISHED, BadTemplates

TODAY = dt.date(2026, 11, 25)
IN_ALL = {f"R{number:02}" for number in range(1, 31)} - {"R10", "R20", "R22"}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A municipality's own copy of the templates."""
    for path in PUBLISHED.glob("*.toml"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    yield
    template.templates.cache_clear()


def edit(folder: Path, old: str, new: str, name: str = "tasks.toml") -> str:
    """Return what is said of the folder with the first `old` of a file made `new`."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BadTemplates) as wrong:
        template.load(folder)
    return str(wrong.value)


def without(folder: Path, code: str) -> None:
    """Take every row of a task out of the folder's tasks, and nobody waits for it any more."""
    path = folder / "tasks.toml"
    head, *rows = re.split(r"(?m)^(?=\[\[tasks\]\])", path.read_text("utf-8"))
    kept = [row for row in rows if f'code = "{code}"' not in row]
    text = head + "".join(kept)
    path.write_text(re.sub(rf'(, )?"{code}"(?=[\],])', "", text).replace("[, ", "["), "utf-8")


def test_each_scenario_has_its_tasks() -> None:
    made = template.load()
    codes = {code: {task.code for task in one.tasks} for code, one in made.items()}
    assert codes == {"D": IN_ALL | {"R10", "R20"}, "F": IN_ALL | {"R22"}, "O": IN_ALL}
    assert all(one.version and len(one.digest) == 64 for one in made.values())


def test_orphans_have_relatives_and_guardians_before_arrival_and_others_later() -> None:
    made = template.load()
    for code in ("R05", "R13"):
        assert made["O"].task(code).when.latest < dt.timedelta(0) < made["F"].task(code).when.latest
    assert made["D"].task("R13").receiver == "prosecutor"


def test_a_school_is_told_what_the_children_need_and_neither_name_nor_why() -> None:
    for one in template.load().values():
        task = one.task("R17")
        assert task.receiver == "school"
        assert {"how_many", "ages", "district", "from_date"} <= set(task.needs)
        assert not [need for need in task.needs if needs.KNOWN[need].identifies]


def test_nothing_that_is_needed_would_be_stopped_by_the_law() -> None:
    assert template.check(PUBLISHED, TODAY) == []
    assert sharing.share("social_services", "school", "child", "care_or_support", TODAY).verdict == "consent"


def test_the_items_of_a_dossier_are_those_the_exchange_offers() -> None:
    source = inspect.getsource(items)
    offered = set(re.findall(r'code="(\w+)"', source)) - {"own_words"} | {
        items.REPORT,
        items.PROTECTION,
        items.DECISION,
    }
    assert set(needs.OF_DOSSIER) == offered
    said = {code for code, need in needs.OF_DOSSIER.items() if not need.identifies}
    assert said == set(re.findall(r'code="(\w+)"[^\n]*identifies=False', source))


def test_a_proposal_of_the_program_says_so_and_the_clocks_are_the_laws() -> None:
    tasks = {task.code: task for task in template.load()["F"].tasks}
    assert {code for code, task in tasks.items() if task.is_proposal} == {"R12", "R22", "R23", "R28", "R30"}
    assert {code for code, task in tasks.items() if task.is_statutory} == {"R01", "R24", "R25"}
    assert "ändra efter er ordning" in template.PROPOSAL.sv


def test_a_plan_keeps_the_edition_it_was_opened_with(own: Path) -> None:
    before = template.load(own)["D"]
    kept = before.as_data()
    path = own / "tasks.toml"
    path.write_text(path.read_text("utf-8").replace("latest = 7", "latest = 5", 1), "utf-8")
    after = template.load(own)["D"]
    assert template.restored(kept) == before
    assert after.digest != before.digest
    assert template.restored(kept).tasks != after.tasks


def test_the_folder_of_the_settings_is_the_one_that_is_used(own: Path) -> None:
    path = own / "templates.toml"
    path.write_text(path.read_text("utf-8").replace("2026-1", "vår egen"), "utf-8")
    with override_settings(HEMVAG_RECEPTION=str(own)):
        template.templates.cache_clear()
        assert template.templates()["F"].version == "vår egen"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "R02"', 'code = "r2"', "tasks.code: 'r2' is not a task's code"),
        ('receiver = "on_call"', 'receiver = "oncall"', "did you mean on_call?"),
        ('situation = "care_or_support"', 'situation = "care"', "tasks.situation: 'care' is none of"),
        ('"flight"', '"flyg"', "tasks.needs: 'flyg' is none of"),
        ('rules = ["IS-32"]', 'rules = ["IS-99"]', "tasks.rules: 'IS-99' is no rule of the law"),
        ('waits_for = ["R01", "R05"]', 'waits_for = ["R99"]', "R04: there is no task R99"),
        ('phase = "0"', 'phase = "x"', "tasks.phase: 'x' is none of"),
        ("earliest = -7\nlatest = 0", "earliest = 7\nlatest = 0", "R03: it must not come before earliest"),
        ('code = "R07"', 'code = "R06"', "R06 stands twice in template D"),
        ('title = { sv = "Bostad", en = "Housing" }', 'title = "Bostad"', "write it in both languages"),
        ('clocks = ["investigation"]\n', "", "R25: name the clock of the law"),
        ('who = { sv = "Nämnden"', 'vem = { sv = "Nämnden"', "unknown field"),
    ],
)
def test_each_fault_is_named_with_its_file_and_row(own: Path, old: str, new: str, said: str) -> None:
    words = edit(own, old, new)
    assert said in words
    assert re.search(r"tasks\.toml:[0-9]+: tasks\.", words)


def test_those_who_wait_for_one_another_are_named(own: Path) -> None:
    words = edit(own, "waits_for = []\neach_child = true", 'waits_for = ["R08"]\neach_child = true')
    assert "in template O these wait for one another: R01, " in words
    assert "R08" in words


@pytest.mark.parametrize(("code", "clock"), [("R01", "protection_assessment"), ("R25", "investigation"),
                                            ("R24", "lvu_application")])  # fmt: skip
def test_a_clock_of_the_law_cannot_be_taken_out(own: Path, code: str, clock: str) -> None:
    without(own, code)
    with pytest.raises(BadTemplates, match=f"shows the clock {clock}; the law's clocks must stay"):
        template.load(own)


def test_what_is_not_the_laws_can_be_taken_out(own: Path) -> None:
    without(own, "R26")
    assert "R26" not in {task.code for task in template.load(own)["D"].tasks}


def test_a_clock_that_always_runs_is_never_only_if_needed(own: Path) -> None:
    words = edit(own, 'clocks = ["investigation"]', 'if_needed = true\nclocks = ["investigation"]')
    assert "R25: a clock that always runs cannot be only if needed" in words


def said_of(own: Path, change: Callable[[str], str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    path = own / "tasks.toml"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    status = cli.main(["reception", "check", str(own)])
    return status, capsys.readouterr().err


def test_what_the_law_never_lets_out_is_warned_of(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, words = said_of(
        own, lambda text: text.replace('receiver = "migration"', 'receiver = "coordinator"'), capsys
    )
    assert status == 0
    assert re.search(r"warning: .*tasks\.toml:\d+: tasks\.needs: R14: the law lets nothing out to coordinator", words)
    _status, words = said_of(own, lambda text: text.replace('needs = ["text"]', 'needs = ["text", "name"]'), capsys)
    assert "R26: only what points at nobody may be told municipality_outside_social_services; this does: name" in words


def test_the_check_on_the_command_line_fails_for_a_fault(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, words = said_of(own, lambda text: text.replace('"IS-32"', '"IS-99"'), capsys)
    assert status == 1
    assert "1 faults" in words
    assert cli.main(["reception", "check", str(PUBLISHED)]) == 0
    assert cli.main(["reception", "check", str(own / "nowhere")]) == 1


def test_a_file_nobody_reads_is_named(own: Path) -> None:
    (own / "task.toml").write_text("", "utf-8")
    with pytest.raises(BadTemplates, match=r"no file that is read has this name; did you mean tasks\.toml"):
        template.load(own)


def test_the_order_of_work_is_the_phases() -> None:
    assert template_form.PHASES == ("B", "0", "72h", "W", "M", "Y")
