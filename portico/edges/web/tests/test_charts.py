"""Used and remaining, at the ends of every range."""

from decimal import Decimal

import pytest

from portico.edges.web import charts


@pytest.mark.parametrize(
    ("used", "total", "percent", "remaining"),
    [
        ("0", "1500", "0.0", "1500"),
        ("1050", "1500", "70.0", "450"),
        ("1500", "1500", "100.0", "0"),
        ("1600", "1500", "100.0", "0"),
        ("-20", "1500", "0.0", "1520"),
        ("0", "0", "100.0", "0"),
        ("1", "3", "33.3", "2"),
    ],
)
def test_a_share_stays_between_nothing_and_all(used: str, total: str, percent: str, remaining: str) -> None:
    share = charts.Share(Decimal(used), Decimal(total))
    assert share.percent == Decimal(percent)
    assert share.remaining == Decimal(remaining)


def test_nothing_left_is_full() -> None:
    assert charts.Share(Decimal(20), Decimal(20)).is_full
    assert not charts.Share(Decimal(19), Decimal(20)).is_full


def test_the_bar_is_decoration_without_inline_style() -> None:
    drawn = charts.meter_bar(1, 4)
    assert 'width="25.0%"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "style=" not in drawn


def test_a_column_stands_on_its_foot_with_a_part_set_apart() -> None:
    drawn = charts.column(50, 200, 10)
    assert 'y="75.0" height="25.0"' in drawn
    assert 'y="95.0" height="5.0"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "style=" not in drawn


@pytest.mark.parametrize(("value", "most"), [(0, 200), (-5, 200), (0, 0), (5, 0)])
def test_nothing_has_no_column(value: int, most: int) -> None:
    assert charts.column(value, most).count('height="0') == 2
