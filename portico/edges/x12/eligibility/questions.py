"""A request becomes a question of the members domain; what is wrong with it becomes problems.

A request with a problem is asked all the same, about nobody: what it says of its patient is left out. So
whoever may not ask at all is refused, and every request leaves its one audit row.

Asked for is the tax ID that REF*TJ or NM1 names; else one under which the NPI bills today, of the actor's own
office; else the one the actor is registered with. An NPI that bills for another office is asked for that
office's tax ID, which the decision then refuses.
"""

from dataclasses import dataclass
from datetime import date

from portico.domains.members.asked import ByFacts, Facts, Inquiry
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.edges.x12 import asking_for
from portico.edges.x12.eligibility.refusals import Problem
from portico.edges.x12.eligibility.requests import Party, Period, Person, Request
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier
from portico.shared.x12 import dates

NOBODY = ByFacts(Facts())
_NPI, _TAX_IDS, _MEMBER_IDS = "XX", ("FI", "24"), ("MI", "II")

For = tuple[str, Problem | None]


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask; with problems, about nobody."""

    inquiry: Inquiry
    problems: tuple[Problem, ...] = ()


class Questions:
    """The questions of one actor's requests; each party that asks is looked up once.

    A request that names no tax ID is asked for `tax_id`, else the one the actor is registered with; one that
    names no day about `as_of`, else today.
    """

    def __init__(self, actor: Actor, *, tax_id: str = "", as_of: date | None = None) -> None:
        self._actor = actor
        self._registered = tax_id or actor.context.get("tax_id", "")
        self._default_day = as_of or actor.today
        self._known: dict[Party, For] = {}

    def of(self, request: Request) -> Question:
        """The question of one request. One query for each NPI not met before."""
        if request.receiver not in self._known:
            self._known[request.receiver] = self._for(request.receiver)
        tax_id, wrong_provider = self._known[request.receiver]
        problems = [wrong_provider] if wrong_provider else []
        as_of = self._as_of(request, problems)
        by = _by(request, problems)
        return Question(Inquiry(tax_id, as_of, NOBODY if problems else by), tuple(dict.fromkeys(problems)))

    def _for(self, receiver: Party) -> For:
        name, references = receiver.name, dict(receiver.references)
        npi = name.id if name.id_kind == _NPI else references.get("HPI")
        tax_id = references.get("TJ") or (name.id if name.id_kind in _TAX_IDS else None)
        try:
            checked_npi = None if npi is None else identifiers.parse_npi(npi)
            if tax_id is not None:
                return identifiers.parse_tax_id(tax_id), None
        except BadIdentifier:
            return "", Problem.PROVIDER_ID_WRONG
        return self._of_npi(checked_npi) if checked_npi else (self._registered, None)

    def _of_npi(self, npi: str) -> For:
        tax_id, is_own = asking_for.tax_id_of(self._actor, npi, Function.ELIGIBILITY, self._registered)
        return tax_id, None if is_own else Problem.PROVIDER_NOT_ON_FILE

    def _as_of(self, request: Request, problems: list[Problem]) -> date:
        """The day asked about: the patient's, else that of the first EQ with one; of a span its first day."""
        periods = (request.patient.asked_for, *(each.asked_for for each in request.wanted))
        sent = next((period for period in periods if period != Period()), None)
        try:
            return dates.parse_span(sent.format, sent.text)[0] if sent else self._default_day
        except dates.DateError:
            problems.append(Problem.DATE_WRONG)
            return self._default_day


def _by(request: Request, problems: list[Problem]) -> ByFacts:
    dependent = _facts(request.dependent, problems) if request.dependent else None
    person = _facts(request.subscriber, problems)
    return ByFacts(person, dependent, is_subscriber=dependent is None)


def _facts(person: Person, problems: list[Problem]) -> Facts:
    references = dict(person.references)
    return Facts(
        member_id=_member_id(person, references.get("1W", ""), problems),
        ssn=references.get("SY", ""),
        last_name=person.name.last,
        first_name=person.name.first,
        birth_date=_birth_date(person.birth, problems),
    )


def _member_id(person: Person, referred: str, problems: list[Problem]) -> str:
    sent = person.name.id if person.name.id_kind in _MEMBER_IDS else referred
    try:
        return identifiers.parse_member_id(sent) if sent else ""
    except BadIdentifier:
        problems.append(Problem.MEMBER_ID_WRONG)
        return ""


def _birth_date(sent: str, problems: list[Problem]) -> date | None:
    try:
        return dates.parse_d8(sent) if sent else None
    except dates.DateError:
        problems.append(Problem.BIRTH_DATE_WRONG)
        return None
