"""The base form and its fields: what was typed is kept, errors say what to do, dates come back in words."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from hemvag.web.fields import ChoiceRow, ChoicesRow, DayField, PersonNumberField, TextField, TimeField, VersionField

__all__ = [
    "ChoiceRow",
    "ChoicesRow",
    "DayField",
    "Form",
    "PersonNumberField",
    "Renderer",
    "TextField",
    "TimeField",
    "VersionField",
]


class Renderer(TemplatesSetting):
    """Draw every form with the house's templates; named in the settings as FORM_RENDERER."""

    form_template_name = "web/form.html"
    field_template_name = "web/field.html"


class Form(forms.Form):
    """A form drawn by `{{ form }}`: summary of errors with links, then each field.

    A page that lays out its fields by hand writes `{{ form.error_summary }}` first and
    `{{ form.name.as_field_group }}` for each field.
    """

    default_renderer = Renderer
    use_required_attribute = False

    def error_summary(self) -> SafeString:
        """Return the summary of errors with a link to each field, or nothing when there is none."""
        return self.render("web/error_summary.html")
