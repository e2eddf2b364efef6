"""SAML responses that must open nothing: what is doctored, and the code it is refused by."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from signxml.algorithms import DigestAlgorithm, SignatureMethod

from tests.support import saml_provider
from tests.support.actors import NOW
from tests.support.saml_provider import Says, Signs, around, signed, signed_response, unsigned, whole

Doctor = Callable[[Says], str]
VICTIM, OTHER = "outside-7", "outside-6"


def said(**changed: Any) -> Doctor:
    """Well signed, and saying something else."""
    return lambda says: whole(replace(says, **changed))


def cut(pattern: str, instead: str = "") -> Doctor:
    """Well signed, then changed in the text."""
    return lambda says: re.sub(pattern, instead, whole(says), count=1, flags=re.DOTALL)


def own(pattern: str, instead: str = "") -> Doctor:
    """The provider itself says it so: changed before it signs."""

    def doctor(says: Says) -> str:
        text = re.sub(pattern, instead, unsigned(says, place=saml_provider.PLACE), flags=re.DOTALL)
        return around(saml_provider.signed_text(text, says.id), says)

    return doctor


def _signature_of(assertion: str) -> str:
    [found] = re.findall(r"<ds:Signature.*?</ds:Signature>", assertion, re.DOTALL)
    return str(found)


def _evil(says: Says) -> str:
    """An assertion about the victim that nobody signed."""
    return unsigned(replace(says, subject=VICTIM, id="evil"))


def _real(says: Says) -> str:
    """An assertion about the attacker, well signed."""
    return signed(replace(says, subject=OTHER))


def _wrapped_beside(says: Says) -> str:
    return around(_evil(says) + _real(says), says)


def _wrapped_after(says: Says) -> str:
    return around(_real(says) + _evil(says), says)


def _wrapped_inside(says: Says) -> str:
    """The signed one hides in an object of a signature that stands in the evil one."""
    real = _real(says)
    signature = _signature_of(real)
    hidden = signature.replace("</ds:Signature>", f"<ds:Object>{real}</ds:Object></ds:Signature>")
    return around(unsigned(replace(says, subject=VICTIM, id="evil"), place=hidden), says)


def _wrapped_in_extensions(says: Says) -> str:
    hidden = f"<samlp:Extensions>{_real(says)}</samlp:Extensions>"
    return around(_evil(says), says).replace("<samlp:Status>", f"{hidden}<samlp:Status>")


def _same_id(says: Says) -> str:
    """Both have the ID that is signed; which of them a verifier finds is its luck."""
    return around(unsigned(replace(says, subject=VICTIM)) + _real(says), says)


def _moved_signature(says: Says) -> str:
    """The signature of another assertion in this one."""
    place = _signature_of(_real(says))
    return around(unsigned(replace(says, subject=VICTIM, id="evil"), place=place), says)


def _whole_signed_alone(says: Says) -> str:
    """The response is signed, its assertion is not."""
    return signed_response(around(unsigned(says), says), says.id)


def _wrapped_response(says: Says) -> str:
    """A response that is signed as a whole, around it another."""
    inner = signed_response(around(signed(replace(says, subject=OTHER)), says), says.id)
    return around(_evil(says) + inner, replace(says, id="outer"))


def _entities(says: Says) -> str:
    laughs = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return laughs + whole(says).replace(VICTIM, "&b;")


def _files(says: Says) -> str:
    return '<!DOCTYPE r [<!ENTITY a SYSTEM "/etc/hostname">]>' + whole(says).replace(VICTIM, "&a;")


def _until(at: str) -> str:
    return f'NotOnOrAfter="{at}" Recipient'


HOSTILE: list[Any] = [
    pytest.param(lambda says: around(unsigned(says), says), "bad_signature", id="not signed"),
    pytest.param(cut("<ds:Signature .*?</ds:Signature>"), "bad_signature", id="signature stripped"),
    pytest.param(_whole_signed_alone, "bad_signature", id="the response alone is signed"),
    pytest.param(cut(VICTIM, OTHER), "bad_signature", id="changed after signing"),
    pytest.param(
        lambda says: whole(says, Signs(key="attacker")),
        "bad_signature",
        id="an attacker's key and certificate",
    ),
    pytest.param(
        cut("<ds:SignatureValue>.{8}", "<ds:SignatureValue>AAAAAAAA"), "bad_signature", id="another value"
    ),
    pytest.param(
        lambda says: whole(says, Signs(method=SignatureMethod.RSA_SHA1)),
        "wrong_algorithm",
        id="RSA with SHA-1",
    ),
    pytest.param(
        lambda says: whole(says, Signs(digest=DigestAlgorithm.SHA1)), "wrong_algorithm", id="a weak digest"
    ),
    pytest.param(
        cut("xml-exc-c14n#", "xml-exc-c14n#WithComments"),
        "wrong_algorithm",
        id="comments under the signature",
    ),
    pytest.param(_wrapped_beside, "wrong_shape", id="wrapped, the evil one first"),
    pytest.param(_wrapped_after, "wrong_shape", id="wrapped, the evil one last"),
    pytest.param(_wrapped_inside, "wrong_shape", id="wrapped in an object"),
    pytest.param(_wrapped_in_extensions, "wrong_shape", id="wrapped in extensions"),
    pytest.param(_same_id, "wrong_shape", id="two of one ID"),
    pytest.param(_moved_signature, "wrong_shape", id="another's signature"),
    pytest.param(_wrapped_response, "wrong_shape", id="a response in a response"),
    pytest.param(cut(VICTIM, f"{VICTIM}<!-- -->.evil"), "wrong_shape", id="a comment in the name"),
    pytest.param(own(VICTIM, f"{VICTIM}<!-- -->.evil"), "wrong_shape", id="a comment in a signed name"),
    pytest.param(own(VICTIM, f"{VICTIM}<?evil?>"), "wrong_shape", id="an instruction in the name"),
    pytest.param(_entities, "malformed", id="entities that grow"),
    pytest.param(_files, "malformed", id="an entity of a file"),
    pytest.param(lambda says: "no XML", "malformed", id="no XML"),
    pytest.param(lambda says: f"<a>{whole(says)}</a>", "wrong_shape", id="something around it"),
    pytest.param(signed, "wrong_shape", id="an assertion alone"),
    pytest.param(said(request_id=None), "wrong_request", id="unsolicited"),
    pytest.param(said(request_id="id-of-another"), "wrong_request", id="another's request"),
    pytest.param(said(response_request_id=None), "wrong_request", id="unsolicited outside, not inside"),
    pytest.param(
        lambda says: whole(replace(says, request_id=None, response_request_id=says.request_id)),
        "wrong_request",
        id="unsolicited inside, not outside",
    ),
    pytest.param(said(recipient="http://evil.example.org/"), "wrong_recipient", id="another recipient"),
    pytest.param(
        lambda says: whole(replace(says, recipient=f"{says.recipient}evil", destination=says.recipient)),
        "wrong_recipient",
        id="a recipient that begins alike",
    ),
    pytest.param(
        lambda says: whole(replace(says, destination=f"{says.recipient}evil")),
        "wrong_recipient",
        id="a destination that begins alike",
    ),
    pytest.param(said(audience="http://testserver/"), "wrong_audience", id="another audience"),
    pytest.param(
        own("<saml:AudienceRestriction>.*?</saml:AudienceRestriction>"), "wrong_audience", id="for all"
    ),
    pytest.param(said(issuer="https://evil.example.org"), "wrong_issuer", id="another issuer"),
    pytest.param(said(life=timedelta(seconds=-61)), "wrong_time", id="over"),
    pytest.param(said(at=NOW + timedelta(minutes=3)), "wrong_time", id="not yet"),
    pytest.param(said(life=timedelta(days=2)), "wrong_time", id="holds too long"),
    pytest.param(own(r'NotOnOrAfter="[^"]*" Recipient', "Recipient"), "wrong_time", id="holds for ever"),
    pytest.param(
        own(r'NotOnOrAfter="[^"]*" Recipient', _until("9999-12-31T23:59:59Z")), "wrong_time", id="till 9999"
    ),
    pytest.param(
        own(r'NotOnOrAfter="[^"]*" Recipient', _until("9999-12-31T23:59:59-14:00")),
        "wrong_time",
        id="till after 9999",
    ),
    pytest.param(
        own(r'NotOnOrAfter="[^"]*" Recipient', _until("0001-01-01T00:00:00+14:00")),
        "wrong_time",
        id="till before all time",
    ),
    pytest.param(
        own(r'AuthnInstant="[^"]*"', 'AuthnInstant="9999-12-31T23:59:59Z"'),
        "wrong_time",
        id="signed in there in 9999",
    ),
    pytest.param(
        own(r'AuthnInstant="[^"]*"', 'AuthnInstant="0001-01-01T00:00:00+14:00"'),
        "wrong_time",
        id="signed in there before all time",
    ),
    pytest.param(
        own(
            r'AuthnInstant="[^"]*"',
            f'AuthnInstant="{NOW - timedelta(hours=12, seconds=61):%Y-%m-%dT%H:%M:%SZ}"',
        ),
        "wrong_time",
        id="signed in there a day ago",
    ),
    pytest.param(
        own(
            r'SessionNotOnOrAfter="[^"]*"|AuthnStatement ',
            'AuthnStatement SessionNotOnOrAfter="9999-12-31T23:59:59Z" ',
        ),
        "wrong_time",
        id="a session till 9999",
    ),
    pytest.param(said(status="Responder"), "provider_refused", id="the provider says no"),
    pytest.param(said(format=saml_provider.TRANSIENT), "no_subject", id="a name for this once"),
    pytest.param(
        said(format="urn:oasis:names:tc:SAML:1.1:nameid-format:transient"),
        "no_subject",
        id="a name for this once, in an older word",
    ),
    pytest.param(said(format="a b"), "no_subject", id="a format of two words"),
    pytest.param(
        own("<saml:NameID ", '<saml:NameID NameQualifier="a: b" '),
        "no_subject",
        id="a qualifier of two words",
    ),
    pytest.param(said(subject="x" * 256), "no_subject", id="a very long name"),
    pytest.param(said(subject=" "), "no_subject", id="an empty name"),
    pytest.param(own("cm:bearer", "cm:sender-vouches"), "wrong_recipient", id="no bearer"),
]
