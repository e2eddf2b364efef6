"""What a person's name, telephone number and mail address may be, and how long a changed one can be undone.

A changed address goes this way; both ends of a time are too late:

    asked -> confirmed within 24 hours -> undone within 72 hours more
      `-> expired, withdrawn, replaced by another, cancelled from the old address

Pure.
"""

import re
import unicodedata
from datetime import datetime, timedelta

LINK_LASTS = timedelta(hours=24)
UNDONE_WITHIN = timedelta(hours=72)
MOST_CHANGES_A_DAY = 5
DAY = timedelta(days=1)
LONGEST_NAME = 60
LONGEST_ADDRESS = 254
LONGEST_LOCAL_PART = 64

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_LAST_LABEL = r"(?:[Xx][Nn]--[A-Za-z0-9]{1,59}|[A-Za-z][A-Za-z-]{0,61}[A-Za-z])"
_ADDRESS = re.compile(rf"({_LOCAL})@((?:{_LABEL}\.)+{_LAST_LABEL})")
_PUNCTUATION = re.compile(r"[\s().-]")
_EXTENSION = re.compile(r"(?i)^(.*?)(?:ext\.?|x)\s*([0-9]{1,6})$")
_NUMBER = re.compile(r"\+?[0-9]{7,15}")
_LETTERS_AND_MARKS = ("L", "M")
_IN_NAMES = frozenset(" '’.,-·()")


def name(typed: str) -> str | None:
    """The name as it is kept: letters with what stands in names between them, one blank between words.

    None for what is no name: nothing, more than 60 characters, digits, or a sign that nobody sees.
    """
    told = " ".join(unicodedata.normalize("NFC", typed).split(" ")).strip()
    told = re.sub(" {2,}", " ", told)
    has_letter = any(unicodedata.category(sign)[0] == "L" for sign in told)
    return told if has_letter and len(told) <= LONGEST_NAME and all(map(_stands_in_names, told)) else None


def telephone(typed: str) -> str | None:
    """The number as it is kept: its digits, `+` before a foreign one, ` x` before an extension.

    Empty for none; None for what is no number.
    """
    text = typed.strip()
    found = _EXTENSION.match(text)
    main, extension = (found[1], found[2]) if found else (text, "")
    digits = _PUNCTUATION.sub("", main)
    if not digits and not extension:
        return ""
    if not digits.isascii() or not _NUMBER.fullmatch(digits):
        return None
    told = f"{digits} x{extension}" if extension else digits
    return told if len(told) <= 20 else None


def mail_address(typed: str) -> str | None:
    """The address as it is kept, its domain in small letters; None for what mail cannot safely be sent to.

    Letters, digits and signs of ASCII alone: no quotes, no line ends, nothing that could end a header.
    """
    found = _ADDRESS.fullmatch(typed.strip(" "))
    if found is None or len(found[0]) > LONGEST_ADDRESS or len(found[1]) > LONGEST_LOCAL_PART:
        return None
    return f"{found[1]}@{found[2].lower()}"


def is_same_address(one: str, other: str) -> bool:
    """Do both name one mailbox, as nearly every mail server sees it?"""
    return one.casefold() == other.casefold()


def may_be_confirmed(*, expires_at: datetime, is_over: bool, now: datetime) -> bool:
    """May the new address still be confirmed?"""
    return not is_over and now < expires_at


def may_be_undone(
    *, expires_at: datetime, confirmed_at: datetime | None, is_over: bool, now: datetime
) -> bool:
    """Is there something left that the old address can still undo?"""
    if is_over:
        return False
    return now < (expires_at if confirmed_at is None else confirmed_at + UNDONE_WITHIN)


def _stands_in_names(sign: str) -> bool:
    return sign in _IN_NAMES or unicodedata.category(sign)[0] in _LETTERS_AND_MARKS
