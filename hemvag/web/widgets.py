"""Widgets that Django lacks: large choices with a key beside each."""

from collections.abc import Mapping
from typing import Any

from django import forms


class _Keyed(forms.RadioSelect):
    template_name = "web/choices.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, keys: Mapping[str, str] | None = None, row: bool = True
    ) -> None:
        super().__init__(attrs)
        self.keys = dict(keys or {})
        self.row = row

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Tell the template whether the choices stand in a row."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["row"] = self.row
        return context

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the choice's key as a hint and as `data-key` for the page's script."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if key := self.keys.get(str(value)):
            option["key"] = key
            option["attrs"]["data-key"] = key
        return option


class OneChoice(_Keyed):
    """Large radio choices."""


class SeveralChoices(_Keyed, forms.CheckboxSelectMultiple):
    """Large checkboxes."""

    template_name = "web/choices.html"
