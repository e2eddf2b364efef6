"""How long an invitation works, how many misses it bears, and what its secret looks like. Pure.

sent -> taken, in one browser -> finished
  |        `-> expired, replaced, cancelled, misses
  `-> expired, replaced, cancelled, misses, not_mine
"""

import secrets
from datetime import timedelta

from portico.shared import identifiers

LASTS = timedelta(hours=24)
MOST_MISSES = 10
MOST_WRONG_NAMES = 5
MOST_A_DAY = 5
DAY = timedelta(days=1)
PASSWORD_SIGNS = 24
LINK_BYTES = 32
MARK_BYTES = 32


def new_temporary_password() -> str:
    """A temporary password of 120 bits, to be typed: six groups of four letters and digits."""
    return identifiers.group_reference(identifiers.new_reference(PASSWORD_SIGNS))


def normal_temporary_password(typed: str) -> str:
    """What was typed, in the one form that counts: case, look-alikes, dashes and spaces do not matter."""
    return identifiers.parse_reference("".join(filter(str.isalnum, typed)))


def is_like_a_temporary_password(typed: str) -> bool:
    """Is this in the form of a temporary password, however it was typed?"""
    normal = "".join(sign for sign in typed if sign not in "- ")
    return len(normal) == PASSWORD_SIGNS and normal.isascii() and normal.isalnum()


def new_link_secret() -> str:
    """The secret of an activation link: 256 bits, fit for an address."""
    return secrets.token_urlsafe(LINK_BYTES)


def new_mark() -> str:
    """What a browser is known again by that took an invitation: 256 bits."""
    return secrets.token_urlsafe(MARK_BYTES)
