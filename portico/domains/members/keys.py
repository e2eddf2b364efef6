"""Opaque keys: names of members and of spans that tell nothing and stay the same (decision 0025)."""

from django.conf import settings

from portico.shared.vault import Vault

_MEMBER, _COVERAGE = "members.member", "members.coverage"
_NOBODY = 0


def member_key(number: int) -> str:
    """The key of the member in row `number`: 32 hexadecimal digits."""
    return _vault().alias(number, purpose=_MEMBER)


def coverage_key(number: int) -> str:
    """The key of the span of coverage in row `number`: 32 hexadecimal digits."""
    return _vault().alias(number, purpose=_COVERAGE)


def member_number(key: str) -> int:
    """The row a member's key stands for; 0, where no row is, for any other text."""
    return _vault().number_of(key, purpose=_MEMBER) or _NOBODY


def coverage_number(key: str) -> int:
    """The row a span's key stands for; 0, where no row is, for any other text."""
    return _vault().number_of(key, purpose=_COVERAGE) or _NOBODY


def _vault() -> Vault:
    vault: Vault = settings.PORTICO_VAULT
    return vault
