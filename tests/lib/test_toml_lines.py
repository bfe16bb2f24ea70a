"""Every key of a TOML file is found on its line, also after texts of several lines and in nested rows."""

from pathlib import Path

import pytest

from hemvag.lib import toml_lines

TEXT = '''title = "a"
words = """
[[rows]]
false = 1
"""

[[rows]]
code = "a"

[[rows.parts]]
code = "b"

[[rows]]
code = "c"
[rows.text]
sv = "d"
'''


def test_the_line_of_each_key() -> None:
    document = toml_lines.parse(TEXT, name="x.toml")
    assert document.line("words") == 2
    assert document.line("rows", 0, "code") == 8
    assert document.line("rows", 0, "parts", 0, "code") == 11
    assert document.line("rows", 1) == 13
    assert document.line("rows", 1, "text", "sv") == 16
    assert document.line("rows", 1, "missing") == 13
    assert document.line("not") == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = x\n", 2), ("a = 1\na = 2\n", 2), ('a = 1\n\nb = """\nx\n', 4), ("a = 2026-02-30", 1)],
)
def test_what_is_not_toml_is_pointed_at(text: str, line: int) -> None:
    with pytest.raises(toml_lines.Unreadable) as wrong:
        toml_lines.parse(text, name="x.toml")
    assert wrong.value.line == line


def test_a_file_in_another_encoding_is_pointed_at(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes("a = 1\nb = 'å'\n".encode("cp1252"))
    with pytest.raises(toml_lines.Unreadable, match="UTF-8") as wrong:
        toml_lines.read(path)
    assert wrong.value.line == 2


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("a = 1\n", "utf-8-sig")
    assert toml_lines.read(path).data == {"a": 1}
