"""The member ID card: what stands on it for a member covered on a day."""

from datetime import date
from uuid import UUID

from portico.domains.members import benefits, lookups, models, pcps, people, plans, visibility
from portico.domains.members.answers import Cost, Verdict
from portico.domains.members.papers import Card
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function

# X12 service types whose cost a card shows: primary care, specialist, urgent, emergency, prescriptions.
ON_THE_CARD = ("98", "3", "UC", "86", "88")
_COVERED = frozenset({Verdict.ACTIVE, Verdict.ACTIVE_IN_GRACE})


class NoCard(lookups.LookupNotFound):
    """The member is not covered on the day asked about, so there is no card; `verdict` says how."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict


def of(*, actor: Actor, lookup: UUID) -> Card:
    """The card of the member chosen in a lookup, as of the day asked about.

    Raises NoCard, lookups.LookupNotFound, lookups.NotChosen, NotPermitted.
    """
    with visibility.look(actor=actor, lookup=lookup, function=Function.ELIGIBILITY) as look:
        deciding, verdict = look.seen.deciding, look.seen.verdict
        if deciding is not None and verdict in _COVERED:
            look.given.conclude("card")
            return _card(look, deciding)
        look.given.conclude("no_card")
    raise NoCard(verdict)


def _card(look: visibility.Look, deciding: models.Coverage) -> Card:
    on, person = look.asked.as_of, people.person(look.seen.member)
    span = plans.named_spans([deciding], on=on)[0]
    pcp = pcps.on_day(look.given, look.seen.member, on=on)
    version = plans.in_force(deciding.plan_code, on=on)
    return Card(
        person=person,
        plan_name=span.plan_name,
        plan_code=span.plan_code,
        line_name=span.line_name,
        product=span.product,
        group_number=person.group_number,
        pcp_name=pcp.name if pcp else "",
        pcp_telephone=pcp.telephone if pcp else "",
        effective_on=span.period.first,
        as_of=on,
        costs=_costs(version, on) if version else (),
    )


def _costs(version: models.PlanVersion, on: date) -> tuple[tuple[str, Cost], ...]:
    by_type = {service.service_type: service for service in benefits.services(version, on=on)}
    named = ((by_type[code].name, by_type[code].in_network) for code in ON_THE_CARD if code in by_type)
    return tuple((name, cost) for name, cost in named if cost and cost.is_covered)
