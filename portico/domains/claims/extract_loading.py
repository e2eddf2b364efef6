"""Loads the claim extract: where each claim stands between its 837 and its 835.

A chunk is one permit and one transaction, as in `members.enrolment`. A claim that no 837 told of before is
added as far as the extract knows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portico.domains.claims import (
    authorized,
    claim_rows,
    claim_writing,
    extract_rules,
    models,
    payment_linking,
)
from portico.domains.claims.claim_rows import Row
from portico.domains.claims.claim_writing import Event
from portico.domains.claims.extract_rules import Standing
from portico.domains.claims.facts.extracted import ExtractedClaim
from portico.domains.claims.loading_reasons import ClaimReason
from portico.domains.claims.rules import DECIDED, Status
from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Settle
from portico.domains.jobs.rules import RowOutcome
from portico.domains.members import claimants
from portico.domains.members.claimants import Claimant, Named, NoClaimant
from portico.domains.offices import practising
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue, freshness
from portico.domains.plan.freshness import Feed

_STATE = "status stated_on pend_reason awaited_on decided_on allowed paid member_share decision_count".split()
_KEPT = ("id", "claim_number", "tax_id", "member_id", "changed_at", *_STATE)


@dataclass(slots=True)
class _Held:
    """A claim: its state, or its whole row where it is new (`id` None)."""

    row: Row
    before: Row
    id: int | None = None


def load(
    *,
    actor: Actor,
    leased: Leased,
    rows: Sequence[ExtractedClaim],
    as_of: datetime,
    settle: Settle,
    is_last: bool = False,
) -> None:
    """Apply a chunk of the extract in its order, as `enrolment.load` does. Raises NotPermitted."""
    with permit(actor, Function.LOADING) as given:
        work = _Chunk(given, leased, rows, written_on=max(as_of.date(), actor.today))
        fates = [work.apply(row, who) for row, who in zip(rows, work.who, strict=True)]
        work.write()
        if is_last:
            freshness.note(given, feed=Feed.CLAIMS, as_of=as_of)
        settle(given, fates)
        given.conclude("loaded")


class _Chunk:
    """Records applied one after the other in memory, then written in a few statements."""

    def __init__(
        self, given: Permit, leased: Leased, rows: Sequence[ExtractedClaim], *, written_on: date
    ) -> None:
        self._given, self._leased, self._written_on = given, leased, written_on
        self._now = given.actor.asked_at
        self.who = claimants.find(given, [_named(row) for row in rows])
        self._tax_ids = practising.names_of({row.tax_id for row in rows})
        self._lines = {line.code for line in catalogue.lines()}
        self._held = _held({row.claim_number for row in rows})
        self._originals = claim_writing.known({(row.replaces, row.tax_id) for row in rows if row.replaces})
        self._events: list[tuple[claim_writing.Named, Event]] = []

    def apply(self, row: ExtractedClaim, who: Claimant | NoClaimant) -> Fate:
        """What becomes of one record; one that cannot be taken in changes nothing."""
        refused = (
            extract_rules.refusal(row)
            or extract_rules.ahead(row, written_on=self._written_on)
            or self._refusal(row, who)
        )
        if refused or not isinstance(who, Claimant):
            reason, about = refused or (ClaimReason.UNKNOWN_MEMBER, "")
            return Fate(row.place, RowOutcome.QUARANTINED, (reason,), row.place, about)
        held = self._held.get(row.claim_number)
        if held is None:
            self._add(row, who)
            return Fate(row.place, RowOutcome.ACCEPTED)
        standing = Standing(Status(held.row["status"]), held.row["stated_on"], held.row["pend_reason"])
        verdict = extract_rules.judge(standing, row)
        if verdict.reason:
            return Fate(row.place, RowOutcome.FLAGGED, (verdict.reason,), row.place)
        if verdict.moves:
            self._move(held, row, standing.status)
            return Fate(row.place, RowOutcome.ACCEPTED)
        return Fate(row.place, RowOutcome.ACCEPTED if self._await(held, row) else RowOutcome.UNCHANGED)

    def write(self) -> None:
        """Write every claim that is new or moved, and what happened to it."""
        new = [held for held in self._held.values() if held.id is None]
        ids = loading.insert(self._leased, models.Claim, [held.row for held in new])
        for held, claim in zip(new, ids, strict=True):
            held.id = claim
        self._write_moved()
        held_here = {(number, held.row["tax_id"]): held.id for number, held in self._held.items()}
        found = self._originals | held_here
        wanted = [event._replace(claim=found[named]) for named, event in self._events if named in found]
        claim_writing.note_events(self._leased, wanted, self._now)
        added = {held.row["claim_number"]: held.id for held in new if held.id is not None}
        payment_linking.join(self._leased, added, now=self._now)
        known = {held.id for held in self._held.values() if held.id is not None}
        authorized.recount(self._given, self._leased, known)

    def _refusal(self, row: ExtractedClaim, who: Claimant | NoClaimant) -> tuple[ClaimReason, str] | None:
        if not isinstance(who, Claimant):
            return ClaimReason(who), "member_id"
        if row.tax_id not in self._tax_ids:
            return ClaimReason.UNKNOWN_TAX_ID, "tax_id"
        if row.line and row.line not in self._lines:
            return ClaimReason.UNKNOWN_LINE, row.line
        held = self._held.get(row.claim_number)
        if held and (held.row["tax_id"], held.row["member_id"]) != (row.tax_id, who.member_id):
            return ClaimReason.CLAIM_OF_ANOTHER, ""
        return None

    def _add(self, row: ExtractedClaim, who: Claimant) -> None:
        columns = _new(row, who, self._now) | state(row, decisions=0)
        self._held[row.claim_number] = _Held(columns, {})
        self._note(row, row.claim_number, Event(None, "received", row.received_on))
        if row.replaces:
            self._note(row, row.replaces, Event(None, "replaced", row.received_on, row.claim_number))
        if row.status != Status.RECEIVED:
            self._note(row, row.claim_number, happened(row))

    def _move(self, held: _Held, row: ExtractedClaim, before: Status) -> None:
        held.row |= state(row, decisions=held.row["decision_count"])
        if before is Status.PENDED and row.status == Status.APPROVED:
            self._note(row, row.claim_number, Event(None, "resumed", row.status_on))
        self._note(row, row.claim_number, happened(row))

    def _await(self, held: _Held, row: ExtractedClaim) -> bool:
        """Whether the core now expects the next step of an open claim on another day."""
        if Status(row.status) in DECIDED or row.awaited_on == held.row["awaited_on"]:
            return False
        held.row |= {"awaited_on": row.awaited_on}
        return True

    def _note(self, row: ExtractedClaim, number: str, event: Event) -> None:
        self._events.append(((number, row.tax_id), event))

    def _write_moved(self) -> None:
        after: dict[int, Row] = {}
        before: dict[int, Row] = {}
        for held in self._held.values():
            changed = [name for name in _STATE if held.before and held.row[name] != held.before[name]]
            if held.id is not None and changed:
                after[held.id] = {name: held.row[name] for name in changed} | {"changed_at": self._now}
                before[held.id] = {name: held.before[name] for name in (*changed, "changed_at")}
        loading.update(self._leased, models.Claim, after, before)


def state(row: ExtractedClaim, *, decisions: int) -> Row:
    """The columns that say where a claim stands; amounts are those of a decision, None before one."""
    status = Status(row.status)
    is_decided = status in DECIDED
    return {
        "status": str(status),
        "stated_on": row.status_on,
        "pend_reason": row.pend_reason if status is Status.PENDED else "",
        "awaited_on": None if is_decided else row.awaited_on,
        "decided_on": row.status_on if is_decided else None,
        "allowed": row.allowed if is_decided else None,
        "paid": row.paid if is_decided else None,
        "member_share": row.member_share if is_decided else None,
        "decision_count": decisions + is_decided,
    }


def happened(row: ExtractedClaim) -> Event:
    """What a record says that happened."""
    code = row.pend_reason if row.status == Status.PENDED else ""
    if row.status == Status.DENIED:
        code = next(iter(row.reason_codes), "")
    return Event(None, row.status, row.status_on, code, row.paid if row.status == Status.PAID else None)


def _new(row: ExtractedClaim, who: Claimant, now: datetime) -> Row:
    """The row of a claim that only the extract tells of."""
    return {
        **claim_rows.undecided(received_on=row.received_on, now=now),
        **claim_rows.person(who),
        "line_id": row.line or who.line,
        "claim_number": row.claim_number,
        "patient_control_number": row.patient_control_number,
        "tracking_number": "",
        "form": row.form,
        "tax_id": row.tax_id,
        "provider_npi": row.npi,
        "provider_name": "",
        "billing_npi": "",
        "billing_name": "",
        "first_on": row.first_on,
        "last_on": row.last_on,
        "rank": "P",
        "frequency": "7" if row.replaces else "1",
        "facility": "",
        "drg": "",
        "diagnoses": [],
        "authorization_number": "",
        "replaces": row.replaces,
        "billed": row.billed,
    }


def _named(row: ExtractedClaim) -> Named:
    return Named(row.member_id, "", "", None, is_dependent=False, on=row.first_on)


def _held(numbers: set[str]) -> dict[str, _Held]:
    """The claims held under these numbers. One query."""
    found: dict[str, _Held] = {}
    rows: Sequence[Mapping[str, Any]] = models.Claim.objects.filter(claim_number__in=numbers).values(*_KEPT)
    for row in rows:
        found[row["claim_number"]] = _Held(dict(row), dict(row), row["id"])
    return found
