"""An 835 file: surveyed as a whole before anything is loaded, then read payment by payment in flat memory.

The survey refuses a file that cannot be trusted: broken envelopes, wrong counts, no 835. Whatever else is
wrong costs only the payment it stands in, and that one whole: what cannot be read, and what does not add up.

A payment of no more than MOST_HELD claims is handed out with them. Of a longer one the claims are read again
from the file, one by one (`claims`), once it is known that all of them can be and that they add up.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO
from zoneinfo import ZoneInfo

from portico.domains.claims import balance_rules, raw_835
from portico.domains.claims.facts.paid import PaidClaim, SentPayment
from portico.shared.x12 import dates, envelopes
from portico.shared.x12.bookmarks import Bookmark
from portico.shared.x12.faults import FaultCode, SyntaxFault, X12Error
from portico.shared.x12.feed import Source
from portico.shared.x12.headers import GroupHeader, InterchangeHeader
from portico.shared.x12.levels import Interchange, TransactionSet
from portico.shared.x12.limits import FEED_LIMITS
from portico.transactions.guides.guide_835 import VERSION
from portico.transactions.parts import elements
from portico.transactions.parts.elements import Segment
from portico.transactions.parts.misread import FileRefused, Misread, MisreadReason
from portico.transactions.remittances import loops
from portico.transactions.remittances.drafts import Draft

GUIDES = (VERSION, VERSION[:-2])
MOST_HELD = 1_000
_MOST_RAW = 2_000
_TOO_MUCH = Decimal(10) ** elements.MOST_DOLLARS
_IN_A_ROW = frozenset({FaultCode.EMPTY_SEGMENT, FaultCode.SEGMENT_ID_INVALID})


@dataclass(frozen=True, slots=True)
class Survey:
    """What a whole file says of itself; `as_of` is when it was written, aware."""

    sender: str
    control_numbers: tuple[str, ...]
    as_of: datetime


@dataclass(slots=True)
class Found:
    """One payment of a file.

    `claims` is None where there are more than are held. `digest` is that of its segments, whatever their
    delimiters and envelopes. `misread` says why it cannot be taken in; `payment` is None then. `bookmark` is
    its ST's, `raw` its first segments.
    """

    interchange: int
    place: int
    bookmark: Bookmark
    payment: SentPayment | None = None
    claims: tuple[PaidClaim, ...] | None = None
    claim_count: int = 0
    digest: str = ""
    end: int = 0
    misread: Misread | None = None
    raw: list[Segment] = field(default_factory=list)

    @property
    def locator(self) -> str:
        """Where the payment begins, for people."""
        said = f"segment {self.place}"
        return said if self.interchange == 1 else f"interchange {self.interchange}, {said}"


def survey(source: Source, *, zone: ZoneInfo) -> Survey:
    """Reads every envelope of the file. Raises FileRefused, which names the segment at fault."""
    faults: list[SyntaxFault] = []
    headers: list[tuple[InterchangeHeader, GroupHeader]] = []
    try:
        for interchange in envelopes.read(source, limits=FEED_LIMITS, on_fault=faults.append):
            headers += _groups(interchange)
            _refuse(faults)
    except X12Error as error:
        raise _refusal(error.fault, faults) from None
    if not headers:
        raise FileRefused("no_payments", "The file holds no 835 transaction set.")
    return Survey(
        sender=headers[0][0].sender,
        control_numbers=tuple(dict.fromkeys(isa.control_number for isa, _ in headers)),
        as_of=max(_written(isa, gs, zone) for isa, gs in headers),
    )


def payments(source: BinaryIO, *, begin: Bookmark | None = None) -> Iterator[Found]:
    """Each payment in turn, from the one bookmarked on. The file has passed its survey."""
    for transaction, faults in _transactions(source, begin):
        yield _judged(transaction, faults)


def claims(source: BinaryIO, *, begin: Bookmark, after: int = 0) -> Iterator[PaidClaim]:
    """The claims of one payment, which `payments` read without a fault, but for the first so many."""
    for transaction, _ in _transactions(source, begin):
        draft, met = Draft(transaction.group.interchange.delimiters.component), 0
        for number, segment in transaction.segments():
            met += segment[0] == "CLP"
            if segment[0] == "CLP" and met <= after:
                continue
            if met > after or not met or segment[0] == "PLB":
                claim = loops.take(draft, segment, number)
                if claim is not None:
                    yield claim
        last = draft.end()
        if last is not None:
            yield last
        return


def _transactions(
    source: BinaryIO, begin: Bookmark | None
) -> Iterator[tuple[TransactionSet, list[SyntaxFault]]]:
    faults: list[SyntaxFault] = []
    if begin is None:
        interchanges = envelopes.read(source, limits=FEED_LIMITS, on_fault=faults.append)
    else:
        interchanges = envelopes.resume(source, begin, limits=FEED_LIMITS, on_fault=faults.append)
    for interchange in interchanges:
        for transaction in interchange.transactions():
            faults.clear()
            yield transaction, faults


def _judged(transaction: TransactionSet, faults: list[SyntaxFault]) -> Found:
    found = Found(transaction.group.interchange.place, transaction.number, transaction.bookmark())
    try:
        _read(found, transaction)
        if faults:
            raise Misread(MisreadReason.SEGMENT_UNEXPECTED, faults[0].segment_number)
    except Misread as misread:
        found.misread, found.payment, found.claims = misread, None, None
        transaction.skip()
    found.end = transaction.bookmark().offset
    return found


def _read(found: Found, transaction: TransactionSet) -> None:
    """Raises Misread."""
    draft = Draft(transaction.group.interchange.delimiters.component)
    held: list[PaidClaim] = []
    billed, paid, digest = Decimal("0.00"), Decimal("0.00"), hashlib.sha256()
    for number, segment in transaction.segments():
        digest.update(raw_835.of_segment(segment))
        if len(found.raw) < _MOST_RAW:
            found.raw.append(segment)
        claim = loops.take(draft, segment, number)
        if claim is not None:
            paid += _checked(claim)
            billed += claim.billed
            found.claim_count += 1
            if found.claim_count <= MOST_HELD:
                held.append(claim)
            else:
                held.clear()
    last = draft.end()
    if last is not None:
        paid += _checked(last)
        billed += last.billed
        found.claim_count += 1
        held.append(last)
    found.payment = draft.payment(found.place)
    if abs(billed) >= _TOO_MUCH:
        raise Misread(MisreadReason.AMOUNT_WRONG, found.place, "What its claims bill together")
    _check_total(found.payment, paid, found.place)
    found.digest = digest.hexdigest()
    found.claims = tuple(held) if found.claim_count <= MOST_HELD else None


def _checked(claim: PaidClaim) -> Decimal:
    """What the claim was paid. Raises Misread where it does not add up."""
    for service in claim.services:
        gap = balance_rules.service_gap(service)
        if gap:
            about = f"Line {service.number} of {_named(claim)} is out by {gap:,}"
            raise Misread(MisreadReason.SERVICE_OUT_OF_BALANCE, service.place, about)
    gap = balance_rules.claim_gap(claim)
    if gap:
        about = f"{_named(claim).capitalize()} is out by {gap:,}"
        raise Misread(MisreadReason.CLAIM_OUT_OF_BALANCE, claim.place, about)
    return claim.paid


def _check_total(payment: SentPayment, paid: Decimal, place: int) -> None:
    gap = balance_rules.payment_gap(payment, paid)
    if gap:
        raise Misread(MisreadReason.PAYMENT_OUT_OF_BALANCE, place, f"The payment is out by {gap:,}")


def _named(claim: PaidClaim) -> str:
    """A claim by the plan's number for it, where that looks like one."""
    number = claim.claim_number
    is_plain = len(number) <= 20 and number.isascii() and number.replace("-", "").isalnum()
    return f"claim {number}" if is_plain else "a claim"


