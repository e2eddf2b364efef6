"""Our office's software as it asks by 278, and what its answers say once our own guides have judged them."""

from typing import Any

from portico.domains.authorizations.tests.asking import ALL
from portico.domains.permits.actors import Actor
from portico.edges.x12 import exchange, judging
from portico.edges.x12.exchange import Kind
from portico.edges.x12.guides.guide_278_response import GUIDE_278_RESPONSE, GUIDE_278_STANDING
from tests.support.actors import NOW
from tests.support.doors import x12_authorizations as door
from tests.support.doors.x12_authorizations import Answer
from tests.x12 import claims_276

ANSWERS = (GUIDE_278_RESPONSE, GUIDE_278_STANDING)
SENDER = "LAKESIDE"


def partner(**limits: Any) -> Actor:
    """Our office's software; it holds all that is to do with requests, unless said otherwise."""
    functions = limits.pop("functions", ALL)
    return claims_276.partner(*functions, **limits)


def written(payload: str, actor: Actor | None = None) -> str:
    """What comes back for an interchange that is taken."""
    reply = exchange.answer(payload.encode(), actor=actor or partner(), now=NOW)
    assert reply.kind is Kind.ANSWER, reply.write(7).decode()
    return reply.write(7).decode()


def told(payload: str, actor: Actor | None = None) -> Answer:
    """What an answer says; it has to fit its guide."""
    content = written(payload, actor)
    assert faults(content) == []
    return door.answer(content)


def faults(content: str) -> list[str]:
    """What is wrong with the 278s that came back, by our own guides."""
    found: list[str] = []
    for guide in ANSWERS:
        if guide.version not in content:
            continue
        review = judging.judge(content.encode(), guides=(guide,))
        assert [one.note for one in review.interchanges] == ["000"]
        for group in review.interchanges[0].groups:
            assert not group.codes
            found += [fault.where for one in group.sets for fault in one.faults]
            found += [code for one in group.sets for code in one.codes]
    return found
