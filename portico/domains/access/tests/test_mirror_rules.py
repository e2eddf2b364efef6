"""What is unusual about looking members up: each floor from below and above, and beside what is usual."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest

from portico.domains.access.mirror_rules import (
    AT_NIGHT,
    BY_SEVERAL,
    IN_A_ROW,
    MANY,
    NIGHT,
    NOTHING_FOUND,
    REFUSED,
    Flag,
    Pattern,
    flags,
)

MONDAY = datetime(2026, 3, 9, 10, tzinfo=UTC)
FAY, BEN = 11, 12


class Use(NamedTuple):
    """One use of a person."""

    user_id: int = FAY
    at: datetime = MONDAY
    outcome: str = "allowed"
    conclusion: str = "found"
    member: str | None = "M"


@dataclass
class Usual:
    """What somebody did before."""

    a_day: Sequence[int] = field(default_factory=tuple)
    at_night: int = 0


def scattered(count: int, *, user_id: int = FAY, at: datetime = MONDAY) -> list[Use]:
    """So many members whose IDs lie at no even steps."""
    return [Use(user_id, at, member=f"NLH{number * number * 3:08}") for number in range(count)]


def in_a_row(count: int, first: int = 100, step: int = 1) -> list[Use]:
    return [Use(member=f"NLH{first + number * step:08}") for number in range(count)]


def by_several(count: int, at: datetime = MONDAY) -> list[Use]:
    return [Use(user_id=number, at=at, member="NLH7") for number in range(count)]


def misses(count: int, at: datetime = MONDAY, conclusion: str = "member_id_not_found") -> list[Use]:
    return [Use(at=at + timedelta(seconds=n), conclusion=conclusion, member=None) for n in range(count)]


def refused(count: int) -> list[Use]:
    return [Use(outcome="denied", conclusion="", member=None)] * count


def told(uses: list[Use], before: dict[int, Usual] | None = None) -> set[tuple[Pattern, int]]:
    return {(flag.pattern, flag.count) for flag in flags(uses, before or {}, lambda at: at)}


NIGHTLY = MONDAY.replace(hour=23)
FLOORS = [
    ("many_below", scattered(MANY - 1), set()),
    ("many", scattered(MANY), {(Pattern.MANY, MANY)}),
    ("the_same_member_again_and_again", [Use()] * 200, set()),
    ("over_two_days", scattered(MANY - 1) + scattered(MANY - 1, at=MONDAY + timedelta(days=1)), set()),
    ("by_two_people", scattered(MANY - 1) + scattered(MANY - 1, user_id=BEN), set()),
    ("in_a_row_below", in_a_row(IN_A_ROW - 1), set()),
    ("in_a_row", in_a_row(IN_A_ROW), {(Pattern.IN_A_ROW, IN_A_ROW)}),
    ("in_a_row_over_nines", in_a_row(IN_A_ROW, 95), {(Pattern.IN_A_ROW, IN_A_ROW)}),
    ("in_a_row_by_the_hundred", in_a_row(IN_A_ROW, 101, 100), {(Pattern.IN_A_ROW, IN_A_ROW)}),
    ("two_short_rows", in_a_row(IN_A_ROW - 1) + in_a_row(IN_A_ROW - 1, 500, 3), set()),
    ("ids_without_a_number", [Use(member=letter) for letter in "ABCDEFGHIJ"], set()),
    ("by_several_below", by_several(BY_SEVERAL - 1), set()),
    ("by_several", by_several(BY_SEVERAL), {(Pattern.BY_SEVERAL, BY_SEVERAL)}),
    ("by_several_over_days", by_several(3) + by_several(5, MONDAY + timedelta(days=1))[3:], set()),
    ("nothing_found_below", misses(NOTHING_FOUND - 1), set()),
    ("nothing_found", misses(NOTHING_FOUND), {(Pattern.NOTHING_FOUND, NOTHING_FOUND)}),
    ("nothing_found_over_hours", misses(9) + misses(9, MONDAY + timedelta(hours=1)), set()),
    ("no_search_at_all", misses(NOTHING_FOUND, conclusion="receipts"), set()),
    ("refused_below", refused(REFUSED - 1), set()),
    ("refused", refused(REFUSED), {(Pattern.REFUSED, REFUSED)}),
    ("at_night_below", scattered(AT_NIGHT - 1, at=NIGHTLY), set()),
    ("at_night", scattered(AT_NIGHT, at=NIGHTLY), {(Pattern.AT_NIGHT, AT_NIGHT)}),
    ("nothing", [], set()),
]


@pytest.mark.parametrize(("uses", "found"), [f[1:] for f in FLOORS], ids=[f[0] for f in FLOORS])
def test_each_pattern_has_a_floor(uses: list[Use], found: set[tuple[Pattern, int]]) -> None:
    assert told(uses) == found


@pytest.mark.parametrize(
    ("days", "is_unusual"),
    [((), True), ((13, 13, 13), True), ((14, 14, 14), False), ((1, 13, 90), True), ((60,), False)],
    ids=["never_seen", "a_third", "more_than_a_third", "one_busy_day", "always_busy"],
)
def test_many_is_many_beside_the_persons_usual_day(days: tuple[int, ...], is_unusual: bool) -> None:
    before = {FAY: Usual(days)}
    assert bool(told(scattered(MANY), before)) is is_unusual


@pytest.mark.parametrize("hour", range(24))
def test_a_night_is_from_ten_to_five(hour: int) -> None:
    found = told(scattered(AT_NIGHT, at=MONDAY.replace(hour=hour)))
    assert bool(found) is (hour in NIGHT) is (hour >= 22 or hour < 5)


def test_whoever_works_at_night_is_not_unusual_at_night() -> None:
    assert told(scattered(AT_NIGHT, at=NIGHTLY), {FAY: Usual((3,), at_night=1)}) == set()


def test_the_clock_is_the_one_on_the_wall() -> None:
    uses = scattered(AT_NIGHT, at=MONDAY)
    (flag,) = flags(uses, {}, lambda at: at + timedelta(hours=12))
    assert flag == Flag(Pattern.AT_NIGHT, date(2026, 3, 9), FAY, None, AT_NIGHT)


def test_the_latest_day_comes_first_and_the_usual_is_told() -> None:
    uses = scattered(MANY) + scattered(MANY + 5, at=MONDAY + timedelta(days=2))
    found = flags(uses, {FAY: Usual((10, 12, 14))}, lambda at: at)
    assert [(flag.day.day, flag.count, flag.usual) for flag in found] == [(11, MANY + 5, 12), (9, MANY, 12)]


def test_a_member_looked_up_by_several_names_the_member_and_nobody() -> None:
    (flag,) = flags(by_several(BY_SEVERAL), {}, lambda at: at)
    assert (flag.user_id, flag.member) == (None, "NLH7")
