"""What is written down of a provider of identity, and whether it can be used.

Addresses lie at hosts that the operator listed. A certificate is kept as the base 64 of its bytes, without
the lines around it. Factor words are what a provider says when a second factor was passed: an `acr` or `amr`
of OpenID Connect, an authentication context class of SAML.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from importlib.util import find_spec
from typing import Any, Final, Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings

from portico.shared import outgoing

OPENID_CONNECT: Final = "openid_connect"
SAML: Final = "saml"
KINDS: Final = (OPENID_CONNECT, SAML)
FACTOR_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    OPENID_CONNECT: ("mfa",),
    SAML: ("https://refeds.org/profile/mfa", "http://schemas.microsoft.com/claims/multipleauthn"),
}
MOST_CERTIFICATES: Final = 3
MOST_WORDS: Final = 10
LONGEST_WORD: Final = 200
_LEAST_BITS: Final = 2048
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PEM_LINES = re.compile(r"-----(BEGIN|END) CERTIFICATE-----|\s")
_LONGEST_SLUG, _LONGEST_NAME, _LONGEST_ID = 40, 80, 200


class BadProvider(ValueError):
    """The provider cannot be written down so; the text says why."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is public of a provider.

    `issuer`: who it says it is; of SAML its entity ID. `client_id`: how an OpenID provider knows the portal.
    `sign_in_url` and `certificates`: where a SAML provider signs people in, and what verifies its word.
    `for_sign_in`: people sign in with it; one that only proves identities stands on no sign-in page.
    """

    issuer: str
    client_id: str = ""
    sign_in_url: str = ""
    certificates: tuple[str, ...] = ()
    factor_words: tuple[str, ...] = ()
    for_sign_in: bool = True

    @classmethod
    def of_row(cls, kept: Mapping[str, Any]) -> Self:
        """As they were kept."""
        lists = {name: tuple(kept[name]) for name in ("certificates", "factor_words")}
        return cls(**{**kept, **lists})

    def as_row(self) -> dict[str, Any]:
        """As they are kept."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class NewProvider:
    """A provider to be added: for the plan's staff, or for the people of one office."""

    slug: str
    name: str
    kind: str
    details: Details
    office_id: int | None = None
    secret: str = field(default="", repr=False)
    vouches_for_factor: bool = False
    proves_identity: bool = False


def speaks_saml() -> bool:
    """Is what reads SAML installed here?"""
    return find_spec("onelogin") is not None


def checked(new: NewProvider) -> NewProvider:
    """The provider as it can be kept. Raises BadProvider."""
    if not _SLUG.fullmatch(new.slug) or len(new.slug) > _LONGEST_SLUG:
        raise BadProvider(f"a key has small letters, digits and dashes, up to {_LONGEST_SLUG}")
    if not new.name.strip() or len(new.name) > _LONGEST_NAME or not new.name.isprintable():
        raise BadProvider(f"a name has up to {_LONGEST_NAME} plain signs")
    _check_kind(new)
    details = {OPENID_CONNECT: _openid, SAML: _saml}[new.kind](new.details)
    if not (details.for_sign_in or new.proves_identity):
        raise BadProvider("a provider signs people in, or proves who they are, or both")
    return replace(new, name=new.name.strip(), details=details)


def certificate(text: str) -> str:
    """A certificate in PEM, or its base 64 alone, as it is kept. Raises BadProvider."""
    bare = _PEM_LINES.sub("", text)
    try:
        key = x509.load_der_x509_certificate(base64.b64decode(bare, validate=True)).public_key()
    except (ValueError, binascii.Error) as error:
        raise BadProvider("this is no certificate: it begins with -----BEGIN CERTIFICATE-----") from error
    if not isinstance(key, RSAPublicKey) or key.key_size < _LEAST_BITS:
        raise BadProvider(f"the certificate has to hold an RSA key of {_LEAST_BITS} bits or more")
    return bare


def ends_at(kept: str) -> datetime:
    """Until when a certificate as it is kept says it holds."""
    return x509.load_der_x509_certificate(base64.b64decode(kept)).not_valid_after_utc


def _check_kind(new: NewProvider) -> None:
    if new.kind not in KINDS:
        raise BadProvider(f"{new.kind!r} is no kind of provider; {', '.join(KINDS)} are")
    if new.kind == SAML and not speaks_saml():
        raise BadProvider(
            "SAML is not installed here: python -m pip install --require-hashes -r requirements/saml.txt"
        )
    if new.kind == SAML and (new.proves_identity or new.secret):
        raise BadProvider("a SAML provider has certificates, no secret, and proves no identity")


def _openid(details: Details) -> Details:
    _check_address(details.issuer)
    if "?" in details.issuer:
        raise BadProvider("an issuer has no question mark in it")
    if not _is_plain(details.client_id, _LONGEST_ID):
        raise BadProvider("enter the client ID that the provider knows the portal by")
    return Details(
        issuer=details.issuer,
        client_id=details.client_id,
        factor_words=_words(details, OPENID_CONNECT),
        for_sign_in=details.for_sign_in,
    )


def _saml(details: Details) -> Details:
    if not _is_plain(details.issuer, _LONGEST_ID):
        raise BadProvider("enter the entity ID that stands in the provider's metadata")
    _check_address(details.sign_in_url)
    if not 0 < len(details.certificates) <= MOST_CERTIFICATES:
        raise BadProvider(f"enter 1 to {MOST_CERTIFICATES} certificates the provider signs with")
    return Details(
        issuer=details.issuer,
        sign_in_url=details.sign_in_url,
        certificates=tuple(map(certificate, details.certificates)),
        factor_words=_words(details, SAML),
    )


def _words(details: Details, kind: str) -> tuple[str, ...]:
    """What was entered, each once; what is usual where nothing was."""
    words = tuple(dict.fromkeys(details.factor_words)) or FACTOR_WORDS[kind]
    if len(words) > MOST_WORDS or not all(_is_plain(word, LONGEST_WORD) for word in words):
        raise BadProvider(f"up to {MOST_WORDS} words say that a second factor was passed, with no blanks")
    return words


def _check_address(url: str) -> None:
    try:
        outgoing.check(url, allowed_hosts=settings.IDENTITY_HOSTS, local=settings.IDENTITY_LOCAL)
    except outgoing.NotAllowed as error:
        raise BadProvider(str(error)) from error


def _is_plain(text: str, longest: int) -> bool:
    return 0 < len(text) <= longest and text.isascii() and text.isprintable() and " " not in text
