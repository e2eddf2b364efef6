"""Loads the provider file: tax IDs, medical groups, providers, affiliations, participation.

A row is one affiliation of a provider with a tax ID. What a row says replaces what is held; a row that is
missing from a file ends nothing: an affiliation ends on the day the file gives.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q

from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Key, Settle
from portico.domains.jobs.rules import RowOutcome
from portico.domains.offices import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue, freshness
from portico.domains.plan.freshness import Feed
from portico.shared import names
from portico.shared.periods import Period

Columns = dict[Key, dict[str, Any]]


class RowReason(StrEnum):
    """Why a row was quarantined; stable codes."""

    UNKNOWN_LINE = "unknown_line"


@dataclass(frozen=True, slots=True)
class SentProvider:
    """A provider: a person or, in `last_name`, an organisation."""

    npi: str
    is_organization: bool
    last_name: str
    first_name: str = ""
    middle_name: str = ""
    suffix: str = ""
    credential: str = ""
    taxonomy_code: str = ""
    specialty: str = ""
    licence_number: str = ""
    licence_state: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentPlace:
    """Where and how a provider is reached under an affiliation; `accessibility`: codes of the directory."""

    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    telephone: str = ""
    fax: str = ""
    email: str = ""
    accepts_new_patients: bool = False
    telehealth: bool = False
    accessibility: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentAffiliation:
    """One row of the provider file; `lines` are those taken part in from … to …."""

    place: int
    provider: SentProvider
    tax_id: str
    tax_id_name: str
    affiliated: Period
    group_code: str = ""
    group_name: str = ""
    lines: tuple[str, ...] = ()
    participates: Period | None = None
    at: SentPlace = SentPlace()


def load(
    *,
    actor: Actor,
    leased: Leased,
    rows: Sequence[SentAffiliation],
    as_of: datetime,
    settle: Settle,
    is_last: bool = False,
) -> None:
    """Apply a chunk of the provider file, as `members.enrolment.load` does. Raises NotPermitted."""
    with permit(actor, Function.LOADING) as given:
        known = {line.code for line in catalogue.lines()}
        good = [row for row in rows if known.issuperset(row.lines)]
        touched = _write(leased, good) if good else frozenset()
        if is_last:
            freshness.note(given, feed=Feed.PROVIDERS, as_of=as_of)
        settle(given, [_fate(row, known, touched) for row in rows])
        given.conclude("loaded")


def only_tax_id(npis: Collection[str], *, on: date) -> Mapping[str, str]:
    """The tax ID of each provider who bills under exactly one on that day; the others are absent."""
    if not npis:
        return {}
    in_force = Q(first_on__lte=on) & (Q(last_on__isnull=True) | Q(last_on__gte=on))
    rows = models.Affiliation.objects.filter(in_force, provider__npi__in=npis)
    found: dict[str, set[str]] = {}
    for npi, tax_id in rows.values_list("provider__npi", "tax_id__number"):
        found.setdefault(npi, set()).add(tax_id)
    return {npi: next(iter(tax_ids)) for npi, tax_ids in found.items() if len(tax_ids) == 1}


def _fate(row: SentAffiliation, known: set[str], touched: frozenset[int]) -> Fate:
    unknown = next((line for line in row.lines if line not in known), None)
    if unknown is not None:
        return Fate(row.place, RowOutcome.QUARANTINED, (RowReason.UNKNOWN_LINE,), row.place, unknown[:40])
    return Fate(row.place, RowOutcome.ACCEPTED if row.place in touched else RowOutcome.UNCHANGED)


def _write(leased: Leased, rows: Sequence[SentAffiliation]) -> frozenset[int]:
    """Writes table after table, as each needs the one before; answers the places of the rows that changed
    anything.
    """
    groups = _upsert(leased, models.Group, ("code",), _groups(rows))
    tax_ids = _upsert(leased, models.TaxId, ("number",), {(r.tax_id,): {"name": r.tax_id_name} for r in rows})
    providers = _upsert(
        leased, models.Provider, ("npi",), {(r.provider.npi,): _provider(r.provider) for r in rows}
    )
    owners = {r.place: (providers.ids[(r.provider.npi,)], tax_ids.ids[(r.tax_id,)]) for r in rows}
    keys = {r.place: (*owners[r.place], r.affiliated.first) for r in rows}
    affiliations = _upsert(
        leased,
        models.Affiliation,
        ("provider_id", "tax_id_id", "first_on"),
        {keys[r.place]: _affiliation(r, groups.ids.get((r.group_code,))) for r in rows},
    )
    parts = {r.place: _participations(r, affiliations.ids[keys[r.place]]) for r in rows}
    participations = _upsert(
        leased,
        models.Participation,
        ("affiliation_id", "line_id", "first_on"),
        {key: values for part in parts.values() for key, values in part.items()},
    )
    return frozenset(
        r.place
        for r in rows
        if keys[r.place] in affiliations.touched
        or (r.provider.npi,) in providers.touched
        or (r.tax_id,) in tax_ids.touched
        or (r.group_code,) in groups.touched
        or not participations.touched.isdisjoint(parts[r.place])
    )


def _upsert(leased: Leased, model: Any, key: tuple[str, ...], wanted: Columns) -> loading.Upserted:
    held = model.objects.filter(**{f"{key[0]}__in": {identity[0] for identity in wanted}})
    return loading.upsert(leased, held=held, key=key, wanted=wanted)


def _groups(rows: Iterable[SentAffiliation]) -> Columns:
    return {(row.group_code,): {"name": row.group_name} for row in rows if row.group_code}


def _provider(sent: SentProvider) -> dict[str, Any]:
    return {
        "is_organization": sent.is_organization,
        "last_name": sent.last_name,
        "first_name": sent.first_name,
        "middle_name": sent.middle_name,
        "suffix": sent.suffix,
        "credential": sent.credential,
        "name_key": names.key(sent.last_name)[:160],
        "taxonomy_code": sent.taxonomy_code,
        "specialty": sent.specialty,
        "licence_number": sent.licence_number,
        "licence_state": sent.licence_state,
        "languages": list(sent.languages),
    }


def _affiliation(sent: SentAffiliation, group: int | None) -> dict[str, Any]:
    at = sent.at
    return {
        "group_id": group,
        "last_on": sent.affiliated.last,
        "address": at.address,
        "city": at.city,
        "state": at.state,
        "postal_code": at.postal_code,
        "telephone": at.telephone,
        "fax": at.fax,
        "email": at.email,
        "accepts_new_patients": at.accepts_new_patients,
        "telehealth": at.telehealth,
        "accessibility": list(at.accessibility),
    }


def _participations(sent: SentAffiliation, affiliation: int) -> Columns:
    period = sent.participates or sent.affiliated
    return {(affiliation, line, period.first): {"last_on": period.last} for line in sent.lines}
