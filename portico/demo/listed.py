"""What `var/demo.json` tells of providers: those of the demo's own practices, as the directory lists them."""

from datetime import date
from typing import Any

from portico.demo import practices
from portico.demo.roster import Affiliation, Provider


def records(today: date) -> list[dict[str, Any]]:
    """A provider at a practice that day: NPI, name, specialty, ZIP code, and the networks taken part in."""
    return [_record(one) for one in practices.affiliations(today) if _is_in_force(one, today)]


def _record(one: Affiliation) -> dict[str, Any]:
    return {
        "npi": one.provider.npi,
        "name": _name(one.provider),
        "specialty": one.provider.specialty.name,
        "zip": one.practice.town.postal_code,
        "networks": list(one.lines),
    }


def _name(who: Provider) -> str:
    if who.is_organization:
        return who.last_name
    return f"{who.first_name} {who.last_name}, {who.specialty.credential}"


def _is_in_force(one: Affiliation, today: date) -> bool:
    return one.first_on <= today and (one.last_on is None or one.last_on >= today)
