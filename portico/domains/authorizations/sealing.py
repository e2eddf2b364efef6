"""Words about patients as rows keep them: sealed for their own row and column."""

import json
from typing import Any

from django.conf import settings
from django.db.models import Model


def place(row: Model, column: str) -> str:
    """The place of a sealed column, named without its ending: ("text", "urgency", "answers").

    Rows with a public id are named by it, so that it is known before they are kept; others by their number.
    """
    return f"authorizations.{row._meta.model_name}.{column}:{getattr(row, 'public_id', row.pk)}"


def sealed(text: str, *, place: str) -> bytes:
    """The text, for that place alone: "authorizations.<table>.<column>:<public id or number>"."""
    made: bytes = settings.PORTICO_VAULT.seal(text, place=place)
    return made


def opened(held: bytes | memoryview | None, *, place: str) -> str:
    """The text a place keeps; empty where nothing is kept. Raises vault.CannotOpen."""
    if held is None:
        return ""
    text: str = settings.PORTICO_VAULT.open(bytes(held), place=place)
    return text


def sealed_json(value: Any, *, place: str) -> bytes:
    """Plain values, as JSON, for that place alone."""
    return sealed(json.dumps(value, separators=(",", ":")), place=place)


def opened_json(held: bytes | memoryview | None, *, place: str) -> Any:
    """The plain values a place keeps; None where nothing is kept. Raises vault.CannotOpen."""
    text = opened(held, place=place)
    return json.loads(text) if text else None
