"""What the plan opens to offices outside its network: nothing, or their own claims; the operator sets it."""

from django.conf import settings

from portico.domains.permits.functions import CLAIMS, Function

CLAIMS_TIER = "claims"


def functions() -> frozenset[Function]:
    """The functions that are open to a tax ID that takes part in nothing; none of them by default."""
    return CLAIMS if settings.NONPAR_TIER == CLAIMS_TIER else frozenset()
