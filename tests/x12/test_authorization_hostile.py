"""278s made to hurt: TA1, 999 or AAA, in bounded time and memory, and nothing kept of what is refused."""

import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portico.domains.authorizations import models
from portico.edges.x12 import exchange, judging
from portico.edges.x12.authorizations.reader import Sent
from portico.edges.x12.exchange import Kind
from portico.edges.x12.guides.guide_278_request import GUIDE_278_INQUIRY, GUIDE_278_REQUEST
from tests.support import patients
from tests.support.actors import NOW
from tests.support.cast import OWN
from tests.support.doors import x12_authorizations as door
from tests.support.doors.x12_authorizations import Sought, Wanted
from tests.x12 import authorizations_278 as partners
from tests.x12 import claims_276

ZEPHYRINE = Sought(patients.ZEPHYRINE, "QUILLFEATHER")
GUIDES = (GUIDE_278_REQUEST, GUIDE_278_INQUIRY)


def request(services: int = 2, **said: Any) -> str:
    """A request of our office."""
    told = {"tax_id": OWN, "requester": patients.NPI, "servicing": patients.NPI, "number": 77, **said}
    return door.request(partners.SENDER, ZEPHYRINE, (Wanted(),) * services, **told)


def inquiry() -> str:
    """An inquiry of our office."""
    return door.inquiry(partners.SENDER, ZEPHYRINE, tax_id=OWN)


def changed(payload: str, was: str, now: str) -> str:
    """The interchange with SE01 counted anew."""
    assert was in payload
    lines = payload.replace(was, now).split("~")
    first = next(place for place, line in enumerate(lines) if line.startswith("ST*"))
    last = next(place for place, line in enumerate(lines) if line.startswith("SE*"))
    lines[last] = f"SE*{last - first + 1}*0001"
    return "~".join(lines)


HOSTILE = {
    "an answer instead of a request": ("BHT*0007*13*SENT-1", "BHT*0007*11*SENT-1"),
    "another structure": ("BHT*0007", "BHT*0022"),
    "a service without an event": ("HL*4*3*EV*1", "HL*4*3*SS*0"),
    "an event above the plan": ("HL*1**20*1", "HL*1**EV*1"),
    "a level that is its own parent": ("HL*4*3*EV*1", "HL*4*4*EV*1"),
    "an unknown level": ("HL*4*3*EV*1", "HL*4*3*ZZ*1"),
    "two subscribers' names": ("HL*4*3*EV*1", "NM1*IL*1*OTHER~HL*4*3*EV*1"),
    "no review": ("UM*HS*I**11:B~", ""),
    "an unknown category": ("UM*HS*I", "UM*ZZ*I"),
    "a day that is none": ("DTP*472*RD8*20260316-20260316", "DTP*472*D8*20260231"),
    "a quantity of letters": ("SV1*HC:70551**UN*1", "SV1*HC:70551**UN*ONE"),
    "a quantity with an exponent": ("SV1*HC:70551**UN*1", "SV1*HC:70551**UN*1E99"),
    "a code without end": ("HC:70551", "HC:" + "9" * 5_000),
    "thirteen diagnoses": ("HI*ABK:M542", "HI*" + "*".join(["ABK:M542"] * 13)),
    "a name without end": ("QUILLFEATHER", "Q" * 5_000),
    "a segment of another guide": ("UM*HS*I**11:B~", "UM*HS*I**11:B~CLM*1*1~"),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.django_db
def test_what_fits_no_guide_gets_a_999_and_keeps_nothing(name: str) -> None:
    claims_276.a_world()
    payload = changed(request(), *HOSTILE[name])
    reply = exchange.answer(payload.encode(), actor=partners.partner(), now=NOW)
    assert reply.kind is Kind.ACKNOWLEDGEMENT
    content = reply.write(7)
    assert b"~IK5*R" in content
    assert b"QQQ" not in content
    assert models.Authorization.objects.count() == 0


@pytest.mark.django_db
def test_an_interchange_cut_off_gets_a_ta1() -> None:
    claims_276.a_world()
    payload = request()
    reply = exchange.answer(payload[: payload.index("~SV1")].encode(), actor=partners.partner(), now=NOW)
    assert reply.kind is Kind.INTERCHANGE_ACKNOWLEDGEMENT


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("SV1*HC:70551**UN*1", "SV1*HC:70551**UN*999999999999999"),
        ("SV1*HC:70551**UN*1", "SV1*HC:70551**UN*-5"),
        ("SV1*HC:70551**UN*1", "SV1*HC:70551~HSD*VS*999999999999999*DA**21*999".replace("~", "~", 1)),
        ("HC:70551", "HC:70551:ZZ:ZZ:ZZ:ZZ"),
        ("QUILLFEATHER", "Q" * 60),
        ("HI*ABK:M542", "HI*ABK:" + "M" * 30),
        ("UM*HS*I**11:B", "UM*HS*I*ZZ*99:A**03"),
    ],
)
def test_what_fits_the_guide_and_cannot_be_is_refused_in_its_place(was: str, now: str) -> None:
    claims_276.a_world()
    payload = changed(request(), was, now)
    review = judging.judge(payload.encode(), guides=(GUIDE_278_REQUEST,))
    if any(one.faults for group in review.interchanges[0].groups for one in group.sets):
        reply = exchange.answer(payload.encode(), actor=partners.partner(), now=NOW)
        assert reply.kind is Kind.ACKNOWLEDGEMENT
        return
    answer = partners.told(payload)
    levels = [*answer.events, *(each for event in answer.events for each in event.services)]
    assert [*answer.rejections, *(one for level in levels for one in level.rejections)]
    assert models.Authorization.objects.count() == 0


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_is_answered_or_refused_in_words(data: st.DataObject) -> None:
    """Cut, doubled, swapped, overwritten: whatever comes of it, the answer is one that can be read."""
    original = data.draw(st.sampled_from([request(), inquiry()]))
    lines = original.split("~")
    place = data.draw(st.integers(1, len(lines) - 3))
    other = data.draw(st.integers(1, len(lines) - 3))
    damage = data.draw(st.sampled_from(["drop", "double", "swap", "write"]))
    if damage == "drop":
        del lines[place]
    elif damage == "double":
        lines.insert(place, lines[other])
    elif damage == "swap":
        lines[place], lines[other] = lines[other], lines[place]
    else:
        elements = lines[place].split("*")
        at = data.draw(st.integers(0, len(elements) - 1))
        elements[at] = data.draw(st.text("A9*:^ -.", max_size=12))
        lines[place] = "*".join(elements)
    try:
        reply = exchange.answer("~".join(lines).encode(), actor=partners.partner(), now=NOW)
    except exchange.Unreadable:
        return
    content = reply.write(7).decode()
    assert content.startswith("ISA*")
    if reply.kind is Kind.ANSWER:
        assert partners.faults(content) == []


@pytest.mark.parametrize("count", [2_000])
def test_a_set_of_many_services_is_read_in_flat_memory(count: int) -> None:
    content = request(services=count).encode()
    tracemalloc.start()
    began = time.process_time()
    review = judging.judge(content, guides=GUIDES)
    (taken,) = judging.accepted_sets(content, review)
    (found,) = Sent(taken.segments, number="0001").requests()
    used, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.event.services) == count
    assert peak < 40 * len(content)
    assert used < 60


@pytest.mark.django_db
def test_more_services_than_are_taken_are_refused_together() -> None:
    claims_276.a_world()
    answer = partners.told(request(services=120))
    assert [one[3] for event in answer.events for one in event.rejections] == ["33"]
    assert models.Authorization.objects.count() == 0
