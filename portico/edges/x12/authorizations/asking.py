"""One request of a 278 asked: one permit, one audit row, one outcome, whatever comes of it."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError

from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.edges.x12.authorizations import content, refusals
from portico.edges.x12.authorizations.answers import Told
from portico.edges.x12.authorizations.questions import Asker
from portico.edges.x12.authorizations.requests import Request
from portico.edges.x12.eligibility.outcomes import Failed, Refused

Answer = TypeVar("Answer")
_log = logging.getLogger(__name__)


def tried(ask: Callable[[], Answer], *, may_lose_database: bool = True) -> Answer | Refused | Failed:
    """What comes of asking; a request that breaks leaves the others alone.

    Without `may_lose_database` a lost connection is raised: whoever asks can ask everything again.
    """
    try:
        return ask()
    except NotPermitted as refused:
        return Refused(refused.decision, refused.reference)
    except Exception as error:
        if isinstance(error, OperationalError | InterfaceError) and not may_lose_database:
            raise
        reference: str = getattr(error, "reference", "")
        _log.error("a request broke: %s, reference %s", type(error).__name__, reference or "none")
        return Failed(reference)


def not_asked(request: Request, asker: Asker, outcome: Refused | Failed) -> Told:
    """Why nothing was asked. A provider that is not known cannot be granted: that it is not known helps."""
    if isinstance(outcome, Failed):
        return content.refused(request, refusals.failed())
    if asker.problem and outcome.decision.reasons == (Reason.TAX_ID_NOT_GRANTED,):
        return content.refused(request, refusals.of_problems([asker.problem], request))
    return content.refused(request, refusals.of_decision(outcome.decision))
