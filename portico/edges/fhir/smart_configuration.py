"""What a client application reads first: where tokens are given, for which signatures and scopes (SMART)."""

from typing import Final

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from portico.edges.fhir import token
from portico.edges.fhir.registry import RESOURCES

SCOPES: Final = ("system/*.rs", *(f"system/{kind}.rs" for kind in RESOURCES))
CAPABILITIES: Final = ("client-confidential-asymmetric", "permission-v1", "permission-v2")


@require_safe
def smart_configuration(request: HttpRequest) -> JsonResponse:
    """How client applications sign in; the same for everybody, so nobody is asked who asks."""
    return JsonResponse(
        {
            "token_endpoint": token.url(request),
            "grant_types_supported": [token.GRANT],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": list(token.ALGORITHMS),
            "scopes_supported": list(SCOPES),
            "code_challenge_methods_supported": ["S256"],
            "capabilities": list(CAPABILITIES),
        }
    )
