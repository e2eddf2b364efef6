"""What is open outside the network is what the operator says, and nothing until then."""

from typing import Any

import pytest

from portico.domains.permits.functions import CLAIMS
from portico.domains.plan import outside


def test_nothing_is_open_outside_the_network_by_default() -> None:
    assert outside.functions() == frozenset()


@pytest.mark.parametrize(
    ("tier", "functions"), [("off", frozenset()), ("claims", CLAIMS)], ids=["off", "claims"]
)
def test_the_setting_says_what_is_open(settings: Any, tier: str, functions: frozenset[str]) -> None:
    settings.NONPAR_TIER = tier
    assert outside.functions() == functions
