"""Writes providers.csv (layout: docs/reference/feeds.md): one row for each provider and tax ID."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from portico.demo import practices
from portico.demo.chance import Chance
from portico.demo.regions import STATE
from portico.demo.roster import Affiliation, Practice, Provider
from portico.domains.directory.rules import ACCESSIBILITY

COLUMNS = (
    "npi entity_type last_name first_name middle_name suffix credential organization_name taxonomy_code "
    "specialty licence_number licence_state tax_id tax_id_name group_code group_name affiliated_from "
    "affiliated_to lines participates_from participates_to address city state postal_code telephone fax "
    "email languages accepts_new_patients telehealth accessibility"
).split()

Row = list[object]


def write(path: Path, affiliations: Iterable[Affiliation]) -> int:
    """Write one row for each affiliation; answers the number of rows below the header."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target, lineterminator="\r\n")
        out.writerow(COLUMNS)
        for affiliation in affiliations:
            out.writerow(_row(affiliation))
            written += 1
    return written


def _row(affiliation: Affiliation) -> Row:
    who, where = affiliation.provider, affiliation.practice
    group: Row = list(where.group or ("", ""))
    accepts = "yes" if affiliation.accepts_new_patients else "no"
    return [
        *_identity(who),
        *(where.tax_id, where.name, *group, affiliation.first_on, _day(affiliation.last_on)),
        *(
            "|".join(affiliation.lines),
            _day(affiliation.participates_from),
            _day(affiliation.participates_to),
        ),
        *_address(where),
        *("|".join(who.languages), accepts),
        *("yes" if _sees_by_video(who) else "no", "|".join(_accessible(where))),
    ]


def _sees_by_video(who: Provider) -> bool:
    return not who.is_organization and Chance("telehealth", who.npi).happens(0.4)


def _accessible(where: Practice) -> list[str]:
    """What the practice has for people with a disability; some have said nothing."""
    chance = Chance("accessibility", where.tax_id)
    return [code for code in ACCESSIBILITY if chance.happens(0.8)] if chance.happens(0.7) else []


def _identity(who: Provider) -> Row:
    specialty = who.specialty
    person: Row = [who.last_name, who.first_name, who.middle_name, who.suffix, specialty.credential, ""]
    named = ["", "", "", "", "", who.last_name] if who.is_organization else person
    kind = 2 if who.is_organization else 1
    return [who.npi, kind, *named, specialty.taxonomy, specialty.name, who.licence, STATE]


def _address(where: Practice) -> Row:
    return [
        where.street,
        where.town.name,
        STATE,
        where.town.postal_code,
        practices.telephone(where),
        practices.fax(where),
        where.email,
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
