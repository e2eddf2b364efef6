"""The job that loads an 837: surveyed as a whole, then a permit and a transaction for each chunk."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from portico.domains.claims import submission_loading
from portico.domains.claims.loading_reasons import ClaimReason
from portico.domains.claims.submission_loading import Submitted
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate
from portico.domains.permits.permit import Permit
from portico.domains.plan import days
from portico.edges.loaders import handling
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.refusals import FeedRefused, RefusalCode
from portico.edges.loaders.settling import Books, RowRead
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier
from portico.shared.x12.faults import SyntaxFault
from portico.shared.x12.grammar_faults import ElementCode, SegmentCode
from portico.transactions.claims import reader
from portico.transactions.claims.records import Noted, Place, ReadClaim
from portico.transactions.claims.survey import survey
from portico.transactions.parts.misread import FileRefused

Rows = list[RowRead[Submitted]]

_ELEMENTS = {
    ElementCode.MISSING: ReadReason.VALUE_MISSING,
    ElementCode.CONDITIONALLY_MISSING: ReadReason.VALUE_MISSING,
    ElementCode.TOO_LONG: ReadReason.VALUE_TOO_LONG,
    ElementCode.TOO_MANY_COMPONENTS: ReadReason.TOO_MANY_ELEMENTS,
    ElementCode.DATE: ReadReason.DATE_WRONG,
    ElementCode.CHARACTER: ReadReason.AMOUNT_WRONG,
}


class Handler:
    """Loads one staged 837; `watch` is told bytes done, of how many."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        self.watch = watch

    def run(self, leased: Leased) -> None:
        """Load the file from where the job stands.

        Raises CannotDo where it is refused, LeaseLost, Stopping.
        """
        with handling.opened(leased) as source:
            _Load(leased, source, _as_of(leased, source), self.watch).run()


class _Load:
    """One run over a file."""

    def __init__(self, leased: Leased, source: BinaryIO, as_of: datetime, watch: handling.Watch) -> None:
        self._leased = leased
        self._source = source
        self._as_of = as_of
        self._watch = watch
        self._size = source.seek(0, 2)
        self._books = Books(leased, total=self._size)
        self._position = int(leased.cursor.get("position", 0))
        self._strays: list[SyntaxFault] = []
        self._ended: list[int] = leased.cursor.get("ended", [0, 0])

    def run(self) -> None:
        """Chunk after chunk; the last one closes the books."""
        at = self._leased.cursor.get("at")
        begin = Place.from_json(at) if at else None
        rows: Rows = []
        latest: ReadClaim | None = None
        for claim in reader.read(self._source, begin, on_fault=self._strays.append):
            if len(rows) >= handling.CHUNK and latest is not None:
                self._load(rows, latest.bookmark())
                rows = []
            self._position += 1
            if self._books.wants(self._position):
                rows.append(self._read(claim))
            latest = claim
            self._ended = [claim.interchange, claim.segments[-1][0]]
        self._load(rows, None)

    def _read(self, claim: ReadClaim) -> RowRead[Submitted]:
        sent: Submitted | BadRow
        try:
            self._check_strays(claim)
            sent = submitted(claim, self._as_of)
        except BadRow as error:
            sent = error
        raw = [segment for _, segment in (*claim.above, *claim.segments)]
        return RowRead(self._position, _located(claim), raw, sent)

    def _check_strays(self, claim: ReadClaim) -> None:
        """A segment that is none, after the claim before, costs this one. Raises BadRow."""
        strays = [f for f in self._strays if [f.interchange, f.segment_number] > self._ended]
        self._strays.clear()
        if strays:
            raise BadRow(ReadReason.SEGMENT_UNEXPECTED, strays[0].segment_number)

    def _load(self, rows: Rows, going_on: Place | None) -> None:
        submission_loading.load(
            actor=self._leased.actor(handling.LOADER),
            leased=self._leased,
            rows=[row.sent for row in rows if isinstance(row.sent, Submitted)],
            as_of=self._as_of,
            settle=partial(self._settle, rows, going_on),
            is_last=going_on is None,
        )
        self._watch(going_on.subscriber.offset if going_on else self._size, self._size)

    def _settle(self, rows: Rows, going_on: Place | None, given: Permit, fates: Sequence[Fate]) -> None:
        del given
        cursor: dict[str, Any] = {
            **self._leased.cursor,
            "as_of": self._as_of.isoformat(),
            "position": self._position,
            "ended": self._ended,
        }
        if going_on is not None:
            cursor["at"] = going_on.as_json()
            self._books.settle(rows, fates, cursor=cursor, done=going_on.subscriber.offset)
            return
        self._books.settle(rows, fates, cursor=cursor, done=self._size)
        self._books.close()


