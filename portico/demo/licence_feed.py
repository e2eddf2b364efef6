"""Writes licences.csv (layout: docs/reference/feeds.md): the state's board, as it lists the people here."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from portico.demo import days, unregistered
from portico.demo.regions import STATE
from portico.demo.roster import Affiliation, Provider

COLUMNS = "state number name kind status active expires_on".split()
_RENEWED = {unregistered.FERDINAND_PENROSE.npi: unregistered.RENEWED_LICENCE}
_EXPIRED = {unregistered.OTTILIE_KERR.npi}


def write(path: Path, affiliations: Iterable[Affiliation], *, today: date) -> int:
    """Write one row for each person of the provider file; answers the number of rows below the header."""
    people = {each.provider.npi: each.provider for each in affiliations if not each.provider.is_organization}
    with path.open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target, lineterminator="\r\n")
        out.writerow(COLUMNS)
        out.writerows(_row(person, today) for person in people.values())
    return len(people)


def _row(person: Provider, today: date) -> list[object]:
    is_active = person.npi not in _EXPIRED
    return [
        STATE,
        _RENEWED.get(person.npi, person.licence),
        f"{person.last_name}, {person.first_name} {person.middle_name}".strip(),
        person.specialty.name,
        "Current" if is_active else "Expired",
        "yes" if is_active else "no",
        days.month_end(today, 14 if is_active else -4),
    ]
