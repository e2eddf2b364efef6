"""What stands behind each payload type: its function, its guides, its job, its answer.

A payload of another kind than its type says is refused by a 999, as a group that is not taken here.
Acknowledgements are fetched for every kind alike: which function they need is that of the batch.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portico.domains.permits.functions import Function
from portico.edges.x12.connectivity.vocabulary import PayloadType
from portico.edges.x12.encounters import judgement
from portico.edges.x12.guides.guide_270 import GUIDE_270
from portico.edges.x12.guides.guide_276 import GUIDE_276
from portico.edges.x12.guides.guide_278_request import GUIDE_278_INQUIRY, GUIDE_278_REQUEST
from portico.shared.x12.grammar_parts import Guide


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of transaction that partners send: `job` works on a batch of it, `results` asks for what came.

    `answer` is what real time answers it with; None where only batches are taken. `job` is empty where only
    real time takes it.
    """

    function: Function
    guides: tuple[Guide, ...]
    job: str = ""
    results: PayloadType | None = None
    answer: PayloadType | None = None


# The rule names the forms apart; a file is judged by the guide that it says itself.
_ENCOUNTERS: Final = Service(
    Function.ENCOUNTERS, judgement.GUIDES, job="x12_encounter_batch", results=PayloadType.FETCH_277CA
)
SERVICES: Final[Mapping[PayloadType, Service]] = {
    PayloadType.REQUEST_270: Service(
        Function.ELIGIBILITY,
        (GUIDE_270,),
        job="x12_batch",
        results=PayloadType.FETCH_271,
        answer=PayloadType.RESPONSE_271,
    ),
    PayloadType.REQUEST_276: Service(
        Function.CLAIMS_INQUIRY,
        (GUIDE_276,),
        job="x12_claim_status",
        results=PayloadType.FETCH_277,
        answer=PayloadType.RESPONSE_277,
    ),
    PayloadType.REQUEST_278: Service(
        Function.AUTHORIZATION_SUBMISSION, (GUIDE_278_REQUEST,), answer=PayloadType.RESPONSE_278
    ),
    PayloadType.INQUIRY_278: Service(
        Function.AUTHORIZATION_INQUIRY, (GUIDE_278_INQUIRY,), answer=PayloadType.STANDING_278
    ),
    PayloadType.REQUEST_837P: _ENCOUNTERS,
    PayloadType.REQUEST_837I: _ENCOUNTERS,
}
_BY_RESULTS = {service.results: service.function for service in SERVICES.values() if service.results}


def functions(payload_type: PayloadType) -> tuple[Function, ...]:
    """The functions a message of that type may be about: one, or all of batches where it does not say."""
    if payload_type in SERVICES:
        return (SERVICES[payload_type].function,)
    if payload_type in _BY_RESULTS:
        return (_BY_RESULTS[payload_type],)
    return tuple(dict.fromkeys(service.function for service in SERVICES.values() if service.job))
