"""What a 278 tells of one request: the event as it was sent or as the plan has it, and what is decided."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from portico.domains.authorizations.facts.exchanged import AsItStands
from portico.domains.authorizations.facts.requested import Problem, Warning
from portico.domains.authorizations.facts.shown import OPEN, AskedFacts, ServiceFacts, State
from portico.domains.plan import days
from portico.edges.x12.authorizations import held, states
from portico.edges.x12.authorizations.answers import Decided, Rejection, Told
from portico.edges.x12.authorizations.requests import NO_PERIOD, Event, Period, Request
from portico.shared.x12.dates import format_d8

_NUMBER_OF_TRACE = 50


def refused(request: Request, rejections: tuple[Rejection, ...], reference: str = "") -> Told:
    """A request that is not taken, or not answered."""
    return Told(request.event, rejections=rejections, reference=reference[:_NUMBER_OF_TRACE])


def sent(request: Request, stands: AsItStands, warnings: Iterable[Problem], reference: str) -> Told:
    """A request that was taken: given back as it was sent, with what was decided at once.

    Documents that it announces (PWK) are acknowledged in words: they are added in the portal.
    """
    found = tuple(warnings)
    papers = request.event.papers or any(each.papers for each in request.event.services)
    whole = _whole(stands, found)
    if papers and whole.action == states.PENDED:
        words = f"Documents are expected under number {stands.listed.number}: add them in the portal."
        whole = replace(whole, messages=(*whole.messages, words))
    if not request.event.services:
        of_services = (text for each in stands.services for text in _words_of_service(stands, each))
        whole = replace(whole, messages=(*whole.messages, *of_services))
    services = tuple(replace(each, papers=()) for each in request.event.services)
    event = replace(request.event, papers=(), services=services)
    return Told(event, whole, _decisions(event, stands, found), reference=reference)


def standing(request: Request, stands: AsItStands, reference: str) -> Told:
    """A request as the plan has it, under the trace that asked for it."""
    event = held.event(stands, request.event.traces)
    return Told(event, _whole(stands, ()), _decisions(event, stands, ()), reference=reference)


def _decisions(event: Event, stands: AsItStands, warnings: tuple[Problem, ...]) -> tuple[Decided | None, ...]:
    """What is decided of each service; an event without services of its own says it of the whole."""
    decided = [_of_service(stands, each, warnings) for each in stands.services]
    return tuple(decided[place] if place < len(decided) else None for place in range(len(event.services)))


def _whole(stands: AsItStands, warnings: tuple[Problem, ...]) -> Decided:
    listed = stands.listed
    action = _or_somebody_else(states.OF_WHOLE[listed.state], warnings)
    return Decided(
        action=action,
        number="" if action in states.UNNUMBERED else listed.number,
        administrative=listed.number if listed.state in (*OPEN, State.DENIED) else "",
        issued=_issued(listed.state, listed.decided_at),
        valid=_valid(stands.services),
        messages=tuple(_words_of_whole(stands, action, warnings)),
    )


def _of_service(stands: AsItStands, service: ServiceFacts, warnings: tuple[Problem, ...]) -> Decided:
    action = _or_somebody_else(states.OF_SERVICE[service.state], warnings)
    return Decided(
        action=action,
        number="" if action in states.UNNUMBERED else stands.listed.number,
        issued=_issued(service.state, stands.listed.decided_at),
        valid=_valid((service,)),
        messages=tuple(_words_of_service(stands, service)),
    )


def _or_somebody_else(action: str, warnings: Iterable[Problem]) -> str:
    others = action == "NA" and any(each.code is Warning.OTHER_DECIDES for each in warnings)
    return states.SOMEBODY_ELSE if others else action


def _issued(state: State, decided_at: datetime | None) -> Period:
    if decided_at is None or state in OPEN:
        return NO_PERIOD
    return Period("D8", format_d8(days.of(decided_at)))


def _valid(services: Iterable[ServiceFacts]) -> Period:
    """The days that are approved, from the first to the last."""
    firsts = [each.approved_first_on for each in services if each.state in states.APPROVED]
    lasts = [each.approved_last_on for each in services if each.state in states.APPROVED]
    first = min((day for day in firsts if day), default=None)
    last = max((day for day in lasts if day), default=None)
    return held.period(first, last) if first and last else NO_PERIOD


def _words_of_whole(stands: AsItStands, action: str, warnings: Iterable[Problem]) -> Iterator[str]:
    clock = stands.listed.clock
    if action == states.PENDED and clock.due_at:
        yield f"A decision is due by {_moment(clock.due_at)}."
    yield from _asked(stands.asked, None)
    if action != states.SOMEBODY_ELSE and (words := states.WORDS.get(stands.listed.state)):
        yield words
    for each in warnings:
        if isinstance(each.code, Warning) and not (each.code is Warning.NOT_REQUIRED and action == "NA"):
            yield " ".join(filter(None, (states.WARNINGS[each.code], each.about)))


def _words_of_service(stands: AsItStands, service: ServiceFacts) -> Iterator[str]:
    if service.state is State.PARTLY and service.approved_quantity is not None:
        yield f"Approved {held.plain(service.approved_quantity)} of {held.plain(service.quantity)}."
    if service.state in states.ADVERSE:
        yield service.reason_text
        if service.criteria:
            yield f"Criteria - {service.criteria}"
    if service.state in states.APPROVED and service.left is not None:
        yield f"Used {held.plain(service.used)}, left {held.plain(service.left)}."
    yield from _asked(stands.asked, service.position)


def _asked(asked: Iterable[AskedFacts], service: int | None) -> Iterator[str]:
    for each in asked:
        if each.service == service:
            yield f"The plan asks by {_moment(each.due_at)} - {each.text}"


def _moment(at: datetime) -> str:
    return f"{days.local(at):%Y-%m-%d %H.%M}"
