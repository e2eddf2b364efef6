"""Claims written as an 837P or 837I: each under its subscriber, those of one provider below each other.

    writer.write(file, claims, form=Form.PROFESSIONAL, ends=ends, at=now, control_number=7)

A set holds 5,000 claims at most; a new one begins where claims change from payment to encounter, or another
day of writing. What facts do not hold is not written; what `reader` reads of the file is what was given.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO
from itertools import groupby, islice

from portico.domains.claims.facts.submitted import Form, OtherPayer, SentClaim
from portico.shared.x12.build import InterchangeWriter, TransactionWriter, Writable
from portico.transactions.claims import claim_codes, lines, parties
from portico.transactions.claims.ends import VERSIONS, Ends
from portico.transactions.claims.parties import day, number

MOST_CLAIMS = 5_000


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
        self._put = transaction.write
        self._form = form
        self._ends = ends
        self._level = 0
        self._provider: tuple[object, ...] | None = None
        self._provider_level = 0

    def begin(self, reference: str, *, is_encounter: bool, written_on: date, at: datetime) -> None:
        """BHT, and who sends and receives."""
        put, ends = self._put, self._ends
        put("BHT", "0019", "00", reference, day(written_on), f"{at:%H%M}", "RP" if is_encounter else "CH")
        put("NM1", "41", "2", ends.sender_name, *(None,) * 4, "46", ends.sender)
        put("PER", "IC", ends.contact, "TE", ends.telephone)
        put("NM1", "40", "2", ends.receiver_name, *(None,) * 4, "46", ends.receiver)

    def claim(self, claim: SentClaim) -> None:
        """A claim, with the levels above it that are not open."""
        if self._provider != (claim.billing, claim.pay_to):
            self._billing(claim)
        self._subscriber(claim)
        if claim.patient:
            self._patient(claim)
        self._opening(claim)
        claim_codes.write(self._put, claim)
        self._providers(claim)
        for payer in claim.other_payers:
            self._other_payer(claim, payer)
        lines.write(self._put, claim)

    def _billing(self, claim: SentClaim) -> None:
        put, billing = self._put, claim.billing
        self._provider = claim.billing, claim.pay_to
        self._level += 1
        self._provider_level = self._level
        put("HL", str(self._level), None, "20", "1")
        parties.taxonomy(put, "BI", billing)
        parties.party(put, "85", billing)
        parties.address(put, billing.address)
        parties.reference(put, "EI", billing.tax_id)
        if billing.telephone:
            put("PER", "IC", billing.contact_name, "TE", billing.telephone)
        if claim.pay_to:
            put("NM1", "87", "1" if claim.pay_to.is_person else "2")
            parties.address(put, claim.pay_to.address)

    def _subscriber(self, claim: SentClaim) -> None:
        put, told = self._put, claim.subscriber
        self._level += 1
        put("HL", str(self._level), str(self._provider_level), "22", "1" if claim.patient else "0")
        own = None if claim.patient else "18"
        put("SBR", claim.rank, own, claim.group_number, *(None,) * 5, claim.filing)
        parties.person(put, "IL", told, is_identified=True)
        parties.address(put, told.address)
        parties.birth(put, told)
        parties.party(put, "PR", claim.payer, kind="PI")
        parties.address(put, claim.payer.address)

    def _patient(self, claim: SentClaim) -> None:
        if claim.patient is None:
            return
        self._level += 1
        self._put("HL", str(self._level), str(self._level - 1), "23", "0")
        self._put("PAT", claim.patient.relationship)
        parties.person(self._put, "QC", claim.patient, is_identified=False)
        parties.address(self._put, claim.patient.address)
        parties.birth(self._put, claim.patient)

    def _opening(self, claim: SentClaim) -> None:
        put, is_professional = self._put, self._form is Form.PROFESSIONAL
        place = claim.facility, "B" if is_professional else "A", claim.frequency
        number_, billed = claim.patient_control_number, number(claim.billed)
        put("CLM", number_, billed, None, None, place, "Y" if is_professional else None, "A", "Y", "Y")
        if is_professional:
            self._dates_of_professional(claim)
        else:
            self._stay(claim)
        for qualifier, value in (
            ("9F", claim.referral_number),
            ("G1", claim.authorization_number),
            ("F8", claim.original_number),
            ("D9", claim.tracking_number),
        ):
            parties.reference(put, qualifier, value)
        if claim.note:
            put("NTE", "ADD", claim.note)

    def _dates_of_professional(self, claim: SentClaim) -> None:
        if claim.accident_on:
            self._put("DTP", "439", "D8", day(claim.accident_on))
        if claim.admitted_on:
            self._put("DTP", "435", "D8", day(claim.admitted_on))
        if claim.patient_paid is not None:
            self._put("AMT", "F5", number(claim.patient_paid))

    def _stay(self, claim: SentClaim) -> None:
        first, last = claim.starts_on, claim.ends_on
        if first and last:
            self._put("DTP", "434", "RD8", f"{day(first)}-{day(last)}")
        if claim.admitted_on:
            self._put("DTP", "435", "D8", day(claim.admitted_on))
        self._put("CL1", claim.admission_type, claim.admission_source, claim.discharge_status)

    def _providers(self, claim: SentClaim) -> None:
        """2310, in the order of the form."""
        put = self._put
        if self._form is Form.PROFESSIONAL:
            if claim.referring:
                parties.party(put, "DN", claim.referring)
            if claim.rendering:
                parties.party(put, "82", claim.rendering)
                parties.taxonomy(put, "PE", claim.rendering)
            self._service_place(claim)
            return
        if claim.attending:
            parties.party(put, "71", claim.attending)
            parties.taxonomy(put, "AT", claim.attending)
        if claim.rendering:
            parties.party(put, "82", claim.rendering)
        self._service_place(claim)
        if claim.referring:
            parties.party(put, "DN", claim.referring)

    def _service_place(self, claim: SentClaim) -> None:
        if claim.service_place:
            parties.party(self._put, "77", claim.service_place)
            parties.address(self._put, claim.service_place.address)

    def _other_payer(self, claim: SentClaim, payer: OtherPayer) -> None:
        """2320; the person insured there is told by the name of the one insured here."""
        put = self._put
        put("SBR", payer.rank, "18", *(None,) * 6, payer.filing)
        parties.adjusted(put, payer.adjustments)
        if payer.paid is not None:
            put("AMT", "D", number(payer.paid))
        put("OI", None, None, "Y", None, None, "Y")
        insured = claim.subscriber.last_name, claim.subscriber.first_name
        put("NM1", "IL", "1", *insured, None, None, None, "MI", payer.member_id)
        put("NM1", "PR", "2", payer.name, *(None,) * 4, "PI", payer.payer_number)
        if payer.paid_on:
            put("DTP", "573", "D8", day(payer.paid_on))