def submitted(claim: ReadClaim, as_of: datetime) -> Submitted:
    """The claim as it is taken in; it came in when it was written, at the latest with the file.

    Raises BadRow.
    """
    if len(claim.segments) >= reader.MOST_SEGMENTS:
        raise BadRow(ReadReason.TOO_MANY_SEGMENTS, claim.place)
    for noted in claim.costly:
        raise _bad(noted)
    sent = claim.sent
    if sent is None:
        raise BadRow(ReadReason.AMOUNT_WRONG, claim.place, "CLM02")
    _check_identifiers(claim)
    faults = claim.faults
    return Submitted(
        sent=sent,
        received_on=min(sent.written_on or as_of.date(), as_of.date()),
        remarks=(ClaimReason.GUIDE_NOT_FOLLOWED,) if faults else (),
        remarked=", ".join(dict.fromkeys(noted.about for noted in faults))[:60],
    )


def _check_identifiers(claim: ReadClaim) -> None:
    """The numbers by which member, office and provider are found. Raises BadRow."""
    sent = claim.sent
    if sent is None:
        return
    member_id, tax_id = sent.subscriber.member_id, sent.billing.tax_id
    try:
        identifiers.parse_member_id(member_id)
    except BadIdentifier:
        raise BadRow(ReadReason.MEMBER_ID_FORMAT, _where(claim, member_id), "NM109") from None
    if not tax_id:
        raise BadRow(ReadReason.IDENTIFIER_WRONG, claim.place, "The billing provider's REF*EI")
    named = (sent.billing, sent.rendering, *(line.rendering for line in sent.services))
    for npi in dict.fromkeys(party.npi for party in named if party and party.npi):
        try:
            identifiers.parse_npi(npi)
        except BadIdentifier:
            raise BadRow(ReadReason.IDENTIFIER_WRONG, _where(claim, npi), "NM109") from None


def _where(claim: ReadClaim, identifier: str) -> int:
    """The segment that names a party by this identifier, else the claim's own."""
    segments = (*claim.above, *claim.segments)
    named = (number for number, segment in segments if segment[0] == "NM1" and identifier in segment[9:10])
    return next(named, claim.place)


def _bad(noted: Noted) -> BadRow:
    inside = noted.fault.inside
    if inside is not None:
        reason = _ELEMENTS.get(inside.code, ReadReason.VALUE_NOT_KNOWN)
    elif noted.fault.code is SegmentCode.MISSING:
        reason = ReadReason.VALUE_MISSING
    else:
        reason = ReadReason.SEGMENT_UNEXPECTED
    return BadRow(reason, noted.place, noted.about)


def _located(claim: ReadClaim) -> str:
    said = f"segment {claim.place}"
    return said if claim.interchange == 1 else f"interchange {claim.interchange}, {said}"


def _as_of(leased: Leased, source: BinaryIO) -> datetime:
    """When the file was written: surveyed once, then carried in the cursor. Raises FeedRefused."""
    told, zone = leased.cursor.get("as_of"), days.zone()
    if told is not None:
        return datetime.fromisoformat(told).astimezone(zone)
    source.seek(0)
    try:
        return survey(handling.Kept(source, leased), zone=zone).as_of
    except FileRefused as refused:
        raise FeedRefused(RefusalCode(refused.code), refused.words) from None
