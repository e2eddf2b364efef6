"""What a 278 asks comes back as it was sent: read(write(x)) == x, and each answer fits its guide."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.domains.plan.catalogue import Identity
from portico.edges.x12 import judging, reviews
from portico.edges.x12.authorizations import writer
from portico.edges.x12.authorizations.answers import Decided, Loop, Rejection, Told
from portico.edges.x12.authorizations.reader import Sent
from portico.edges.x12.authorizations.requests import (
    Event,
    Header,
    Line,
    Name,
    Party,
    Period,
    Person,
    Request,
    Review,
    Service,
)
from portico.edges.x12.authorizations.tests import drawing
from portico.edges.x12.authorizations.writer import Settled
from portico.edges.x12.guides.guide_278_response import GUIDE_278_RESPONSE
from portico.shared.x12.build import InterchangeWriter
from portico.shared.x12.headers import GroupHeader, InterchangeHeader

PLAN = Identity("Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org", "99999")
NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
HEADER = Header("0001", "13", "ASK-1", "20260312", "0900", "")
WORDS = "The records do not show that six weeks of therapy were tried before. " * 9


def written(settled: list[Settled]) -> bytes:
    """An interchange with one answer."""
    file = io.BytesIO()
    isa = InterchangeHeader(
        sender_qualifier="ZZ",
        sender="99999",
        receiver_qualifier="ZZ",
        receiver="LAKESIDE",
        date="260312",
        time="0930",
        control_number="000000007",
        usage="P",
    )
    gs = GroupHeader(
        functional_id="HI",
        sender="99999",
        receiver="LAKESIDE",
        date="20260312",
        time="0930",
        control_number="1",
        version=GUIDE_278_RESPONSE.version,
    )
    with (
        InterchangeWriter(file, isa, replace_delimiters=True) as interchange,
        interchange.group(gs) as group,
        group.transaction("278", guide=GUIDE_278_RESPONSE.version) as transaction,
    ):
        writer.write(transaction, HEADER, settled, purpose="11", plan=PLAN, now=NOW)
    return file.getvalue()


def faults(review: reviews.Review) -> list[str]:
    """What is wrong with the sets of a file."""
    sets = [one for each in review.interchanges for group in each.groups for one in group.sets]
    assert len(sets) == 1
    return [fault.where for one in sets for fault in one.faults]


def read(content: bytes) -> list[Request]:
    """The requests an answer gives back; it has to be without a fault."""
    review = judging.judge(content, guides=(GUIDE_278_RESPONSE,))
    assert faults(review) == []
    (taken,) = judging.accepted_sets(content, review)
    return list(Sent(taken.segments, number="0001").requests())


def told(request: Request, *, decided: Decided | None = None) -> Settled:
    """A request told as it was sent."""
    services = (decided,) * len(request.event.services)
    return Settled(request, (Told(request.event, decided, services),))


@given(request=drawing.REQUEST)
@settings(max_examples=60, deadline=None)
def test_what_was_asked_comes_back(request: Request) -> None:
    (back,) = read(written([told(request)]))
    assert drawing.bare(back) == drawing.bare(request)


@given(requests=st.lists(drawing.REQUEST, min_size=2, max_size=3))
@settings(max_examples=20, deadline=None)
def test_several_events_come_back_in_their_order(requests: list[Request]) -> None:
    back = read(written([told(request) for request in requests]))
    assert [drawing.bare(each) for each in back] == [drawing.bare(each) for each in requests]


def test_a_long_reason_goes_on_in_the_next_message_whole() -> None:
    decided = Decided("A3", "A0000000017", "A0000000017", Period("D8", "20260312"), messages=(WORDS,))
    request = _plain()
    (back,) = read(written([told(request, decided=decided)]))
    assert " ".join(back.event.messages) == WORDS.strip()
    assert ("NT", "A0000000017") in back.event.references


@pytest.mark.parametrize("loop", [loop for loop in Loop if loop is not Loop.PATIENT])
def test_every_place_of_a_refusal_fits_the_guide(loop: Loop) -> None:
    request = _plain()
    rejection = Rejection(loop, "N", "79" if loop in (Loop.SOURCE, Loop.PLAN) else "15", "C", 1)
    content = written([Settled(request, (Told(request.event, rejections=(rejection,)),))])
    assert content.count(b"AAA*N**") == 1
    review = judging.judge(content, guides=(GUIDE_278_RESPONSE,))
    assert faults(review) == []


def _plain() -> Request:
    provider = Party(name=Name("SJ", "2", "SEASIDE IMAGING", id_kind="XX", id="2000000009"))
    service = Service(line=Line("SV1", code="70551", qualifier="HC", unit="UN", quantity="1"))
    event = Event(
        traces=(("T1", "9LAKESIDE1", ""),),
        review=Review("HS", "I", "62", "11", "B"),
        providers=(provider,),
        services=(service,),
    )
    return Request(
        Party(),
        Party(name=Name("1P", "2", "LAKESIDE", id_kind="XX", id="2000000009")),
        Person(name=Name("IL", "1", "RIVERA", "ANA", id_kind="MI", id="N1")),
        Person(name=Name("QC", "1", "RIVERA", "LEO"), birth="20150301"),
        event,
    )
