"""What in a text looks like a sign of a patient: a number or a birth date by which one is known. Pure.

Signs are looked for by their shape alone. Nothing is looked up, so the answer tells nobody whether there is a
member of that number.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final


class Sign(StrEnum):
    """What points at a patient."""

    SSN = "ssn"
    MEMBER_ID = "member_id"
    MEDICARE_NUMBER = "medicare_number"
    BIRTH_DATE = "birth_date"


_BETWEEN: Final = r"[\s.\-/_]{1,3}"
# Nine digits in a row, or as the number is written: three, two and four. A ZIP code has five and four.
_SSN: Final = re.compile(
    rf"(?<![0-9])(?:[0-9]{{9}}|[0-9]{{3}}{_BETWEEN}[0-9]{{2}}{_BETWEEN}[0-9]{{4}})(?![0-9])"
)
_NAMED_SSN: Final = re.compile(r"\b(?:SSN|SS ?#|SOC(?:IAL)?\.? SEC(?:URITY)?).{0,25}?[0-9](?:[ .-]?[0-9]){3}")
# CMS, Medicare Beneficiary Identifier: eleven signs, none of them S, L, O, I, B or Z.
_LETTER: Final = "[AC-HJKMNP-RT-Y]"
_EITHER: Final = "[AC-HJKMNP-RT-Y0-9]"
_MEDICARE: Final = re.compile(
    rf"(?<![A-Z0-9])[1-9]{_LETTER}{_EITHER}[0-9][ -]?{_LETTER}{_EITHER}[0-9][ -]?"
    rf"{_LETTER}{{2}}[0-9]{{2}}(?![A-Z0-9])"
)
_NAMED_ID: Final = re.compile(
    r"\b(?:(?:MEMBER|SUBSCRIBER|PATIENT|BENEFICIARY|ENROLLEE|MEDI-?CAL|MEDICAID|MEDICARE|MEDICAL RECORD"
    r"|CHART)"
    r"[ '’S]{0,3}(?:IDENTIFICATION|ID|NUMBER|NUM|NO|NR|#)|CIN|MRN|HICN|MBI)(?![A-Z])"
    r".{0,20}?[0-9](?:[A-Z .-]?[0-9]){4}"
)
_MONTH: Final = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{0,6}\.?"
_DATE: Final = (
    r"(?:[0-9]{1,4}[ ]?[/.\-][ ]?[0-9]{1,2}[ ]?[/.\-][ ]?[0-9]{2,4}|[0-9]{1,2} [0-9]{1,2} [0-9]{2,4}"
    rf"|{_MONTH} ?[0-9]{{1,2}}(?:ST|ND|RD|TH)?,? ?[0-9]{{2,4}}"
    rf"|[0-9]{{1,2}}(?:ST|ND|RD|TH)? ?(?:OF )?{_MONTH},? ?[0-9]{{2,4}}|[0-9]{{8}}|[0-9]{{6}})(?![0-9])"
)
_BIRTH: Final = r"(?:D\.? ?O\.? ?B\b\.?|BIRTH|BORN\b|B-?DAY\b)"
_BIRTH_DATE: Final = re.compile(
    rf"\b{_BIRTH}.{{0,40}}?(?<![0-9]){_DATE}|(?<![0-9]){_DATE}.{{0,25}}?\b{_BIRTH}"
)
_PATTERNS: Final = (
    (Sign.SSN, _SSN),
    (Sign.SSN, _NAMED_SSN),
    (Sign.MEDICARE_NUMBER, _MEDICARE),
    (Sign.MEMBER_ID, _NAMED_ID),
    (Sign.BIRTH_DATE, _BIRTH_DATE),
)


def signs(text: str, *, forms: Sequence[str] = ()) -> tuple[Sign, ...]:
    """What in a text looks like a sign of a patient, each kind once, in the order of `Sign`.

    `forms` are how the plan writes its member IDs: `#` is a digit, `@` a letter, every other sign is itself.
    """
    plain = _plain(text)
    found = {sign for sign, pattern in _PATTERNS if pattern.search(plain)}
    if any(_form(form).search(plain) for form in forms):
        found.add(Sign.MEMBER_ID)
    return tuple(sign for sign in Sign if sign in found)


def _form(form: str) -> re.Pattern[str]:
    """A member ID of that form, with or without spaces and dashes in it."""
    kinds = {"#": "[0-9]", "@": "[A-Z]"}
    each = "[ -]?".join(kinds.get(sign, re.escape(sign)) for sign in form.upper())
    return re.compile(f"(?<![A-Z0-9]){each}(?![A-Z0-9])")


def _plain(text: str) -> str:
    """The text in one line of capitals, in plain digits, dashes and blanks, without what cannot be seen."""
    return " ".join("".join(_told(unicodedata.normalize("NFKC", text))).upper().split())


def _told(text: str) -> Iterator[str]:
    for sign in text:
        kind = unicodedata.category(sign)
        if kind == "Nd":
            yield str(unicodedata.digit(sign))
        elif kind == "Pd" or sign == "\N{MINUS SIGN}":
            yield "-"
        elif kind != "Cf":
            yield sign
