"""Claims written as an 837P or 837I: each under its subscriber, those of one provider below each other.

    writer.write(file, claims, form=Form.PROFESSIONAL, ends=ends, at=now, control_number=7)

A set holds 5,000 claims at most; a new one begins where claims change from payment to encounter, or another
day of writing. What `reader` reads of the file is what was given, what is carried beside facts included.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO
from itertools import groupby, islice

from portico.domains.claims.facts.submitted import Form, SentClaim
from portico.shared.x12.build import InterchangeWriter, TransactionWriter, Writable
from portico.transactions.claims import claim_part, lines
from portico.transactions.claims import levels_written as levels
from portico.transactions.claims.ends import VERSIONS, Ends
from portico.transactions.claims.parties import day

MOST_CLAIMS = 5_000
_OF_PROVIDER = ("2000A", "2010A")
_OF_SUBSCRIBER = ("2000B", "2010B")
_OF_PATIENT = ("2000C", "2010C")
_OF_CLAIM = ("2300", "2310")


class OtherForm(ValueError):
    """A claim of the other form stands among those to be written; `place` counts them from 1."""

    def __init__(self, place: int) -> None:
        super().__init__(f"claim {place} is of the other form")
        self.place = place


def write(
    target: Writable,
    claims: Iterable[SentClaim],
    *,
    form: Form,
    ends: Ends,
    at: datetime,
    control_number: int,
    line_end: str = "",
) -> int:
    """Writes one interchange of claims as they come; answers how many it holds.

    `at` is in the plan's time zone. A character that no value may hold becomes a space. Raises OtherForm,
    after part of the file is written.
    """
    count = 0
    isa = ends.interchange(at=at, control_number=control_number)
    with (
        InterchangeWriter(target, isa, line_end=line_end, replace_delimiters=True) as interchange,
        interchange.group(ends.group(form, at=at, control_number=control_number)) as group,
    ):
        for (is_encounter, written_on), some in _sets(claims, at.date()):
            with group.transaction("837", guide=VERSIONS[form]) as transaction:
                reference = f"{control_number}-{group.count}"
                written = _Set(transaction, form, ends)
                written.begin(reference, is_encounter=is_encounter, written_on=written_on, at=at)
                for claim in some:
                    count += 1
                    if claim.form is not form:
                        raise OtherForm(count)
                    written.claim(claim)
    return count


def one(claim: SentClaim, *, ends: Ends, at: datetime, control_number: int) -> bytes:
    """Answers an interchange of one claim."""
    target = BytesIO()
    write(target, [claim], form=claim.form, ends=ends, at=at, control_number=control_number)
    return target.getvalue()


def _sets(
    claims: Iterable[SentClaim], today: date
) -> Iterator[tuple[tuple[bool, date], Iterator[SentClaim]]]:
    for key, group in groupby(claims, key=lambda claim: (claim.is_encounter, claim.written_on or today)):
        alike = iter(group)
        while (first := next(alike, None)) is not None:
            yield key, _from(first, islice(alike, MOST_CLAIMS - 1))


def _from(first: SentClaim, rest: Iterator[SentClaim]) -> Iterator[SentClaim]:
    yield first
    yield from rest


class _Set:
    """One transaction set being written."""

    def __init__(self, transaction: TransactionWriter, form: Form, ends: Ends) -> None:
        self._write = transaction.write
        self._form = form
        self._ends = ends
        self._level = 0
        self._provider: tuple[object, ...] | None = None
        self._provider_level = 0

    def begin(self, reference: str, *, is_encounter: bool, written_on: date, at: datetime) -> None:
        """BHT, and who sends and receives."""
        put, ends = self._write, self._ends
        put("BHT", "0019", "00", reference, day(written_on), f"{at:%H%M}", "RP" if is_encounter else "CH")
        put("NM1", "41", "2", ends.sender_name, *(None,) * 4, "46", ends.sender)
        put("PER", "IC", ends.contact, "TE", ends.telephone)
        put("NM1", "40", "2", ends.receiver_name, *(None,) * 4, "46", ends.receiver)

    def claim(self, claim: SentClaim) -> None:
        """A claim, with the levels above it that are not open."""
        of_provider = _of(claim, _OF_PROVIDER)
        if self._provider != (claim.billing, claim.pay_to, of_provider):
            self._provider = claim.billing, claim.pay_to, of_provider
            self._provider_level = self._next()
            number = str(self._provider_level)
            levels.billing(self._form, number, claim).write(self._write, of_provider)
        own, above = str(self._next()), str(self._provider_level)
        levels.subscriber(self._form, own, above, claim).write(self._write, _of(claim, _OF_SUBSCRIBER))
        if claim.patient:
            number = str(self._next())
            part = levels.patient(self._form, number, own, claim.patient)
            part.write(self._write, _of(claim, _OF_PATIENT))
        rest = _of(claim, _OF_CLAIM)
        claim_part.write(self._form, claim, rest).write(self._write, rest)
        for payer in claim.other_payers:
            claim_part.other_payer(self._form, claim, payer).write(self._write, payer.carried)
        for line in claim.services:
            lines.write(self._form, claim, line).write(self._write, line.carried)

    def _next(self) -> int:
        self._level += 1
        return self._level


def _of(claim: SentClaim, loops: tuple[str, ...]) -> tuple[str, ...]:
    """What a claim carries of some loops."""
    return tuple(one for one in claim.carried if one.startswith(loops)) if claim.carried else ()
