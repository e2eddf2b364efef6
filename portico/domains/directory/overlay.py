"""What a listing says once the changes that lie over the provider file are laid on it. Pure.

A field of a listing is a key of the JSON kept as `Listing.sent`, in these shapes:

    address                {"address", "city", "state", "postal_code"}: text each
    telephone, fax         ten digits, or empty
    accepts_new_patients   true or false
    telehealth             true or false
    accessibility          codes of rules.ACCESSIBILITY
    languages              names in English, beside English
    last_on                CCYY-MM-DD, the last day at this place, or null

`before` and `after` of a change hold such a value. What the file sent is never written over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

ADDRESS: Final = "address"
LAST_ON: Final = "last_on"
FIELDS: Final = (
    ADDRESS,
    "telephone",
    "fax",
    "accepts_new_patients",
    "telehealth",
    "accessibility",
    "languages",
    LAST_ON,
)
"""The fields an office may change, in the order of pages."""

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Laid:
    """A change that was accepted and not yet settled by the file: what the field says from a day on."""

    field: str
    after: Any
    effective_on: date


def effective(sent: Fields, changes: Iterable[Laid], on: date) -> dict[str, Any]:
    """The fields as they are in force on a day.

    The change that begins last counts, of two that begin on one day the one given last. A change of a field
    the listing has not is passed over.
    """
    found = dict(sent)
    for change in sorted(changes, key=lambda one: one.effective_on):
        if change.effective_on <= on and change.field in found:
            found[change.field] = change.after
    return found


def last_day(fields: Fields) -> date | None:
    """The last day at this place that the fields give; None where no end is known."""
    said = fields[LAST_ON]
    return date.fromisoformat(said) if said else None
