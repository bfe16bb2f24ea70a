"""Two rows that differ in anything have different bytes under their MAC, however their columns are cut."""

import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemvag.audit import keys, lines
from hemvag.audit.lines import Line

IDS = st.integers(0, 3).map(lambda number: uuid.UUID(int=number))
WHOLE = st.sampled_from([-(2**63), -1, 0, 1, 2**63 - 1])
TEXTS = st.text("aå\0", max_size=3)
LINES = st.builds(
    Line, IDS, WHOLE, st.none() | IDS, TEXTS, TEXTS, st.lists(IDS, max_size=2).map(tuple), TEXTS, IDS, WHOLE, WHOLE
)


@given(LINES, LINES)
def test_only_equal_lines_have_equal_bytes(one: Line, other: Line) -> None:
    assert (one.content() == other.content()) == (one == other)


@pytest.mark.parametrize(
    ("column", "value"),
    [("id", None), ("at", None), ("at", 2**63), ("act", None), ("dossiers", [None]), ("number", "1"), ("mac", None)],
)
def test_what_the_program_never_writes_is_weighed_and_not_genuine(column: str, value: Any) -> None:
    line = Line(uuid.uuid4(), 0, None, "opened", "call", (), "staff", uuid.uuid4(), 1, 1)
    key = bytes(32)
    genuine = line._replace(mac=keys.mac(key, line.content()))
    assert lines.weigh(genuine, {1: key}) == (genuine.leaf(), True)
    assert lines.weigh(genuine._replace(**{column: value}), {1: key}) == (None, False)
