"""277CAs (005010X214) written as a stream: what came of each claim of an 837.

    HL*1**20*1     NM1*PR TRN*1 DTP*050 DTP*009         the plan
    HL*2*1*21*1    NM1*41 TRN*2 STC QTY AMT             who sent the set; TRN*2 gives back its BHT03
    HL*3*2*19*1    NM1*85 TRN*1 STC QTY AMT             a billing provider, with its own sums
    HL*4*3*PT      NM1*QC                               a patient
                   TRN*2 STC REF*1K REF*D9 REF*BLT DTP*472      a claim; TRN*2 gives back CLM01

Claims come in the order of the 837: a run of them under one billing provider shares its level, one of one
patient too. STC03 says WQ where a claim goes on, and U where it has to be sent again.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from portico.domains.claims.facts.submitted import Party, Patient
from portico.domains.plan.catalogue import Identity
from portico.edges.x12 import replies
from portico.edges.x12.encounters.accounts import Account, Sender, Status, Sums, ToldClaim
from portico.shared.x12.build import TransactionWriter
from portico.shared.x12.dates import format_d8, format_rd8, format_time
from portico.shared.x12.joining import Value

FUNCTIONAL_ID, VERSION, CODE = "HN", "005010X214", "277"
RECEIVED = Status("A1", "19", "PR")
GOES_ON, COMES_BACK = "WQ", "U"
_MOST_STATUSES = 3  # of one STC: STC01, STC10 and STC11
_UNNAMED = "UNKNOWN"
Segment = tuple[Value, ...]


def write(
    transaction: TransactionWriter, account: Account, *, plan: Identity, reference: str, now: datetime
) -> None:
    """One 277CA for one 837. `reference` is our name for it (BHT03); `now` is the plan's own time."""
    transaction.write("BHT", "0085", "08", reference, *_instant(now), "TH")
    writing = _Writing(account)
    for segment in writing.segments(plan, reference):
        transaction.write(str(segment[0]), *segment[1:])


class _Writing:
    """One 277CA on its way: how many levels there were."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._levels = 0

    def segments(self, plan: Identity, reference: str) -> Iterator[Segment]:
        """Every segment after the BHT."""
        account = self._account
        yield self._level("20", 0, "1")
        yield ("NM1", "PR", "2", plan.name[:60], "", "", "", "", "PI", plan.payer_id or _UNNAMED)
        yield ("TRN", "1", reference)
        yield ("DTP", "050", "D8", format_d8(account.received_on))
        yield ("DTP", "009", "D8", format_d8(account.settled_on))
        yield self._level("21", 1, "1" if account.providers else "0")
        yield _sender(account.sender)
        yield ("TRN", "2", account.sender.reference)
        yield _status([RECEIVED], account.settled_on, GOES_ON, account.sums.amount)
        yield from _sums(account.sums, "90", "AA")
        runs = groupby(account.claims, key=lambda claim: claim.billing)
        for (billing, claims), sums in zip(runs, account.providers, strict=False):
            yield from self._provider(billing, sums)
            parent = self._levels
            for patient, of_patient in groupby(claims, key=lambda claim: claim.patient):
                yield self._level("PT", parent, "")
                yield _patient(patient)
                for claim in of_patient:
                    yield from _claim(claim, account.settled_on)

    def _provider(self, billing: Party, sums: Sums) -> Iterator[Segment]:
        yield self._level("19", 2, "1")
        yield _billing(billing)
        yield ("TRN", "1", "0")
        yield ("STC", _composite(RECEIVED), "", GOES_ON, _money(sums.amount))
        yield from _sums(sums, "QA", "QC")

    def _level(self, code: str, parent: int, children: str) -> Segment:
        self._levels += 1
        return ("HL", str(self._levels), str(parent) if parent else "", code, children)


def _claim(claim: ToldClaim, settled_on: date) -> Iterator[Segment]:
    yield ("TRN", "2", claim.patient_control_number or "0")
    action = GOES_ON if claim.is_accepted else COMES_BACK
    for first in range(0, len(claim.statuses), _MOST_STATUSES):
        some = claim.statuses[first : first + _MOST_STATUSES]
        yield _status(some, settled_on, action, claim.billed)
    for qualifier, value in (
        ("1K", claim.number),
        ("D9", claim.tracking_number),
        ("BLT", claim.bill_type),
    ):
        if value:
            yield ("REF", qualifier, value)
    yield ("DTP", "472", *_days(claim.first_on or settled_on, claim.last_on or claim.first_on or settled_on))


def _status(statuses: list[Status] | tuple[Status, ...], on: date, action: str, amount: Decimal) -> Segment:
    first, *more = map(_composite, statuses)
    unused = ("",) * 5
    return ("STC", first, format_d8(on), action, _money(amount), *unused, *more)


def _composite(status: Status) -> tuple[str, ...]:
    return status.category, status.code, status.entity


def _sender(sender: Sender) -> Segment:
    kind = "1" if sender.is_person else "2"
    return ("NM1", "41", kind, _name(sender.name), sender.first_name, "", "", "", "46", _id(sender.id))


def _billing(party: Party) -> Segment:
    kind = "1" if party.is_person else "2"
    id_kind, number = ("XX", party.npi) if party.npi else ("FI", party.tax_id)
    return ("NM1", "85", kind, _name(party.name), party.first_name, "", "", "", id_kind, _id(number))


def _patient(patient: Patient) -> Segment:
    names = _name(patient.last_name), patient.first_name, patient.middle_name, "", patient.suffix
    return ("NM1", "QC", "1", *names, "MI", _id(patient.member_id))


def _sums(sums: Sums, accepted: str, rejected: str) -> Iterator[Segment]:
    """The quantities, then the amounts, of what was accepted and of what was rejected; none of nothing."""
    if sums.accepted:
        yield ("QTY", accepted, str(sums.accepted))
    if sums.rejected:
        yield ("QTY", rejected, str(sums.rejected))
    if sums.accepted:
        yield ("AMT", "YU", _money(sums.accepted_amount))
    if sums.rejected:
        yield ("AMT", "YY", _money(sums.rejected_amount))


def _name(text: str) -> str:
    return replies.plain(text, 60) or _UNNAMED


def _id(text: str) -> str:
    """What identifies somebody, in the two characters at least that NM109 takes."""
    found = replies.plain(text, 80)
    return found if len(found) > 1 else _UNNAMED


def _days(first: date, last: date) -> tuple[str, str]:
    return ("D8", format_d8(first)) if last <= first else ("RD8", format_rd8(first, last))


def _money(amount: Decimal) -> str:
    text = f"{amount:.2f}"
    return text.rstrip("0").rstrip(".")


def _instant(now: datetime) -> tuple[str, str]:
    return format_d8(now.date()), format_time(now.time())
