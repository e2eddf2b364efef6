"""What the plan's entrances may be: stable addresses, each for one audience, each once. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from portico.domains.plan.rules import LONGEST_CODE, LONGEST_NAME, CannotConfigure

MOST_ENTRANCES: Final = 100
LONGEST_SAYS: Final = 200
LONGEST_URL: Final = 200
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_URL: Final = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!-~]*)?")


class Audience(StrEnum):
    """Whom a sign-in page is for."""

    PROVIDER = "provider"
    MEMBER = "member"
    EMPLOYER = "employer"
    BROKER = "broker"


@dataclass(frozen=True, slots=True)
class Entrance:
    """A stable address to sign in at. Ours for providers, of one line of business or of all (`line` is "");
    for everybody else the plan's own site at `url`. `says` tells in a sentence whom it is for.
    """

    slug: str
    audience: Audience
    name: str
    line: str = ""
    says: str = ""
    url: str = ""

    @property
    def is_ours(self) -> bool:
        """Is it signed in here, and not on a site of its own?"""
        return self.audience is Audience.PROVIDER


def check(entrances: Sequence[Entrance], *, lines: Collection[str]) -> None:
    """Each is whole, and none stands there twice; `lines` are the plan's. Raises CannotConfigure."""
    if len(entrances) > MOST_ENTRANCES:
        raise CannotConfigure(f"entrances: {MOST_ENTRANCES} at most")
    for entrance in entrances:
        fault = _fault(entrance, lines)
        if fault:
            raise CannotConfigure(f"entrance {entrance.slug!r}: {fault}")
    _check_once("entrance {!r} stands there twice", [each.slug for each in entrances])
    ours = [each.line for each in entrances if each.is_ours]
    _check_once("providers of {!r} have two entrances", [line or "every line" for line in ours])


def _fault(entrance: Entrance, lines: Collection[str]) -> str:
    if not _SLUG.fullmatch(entrance.slug) or len(entrance.slug) > LONGEST_CODE:
        return "a slug is small letters and digits with dashes between"
    if not 0 < len(entrance.name.strip()) <= LONGEST_NAME:
        return f"a name has 1 to {LONGEST_NAME} characters"
    if len(entrance.says) > LONGEST_SAYS:
        return f"what it says has more than {LONGEST_SAYS} characters"
    if entrance.line and entrance.line not in lines:
        return f"there is no line of business {entrance.line!r}"
    return _fault_of_place(entrance)


def _fault_of_place(entrance: Entrance) -> str:
    """Providers sign in here; everybody else somewhere else, at an address that is encrypted."""
    if entrance.is_ours:
        return "providers sign in here: leave the url out" if entrance.url else ""
    if entrance.line:
        return "only providers have entrances by line of business: leave the line out"
    if (
        not _URL.fullmatch(entrance.url)
        or len(entrance.url) > LONGEST_URL
        or not urlsplit(entrance.url).hostname
    ):
        return "its url is the whole address of the plan's own site, with https://"
    return ""


def _check_once(words: str, said: Sequence[str]) -> None:
    twice = [each for each, count in Counter(said).items() if count > 1]
    if twice:
        raise CannotConfigure(words.format(twice[0]))
