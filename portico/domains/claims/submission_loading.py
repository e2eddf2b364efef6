"""Loads claims as they were submitted: the core's 837 files.

A chunk is one permit and one transaction, as in `members.enrolment`. A claim known before keeps what was
decided of it; what it says of itself follows the newest file. One that replaces or voids another is noted
with that one.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portico.domains.claims import authorized, claim_rows, claim_writing, payment_linking, submission_rules
from portico.domains.claims.claim_writing import Event, Held
from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.claims.loading_reasons import ClaimReason
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Settle
from portico.domains.jobs.rules import RowOutcome
from portico.domains.members import claimants
from portico.domains.members.claimants import Claimant, Named, NoClaimant
from portico.domains.offices import practising
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.shared import identifiers

_RECEIVED, _REPLACED = "received", "replaced"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A claim of a file; `place` is where it begins, `remarks` what its reader flagged it for.

    `received_on` is the day it came in.
    """

    sent: SentClaim
    received_on: date
    remarks: tuple[str, ...] = ()
    remarked: str = ""

    @property
    def place(self) -> int:
        """Where the claim begins in its file."""
        return self.sent.place


def load(
    *,
    actor: Actor,
    leased: Leased,
    rows: Sequence[Submitted],
    as_of: datetime,
    settle: Settle,
    is_last: bool = False,
) -> None:
    """Apply a chunk of claims in the order of the file, as `enrolment.load` does. Raises NotPermitted."""
    with permit(actor, Function.LOADING) as given:
        work = _Chunk(given, leased, rows)
        fates = [work.apply(at, row) for at, row in enumerate(rows)]
        work.write(actor.asked_at)
        if is_last:
            freshness.note(given, feed=Feed.CLAIMS, as_of=as_of)
        settle(given, fates)
        given.conclude("loaded")


class _Chunk:
    """Claims applied one after the other in memory, then written in a few statements."""

    def __init__(self, given: Permit, leased: Leased, rows: Sequence[Submitted]) -> None:
        self._given, self._leased = given, leased
        self._refusals = [submission_rules.refusal(row.sent) for row in rows]
        self._who = self._claimants(given, rows)
        self._tax_ids = practising.names_of({row.sent.billing.tax_id for row in rows})
        self._held = claim_writing.held(
            {row.sent.tracking_number for row in rows if row.sent.tracking_number}
        )
        self._originals = claim_writing.known(
            {_original(row.sent) for row in rows if row.sent.original_number}
        )
        self._replaced: dict[claim_writing.Named, list[tuple[str, date]]] = defaultdict(list)

    def apply(self, at: int, row: Submitted) -> Fate:
        """What becomes of one claim; one that cannot be taken in changes nothing."""
        who = self._who[at]
        refused = self._refusals[at] or self._refusal(who, row.sent)
        if refused or not isinstance(who, Claimant):
            reason, about = refused or (ClaimReason.UNKNOWN_MEMBER, "")
            return Fate(row.place, RowOutcome.QUARANTINED, (reason,), row.place, about)
        is_new = self._keep(row, who)
        remarks = [*row.remarks, *self._remarks(row.sent, who)]
        if remarks:
            return Fate(row.place, RowOutcome.FLAGGED, tuple(remarks), row.place, row.remarked)
        return Fate(row.place, RowOutcome.ACCEPTED if is_new else RowOutcome.UNCHANGED)

    def write(self, now: datetime) -> None:
        """Write every claim that is new or changed, its lines and its events."""
        new = claim_writing.write(self._leased, self._held.values(), now)
        self._write_events(new, now)
        added = {held.row["claim_number"]: held.id for held in new if held.id is not None}
        payment_linking.join(self._leased, added, now=now)
        known = {held.id for held in self._held.values() if held.id is not None}
        authorized.recount(self._given, self._leased, known)

    def _claimants(self, given: Permit, rows: Sequence[Submitted]) -> list[Claimant | NoClaimant | None]:
        asked = {at: _named(row.sent) for at, row in enumerate(rows) if self._refusals[at] is None}
        named = {at: one for at, one in asked.items() if one is not None}
        found = dict(zip(named, claimants.find(given, list(named.values())), strict=True))
        return [found.get(at) for at in range(len(rows))]

    def _refusal(self, who: Claimant | NoClaimant | None, sent: SentClaim) -> tuple[ClaimReason, str] | None:
        if not isinstance(who, Claimant):
            return ClaimReason(who or NoClaimant.UNKNOWN_MEMBER), ""
        if sent.billing.tax_id not in self._tax_ids:
            return ClaimReason.UNKNOWN_TAX_ID, ""
        held = self._held.get(sent.tracking_number)
        told = sent.billing.tax_id, who.member_id
        if held and (held.row["tax_id"], held.row["member_id"]) != told:
            return ClaimReason.CLAIM_OF_ANOTHER, ""
        return None

    def _remarks(self, sent: SentClaim, who: Claimant) -> list[ClaimReason]:
        found = [] if who.is_covered else [ClaimReason.NOT_COVERED_ON_DAY]
        if submission_rules.corrects(sent):
            if not sent.original_number:
                found.append(ClaimReason.ORIGINAL_NUMBER_MISSING)
            elif _original(sent) not in self._originals and not self._is_held(*_original(sent)):
                found.append(ClaimReason.ORIGINAL_UNKNOWN)
        return found

    def _is_held(self, number: str, tax_id: str) -> bool:
        held = self._held.get(number)
        return held is not None and bool(held.row["tax_id"] == tax_id)

    def _keep(self, row: Submitted, who: Claimant) -> bool:
        """Put a claim into memory; answers whether anything is different."""
        sent = row.sent
        told = claim_rows.told(sent, who)
        lines = {line.number: claim_rows.line(line) for line in sent.services}
        if submission_rules.corrects(sent) and sent.original_number:
            self._replaced[_original(sent)].append((sent.tracking_number, row.received_on))
        held = self._held.get(sent.tracking_number)
        if held is None:
            self._held[sent.tracking_number] = Held(told, lines, row.received_on)
            return True
        if held.row == told and held.lines == lines:
            return False
        held.row, held.lines = told, lines
        return True

    def _write_events(self, new: Sequence[Held], now: datetime) -> None:
        wanted = [Event(held.id, _RECEIVED, held.received_on) for held in new]
        held = {(number, one.row["tax_id"]): one.id for number, one in self._held.items() if one.id}
        ids = self._originals | held
        for original, by in self._replaced.items():
            if original in ids:
                wanted += [Event(ids[original], _REPLACED, on, number) for number, on in by]
        claim_writing.note_events(self._leased, wanted, now)


def _original(sent: SentClaim) -> claim_writing.Named:
    """The claim it says it corrects: one of its own office."""
    return sent.original_number, sent.billing.tax_id


def _named(sent: SentClaim) -> Named | None:
    treated = sent.treated
    number = identifiers.compact_member_id(sent.subscriber.member_id)
    if not number or sent.starts_on is None:
        return None
    return Named(
        number=number,
        last_name=treated.last_name,
        first_name=treated.first_name,
        birth_date=treated.birth_date,
        is_dependent=sent.patient is not None,
        on=sent.starts_on,
    )
