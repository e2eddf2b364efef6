"""Identifiers that look right and belong to nobody: each number gives its own, and none can be real.

NPIs start with 2, which is kept for later; tax IDs have prefixes that are not assigned; SSNs lie in
900-999 with a group below 50, which neither Social Security nor the tax office gives out; telephones
are 555-0100 to 555-0199; postal codes have prefixes not in use; mail is at example.org.
"""

from functools import cache

from portico.shared import identifiers

MAIL_DOMAIN = "example.org"
TAX_ID_PREFIXES = "00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97".split()
POSTAL_PREFIXES = ("909", "929")

_SERIALS, _GROUPS, _AREAS = 9999, 49, 99  # area 999 is kept for the named cases
_SSNS = _SERIALS * _GROUPS * _AREAS
_SSN_STRIDE = 7919
_SUBSCRIBERS_FROM, _SUBSCRIBERS = 10_000_000, 78_000_000  # 8800 0000 and above: the named cases
_SUBSCRIBER_STRIDE = 48_271


def npi(number: int) -> str:
    """The NPI of provider `number` (0 to 99,999,999), check digit and all."""
    return identifiers.npi_with_check_digit(f"2{number:08d}")


def tax_id(number: int) -> str:
    """The tax ID of practice `number` (0 to 169,999,999)."""
    prefix, rest = number % len(TAX_ID_PREFIXES), number // len(TAX_ID_PREFIXES)
    return f"{TAX_ID_PREFIXES[prefix]}{rest:07d}"


def ssn(number: int) -> str:
    """The SSN of person `number`; no two of the first 48 million share one."""
    place = number * _SSN_STRIDE % _SSNS
    place, serial = divmod(place, _SERIALS)
    area, group = divmod(place, _GROUPS)
    return f"{900 + area}{group + 1:02d}{serial + 1:04d}"


def subscriber_id(number: int) -> str:
    """The subscriber number of household `number`; no two of the first 78 million share one."""
    return f"NLH{_SUBSCRIBERS_FROM + (number * _SUBSCRIBER_STRIDE + 20_193) % _SUBSCRIBERS}"


def member_id(subscriber: str, suffix: int) -> str:
    """The person's own member ID: the subscriber number and two digits, 01 for the subscriber."""
    return f"{subscriber}{suffix:02d}"


@cache
def telephone(area_code: str, number: int) -> str:
    """Ten digits in the area: one of the hundred telephone numbers kept for fiction."""
    return f"{area_code}55501{number % 100:02d}"
