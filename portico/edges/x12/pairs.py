"""The transaction pairs that are answered in real time, each under the GS01 and GS08 it comes with.

A pair reads a set that was taken into `Work`: how many requests it holds, asking them, refusing them because
there are too many, and writing the answer. A pair that comes later finds its place in `PAIRS`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from portico.domains.permits.actors import Actor
from portico.edges.x12.authorizations.inquiries import Inquiries278
from portico.edges.x12.authorizations.sending import Requests278
from portico.edges.x12.claim_status import real_time as claim_status
from portico.edges.x12.eligibility import real_time as eligibility
from portico.edges.x12.guides.guide_270 import GUIDE_270
from portico.edges.x12.guides.guide_276 import GUIDE_276
from portico.edges.x12.guides.guide_278_request import GUIDE_278_INQUIRY, GUIDE_278_REQUEST
from portico.edges.x12.guides.guide_278_response import GUIDE_278_RESPONSE, GUIDE_278_STANDING
from portico.edges.x12.judging import AcceptedSet
from portico.shared.x12.build import GroupWriter
from portico.shared.x12.grammar_parts import Guide


class Work(Protocol):
    """One set taken, on its way to its answer."""

    @property
    def request_count(self) -> int:
        """How many requests it holds, as far as they were read."""

    def ask(self, actor: Actor) -> None:
        """Ask every request; what cannot be answered is kept as that."""

    def refuse_as_too_many(self) -> None:
        """Ask nothing: the interchange holds more requests than real time answers."""

    def write(self, group: GroupWriter, *, at: datetime) -> str:
        """Write the answer as one set; answers its control number (ST02)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A request's guide, its answer's GS01 and GS08, and its reader (which reads `most` requests at most)."""

    guide: Guide
    functional_id: str
    version: str
    read: Callable[[AcceptedSet, int], Work]


PAIRS: Mapping[tuple[str, str], Pair] = {
    (GUIDE_270.functional_id, GUIDE_270.version): Pair(
        GUIDE_270, eligibility.FUNCTIONAL_ID, eligibility.VERSION, eligibility.Questions270
    ),
    (GUIDE_278_REQUEST.functional_id, GUIDE_278_REQUEST.version): Pair(
        GUIDE_278_REQUEST, GUIDE_278_RESPONSE.functional_id, GUIDE_278_RESPONSE.version, Requests278
    ),
    (GUIDE_278_INQUIRY.functional_id, GUIDE_278_INQUIRY.version): Pair(
        GUIDE_278_INQUIRY, GUIDE_278_STANDING.functional_id, GUIDE_278_STANDING.version, Inquiries278
    ),
    (GUIDE_276.functional_id, GUIDE_276.version): Pair(
        GUIDE_276, claim_status.FUNCTIONAL_ID, claim_status.VERSION, claim_status.Questions276
    ),
}
GUIDES = tuple(pair.guide for pair in PAIRS.values())
