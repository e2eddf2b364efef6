"""Every reason has its AAA, each in a place where the guide has that code."""

from collections.abc import Iterator

import pytest

from portico.domains.authorizations.facts.requested import Fault, Warning
from portico.domains.authorizations.facts.requested import Problem as Found
from portico.domains.authorizations.facts.shown import State
from portico.domains.members.asked import NoAnswer
from portico.edges.x12.authorizations import refusals, states
from portico.edges.x12.authorizations.answers import Loop
from portico.edges.x12.authorizations.refusals import Problem
from portico.edges.x12.authorizations.requests import Event, Name, Party, Person, Request, Service
from portico.edges.x12.guides.guide_278_response import GUIDE_278_RESPONSE, GUIDE_278_STANDING
from portico.shared.x12.grammar_parts import Element, Guide
from portico.shared.x12.grammar_parts import Loop as Part

EVENT = Event(providers=(Party(name=Name("SJ")), Party(name=Name("FA"))), services=(Service(), Service()))
PERSON = Person()


def request(*, of_dependent: bool) -> Request:
    return Request(Party(), Party(), PERSON, PERSON if of_dependent else None, EVENT)


def codes(loop: Part) -> Iterator[tuple[str, str]]:
    """The codes of AAA03 by loop."""
    for part in loop.parts:
        if isinstance(part, Part):
            yield from codes(part)
        elif part.name == "AAA":
            element = part.elements[2]
            assert isinstance(element, Element)
            yield from ((loop.name, code) for code in element.codes)


def test_every_fault_and_every_problem_has_its_line() -> None:
    assert set(refusals.FAULTS) == set(Fault)
    assert set(refusals.PROBLEMS) == set(Problem)


def test_every_state_and_every_warning_has_its_code_and_words() -> None:
    assert set(states.OF_WHOLE) == set(states.OF_SERVICE) == set(State)
    assert set(states.WARNINGS) == set(Warning)


@pytest.mark.parametrize("guide", [GUIDE_278_RESPONSE, GUIDE_278_STANDING], ids=lambda guide: guide.version)
@pytest.mark.parametrize("of_dependent", [False, True])
def test_every_code_stands_where_the_guide_has_it(guide: Guide, of_dependent: bool) -> None:
    asked, known = request(of_dependent=of_dependent), set(codes(guide.root))
    found = [Found(fault, service=2) for fault in Fault]
    found += [Found(Fault.PATIENT_NOT_FOUND, about=why) for why in NoAnswer]
    told = [one for each in found for one in refusals.of_faults([each], asked)]
    told += [one for problem in Problem for one in refusals.of_problems([problem], asked)]
    told += refusals.failed()
    assert {(one.loop.value, one.code) for one in told} <= known


def test_of_several_the_outermost_is_told() -> None:
    problems = [Problem.DATE_WRONG, Problem.MEMBER_ID_WRONG, Problem.BIRTH_DATE_WRONG]
    told = refusals.of_problems(problems, request(of_dependent=False))
    assert [(one.loop, one.code) for one in told] == [(Loop.SUBSCRIBER, "72"), (Loop.SUBSCRIBER, "71")]


def test_a_service_that_was_not_sent_is_told_of_the_event() -> None:
    (told,) = refusals.of_faults([Found(Fault.CODE_MISSING, service=3)], request(of_dependent=False))
    assert (told.loop, told.place) == (Loop.EVENT, 0)


@pytest.mark.parametrize(("fault", "place"), [(Fault.SERVICING_UNKNOWN, 1), (Fault.FACILITY_UNKNOWN, 2)])
def test_the_provider_at_fault_is_told(fault: Fault, place: int) -> None:
    (told,) = refusals.of_faults([Found(fault)], request(of_dependent=False))
    assert (told.loop, told.code, told.place) == (Loop.PROVIDER, "51", place)


def test_a_provider_named_for_a_service_alone_is_told_of_the_event() -> None:
    bare = Request(Party(), Party(), PERSON, None, Event())
    (told,) = refusals.of_faults([Found(Fault.SERVICING_UNKNOWN)], bare)
    assert (told.loop, told.code) == (Loop.EVENT, "33")
