"""What a page sends while someone writes: limits, and answers in one shape."""

import base64
import json
from typing import Any

import pytest

from hemvag.lib.clock import now
from hemvag.web import drafts

GOOD: dict[str, Any] = {"version": 3, "tab": "a1b2c3d4-0000", "fields": {"note": "Hej", "themes": ["fear"]}}


def body(**changes: Any) -> bytes:
    return json.dumps(GOOD | changes).encode()


def test_a_draft_is_read() -> None:
    draft = drafts.parse(body(take_over=True))
    assert draft == drafts.Draft(3, "a1b2c3d4-0000", {"note": "Hej", "themes": ["fear"]}, take_over=True)
    assert not drafts.parse(body()).take_over
    assert not drafts.parse(body(take_over=["yes"])).take_over


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        body(version="3"),
        body(version=True),
        body(version=-1),
        body(tab=""),
        body(tab=["a"]),
        body(tab="<script>"),
        body(fields=[]),
        body(fields={"na me": "x"}),
        body(fields={"note": 5}),
        body(fields={"note": {"a": "b"}}),
        body(fields={"note": "x" * 250_001}),
        body(fields={"themes": ["x"] * 101}),
        body(fields={f"f{n}": "x" for n in range(201)}),
    ],
)
def test_what_is_no_draft_is_refused(sent: bytes) -> None:
    with pytest.raises(drafts.Unreadable):
        drafts.parse(sent)


def test_a_long_note_an_emoji_and_half_a_character_are_kept() -> None:
    note = "å" * 200_000 + "💚"
    assert drafts.parse(body(fields={"note": note})).fields["note"] == note
    half = drafts.parse(b'{"version": 0, "tab": "a1b2c3d4", "fields": {"note": "a\\ud83d"}}').fields["note"]
    assert isinstance(half, str)
    assert half.encode() == "a\ufffd".encode()


def test_no_answer_is_stored_by_the_browser() -> None:
    answers = [
        drafts.saved(version=4, at=now()),
        drafts.elsewhere(version=4, fields={"note": "x"}, tab="b", at=now()),
        drafts.refused(),
        drafts.key([bytes(32), bytes([1]) * 32]),
    ]
    assert [answer.status_code for answer in answers] == [200, 409, 400, 200]
    assert all(answer.headers["Cache-Control"] == "no-store" for answer in answers)
    sent = json.loads(answers[3].content)
    assert base64.b64decode(sent["key"]) == bytes(32)
    assert [base64.b64decode(key) for key in sent["former"]] == [bytes([1]) * 32]
    with pytest.raises(ValueError, match="32 bytes"):
        drafts.key([b"short"])
