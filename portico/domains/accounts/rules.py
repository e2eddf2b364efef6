"""When a sign-in is locked, what usernames and passwords must be, and which code steps may be used. Pure."""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MISSES_BEFORE_LOCK = 5
MOST_MISSES = 100
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=1)
FORGET_AFTER = timedelta(hours=24)
LEAST_LENGTH = 15
LEAST_LENGTH_WITH_FACTOR = 12
GREATEST_LENGTH = 512
STEP_SECONDS = 30
STEPS_OF_GRACE = 1

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_NAME_PARTS = re.compile(r"[._-]")
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "1234567890", "qwertyuiopasdfghjklzxcvbnm")
_PADDING = "0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ "
_LONGEST_TRIVIAL_UNIT = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """Misses in a row for one name, when the last was, and whether and until when it is locked."""

    count: int = 0
    last_at: datetime | None = None
    locked_until: datetime | None = None


class PasswordFault(StrEnum):
    """What is wrong with a password; stable codes."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    GUESSABLE = "guessable"
    TEMPORARY = "temporary"


def username_key(typed: str) -> str | None:
    """The one form of a username, whatever the case; None for what no username looks like.

    Only ASCII: letters that fold in one alphabet and not in another would give one name several tallies.
    """
    key = typed.strip().lower()
    return key if typed.isascii() and _USERNAME.fullmatch(key) else None


def is_locked(tally: Tally, now: datetime) -> bool:
    """Is the name locked at `now`? The end itself is open again; after 100 misses somebody must unlock it."""
    if tally.count >= MOST_MISSES:
        return True
    return tally.locked_until is not None and now < tally.locked_until


def tries_left(tally: Tally, now: datetime) -> int:
    """How many misses more lock; all of them again after a day without one, save after a hundred."""
    if tally.count >= MOST_MISSES:
        return 0
    forgotten = tally.last_at is None or now - tally.last_at > FORGET_AFTER
    return MISSES_BEFORE_LOCK - (0 if forgotten else tally.count % MISSES_BEFORE_LOCK)


def after_miss(tally: Tally, now: datetime) -> Tally:
    """The tally after one more miss: each fifth locks for 15 minutes, then 30, then an hour.

    Misses are forgotten after a day without one, save a hundred.
    """
    forgotten = tally.last_at is None or now - tally.last_at > FORGET_AFTER
    count = 1 if forgotten else tally.count + 1
    if count % MISSES_BEFORE_LOCK or count >= MOST_MISSES:
        return Tally(count, now, None)
    return Tally(count, now, now + _lock(count // MISSES_BEFORE_LOCK))


def normal_password(typed: str) -> str:
    """The password as it is hashed: one keyboard's é is another's e and accent (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", typed)


def password_faults(
    password: str, *, username: str, has_factor: bool, common: Container[str]
) -> tuple[PasswordFault, ...]:
    """What is wrong with a new password; nothing when it may be used. `common` holds lower-case words.

    At least 15 characters, 12 beside a second factor; no rule on what it is made of (SECURITY.md).
    """
    text = normal_password(password).casefold()
    if len(text) > GREATEST_LENGTH:
        return (PasswordFault.TOO_LONG,)
    least = LEAST_LENGTH_WITH_FACTOR if has_factor else LEAST_LENGTH
    own = {username.casefold(), *_NAME_PARTS.split(username.casefold())}
    found = (
        (len(text) < least, PasswordFault.TOO_SHORT),
        (_is_guessable(text, common) or _is_guessable(text, own), PasswordFault.GUESSABLE),
    )
    return tuple(fault for is_so, fault in found if is_so)


def usable_steps(now: datetime, last_step: int) -> range:
    """The TOTP steps a code may belong to at `now`: one before to one after, none used before."""
    step = int(now.timestamp()) // STEP_SECONDS
    return range(max(step - STEPS_OF_GRACE, last_step + 1), step + STEPS_OF_GRACE + 1)


def _lock(times: int) -> timedelta:
    """15 minutes, 30, 60, and 60 from then on."""
    lock = FIRST_LOCK
    for _ in range(times - 1):
        lock = min(lock * 2, LONGEST_LOCK)
    return lock


def _is_guessable(text: str, words: Container[str]) -> bool:
    """A known word, perhaps padded or repeated; a short unit repeated; or a run of neighbouring signs."""
    unit = _unit(text)
    bare = {text, unit, text.strip(_PADDING), unit.strip(_PADDING)} - {""}
    is_trivial = unit != text and len(unit) <= _LONGEST_TRIVIAL_UNIT
    return is_trivial or is_run(text) or any(word in words for word in bare)


def _unit(text: str) -> str:
    """The shortest text of which `text` is a repetition, perhaps cut short at the end."""
    return next((text[:n] for n in range(1, len(text)) if text[n:] == text[:-n]), text)


def is_run(text: str) -> bool:
    """Is it a run of signs that are neighbours in the alphabet, among the digits or on a keyboard?"""
    around = (run * (len(text) // len(run) + 2) for run in _RUNS)
    return bool(text) and any(text in row or text in row[::-1] for row in around)
