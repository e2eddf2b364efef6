"""What a 278 says, as values of the domain: who asks under which tax ID, whom it is about, days, quantities.

The tax ID is the one sent (REF*EI, or NM108 24); else one that the NPI bills under, of those the actor's
office has; else the one the partner is registered with. What is wrong becomes problems, the first of which
the answer tells.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from portico.domains.authorizations.asked import Asked
from portico.domains.members.asked import ByFacts, Facts
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.plan.catalogue import Identity
from portico.edges.x12 import asking_for
from portico.edges.x12.authorizations.refusals import Problem
from portico.edges.x12.authorizations.requests import (
    ADMINISTRATIVE,
    NO_PERIOD,
    REVIEWED_BEFORE,
    Event,
    Party,
    Period,
    Person,
    Request,
)
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier
from portico.shared.x12 import dates

_NPI, _TAX_ID, _OWN_TAX_ID, _MEMBER_IDS, _PAYER = "XX", "24", "EI", ("MI", "II"), "PI"
_SHAPE = re.compile(r"[0-9]{10}")
_EVENT, _ADMITTED, _DISCHARGED = "AAH", "435", "096"

Span = tuple[date, date]


@dataclass(slots=True)
class Problems:
    """What is wrong with a request, in the order in which it was met."""

    found: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Takes a problem; twice counts once."""
        if problem not in self.found:
            self.found.append(problem)


@dataclass(frozen=True, slots=True)
class Asker:
    """Under which tax ID somebody asks, and the NPI sent, empty where there was none."""

    tax_id: str
    npi: str = ""
    problem: Problem | None = None


class Askers:
    """Who asks, of one actor's requests; each is looked up once."""

    def __init__(self, actor: Actor, function: Function) -> None:
        self._actor, self._function = actor, function
        self._registered = actor.context.get("tax_id", "")
        self._known: dict[Party, Asker] = {}

    def of(self, party: Party) -> Asker:
        """Who asks. One query for each NPI not met before."""
        if party not in self._known:
            self._known[party] = self._looked_up(party)
        return self._known[party]

    def _looked_up(self, party: Party) -> Asker:
        name = party.name
        own = dict(party.references).get(_OWN_TAX_ID) or (name.id if name.id_kind == _TAX_ID else "")
        try:
            npi = _ten_digits(name.id) if name.id_kind == _NPI else ""
            if own:
                return Asker(identifiers.parse_tax_id(own), npi)
        except BadIdentifier:
            return Asker(self._registered, problem=Problem.PROVIDER_ID_WRONG)
        if not npi:
            return Asker(self._registered)
        tax_id, is_own = asking_for.tax_id_of(self._actor, npi, self._function, self._registered)
        return Asker(tax_id, npi, None if is_own else Problem.PROVIDER_NOT_ON_FILE)


def check_payer(request: Request, plan: Identity, problems: Problems) -> None:
    """Is it our plan that is asked, where it is named by payer ID?"""
    name = request.source.name
    if name.id_kind == _PAYER and plan.payer_id and name.id.upper() != plan.payer_id.upper():
        problems.add(Problem.PAYER_WRONG)


def whom(request: Request, problems: Problems) -> ByFacts:
    """The patient, by all that was sent."""
    dependent = _facts(request.dependent, problems) if request.dependent else None
    return ByFacts(_facts(request.subscriber, problems), dependent, is_subscriber=dependent is None)


def inquiry(request: Request, tax_id: str, problems: Problems) -> Asked:
    """Which requests an inquiry means: those of the patient, of that number, on these days."""
    event = request.event
    person = _facts(request.patient, problems)
    subscriber = person if request.patient is request.subscriber else _facts(request.subscriber, problems)
    days = None if number_of(event) else span(event.date(_EVENT), problems) or stay(event, problems)
    first_on, last_on = days or (None, None)
    return Asked(
        tax_id,
        member_id=subscriber.member_id,
        last_name="" if person.birth_date is None else person.last_name,
        first_name=person.first_name,
        birth_date=person.birth_date,
        number=number_of(event),
        first_on=first_on,
        last_on=last_on,
    )


def number_of(event: Event) -> str:
    """The plan's number that an event names, as it is kept; empty where it names none."""
    sent = event.reference(REVIEWED_BEFORE) or event.reference(ADMINISTRATIVE)
    return "".join(sent.split()).upper()


def span(sent: Period, problems: Problems) -> Span | None:
    """A day or two; None where none was sent, or what was sent is none."""
    if sent == NO_PERIOD:
        return None
    try:
        first, last = dates.parse_span(sent.format, sent.text)
    except dates.DateError:
        problems.add(Problem.DATE_WRONG)
        return None
    if last < first:
        problems.add(Problem.DATE_WRONG)
    return first, last


def stay(event: Event, problems: Problems) -> Span | None:
    """From the admission to the discharge, or the day of admission alone."""
    admitted = span(event.date(_ADMITTED), problems)
    discharged = span(event.date(_DISCHARGED), problems)
    if admitted is None:
        return None
    return admitted[0], max(admitted[1], discharged[1] if discharged else admitted[1])


def member_id(person: Person, problems: Problems) -> str:
    """The member ID sent, checked; empty where none was sent or it cannot be one."""
    sent = person.name.id if person.name.id_kind in _MEMBER_IDS else ""
    try:
        return identifiers.parse_member_id(sent) if sent else ""
    except BadIdentifier:
        problems.add(Problem.MEMBER_ID_WRONG)
        return ""


def npi_of(providers: Iterable[Party], roles: Iterable[str], problems: Problems) -> Party | None:
    """The first provider of the first of these roles there is; one without a sound NPI is a problem."""
    by_role = {each.name.role: each for each in reversed(list(providers))}
    found = next((by_role[role] for role in roles if role in by_role), None)
    if found is None:
        return None
    try:
        _ten_digits(found.name.id if found.name.id_kind == _NPI else "")
    except BadIdentifier:
        problems.add(Problem.SERVICING_ID_WRONG)
    return found


def _ten_digits(sent: str) -> str:
    """An NPI by its shape: who bears it is the provider file's to say. Raises BadIdentifier."""
    if not _SHAPE.fullmatch(sent):
        raise BadIdentifier("npi_format", "An NPI has ten digits.")
    return sent


def _facts(person: Person, problems: Problems) -> Facts:
    return Facts(
        member_id=member_id(person, problems),
        last_name=person.name.last,
        first_name=person.name.first,
        birth_date=_birth_date(person.birth, problems),
    )


def _birth_date(sent: str, problems: Problems) -> date | None:
    try:
        return dates.parse_d8(sent) if sent else None
    except dates.DateError:
        problems.add(Problem.BIRTH_DATE_WRONG)
        return None
