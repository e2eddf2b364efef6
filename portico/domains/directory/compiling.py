"""Which listings the provider file makes: affiliations under a tax ID, put together by place. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from portico.domains.directory import rules
from portico.domains.directory.overlay import ADDRESS, LAST_ON
from portico.domains.offices import rules as office_rules
from portico.domains.offices.rules import Affiliated
from portico.domains.offices.whereabouts import Stated
from portico.shared.periods import Period, latest

Whose = tuple[str, str]
"""A tax ID and an NPI."""

Taking = Mapping[tuple[str, date], date | None]
"""Line and first day -> last day."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A provider at a place under a tax ID: who, the days of all its affiliations there, the fields as the
    file has them (shapes: overlay), and in which lines it takes part.
    """

    speaking: Stated
    period: Period
    sent: Mapping[str, Any]
    networks: Taking

    @property
    def whose(self) -> Whose:
        """The tax ID and the NPI."""
        return self.speaking.tax_id, self.speaking.npi


def compiled(stated: Iterable[Stated], on: date) -> tuple[Compiled, ...]:
    """The listings that these affiliations make, as the one that speaks for that day has them."""
    ordered = sorted(stated, key=lambda one: (one.tax_id, one.npi, _written(one), one.affiliated.first))
    grouped = groupby(ordered, key=lambda one: (one.tax_id, one.npi, _written(one)))
    return tuple(_one(tuple(group), on) for _, group in grouped)


def digest(address: Mapping[str, str]) -> str:
    """What an address is recognised by: SHA-256 over its four parts, in small letters."""
    parts = [" ".join(address[part].lower().split()) for part in ("address", "city", "state", "postal_code")]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _written(one: Stated) -> str:
    return digest(_address(one))


def _address(one: Stated) -> dict[str, str]:
    at = one.at
    return {"address": at.address, "city": at.city, "state": at.state, "postal_code": at.postal_code}


def _one(group: Sequence[Stated], on: date) -> Compiled:
    facts = [Affiliated(one.tax_id, one.affiliated) for one in group]
    speaking = group[office_rules.speaking(facts, tax_id="", on=on) or 0]
    is_open = any(one.affiliated.last is None for one in group)
    last_on = None if is_open else latest(one.affiliated.last for one in group)
    period = Period(min(one.affiliated.first for one in group), last_on)
    return Compiled(speaking, period, _sent(speaking, last_on), _networks(group))


def _sent(one: Stated, last_on: date | None) -> dict[str, Any]:
    at = one.at
    return {
        ADDRESS: _address(one),
        "telephone": at.telephone,
        "fax": at.fax,
        "accepts_new_patients": at.accepts_new_patients,
        "telehealth": at.telehealth,
        "accessibility": list(at.accessibility),
        "languages": list(rules.languages(one.languages)),
        LAST_ON: last_on.isoformat() if last_on else None,
    }


def _networks(group: Iterable[Stated]) -> Taking:
    """Every line taken part in, cut to the days of its affiliation; of two from one day the longer."""
    found: dict[tuple[str, date], date | None] = {}
    for one in group:
        for line, period in one.lines:
            cut = _within(period, one.affiliated)
            if cut is None:
                continue
            key = (line, cut.first)
            found[key] = _later(found[key], cut.last) if key in found else cut.last
    return found


def _within(inner: Period, outer: Period) -> Period | None:
    if not inner.overlaps(outer):
        return None
    lasts = [last for last in (inner.last, outer.last) if last is not None]
    return Period(max(inner.first, outer.first), min(lasts, default=None))


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
