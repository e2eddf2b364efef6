"""What a journey leaves behind, and whether a secret or a patient stands in it.

The secrets are those the portal keeps as a hash, under a keyed index or sealed, noted as it does so: typed
passwords and answers, temporary passwords, keys of authenticators, recovery codes, numbers a request is
followed by, what mailed links and cookies carry. They may stand where they are meant to be, and nowhere else.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pytest
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from playwright.sync_api import Page

from portico.shared.vault import Vault
from tests.support import cast, patients, tables

SHORTEST: Final = 10
SHORTEST_OF_PATIENTS: Final = 8
"""Shorter ones stand in random text by chance; others are dates, or numbers that the audit is about."""
KEPT_IN_BROWSER: Final = ("session", "device of", "invitation mark", "registration mark")
_NOWHERE: Final = ("\0",)
MAILED: Final = (
    "temporary password",
    "activation link",
    "reset_link",
    "accounts.address.",
    "registration link",
)
ON_PAPER: Final = ("recovery code of", "transaction id", "tracking number")
# A secret is made of what stands in the row, with a key that does not: what goes in is none itself.
DERIVED: Final = "accounts.address.cancel_secret"
SECRETS: Final = (*KEPT_IN_BROWSER, *MAILED, *ON_PAPER, "access token", "machine secret", "ssn")
_KEY: Final = re.compile(r"[A-Z2-7]{32}")
_BLANK: Final = re.compile(r"[- ]")
_LINK: Final = re.compile(r"(?<=[?&])t=[^&#]*")
_STORED: Final = """async () => {
    const all = (kept) => [...Array(kept.length).keys()].map((n) => [kept.key(n), kept.getItem(kept.key(n))]);
    return JSON.stringify([all(localStorage), all(sessionStorage), await indexedDB.databases()]);
}"""
# The plan's members, their claims and requests, and what offices asked about them.
OF_PATIENTS: Final = ("members_", "claims_", "authorizations_")


@dataclass(slots=True)
class Traces:
    """The secrets of a journey, the addresses it asked for, its pages, and what was logged.

    A secret stands under its signs without blanks and dashes: what it is, and how it was written.
    """

    secrets: dict[str, tuple[str, str]] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    log: io.StringIO = field(default_factory=io.StringIO)

    def __post_init__(self) -> None:
        self.note("the password", cast.PASSWORD)
        self.note("the authenticator", cast.TOTP_SECRET)

    def note(self, what: str, secret: str) -> None:
        """There is a secret more; it stays what it was noted as first."""
        signs = _bare(secret)
        if len(signs) >= SHORTEST:
            self.secrets.setdefault(signs, (what, secret))

    def follow(self, page: Page) -> None:
        """Look at this page, and at the addresses that its browser asks for."""
        self.pages.append(page)
        page.context.on("request", lambda request: self.addresses.append(_LINK.sub("t=", request.url)))

    def left(self) -> list[str]:
        """Every secret and every patient in what was left behind, with the place."""
        for each in [cookie for page in self.pages for cookie in page.context.cookies()]:
            if each["name"] == settings.SESSION_COOKIE_NAME:
                self.note("session", each["value"])
        return [f"{place}: {found}" for place, text, may in self._places() for found in self._in(text, may)]

    def forget(self) -> None:
        """Everything up to now."""
        self.addresses.clear()
        self.pages.clear()
        self.log.truncate(0)

    def _places(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        yield "log", self.log.getvalue(), _NOWHERE
        yield "addresses", "\n".join(self.addresses), _NOWHERE
        for letter in mail.outbox:
            yield "mails", f"{letter.subject}\n{letter.body}\n{letter.extra_headers}", MAILED
        for page in self.pages:
            yield "cookies", " ".join(str(each) for each in page.context.cookies()), KEPT_IN_BROWSER
            yield "storage of the browser", stored(page), _NOWHERE
        for table, text in tables.rows():
            if not table.startswith(OF_PATIENTS):
                yield table, text, _NOWHERE

    def _in(self, text: str, may: tuple[str, ...]) -> Iterator[str]:
        lower, bare = text.lower(), _bare(text)
        for signs, (what, secret) in self.secrets.items():
            if not what.startswith(may) and (signs in bare or secret.encode().hex() in lower):
                yield what
        yield from (each for each in patients.shown_in(text) if len(each) >= SHORTEST_OF_PATIENTS)


def _bare(text: str) -> str:
    """In small letters, without dashes and blanks."""
    return _BLANK.sub("", text.lower())


def stored(page: Page) -> str:
    """What the browser stores for the page's site, beside cookies."""
    if page.is_closed() or not page.url.startswith("http"):
        return ""
    return str(page.evaluate(_STORED))


def noting(traces: Traces, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every secret noted as the portal hashes, indexes or seals it."""
    encode, index, seal = MD5PasswordHasher.encode, Vault.index, Vault.seal

    def encoding(self: MD5PasswordHasher, password: str, salt: str) -> str:
        traces.note("what is hashed as a password is", password)
        return str(encode(self, password, salt))

    def indexing(self: Vault, plain: str, *, purpose: str) -> bytes:
        if purpose.startswith(SECRETS) and not purpose.startswith(DERIVED):
            traces.note(purpose, plain)
        return index(self, plain, purpose=purpose)

    def sealing(self: Vault, plain: str, *, place: str) -> bytes:
        if _KEY.fullmatch(plain):
            traces.note("the key of an authenticator", plain)
        return seal(self, plain, place=place)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encoding)
    monkeypatch.setattr(Vault, "index", indexing)
    monkeypatch.setattr(Vault, "seal", sealing)
