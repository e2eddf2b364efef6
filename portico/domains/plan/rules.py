"""What a plan's catalogue and its terms of use must be. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

LONGEST_CODE = 40
LONGEST_NAME = 80
LONGEST_TERMS = 200_000
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SIZES = {"name": 120, "short_name": 40, "telephone": 20, "support_email": 254, "payer_id": 20}
_REQUIRED = ("name", "short_name", "telephone", "support_email")


class CannotConfigure(ValueError):
    """The catalogue cannot be set; the text says what is wrong, in one line."""


class CannotPublish(ValueError):
    """The terms cannot be published; the text says what is wrong, in one line."""


def check_version(version: str) -> None:
    """The name of a version of the terms: fit for an address, and with a digit. Raises CannotPublish."""
    if not _VERSION.fullmatch(version):
        raise CannotPublish(
            "a version has at most 40 letters, digits, dots and dashes, and a digit among them: 2026-04"
        )


def terms_text(text: str) -> str:
    """The terms as they are kept and hashed: plain line ends, no blanks at their ends. Raises CannotPublish.

    A sign nobody sees, or that turns the reading around, is refused: people agree to what they read.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
    told = "\n".join(line.rstrip() for line in lines).strip("\n")
    if not told.strip():
        raise CannotPublish("the terms say nothing")
    if len(told) > LONGEST_TERMS:
        raise CannotPublish(f"the terms have more than {LONGEST_TERMS:,} characters")
    if _UNSEEN.search(told):
        raise CannotPublish("the terms hold a sign that cannot be seen; take it out")
    return told + "\n"


def check_identity(said: Mapping[str, str]) -> None:
    """Who the plan is: what every page shows is there, and nothing is too long. Raises CannotConfigure."""
    for what in _REQUIRED:
        if not said[what].strip():
            raise CannotConfigure(f"the plan's {what} is missing")
    for what, most in _SIZES.items():
        if len(said[what]) > most:
            raise CannotConfigure(f"the plan's {what} has more than {most} characters")
    if "@" not in said["support_email"]:
        raise CannotConfigure("the plan's support_email is no mail address")


def check_named(what: str, named: Sequence[tuple[str, str]]) -> None:
    """Codes and names of lines or regions: each code once and fit for a URL. Raises CannotConfigure."""
    for code, name in named:
        if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE:
            raise CannotConfigure(f"{what} {code!r}: a code is small letters and digits with dashes between")
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            raise CannotConfigure(f"{what} {code}: a name has 1 to {LONGEST_NAME} characters")
    twice = [code for code, count in Counter(code for code, _ in named).items() if count > 1]
    if twice:
        raise CannotConfigure(f"{what} {twice[0]} stands there twice")