def _groups(interchange: Interchange) -> Iterator[tuple[InterchangeHeader, GroupHeader]]:
    for group in interchange.groups():
        is_835 = group.header.functional_id == "HP" and group.header.version in GUIDES
        if not is_835 or any(found.header.code != "835" for found in group.transactions()):
            raise _not_835(interchange.place, group.header)
        yield interchange.header, group.header


def _not_835(place: int, header: GroupHeader) -> FileRefused:
    said = (
        f"The group says {header.functional_id} {header.version}"
        if place == 1
        else f"Interchange {place} differs"
    )
    words = f"This is no 835 of guide {GUIDES[0]}. {said}; an 835 says HP {GUIDES[0]}."
    return FileRefused("not_an_835", words)


def _refuse(faults: list[SyntaxFault]) -> None:
    """A segment that is none costs one payment; anything else wrong with the envelopes costs the file."""
    for fault in faults:
        if fault.code not in _IN_A_ROW:
            raise _refusal(fault, faults)


def _refusal(fault: SyntaxFault, faults: list[SyntaxFault]) -> FileRefused:
    words = f"Nothing was loaded. At {fault.where}: {fault.message}."
    stray = next((found for found in faults if found.code in _IN_A_ROW), None)
    if stray is not None and stray is not fault:
        words += f" Look at segment {stray.segment_number} first: a delimiter may stand in a value there."
    return FileRefused("broken_envelope", words)


def _written(isa: InterchangeHeader, gs: GroupHeader, zone: ZoneInfo) -> datetime:
    try:
        return datetime.combine(_day(isa, gs), dates.parse_time(gs.time or isa.time), tzinfo=zone)
    except dates.DateError:
        raise FileRefused("file_date_wrong", "GS04 and GS05 do not say when the file was written.") from None


def _day(isa: InterchangeHeader, gs: GroupHeader) -> date:
    try:
        return dates.parse_d8(gs.date)
    except dates.DateError:
        return dates.parse_d6(isa.date)
