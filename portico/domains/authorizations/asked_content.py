"""Questions about requests as JSON and back: what an inquiry keeps sealed."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from portico.domains.authorizations.asked import Asked

Image = dict[str, str]
_DAYS = ("first_on", "last_on", "birth_date")


def image_of(asked: Asked) -> Image:
    """A question as JSON holds it; what was not given is left out."""
    values = {each.name: getattr(asked, each.name) for each in fields(asked)}
    return {name: _plain(value) for name, value in values.items() if value not in ("", None)}


def asked_of(image: Mapping[str, str]) -> Asked:
    """The question an image was made of."""
    read: dict[str, Any] = dict(image)
    read |= {name: date.fromisoformat(read[name]) for name in _DAYS if name in read}
    return Asked(**read)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
