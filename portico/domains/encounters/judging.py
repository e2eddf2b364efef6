"""Judges records by the edits, with what the plan knows and what is open to who sent them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from portico.domains.claims.edits import judging as edits
from portico.domains.claims.edits import people, spots
from portico.domains.claims.edits.codes import SPOTS, Code, Misfit
from portico.domains.claims.edits.forms import VOID
from portico.domains.claims.edits.known import CoveredSpan, Known, KnownMember, Original
from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.encounters import models
from portico.domains.encounters.records import SentRecord, Verdict, treating_npi
from portico.domains.members import covered
from portico.domains.members.covered import Covered
from portico.domains.offices import affiliated, providers
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue
from portico.shared import identifiers

_TAX_ID_DIGITS = 9


def judged(
    given: Permit, records: Sequence[SentRecord], *, tax_id: str, originals: Mapping[str, models.Encounter]
) -> list[Verdict]:
    """What is wrong with each record in itself; whether another one is the same is not asked here.

    `tax_id` is that of the submission, `originals` the encounters by number that others take the place of.
    Four queries.
    """
    chunk = _Chunk(given, records, tax_id, originals)
    return [chunk.verdict(record) for record in records]


class _Chunk:
    """What the plan knows for some records, asked once."""

    def __init__(
        self,
        given: Permit,
        records: Sequence[SentRecord],
        tax_id: str,
        originals: Mapping[str, models.Encounter],
    ) -> None:
        self._given = given
        self._tax_id = tax_id
        self._originals = originals
        self._claims = [record.claim for record in records if record.claim is not None]
        self._open: dict[tuple[str, str, str], bool] = {}
        self._known: dict[str, Known] = {}

    def verdict(self, record: SentRecord) -> Verdict:
        """What is wrong with one record, and whom and what it is about."""
        claim = record.claim
        if claim is None:
            faults = record.faults or (Misfit(Code.UNREADABLE, SPOTS["claim"]),)
            return Verdict(record, (), self._tax_id).against(*faults)
        if not self._is_tax_id_open(claim.billing.tax_id):
            alone = Verdict(record, (), self._tax_id)
            closed = spots.of_claim(claim, Code.TAX_ID_NOT_OPEN, "billing.tax_id")
            told = () if _lacks_tax_id(claim) else (closed,)
            return alone.against(*record.faults, *edits.by_itself(claim), *told)
        return self._with_known(record, claim)

    def _with_known(self, record: SentRecord, claim: SentClaim) -> Verdict:
        tax_id = claim.billing.tax_id
        known = self._for(tax_id)
        misfits = [*record.faults, *edits.judge(claim, known)]
        member = people.member(claim, known)
        line = member.line_on(claim.starts_on) if member and claim.starts_on else ""
        npi = treating_npi(claim)
        if not self._is_open(tax_id, "", npi):
            misfits.append(spots.of_claim(claim, Code.PROVIDER_NOT_OPEN, "rendering.npi"))
        knows_provider = npi in known.npis and self._is_open(tax_id, "", npi)
        found = Verdict(
            record,
            (),
            tax_id,
            provider_npi=npi if knows_provider else "",
            member_id=member.member_id if member else "",
            line=line,
        )
        return found.against(*misfits)

    def _for(self, tax_id: str) -> Known:
        """What claims of one tax ID are judged by: members and coverage show in the lines open under it
        alone. Who is covered in others only is nobody.
        """
        if tax_id not in self._known:
            members = {}
            for number, found in self._people.items():
                seen = [(each, self._member(each, tax_id)) for each in found]
                members[number] = tuple(known for held, known in seen if known.spans or not held.spans)
            self._known[tax_id] = replace(self._shared, members=members)
        return self._known[tax_id]

    def _member(self, held: Covered, tax_id: str) -> KnownMember:
        spans = (CoveredSpan(line, period) for line, period in held.spans if self._is_open(tax_id, line, ""))
        return KnownMember(
            member_id=held.member_id,
            subscriber_number=held.subscriber_number,
            last_key=held.last_key,
            first_key=held.first_key,
            birth_date=held.birth_date,
            spans=tuple(spans),
        )

    @cached_property
    def _people(self) -> Mapping[str, tuple[Covered, ...]]:
        numbers = {identifiers.compact_member_id(claim.subscriber.member_id) for claim in self._claims}
        return covered.by_number(self._given, numbers - {""})

    @cached_property
    def _shared(self) -> Known:
        npis = {npi for claim in self._claims for npi in (treating_npi(claim), claim.billing.npi) if npi}
        payer_id = catalogue.identity().payer_id
        return Known(
            received_on=self._given.actor.today,
            npis=affiliated.known(npis),
            affiliations=affiliated.periods(npis, {claim.billing.tax_id for claim in self._claims}),
            originals={
                number: _original(row)
                for number, row in self._originals.items()
                if self._is_open(row.tax_id, row.line, row.provider_npi)
            },
            payer_numbers=frozenset({payer_id} - {""}),
        )

    @cached_property
    def _same_office(self) -> frozenset[str]:
        return providers.same_office(self._tax_id)

    def _is_tax_id_open(self, tax_id: str) -> bool:
        """A person's file belongs to one office; a machine's may bring what all its tax IDs bill."""
        is_its_own = self._given.actor.machine_id is not None or tax_id in self._same_office
        return bool(tax_id) and is_its_own and self._is_open(tax_id, "", "")

    def _is_open(self, tax_id: str, line: str, npi: str) -> bool:
        key = (tax_id, line, npi)
        if key not in self._open:
            asked = Question(Function.ENCOUNTERS, tax_id, line or None, npi or None)
            self._open[key] = decide(self._given.actor, asked).allowed
        return self._open[key]


def _lacks_tax_id(claim: SentClaim) -> bool:
    """The edits of the claim by itself say so then."""
    return len(claim.billing.tax_id) != _TAX_ID_DIGITS or not claim.billing.tax_id.isdecimal()


def _original(row: models.Encounter) -> Original:
    return Original(
        number=row.number,
        tax_id=row.tax_id,
        member_id=row.member_id,
        is_in_force=row.state == models.Encounter.State.ACCEPTED and row.frequency != VOID,
    )
