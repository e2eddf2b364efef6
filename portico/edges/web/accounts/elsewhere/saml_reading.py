"""Reading an assertion: from this provider, to this address, for this request, of now, about somebody.

Every one of these has to be said; what is left out counts as wrong (SAML 2.0 Profiles, 4.1.4).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from portico.domains.accounts.outside import LONGEST_SUBJECT, Told
from portico.domains.accounts.provider_details import Details
from portico.edges.web.accounts.elsewhere.failing import Code, Failed
from portico.edges.web.accounts.elsewhere.saml_shape import SAML

SKEW: Final = timedelta(seconds=60)
LONGEST_LIFE: Final = timedelta(days=1)
BEARER: Final = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
TRANSIENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_CLAIMS: Final = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
_NAMES: Final = ("displayName", "urn:oid:2.16.840.1.113730.3.1.241", f"{_CLAIMS}name", "name")
_MAILS: Final = ("mail", "email", "urn:oid:0.9.2342.19200300.100.1.3", f"{_CLAIMS}emailaddress")


def read(
    response: Any,
    assertion: Any,
    details: Details,
    *,
    audience: str,
    back: str,
    request_id: str,
    at: datetime,
) -> Told:
    """Who the provider says it is; a claim until the signature is verified. Raises Failed."""
    _check_issuer(response, assertion, details)
    if response.get("InResponseTo") != request_id:
        raise Failed(Code.WRONG_REQUEST)
    if response.get("Destination", back) != back:
        raise Failed(Code.WRONG_RECIPIENT)
    ends_at = _confirmed_until(assertion, back=back, request_id=request_id, at=at)
    _check_conditions(assertion, audience, at)
    shown_at = _shown_at(assertion, at)
    contexts = {_text(each) for each in assertion.iter(f"{SAML}AuthnContextClassRef")}
    return Told(
        subject=_subject(assertion),
        token_id=str(assertion.get("ID")),
        ends_at=ends_at + SKEW,
        name=_attribute(assertion, _NAMES),
        email=_attribute(assertion, _MAILS),
        factor_passed=not contexts.isdisjoint(details.factor_words),
        at=shown_at,
    )


def _check_issuer(response: Any, assertion: Any, details: Details) -> None:
    said = [_text(each) for each in (*response.findall(f"{SAML}Issuer"), *assertion.findall(f"{SAML}Issuer"))]
    if set(said) != {details.issuer} or len(assertion.findall(f"{SAML}Issuer")) != 1:
        raise Failed(Code.WRONG_ISSUER)


def _confirmed_until(assertion: Any, *, back: str, request_id: str, at: datetime) -> datetime:
    """The end of the one confirmation by bearer: to this address, for this request, still holding."""
    confirmations = assertion.findall(f"{SAML}Subject/{SAML}SubjectConfirmation")
    bearers = [each for each in confirmations if each.get("Method") == BEARER]
    if len(bearers) != 1 or len(bearers[0].findall(f"{SAML}SubjectConfirmationData")) != 1:
        raise Failed(Code.WRONG_RECIPIENT)
    told = bearers[0].find(f"{SAML}SubjectConfirmationData")
    if told.get("Recipient") != back:
        raise Failed(Code.WRONG_RECIPIENT)
    if told.get("InResponseTo") != request_id:
        raise Failed(Code.WRONG_REQUEST)
    ends_at = _instant(told, "NotOnOrAfter")
    if ends_at is None or told.get("NotBefore") is not None:
        raise Failed(Code.WRONG_TIME)
    if not at < ends_at + SKEW or ends_at - at > LONGEST_LIFE:
        raise Failed(Code.WRONG_TIME)
    return ends_at


def _check_conditions(assertion: Any, audience: str, at: datetime) -> None:
    conditions = assertion.findall(f"{SAML}Conditions")
    restrictions = assertion.findall(f"{SAML}Conditions/{SAML}AudienceRestriction")
    if len(conditions) != 1 or not restrictions:
        raise Failed(Code.WRONG_AUDIENCE)
    for each in restrictions:
        if audience not in [_text(told) for told in each.findall(f"{SAML}Audience")]:
            raise Failed(Code.WRONG_AUDIENCE)
    begins_at = _instant(conditions[0], "NotBefore") or at
    if begins_at > at + SKEW or _is_over(conditions[0], "NotOnOrAfter", at):
        raise Failed(Code.WRONG_TIME)


def _shown_at(assertion: Any, at: datetime) -> datetime:
    """When somebody last showed the provider that it is they; not to come, and not over there."""
    statements = assertion.findall(f"{SAML}AuthnStatement")
    if len(statements) != 1:
        raise Failed(Code.WRONG_SHAPE)
    shown_at = _instant(statements[0], "AuthnInstant")
    if shown_at is None or shown_at > at + SKEW or _is_over(statements[0], "SessionNotOnOrAfter", at):
        raise Failed(Code.WRONG_TIME)
    return shown_at


def _subject(assertion: Any) -> str:
    """A name that stays the same each time: one made for a single sign-in can be linked to nobody."""
    names = assertion.findall(f"{SAML}Subject/{SAML}NameID")
    if len(names) != 1 or len(names[0]) or names[0].get("Format") == TRANSIENT:
        raise Failed(Code.NO_SUBJECT)
    told = _text(names[0])
    if not 0 < len(told) <= LONGEST_SUBJECT or not told.isprintable():
        raise Failed(Code.NO_SUBJECT)
    return told


def _attribute(assertion: Any, names: Sequence[str]) -> str:
    for told in assertion.findall(f"{SAML}AttributeStatement/{SAML}Attribute"):
        value = told.find(f"{SAML}AttributeValue")
        if told.get("Name") in names and value is not None and _text(value).isprintable():
            return _text(value)
    return ""


def _text(element: Any) -> str:
    return (element.text or "").strip()


def _is_over(element: Any, name: str, at: datetime) -> bool:
    ends_at = _instant(element, name)
    return ends_at is not None and at >= ends_at + SKEW


def _instant(element: Any, name: str) -> datetime | None:
    """An instant in UTC, as SAML has them; None where it is left out."""
    told = element.get(name)
    if told is None:
        return None
    try:
        read = datetime.fromisoformat(told)
    except ValueError as error:
        raise Failed(Code.WRONG_TIME) from error
    if read.tzinfo is None:
        raise Failed(Code.WRONG_TIME)
    return read.astimezone(UTC)
