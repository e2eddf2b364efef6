"""Writes exclusions.csv: the public list of excluded individuals and entities, with two rows of our own."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from portico.demo import days, unregistered
from portico.demo.regions import STATE

COLUMNS = (
    "LASTNAME FIRSTNAME MIDNAME BUSNAME GENERAL SPECIALTY UPIN NPI DOB ADDRESS CITY STATE ZIP EXCLTYPE "
    "EXCLDATE REINDATE WAIVERDATE WVRSTATE"
).split()
_NOBODY, _NEVER = "0000000000", "00000000"
EXCLUDED = "Brackwater Medical Supply"
_KIND = "1128a1"


def write(path: Path, *, today: date) -> int:
    """Write a physician of the provider file, and somebody of no practice; answers how many rows."""
    rows = list(_rows(today))
    with path.open("w", encoding="utf-8", newline="") as target:
        out = csv.DictWriter(target, COLUMNS, lineterminator="\r\n")
        out.writeheader()
        out.writerows(rows)
    return len(rows)


def _rows(today: date) -> Iterator[dict[str, str]]:
    who, where = unregistered.SILAS_DRUMMOND, unregistered.DRUMMOND
    yield _row(days.month_start(today, -7)) | {
        "LASTNAME": who.last_name.upper(),
        "FIRSTNAME": who.first_name.upper(),
        "GENERAL": "INDIVIDUAL",
        "SPECIALTY": who.specialty.name.upper(),
        "NPI": who.npi,
        "ADDRESS": where.street.upper(),
        "CITY": where.town.name.upper(),
        "ZIP": where.town.postal_code,
    }
    yield _row(days.month_start(today, -40)) | {
        "BUSNAME": EXCLUDED.upper(),
        "GENERAL": "OTHER BUSINESS",
        "SPECIALTY": "MEDICAL EQUIPMENT SUPPLIER",
        "NPI": _NOBODY,
        "CITY": "ARROYO",
    }


def _row(excluded_on: date) -> dict[str, str]:
    """What every row has; no birth date stands in ours."""
    day = f"{excluded_on:%Y%m%d}"
    never = dict.fromkeys(("DOB", "REINDATE", "WAIVERDATE"), _NEVER)
    return dict.fromkeys(COLUMNS, "") | never | {"STATE": STATE, "EXCLTYPE": _KIND, "EXCLDATE": day}
