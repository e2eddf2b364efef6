"""Control numbers of nine digits, and how fast answers were."""

import pytest

from portico.domains.exchange import rules
from portico.domains.exchange.rules import ServiceLevel


@pytest.mark.parametrize(
    ("number", "told"),
    [(1, "000000001"), (999_999_999, "999999999"), (10**9, "000000000"), (10**9 + 7, "000000007")],
)
def test_a_control_number_has_nine_digits(number: int, told: str) -> None:
    assert rules.control_number(number) == told


@pytest.mark.parametrize(
    ("times", "level"),
    [
        ({}, ServiceLevel()),
        ({140: 1}, ServiceLevel(1, 1, 140, 140, 140)),
        ({20_000: 1, 20_001: 1}, ServiceLevel(2, 1, 20_001, 20_001, 20_001)),
        ({10: 90, 20: 9, 30: 1}, ServiceLevel(100, 100, 10, 20, 30)),
        ({10: 89, 20: 10, 30_000: 1}, ServiceLevel(100, 99, 20, 20, 30_000)),
        (dict.fromkeys(range(1, 101), 10), ServiceLevel(1000, 1000, 90, 99, 100)),
    ],
)
def test_how_fast_answers_were(times: dict[int, int], level: ServiceLevel) -> None:
    assert rules.service_level(times) == level


@pytest.mark.parametrize(("within", "is_met"), [(90, True), (89, False), (100, True)])
def test_nine_answers_in_ten_have_to_come_within_twenty_seconds(within: int, is_met: bool) -> None:
    level = rules.service_level({20_000: within, 20_001: 100 - within})
    assert (level.share, level.is_met) == (within / 100, is_met)


def test_where_nobody_asked_nothing_was_missed() -> None:
    assert (ServiceLevel().share, ServiceLevel().is_met) == (None, True)
