"""Reading an assertion: from this provider, to this address, for this request, of now, about somebody.

Every one of these has to be said; what is left out counts as wrong (SAML 2.0 Profiles, 4.1.4).
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from portico.domains.accounts.elsewhere.outside import LONGEST_SUBJECT, Told
from portico.domains.accounts.elsewhere.provider_details import Details
from portico.edges.web.accounts.elsewhere.failing import Code, Failed
from portico.edges.web.accounts.elsewhere.saml_shape import SAML

SKEW: Final = timedelta(seconds=60)
SHOWN_WITHIN: Final = timedelta(hours=12)
LONGEST_LIFE: Final = timedelta(days=1)
BEARER: Final = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
TRANSIENT: Final = "transient"
_FORMATS: Final = "urn:oasis:names:tc:SAML:"
_UNSPECIFIED: Final = f"{_FORMATS}1.1:nameid-format:unspecified"
_YEARS: Final = range(1971, 9999)  # there is room for a skew and a zone on both sides
_BLANK: Final = re.compile(r"\s")
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
        subject=_subject(assertion, details.issuer, audience),
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
    """When somebody last showed the provider that it is they; lately, not to come, and not over there."""
    statements = assertion.findall(f"{SAML}AuthnStatement")
    if len(statements) != 1:
        raise Failed(Code.WRONG_SHAPE)
    shown_at = _instant(statements[0], "AuthnInstant")
    if shown_at is None or not at - SHOWN_WITHIN - SKEW <= shown_at <= at + SKEW:
        raise Failed(Code.WRONG_TIME)
    if _is_over(statements[0], "SessionNotOnOrAfter", at):
        raise Failed(Code.WRONG_TIME)
    return shown_at


def _subject(assertion: Any, issuer: str, audience: str) -> str:
    """A name that stays the same each time: one made for a single sign-in can be linked to nobody.

    The same text in another format, or of another's names, is somebody else, so all of it makes the subject:
    "persistent: f81d4fae", "emailAddress of other.example.org: o.perez@example.org". What holds where nothing
    is said (the issuer's name, for this portal) is left out, and no part before the text has blanks in it.
    """
    names = assertion.findall(f"{SAML}Subject/{SAML}NameID")
    if len(names) != 1 or len(names[0]):
        raise Failed(Code.NO_SUBJECT)
    name, told = names[0], _text(names[0])
    kind = name.get("Format") or _UNSPECIFIED
    of, to = name.get("NameQualifier") or issuer, name.get("SPNameQualifier") or audience
    subject = _kind(kind) + (f" of {of}" if of != issuer else "") + (f" for {to}" if to != audience else "")
    whole = f"{subject}: {told}"
    if _kind(kind) == TRANSIENT or not told or any(map(_BLANK.search, (kind, of, to))):
        raise Failed(Code.NO_SUBJECT)
    if len(whole) > LONGEST_SUBJECT or not whole.isprintable():
        raise Failed(Code.NO_SUBJECT)
    return whole


def _kind(kind: str) -> str:
    """A format by the last word of its name where SAML itself names it, else in full."""
    return kind.rpartition(":")[2] if kind.startswith(_FORMATS) else kind


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
    if read.tzinfo is None or read.year not in _YEARS:
        raise Failed(Code.WRONG_TIME)
    return read.astimezone(UTC)
