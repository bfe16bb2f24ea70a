"""The towns of bench.coverage are what they are said to be, and its page is made of its lines."""

from pathlib import Path

import numpy as np
import pytest

from bench import coverage, coverage_page, towns


@pytest.mark.parametrize("scenario", list(towns.SCENARIOS))
@pytest.mark.parametrize("k", [3, 4])
def test_a_town_is_the_same_each_time_and_holds_no_more_than_its_persons(scenario: str, k: int) -> None:
    one, again = towns.town(scenario, k, 7), towns.town(scenario, k, 7)
    assert one.counts.tolist() == again.counts.tolist()
    assert one.counts.tolist() != towns.town(scenario, k, 8).counts.tolist()
    assert one.k == k
    assert 50 < one.observed < towns.PERSONS
    assert (one.units.times @ one.units.patterns).tolist() == one.counts.tolist()


def test_only_families_are_drawn_together() -> None:
    for scenario in towns.SCENARIOS:
        together = towns.town(scenario, 3, 1).units.patterns.sum(axis=1).max()
        assert (together > 1) == (scenario == "families")


def test_who_is_on_the_first_list_is_referred_to_the_second() -> None:
    lists = [towns.town("referred", 3, number) for number in range(30)]
    both = np.mean([one.overlap(0, 1) / one.sizes[0] for one in lists])
    assert both == pytest.approx(0.6, abs=0.05)


def test_the_page_is_made_of_the_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "REPLICATES", 20)
    lines = [coverage.row("independent", 3, number, costly=False) for number in (1, 2)]
    page = tmp_path / "page.md"
    page.write_text(f"before\n{coverage_page.BEGIN}\nstale\n{coverage_page.END}\nafter\n")
    coverage_page.write(page, lines)
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "stale" not in text
    assert "| stepwise |" in text
    assert "2 in all" in text
    assert "| *usable*, share |" in text


def test_a_share_comes_with_its_standard_error() -> None:
    row = {"verdict": "usable", "scenario": "independent", "k": 3, "costly": False, "methods": {}, "given": {}}
    rows = [{**row, "range": ends} for ends in ([200, 400], [310, 400], [250, 350], [100, 900])]
    assert "0.75 ± 0.22" in coverage_page.tables(rows)
