"""A 278 request (X217): each event is taken as a request, or gives one up; how it stands then goes back."""

from collections.abc import Callable

from portico.domains.authorizations import exchanging
from portico.domains.authorizations.at_hand import FUNCTIONS
from portico.domains.authorizations.changing import NotNow, UnitsUsed, UnknownRequest
from portico.domains.authorizations.facts import requested as facts
from portico.domains.authorizations.facts.requested import Kind, NotSent, PartySent
from portico.domains.members.asked import ByFacts, Facts
from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue
from portico.edges.x12.authorizations import asking, content, questions, refusals, requested
from portico.edges.x12.authorizations.answers import Told
from portico.edges.x12.authorizations.questions import Asker, Askers, Problems
from portico.edges.x12.authorizations.refusals import Problem
from portico.edges.x12.authorizations.requests import Request
from portico.edges.x12.authorizations.sets import Set278
from portico.edges.x12.eligibility.outcomes import Failed, Refused
from portico.edges.x12.guides.guide_278_response import GUIDE_278_RESPONSE

_REQUEST = "13"
_NOBODY = ByFacts(Facts())


class Requests278(Set278):
    """One 278 request that was taken."""

    answer, purpose = GUIDE_278_RESPONSE, "11"

    def teller(self, actor: Actor) -> Callable[[Request], tuple[Told, ...]]:
        """What is told of a request of this actor."""
        askers = {function: Askers(actor, function) for function in set(FUNCTIONS.values())}

        def tell(request: Request) -> tuple[Told, ...]:
            return (self._told(actor, askers[FUNCTIONS[requested.kind_of(request.event)]], request),)

        return tell

    def _told(self, actor: Actor, askers: Askers, request: Request) -> Told:
        """What is told of one event; one that cannot be sent is asked for nobody, and so audited."""
        asker, problems = askers.of(request.requester), Problems()
        questions.check_payer(request, catalogue.identity(), problems)
        for problem in (asker.problem, None if self.header.purpose == _REQUEST else Problem.KIND_NOT_TAKEN):
            if problem:
                problems.add(problem)
        if request.event.review.certification == requested.CANCELLATION:
            return _given_up(actor, request, asker, problems)
        made = requested.make(actor, self.header, request, asker, problems)
        sent = made.request or facts.Request(made.kind, asker.tax_id, _NOBODY, PartySent(asker.npi), ())
        outcome = asking.tried(lambda: exchanging.send(actor=actor, request=sent))
        if isinstance(outcome, Refused | Failed):
            return asking.not_asked(request, asker, outcome)
        if made.problems:
            return content.refused(request, refusals.of_problems(made.problems, request))
        if isinstance(outcome, NotSent):
            return content.refused(request, refusals.of_faults(outcome.faults, request))
        answer, stands = outcome
        return content.sent(request, stands, answer.warnings, answer.reference)


def _given_up(actor: Actor, request: Request, asker: Asker, problems: Problems) -> Told:
    """What is told of an event that gives up the request of its REF*BB; one that cannot, gives up none."""
    number, member_id = questions.number_of(request.event), questions.member_id(request.subscriber, problems)
    needed = ((number, Problem.NUMBER_MISSING), (member_id, Problem.MEMBER_ID_MISSING))
    for sent, problem in needed:
        if not sent:
            problems.add(problem)
    kind, meant = requested.kind_of(request.event), "" if problems.found else number
    outcome = asking.tried(lambda: _cancelled(actor, kind, asker.tax_id, meant, member_id))
    if isinstance(outcome, Refused | Failed):
        return asking.not_asked(request, asker, outcome)
    if isinstance(outcome, Problem):
        return content.refused(request, refusals.of_problems(problems.found or [outcome], request))
    return content.sent(request, outcome.stands, (), outcome.reference)


def _cancelled(
    actor: Actor, kind: Kind, tax_id: str, number: str, member_id: str
) -> exchanging.Cancelled | Problem:
    try:
        return exchanging.cancel(actor=actor, of=kind, tax_id=tax_id, number=number, member_id=member_id)
    except UnknownRequest:
        return Problem.NUMBER_NOT_FOUND
    except (NotNow, UnitsUsed):
        return Problem.NOT_NOW
