"""What decides about the provider file: which of a provider's affiliations speaks for a day. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portico.shared.periods import Period


@dataclass(frozen=True, slots=True)
class Affiliated:
    """An affiliation, as far as it decides."""

    tax_id: str
    period: Period


def speaking(affiliations: Sequence[Affiliated], *, tax_id: str, on: date) -> int | None:
    """The place of the affiliation that says where the provider practises under `tax_id` on a day.

    One in force goes before one that is over or yet to come, then the latest start. An empty tax ID stands
    for any; a tax ID the provider never billed under has none.
    """
    places = [place for place, one in enumerate(affiliations) if tax_id in ("", one.tax_id)]
    return max(places, key=lambda place: _weight(affiliations[place].period, on), default=None)


def _weight(period: Period, on: date) -> tuple[bool, bool, int]:
    return period.holds(on), period.first <= on, period.first.toordinal()
