"""Writes what a chunk of claims changed: claims, their lines and their events, in a few statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from portico.domains.claims import claim_rows, models
from portico.domains.claims.claim_rows import Row
from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased


class Event(NamedTuple):
    """Something that happened to a claim, named by its id."""

    claim: int | None
    kind: str
    on: date
    code: str = ""
    amount: Decimal | None = None

    @property
    def key(self) -> tuple[int | None, str, date, str]:
        """What tells it from others."""
        return self.claim, self.kind, self.on, self.code


Named = tuple[str, str]
"""A claim's number and its tax ID: an office says nothing of the claims of another."""
_NAMED = ("claim_number", "tax_id", "id")
_TOLD = (
    "claim_number patient_control_number tracking_number form tax_id provider_npi provider_name billing_npi "
    "billing_name line_id member_id subscriber_number patient_last_name patient_first_name "
    "patient_birth_date first_on last_on rank frequency facility drg diagnoses authorization_number"
    " replaces billed"
).split()
_LINE_TOLD = (
    "number code_kind code modifiers revenue_code place_of_service units unit first_on last_on billed"
).split()


@dataclass(slots=True)
class Held:
    """A claim of this chunk: as it is stored (`id` None: not yet), and what the file says of it."""

    row: Row
    lines: dict[int, Row]
    received_on: date
    id: int | None = None
    before: Row = field(default_factory=dict)
    lines_before: dict[int, Row] = field(default_factory=dict)
    changed_at: datetime | None = None


def write(leased: Leased, claims: Collection[Held], now: datetime) -> list[Held]:
    """Writes every claim that is new or changed, with its lines; answers the new ones, which have ids now."""
    _update(leased, claims, now)
    new = [one for one in claims if one.id is None]
    rows = [{**one.row, **claim_rows.undecided(received_on=one.received_on, now=now)} for one in new]
    for one, claim in zip(new, loading.insert(leased, models.Claim, rows), strict=True):
        one.id = claim
    _write_lines(leased, claims)
    return new


def note_events(leased: Leased, wanted: Sequence[Event], now: datetime) -> None:
    """Notes events that are not noted yet."""
    claims = {event.claim for event in wanted if event.claim is not None}
    rows = models.ClaimEvent.objects.filter(claim_id__in=claims).values_list("claim_id", "kind", "on", "code")
    noted = set(rows)
    missing = {event.key: event for event in wanted if event.key not in noted}
    columns = [
        {
            "claim_id": event.claim,
            "kind": event.kind,
            "on": event.on,
            "code": event.code,
            "amount": event.amount,
            "noted_at": now,
        }
        for event in missing.values()
    ]
    loading.insert(leased, models.ClaimEvent, columns)


def held(numbers: Collection[str]) -> dict[str, Held]:
    """The claims held under these numbers, with their lines. Two queries."""
    found: dict[str, Held] = {}
    by_id: dict[int, Held] = {}
    rows = models.Claim.objects.filter(claim_number__in=numbers).values(
        "id", "received_on", "changed_at", *_TOLD
    )
    for row in rows:
        claim, received_on, changed_at = (row.pop(name) for name in ("id", "received_on", "changed_at"))
        found[row["claim_number"]] = by_id[claim] = Held(row, {}, received_on, claim, row, {}, changed_at)
    for line in models.ClaimLine.objects.filter(claim_id__in=by_id).values("id", "claim_id", *_LINE_TOLD):
        by_id[line.pop("claim_id")].lines_before[line["number"]] = line
    for one in by_id.values():
        one.lines = {number: _without_id(line) for number, line in one.lines_before.items()}
    return found


def known(claims: Collection[Named]) -> dict[Named, int | None]:
    """Which of these claims are held under that tax ID, and their ids."""
    rows = models.Claim.objects.filter(claim_number__in={number for number, _ in claims})
    found = {(number, tax_id): claim for number, tax_id, claim in rows.values_list(*_NAMED)}
    return {named: claim for named, claim in found.items() if named in claims}


def _without_id(line: Mapping[str, Any]) -> Row:
    return {name: value for name, value in line.items() if name != "id"}


def _update(leased: Leased, claims: Collection[Held], now: datetime) -> None:
    after: dict[int, Row] = {}
    before: dict[int, Row] = {}
    for one in claims:
        if one.id is None or one.row == one.before:
            continue
        new = {name: value for name, value in one.row.items() if one.before[name] != value}
        before[one.id] = {name: one.before[name] for name in new} | {"changed_at": one.changed_at}
        after[one.id] = new | {"changed_at": now}
    loading.update(leased, models.Claim, after, before)


def _write_lines(leased: Leased, claims: Collection[Held]) -> None:
    after: dict[int, Row] = {}
    before: dict[int, Row] = {}
    new: list[Row] = []
    gone: list[int] = []
    for one in claims:
        for number, line in one.lines.items():
            old = one.lines_before.get(number)
            if old is None:
                new.append({"claim_id": one.id, **line, **claim_rows.undecided_line()})
            elif _without_id(old) != line:
                after[old["id"]] = {name: value for name, value in line.items() if old[name] != value}
                before[old["id"]] = {name: old[name] for name in after[old["id"]]}
        gone += [old["id"] for number, old in one.lines_before.items() if number not in one.lines]
    loading.delete(leased, models.ClaimLine, gone)
    loading.update(leased, models.ClaimLine, after, before)
    loading.insert(leased, models.ClaimLine, new)
