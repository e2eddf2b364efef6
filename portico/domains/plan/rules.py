"""What a plan's catalogue must be. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

LONGEST_CODE = 40
LONGEST_NAME = 80
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SIZES = {"name": 120, "short_name": 40, "telephone": 20, "support_email": 254, "payer_id": 20}
_REQUIRED = ("name", "short_name", "telephone", "support_email")


class CannotConfigure(ValueError):
    """The catalogue cannot be set; the text says what is wrong, in one line."""


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
