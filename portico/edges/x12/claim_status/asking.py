"""One request of a 276 asked: one permit, one audit row, one outcome, whatever comes of it."""

import logging

from django.db import InterfaceError, OperationalError

from portico.domains.claims import status
from portico.domains.claims.asked import Asked
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from portico.edges.x12.claim_status.content import Outcome
from portico.edges.x12.eligibility.outcomes import Failed, Refused

MOST_CLAIMS = 25  # for one trace; who wants more asks for fewer days
_log = logging.getLogger(__name__)


def ask(actor: Actor, asked: Asked, *, may_lose_database: bool = True) -> Outcome:
    """What comes of a question; one that breaks leaves the others alone.

    Without `may_lose_database` a lost connection is raised: whoever asks can ask everything again.
    """
    try:
        return status.of(actor=actor, asked=asked, most=MOST_CLAIMS)
    except NotPermitted as refused:
        return Refused(refused.decision, refused.reference)
    except Exception as error:
        if isinstance(error, OperationalError | InterfaceError) and not may_lose_database:
            raise
        reference: str = getattr(error, "reference", "")
        _log.error("a request broke: %s, reference %s", type(error).__name__, reference or "none")
        return Failed(reference)
