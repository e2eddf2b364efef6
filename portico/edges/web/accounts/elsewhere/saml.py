"""SAML 2.0, web browser profile: a request by redirect, a response by POST, answers to our own requests only.

The signature is verified by `python3-saml` (an extra: this module cannot be imported without it), over a
response that `saml_shape` let pass; `saml_reading` then reads what was verified.
"""

import base64
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from portico.domains.accounts.elsewhere.outside import Told
from portico.domains.accounts.elsewhere.providers import Provider
from portico.edges.web.accounts.elsewhere import saml_reading, saml_shape
from portico.edges.web.accounts.elsewhere.failing import Code, Failed
from portico.edges.web.accounts.elsewhere.pending import Pending

MOST_BYTES: Final = 262_144
REDIRECT: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
FIELDS: Final = {"SAMLResponse": 2 * MOST_BYTES, "RelayState": 200}
_UNREADABLE: Final = (etree.LxmlError, ValueError, OverflowError, RecursionError)
_REQUEST: Final = (
    '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'
    ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0" ID={id} IssueInstant={at}'
    " Destination={destination} AssertionConsumerServiceURL={back} ProtocolBinding={binding}>"
    "<saml:Issuer>{issuer}</saml:Issuer></samlp:AuthnRequest>"
)


def leave(provider: Provider, pending: Pending, *, back: str, at: datetime) -> str:
    """The address of the provider's own sign-in, with a request that the answer has to name."""
    url = provider.details.sign_in_url
    request = _REQUEST.format(
        id=quoteattr(pending.request_id),
        at=quoteattr(f"{at:%Y-%m-%dT%H:%M:%SZ}"),
        destination=quoteattr(url),
        back=quoteattr(back),
        binding=quoteattr(POST),
        issuer=escape(audience(back)),
    )
    deflated = zlib.compress(request.encode(), wbits=-zlib.MAX_WBITS)
    asked = {"SAMLRequest": base64.b64encode(deflated).decode(), "RelayState": pending.state}
    return f"{url}{'&' if '?' in url else '?'}{urlencode(asked)}"


def believe(
    provider: Provider, pending: Pending, brought: Mapping[str, str], *, back: str, at: datetime
) -> Told:
    """Who somebody is, by the response the browser brought back. Raises Failed."""
    response = _parsed(provider, brought.get("SAMLResponse", ""), back)
    told = saml_reading.read(
        response.document,
        saml_shape.check(response.document),
        provider.details,
        audience=audience(back),
        back=back,
        request_id=pending.request_id,
        at=at,
    )
    _verify(response, back)  # until here, what was read is a claim
    return told


def audience(back: str) -> str:
    """The portal's entity ID for this provider: where its metadata stands."""
    return f"{back.removesuffix('back/')}metadata/"


def _parsed(provider: Provider, told: str, back: str) -> Any:
    """The response as the library reads it: no document type, no entity, nothing fetched.

    The library drops comments and instructions while it reads; one that has any is not read at all.
    """
    if not 0 < len(told) <= FIELDS["SAMLResponse"]:
        raise Failed(Code.MALFORMED)
    try:
        raw = base64.b64decode("".join(told.split()), validate=True)
        if len(raw) > MOST_BYTES:
            raise Failed(Code.MALFORMED)
        saml_shape.check_nodes(etree.fromstring(raw, _parser()))
        return OneLogin_Saml2_Response(OneLogin_Saml2_Settings(_settings(provider, back)), told)
    except (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, *_UNREADABLE) as error:
        raise Failed(Code.MALFORMED) from error


def _parser() -> Any:
    """Reads a text as it is, and nothing besides it; entities stay what they are, to be refused."""
    return etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)


def _verify(response: Any, back: str) -> None:
    parts = urlsplit(back)
    here = {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": parts.path,
    }
    try:
        response.is_valid(here, raise_exceptions=True)
    except OneLogin_Saml2_ValidationError as error:
        raise Failed(_CODES.get(error.code, Code.BAD_SIGNATURE)) from error
    except (OneLogin_Saml2_Error, *_UNREADABLE) as error:
        raise Failed(Code.MALFORMED) from error


_CODES: Final = {
    OneLogin_Saml2_ValidationError.STATUS_CODE_IS_NOT_SUCCESS: Code.PROVIDER_REFUSED,
    OneLogin_Saml2_ValidationError.INVALID_XML_FORMAT: Code.MALFORMED,
    OneLogin_Saml2_ValidationError.ASSERTION_TOO_EARLY: Code.WRONG_TIME,
    OneLogin_Saml2_ValidationError.ASSERTION_EXPIRED: Code.WRONG_TIME,
    OneLogin_Saml2_ValidationError.SESSION_EXPIRED: Code.WRONG_TIME,
    OneLogin_Saml2_ValidationError.WRONG_AUDIENCE: Code.WRONG_AUDIENCE,
    OneLogin_Saml2_ValidationError.WRONG_ISSUER: Code.WRONG_ISSUER,
    OneLogin_Saml2_ValidationError.WRONG_DESTINATION: Code.WRONG_RECIPIENT,
    OneLogin_Saml2_ValidationError.EMPTY_DESTINATION: Code.WRONG_RECIPIENT,
    OneLogin_Saml2_ValidationError.WRONG_SUBJECTCONFIRMATION: Code.WRONG_RECIPIENT,
}


def _settings(provider: Provider, back: str) -> dict[str, Any]:
    details = provider.details
    return {
        "strict": True,
        "sp": {"entityId": audience(back), "assertionConsumerService": {"url": back, "binding": POST}},
        "idp": {
            "entityId": details.issuer,
            "singleSignOnService": {"url": details.sign_in_url, "binding": REDIRECT},
            "x509certMulti": {"signing": list(details.certificates)},
        },
        "security": {
            "wantAssertionsSigned": True,
            "wantNameId": True,
            "wantAttributeStatement": False,
            "rejectDeprecatedAlgorithm": True,
            "allowRepeatAttributeName": True,
            "allowSingleLabelDomains": True,
            "requestedAuthnContext": False,
        },
    }
