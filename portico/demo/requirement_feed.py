"""Writes the lists of what needs an authorization, a file each (layout: docs/reference/feeds.md)."""

import csv
from datetime import date
from pathlib import Path

from portico.demo import requirements
from portico.demo.requirements import DOCUMENT, Version, Written

COLUMNS = (
    "version effective_on key system first_code last_code line plan_code places network tax_id npi answer "
    "decided_by decider decider_contact text citation document questionnaire service_type first_on last_on"
).split()


def write(folder: Path, *, today: date) -> tuple[Path, ...]:
    """Write a file for each list, the earliest first."""
    return tuple(_write(folder, version) for version in requirements.versions(today))


def _write(folder: Path, version: Version) -> Path:
    path = folder / f"authorization_requirements-{version.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        out = csv.DictWriter(target, COLUMNS, restval="", lineterminator="\r\n")
        out.writeheader()
        for rule in version.rules:
            out.writerow(_row(version, rule))
    return path


def _row(version: Version, rule: Written) -> dict[str, str]:
    same = (
        "key system first_code last_code line plan_code network tax_id answer decided_by decider "
        "decider_contact questionnaire service_type"
    ).split()
    return {
        "version": version.name,
        "effective_on": version.effective_on.isoformat(),
        **{name: getattr(rule, name) for name in same},
        "places": "|".join(rule.places),
        "text": requirements.text(rule),
        "citation": f"Authorization list {version.name}, {rule.key}",
        "document": DOCUMENT,
        "first_on": "2015-01-01",
    }
