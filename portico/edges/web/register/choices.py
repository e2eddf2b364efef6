"""Choices that say in a line what each of them means."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.utils.html import format_html

from portico.edges.web.rendering import Checkboxes, Options

_SAYS: Final = '{}<span class="usa-radio__label-description">{}</span>'


class Tiles(Options):
    """A few choices, each a tile with its name and what it means."""

    def __init__(self) -> None:
        """Take the class of the tile."""
        super().__init__(attrs={"class": "usa-radio__input--tile"})


class Columns(Checkboxes):
    """Many short choices, in as many columns as there is room for."""

    template_name = "register/columns.html"


def described(rows: Iterable[tuple[str, str, str]]) -> list[tuple[str, Any]]:
    """Choices out of values, names and what is said of each."""
    return [(value, format_html(_SAYS, name, says) if says else name) for value, name, says in rows]


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Give a field of a form its choices."""
    field = form.fields[name]
    assert isinstance(field, (forms.ChoiceField, forms.MultipleChoiceField))  # noqa: S101 - for the type checker
    field.choices = list(choices)
