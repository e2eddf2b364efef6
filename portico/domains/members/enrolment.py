"""Loads an enrolment feed: who the people are, what covers them, who their PCP is, who else pays.

A chunk is one permit and one transaction: its rows, the way back, the results and the place in the file
commit together, so a load that is killed goes on with nothing lost and nothing done twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Settle
from portico.domains.jobs.rules import RowOutcome
from portico.domains.members import (
    coverage_rules,
    enrolment_people,
    enrolment_rows,
    enrolment_writing,
    identity_rules,
    models,
    pcp_rules,
    retroactive,
)
from portico.domains.members.coverage_rules import Span
from portico.domains.members.enrolment_facts import CannotApply, RowReason, SentMember
from portico.domains.members.enrolment_people import People, Person
from portico.domains.members.identity_rules import Identity
from portico.domains.offices import provider_file
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed

_CODE_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a whole file: the line of a coverage without a plan code, and when the file was
    written.
    """

    default_line: str
    as_of: datetime
    file_day: date


def load(
    *,
    actor: Actor,
    leased: Leased,
    members: Sequence[SentMember],
    terms: Terms,
    settle: Settle,
    is_last: bool = False,
) -> None:
    """Apply a chunk of members in the order of the file.

    `settle` is called with the fate of each, in the transaction: it notes results and checkpoints the
    job. Raises NotPermitted, and what `settle` raises; then nothing of the chunk counts.
    """
    with permit(actor, Function.LOADING) as given:
        people = enrolment_people.known_to(members)
        work = _Chunk(people, terms, _lines(), _tax_ids(members, actor.today))
        fates = [work.apply(sent) for sent in members]
        enrolment_writing.write(leased, people.all, now=actor.asked_at)
        changed = [p.id for p in people.all if p.id is not None and p.before and p.spans != p.spans_before]
        if changed:
            retroactive.note_retroactive_change(given, changed)
        if is_last:
            freshness.note(given, feed=Feed.ENROLMENT, as_of=terms.as_of)
        settle(given, fates)
        given.conclude("loaded")


def _lines() -> Mapping[str, str]:
    return {plan.code: plan.line_id for plan in models.BenefitPlan.objects.all()}


def _tax_ids(members: Sequence[SentMember], on: date) -> Mapping[str, str]:
    pcps = (coverage.pcp for sent in members for coverage in sent.coverages)
    return provider_file.only_tax_id({pcp.npi for pcp in pcps if pcp and pcp.npi and not pcp.tax_id}, on=on)


class _Chunk:
    """Members applied one after the other to the people in memory."""

    def __init__(
        self, people: People, terms: Terms, lines: Mapping[str, str], tax_ids: Mapping[str, str]
    ) -> None:
        self._people = people
        self._terms = terms
        self._lines = lines
        self._tax_ids = tax_ids

    def apply(self, sent: SentMember) -> Fate:
        """What became of one member; a row that cannot be applied changes nothing."""
        try:
            return self._apply(sent)
        except CannotApply as error:
            return Fate(sent.place, RowOutcome.QUARANTINED, (error.reason,), error.place, _about(sent, error))

    def _apply(self, sent: SentMember) -> Fate:
        identity = enrolment_rows.identity(sent)
        person = self._find(sent, identity)
        spans = coverage_rules.after(
            person.spans if person else (), sent, lines=self._lines, default_line=self._terms.default_line
        )
        remarks = [*sent.remarks, *spans.remarks]
        if person is None and self._is_second_subscriber(sent):
            remarks.append(RowReason.SUBSCRIBER_NUMBER_SHARED)
        touched = self._keep(person, sent, identity, spans.spans)
        if remarks:
            return Fate(sent.place, RowOutcome.FLAGGED, tuple(remarks), sent.place)
        return Fate(sent.place, RowOutcome.ACCEPTED if touched else RowOutcome.UNCHANGED)

    def _keep(
        self, person: Person | None, sent: SentMember, identity: Identity, spans: tuple[Span, ...]
    ) -> bool:
        """Put what was decided into memory; answers whether anything is different."""
        held = person.row if person else None
        member_id = "" if held else self._id_for(sent)
        row = enrolment_rows.after(held, sent, identity, member_id=member_id)
        pcps = pcp_rules.after(
            person.pcps if person else (), sent, file_day=self._terms.file_day, tax_ids=self._tax_ids
        )
        others = enrolment_rows.others_after(person, sent)
        if person is None:
            self._people.add(Person(row=row, spans=spans, pcps=pcps, others=others))
            return True
        if (person.row, person.spans, person.pcps, person.others) == (row, spans, pcps, others):
            return False
        self._people.move(person, row["subscriber_number"])
        person.row, person.spans, person.pcps, person.others = row, spans, pcps, others
        return True

    def _find(self, sent: SentMember, identity: Identity) -> Person | None:
        if sent.own_id:
            person = self._people.by_id.get(sent.own_id)
            if person and sent.prior is None and identity_rules.contradicts(person.identity, identity):
                raise CannotApply(RowReason.MEMBER_ID_OF_ANOTHER, sent.place)
            return person
        held = self._people.of_policy(sent.subscriber_number)
        prior = enrolment_rows.prior_identity(sent)
        found = identity_rules.best_match([person.identity for person in held], identity, prior)
        if len(found) > 1:
            raise CannotApply(RowReason.SEVERAL_PEOPLE_MATCH, sent.place)
        return held[found[0]] if found else None

    def _id_for(self, sent: SentMember) -> str:
        tried = identity_rules.ids_to_try(
            sent.subscriber_number, is_self=sent.is_subscriber, taken=self._people.by_id
        )
        return sent.own_id or next(iter(tried))

    def _is_second_subscriber(self, sent: SentMember) -> bool:
        held = self._people.of_policy(sent.subscriber_number)
        return sent.is_subscriber and any(person.identity.is_self for person in held)


def _about(sent: SentMember, error: CannotApply) -> str:
    """The plan code nobody knows, where it looks like one; no other value is repeated."""
    if error.reason is not RowReason.UNKNOWN_PLAN_CODE:
        return ""
    code = next(coverage.plan_code for coverage in sent.coverages if coverage.place == error.place)
    return code if len(code) <= _CODE_LENGTH and code.isalnum() and code.isascii() else ""
