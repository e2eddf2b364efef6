"""A SAML provider on this machine: it reads a request, and signs what a test lets it say with signxml.

signxml shares no code with what the product verifies with, save the XML parser.
"""

import base64
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.signer import XMLSigner

ENTITY = "https://id.lakeside.example.org/saml"
MFA = "https://refeds.org/profile/mfa"
PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
PLACE = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="placeholder"/>'
RESPONSE = (
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'
    ' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{id}r" Version="2.0" IssueInstant="{at}"'
    ' Destination="{destination}"{in_response_to}><saml:Issuer>{issuer}</saml:Issuer>'
    '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{status}"/></samlp:Status>'
    "{assertion}</samlp:Response>"
)
ASSERTION = (
    '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{id}" Version="2.0"'
    ' IssueInstant="{at}"><saml:Issuer>{issuer}</saml:Issuer>{place}<saml:Subject>'
    '<saml:NameID Format="{format}">{subject}</saml:NameID>'
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData'
    ' NotOnOrAfter="{ends_at}" Recipient="{recipient}"{in_response_to}/></saml:SubjectConfirmation>'
    '</saml:Subject><saml:Conditions NotBefore="{begins_at}" NotOnOrAfter="{ends_at}">'
    "<saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
    '<saml:AuthnStatement AuthnInstant="{at}"><saml:AuthnContext><saml:AuthnContextClassRef>{context}'
    "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>"
    '<saml:Attribute Name="mail"><saml:AttributeValue>otto@elsewhere.example.org</saml:AttributeValue>'
    '</saml:Attribute><saml:Attribute Name="displayName"><saml:AttributeValue>Otto Outside'
    "</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>"
)


@cache
def key(name: str = "own") -> rsa.RSAPrivateKey:
    """The key of that name, made once a process."""
    del name
    return rsa.generate_private_key(65537, 2048)


@cache
def certificate(name: str = "own") -> str:
    """The certificate of that key, in PEM."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name}.example.org")])
    begins_at = datetime(2025, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key(name).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins_at)
        .not_valid_after(begins_at + timedelta(days=3_650))
        .sign(key(name), SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the portal asked: the number of its request, where to answer, who it is, and its own mark."""

    request_id: str
    back: str
    audience: str
    relay: str


@dataclass(frozen=True, slots=True)
class Says:
    """What the provider says; None of `in_response_to` answers nobody's request."""

    at: datetime
    request_id: str | None
    recipient: str
    audience: str
    destination: str = ""
    subject: str = "outside-7"
    issuer: str = ENTITY
    context: str = PASSWORD
    format: str = PERSISTENT
    status: str = "Success"
    life: timedelta = timedelta(minutes=5)
    id: str = "a1"
    response_request_id: str | None = ""


class Signer(XMLSigner):
    """Signs by anything, also by what nobody should."""

    def check_deprecated_methods(self) -> None:
        """Whatever a test asks for."""


@dataclass(frozen=True, slots=True)
class Signs:
    """How it signs: with which key, by which algorithms."""

    key: str = "own"
    method: Any = SignatureMethod.RSA_SHA256
    digest: Any = DigestAlgorithm.SHA256


def read(url: str) -> Asked:
    """The request that an address of the provider carries."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    request = etree.fromstring(zlib.decompress(base64.b64decode(query["SAMLRequest"]), wbits=-15))
    return Asked(
        request_id=request.get("ID"),
        back=request.get("AssertionConsumerServiceURL"),
        audience=request.find(f"{SAML}Issuer").text,
        relay=query["RelayState"],
    )


def answering(asked: Asked, at: datetime) -> Says:
    """What it says to this request when nothing is wrong."""
    return Says(at, asked.request_id, asked.back, asked.audience)


def unsigned(says: Says, *, place: str = "") -> str:
    """The assertion, not signed; `place` is where a signature is to stand."""
    return ASSERTION.format(
        id=says.id,
        at=_text(says.at),
        issuer=says.issuer,
        place=place,
        format=says.format,
        subject=says.subject,
        begins_at=_text(says.at - timedelta(minutes=1)),
        ends_at=_text(says.at + says.life),
        recipient=says.recipient,
        in_response_to=_named(says.request_id),
        audience=says.audience,
        context=says.context,
    )


def signed(says: Says, signs: Signs = Signs()) -> str:
    """The assertion with its signature."""
    return signed_text(unsigned(says, place=PLACE), says.id, signs)


def signed_text(text: str, id_: str, signs: Signs = Signs()) -> str:
    """A text that has a place for a signature, with the signature of the element of that ID."""
    return str(etree.tostring(_sign(etree.fromstring(text), id_, signs), encoding="unicode"))


def around(assertion: str, says: Says) -> str:
    """The response around an assertion."""
    told = says.request_id if says.response_request_id == "" else says.response_request_id
    return RESPONSE.format(
        id=says.id,
        at=_text(says.at),
        destination=says.destination or says.recipient,
        in_response_to=_named(told),
        issuer=says.issuer,
        status=says.status,
        assertion=assertion,
    )


def whole(says: Says, signs: Signs = Signs()) -> str:
    """A response as it should be."""
    return around(signed(says, signs), says)


def signed_response(text: str, id_: str, signs: Signs = Signs()) -> str:
    """A response that is signed as a whole."""
    element = etree.fromstring(text)
    element.insert(1, etree.fromstring(PLACE))
    return str(etree.tostring(_sign(element, f"{id_}r", signs), encoding="unicode"))


def encoded(text: str) -> str:
    """As a browser carries it."""
    return base64.b64encode(text.encode()).decode()


@dataclass(slots=True)
class Provider:
    """The provider listening: its page has one field, and sends the browser back with a signed response."""

    port: int
    now: Callable[[], datetime]
    signs: Signs = field(default_factory=Signs)

    @property
    def host(self) -> str:
        """As the portal's settings list it; another site than localhost."""
        return f"127.0.0.1:{self.port}"

    @property
    def sign_in_url(self) -> str:
        """Where it signs people in."""
        return f"http://{self.host}/sso"


@contextmanager
def running(now: Callable[[], datetime]) -> Iterator[Provider]:
    """The provider, at the instant that `now` says."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.page(
                '<form method="post"><label>Account <input name="account"></label><label>'
                '<input type="checkbox" name="factor"> Second factor passed</label>'
                "<button>Sign in here</button></form>"
            )

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            asked = read(self.path)
            said = answering(asked, there.now())
            says = Says(
                said.at,
                said.request_id,
                said.recipient,
                said.audience,
                subject=form["account"][0],
                context=MFA if "factor" in form else PASSWORD,
                id=f"a{asked.request_id[-12:]}",
            )
            response = encoded(whole(says, there.signs))
            self.page(
                f'<form method="post" action="{escape(asked.back)}"><input type="hidden" name="RelayState"'
                f' value="{escape(asked.relay)}"><input type="hidden" name="SAMLResponse" value="{response}">'
                "<button>Back to the portal</button></form>"
            )

        def page(self, content: str) -> None:
            body = f'<!DOCTYPE html><html lang="en"><title>Elsewhere</title>{content}</html>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    there = Provider(server.server_port, now)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


def _sign(element: Any, id_: str, signs: Signs) -> Any:
    signer = Signer(
        signature_algorithm=signs.method,
        digest_algorithm=signs.digest,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    return signer.sign(
        element, key=key(signs.key), cert=certificate(signs.key), reference_uri=f"_{id_}", id_attribute="ID"
    )


def _text(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _named(request_id: str | None) -> str:
    return f' InResponseTo="{request_id}"' if request_id else ""
