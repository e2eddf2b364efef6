"""A 278 inquiry (X215): how the requests stand that each event means, each an event of its own."""

from collections.abc import Callable

from portico.domains.authorizations import exchanging
from portico.domains.authorizations.asked import Asked, NothingFound
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue
from portico.edges.x12.authorizations import asking, content, questions, refusals
from portico.edges.x12.authorizations.answers import Told
from portico.edges.x12.authorizations.questions import Askers, Problems
from portico.edges.x12.authorizations.refusals import Problem
from portico.edges.x12.authorizations.requests import Request
from portico.edges.x12.authorizations.sets import Set278
from portico.edges.x12.eligibility.outcomes import Failed, Refused
from portico.edges.x12.guides.guide_278_response import GUIDE_278_STANDING

MOST = 10


class Inquiries278(Set278):
    """One 278 inquiry that was taken."""

    answer, purpose = GUIDE_278_STANDING, "49"

    def teller(self, actor: Actor) -> Callable[[Request], tuple[Told, ...]]:
        """What is told of a request of this actor."""
        askers = Askers(actor, Function.AUTHORIZATION_INQUIRY)
        return lambda request: _told(actor, askers, request)


def _told(actor: Actor, askers: Askers, request: Request) -> tuple[Told, ...]:
    """What is told of one event; one that cannot be asked about is asked about nobody, and so audited."""
    asker, problems = askers.of(request.requester), Problems()
    questions.check_payer(request, catalogue.identity(), problems)
    if asker.problem:
        problems.add(asker.problem)
    asked = questions.inquiry(request, asker.tax_id, problems)
    if not asked.names_somebody:
        problems.add(Problem.MEMBER_ID_MISSING)
    if problems.found:
        asked = Asked(asker.tax_id)
    outcome = asking.tried(lambda: exchanging.of(actor=actor, asked=asked, most=MOST))
    if isinstance(outcome, Refused | Failed):
        return (asking.not_asked(request, asker, outcome),)
    if problems.found:
        return (content.refused(request, refusals.of_problems(problems.found, request)),)
    if isinstance(outcome, NothingFound):
        by_number = bool(questions.number_of(request.event))
        nothing = Problem.NUMBER_NOT_FOUND if by_number else Problem.NOTHING_FOUND
        return (content.refused(request, refusals.of_problems([nothing], request)),)
    return tuple(content.standing(request, stands, outcome.reference) for stands in outcome.found)
