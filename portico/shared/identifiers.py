"""Identifiers of the field, typed and checked: NPI, tax ID, SSN, and opaque references.

Each `parse_*` takes what a person typed and answers the canonical text, or raises
`BadIdentifier` with a code and plain words. Sources: the CMS NPI check-digit rule (Luhn over
80840 + NPI); the SSA's rules on numbers never issued (DESIGN.md, section 5).
"""

import re
import secrets
from typing import NewType

Npi = NewType("Npi", str)
TaxId = NewType("TaxId", str)
Ssn = NewType("Ssn", str)

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_NOT_DIGITS = re.compile(r"[\s\-.]")
_DIGITS_ONLY = re.compile(r"[0-9]+")


class BadIdentifier(ValueError):
    """What was typed is not such an identifier; `code` is stable, the words are for a person."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


def parse_npi(text: str) -> Npi:
    """The ten digits of an NPI whose check digit is right."""
    digits = _digits(text, 10, "npi", "An NPI has 10 digits.")
    if not _luhn_holds("80840" + digits):
        raise BadIdentifier("npi_check_digit", "This NPI fails its check digit. Check each digit.")
    return Npi(digits)


def npi_with_check_digit(nine_digits: str) -> Npi:
    """The NPI that the nine leading digits make with their check digit."""
    for last in "0123456789":
        if _luhn_holds("80840" + nine_digits + last):
            return Npi(nine_digits + last)
    raise BadIdentifier("npi_format", "Nine digits are needed to make an NPI.")


def parse_tax_id(text: str) -> TaxId:
    """The nine digits of a tax ID, dashes dropped."""
    return TaxId(_digits(text, 9, "tax_id", "A tax ID has 9 digits."))


def parse_ssn(text: str, *, allow_demo: bool = False) -> Ssn:
    """The nine digits of an SSN that could have been issued; `allow_demo` lets 900-999 pass."""
    digits = _digits(text, 9, "ssn", "A Social Security number has 9 digits.")
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    issued = area not in ("000", "666") and group != "00" and serial != "0000"
    if not issued or (area >= "900" and not allow_demo):
        raise BadIdentifier("ssn_never_issued", "No Social Security number has this form. Check it.")
    return Ssn(digits)


def mask_tax_id(tax_id: str) -> str:
    """A tax ID that shows its last four digits only."""
    return f"••-•••{tax_id[-4:]}"


def mask_ssn(last_four: str) -> str:
    """An SSN that shows its last four digits only."""
    return f"•••-••-{last_four[-4:]}"


def format_tax_id(tax_id: str) -> str:
    """A tax ID as people write it: 12-3456789."""
    return f"{tax_id[:2]}-{tax_id[2:]}"


def new_reference(length: int = 12) -> str:
    """An unguessable reference of `length` Crockford characters (5 bits each), easy to read aloud."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))


def reference_of(digest: bytes) -> str:
    """The reference of 16 Crockford characters that the first ten bytes of a keyed hash are."""
    value = int.from_bytes(digest[:10])
    return "".join(CROCKFORD[value >> 5 * place & 31] for place in reversed(range(16)))


def group_reference(reference: str) -> str:
    """A reference in groups of four for reading: ABCD-EFGH-JKMN."""
    return "-".join(reference[i : i + 4] for i in range(0, len(reference), 4))


def parse_reference(text: str) -> str:
    """What was typed as a reference, in canonical form: look-alikes mapped, dashes dropped."""
    upper = re.sub(r"[\s\-]", "", text).upper()
    return upper.translate(str.maketrans("ILO", "110"))


def compact_member_id(text: str) -> str:
    """A member ID as IDs are compared: upper case, no spaces or dashes; nothing is checked."""
    return re.sub(r"[\s\-]", "", text).upper()


def parse_member_id(text: str) -> str:
    """A member or subscriber ID in canonical form: upper case, no spaces or dashes.

    Raises BadIdentifier for fewer than 2 or more than 80 characters, or other signs than letters and digits.
    """
    compact = compact_member_id(text)
    if not 2 <= len(compact) <= 80 or not compact.isascii() or not compact.isalnum():
        raise BadIdentifier("member_id_format", "A member ID has 2 to 80 letters and digits.")
    return compact


def _digits(text: str, length: int, code: str, words: str) -> str:
    digits = text if text.isdigit() else _NOT_DIGITS.sub("", text)
    if len(digits) != length or not _DIGITS_ONLY.fullmatch(digits):
        raise BadIdentifier(f"{code}_format", words)
    return digits


def _luhn_holds(digits: str) -> bool:
    if not _DIGITS_ONLY.fullmatch(digits):
        return False
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
