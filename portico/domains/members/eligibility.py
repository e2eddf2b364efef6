"""Whether a person is covered on a day, by what, and who the PCP is."""

from uuid import UUID

from portico.domains.members import lookups, models, pcps, people, plans, search, visibility
from portico.domains.members.answers import EligibilityAnswer, Found
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed


def of(*, actor: Actor, lookup: UUID) -> EligibilityAnswer:
    """The answer for the person chosen in a lookup, decided anew each time.

    Raises lookups.LookupNotFound (also when the person is no longer to be seen), lookups.NotChosen,
    NotPermitted.
    """
    with visibility.look(actor=actor, lookup=lookup, function=Function.ELIGIBILITY) as look:
        _keep_line(look)
        look.given.conclude(look.seen.verdict)
        return answer(look.given, look.seen, lookup=lookup)


def candidates(*, actor: Actor, lookup: UUID) -> Found:
    """Who a lookup found, each with the verdict of now, to choose among.

    Raises lookups.LookupNotFound, NotPermitted.
    """
    row = lookups.owned(actor, lookup)
    with permit(actor, Function.ELIGIBILITY, tax_id=row.tax_id, line=row.line or None) as given:
        members = {member.pk: member for member in models.Member.objects.filter(pk__in=row.found)}
        ordered = [members[number] for number in row.found if number in members]
        shown = visibility.seen(given, ordered, on=row.as_of)
        for seen in shown:
            given.note_subject("member", seen.member.member_id)
        given.conclude("several")
        places = {number: place for place, number in enumerate(row.found)}
        offered = tuple(search.candidate(places[seen.member.pk], seen) for seen in shown)
    return Found(lookup, offered, chosen=row.chosen_id is not None)


def answer(given: Permit, seen: visibility.Seen, *, lookup: UUID | None = None) -> EligibilityAnswer:
    """The answer for someone seen through an open permit. At most seven queries."""
    named = plans.named_spans(seen.spans, on=seen.as_of)
    deciding = None if seen.deciding is None else named[seen.spans.index(seen.deciding)]
    return EligibilityAnswer(
        lookup=lookup,
        person=people.person(seen.member),
        as_of=seen.as_of,
        asked_at=given.actor.asked_at,
        verdict=seen.verdict,
        coverage=deciding,
        others=tuple(span for span in named if span is not deciding),
        pcp=pcps.on_day(given, seen.member, on=seen.as_of),
        data_as_of=freshness.of().get(Feed.ENROLMENT),
        reference=given.reference,
        tax_id=given.question.tax_id or "",
    )


def _keep_line(look: visibility.Look) -> None:
    """The line that decides may change with a load; what is asked next about this person follows it."""
    if look.seen.line != look.asked.decided_line:
        models.Lookup.objects.filter(pk=look.asked.id).update(decided_line=look.seen.line)
