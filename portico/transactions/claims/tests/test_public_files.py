"""Every public 837 is read, or it is said precisely what of it cannot be."""

from pathlib import Path

import pytest

from portico.transactions.claims import reader
from tests.support import public_files

_ANOTHER_SEPARATOR = {"CLM05-1", "CLM05-3", "HI01-1", "HI01-2", "SV101-1", "SV101-2"}
_INSTITUTIONAL = _ANOTHER_SEPARATOR - {"SV101-1", "SV101-2"} | {"SV202-1", "SV202-2"}
UNRELIABLE = {
    "837_demo.cob.2ndary.example4.837": _ANOTHER_SEPARATOR,
    "837_demo.example9.837": _ANOTHER_SEPARATOR,
    "837_demo.example11.837": _ANOTHER_SEPARATOR | {"HI02-1", "HI02-2"},
    "837_demo.example12.837": _ANOTHER_SEPARATOR,
    "837_out-of-network-repriced-claim.837i": _INSTITUTIONAL,
    "837_ppo-repriced-claim.837i": _INSTITUTIONAL,
}
"""Files whose components are joined by another sign than ISA16 says: what cannot be relied on in them."""


@pytest.mark.parametrize("path", public_files.each("837"))
def test_each_is_read_or_says_why_not(path: Path) -> None:
    with path.open("rb") as source:
        claims = list(reader.read(source))
    assert claims
    for claim in claims:
        assert claim.sent is not None
        assert {noted.about for noted in claim.costly} == UNRELIABLE.get(path.name, set())
        assert claim.sent.billed == sum(line.billed for line in claim.sent.services)
        assert claim.sent.starts_on is not None
        assert claim.sent.billing.tax_id
        assert claim.sent.subscriber.member_id


@pytest.mark.parametrize("path", public_files.each("837"))
def test_reading_goes_on_after_each_claim(path: Path) -> None:
    with path.open("rb") as source:
        claims = list(reader.read(source))
        for done, claim in enumerate(claims, 1):
            rest = list(reader.read(source, claim.bookmark()))
            assert [(one.sent, one.segments, one.above) for one in rest] == [
                (one.sent, one.segments, one.above) for one in claims[done:]
            ]
