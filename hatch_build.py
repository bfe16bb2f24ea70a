"""Compile the English catalogue into the wheel, so that an installed Hemväg needs no gettext tools."""

from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Write each room's `django.mo` beside its `django.po` before the wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        for source in sorted(Path(self.root, "hemvag").glob("**/locale/*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            with source.open("rb") as read, target.open("wb") as write:
                mofile.write_mo(write, pofile.read_po(read))
            build_data["artifacts"].append(str(target.relative_to(self.root)))
