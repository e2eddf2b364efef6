"""How much is left in an hour, which network an address counts for, and both ends of a link's hour."""

from datetime import datetime, timedelta

import pytest

from portico.domains.accounts.coming_back import coming_back_rules as rules
from portico.domains.accounts.coming_back.coming_back_rules import Limit
from portico.domains.accounts.rules import Tally
from tests.support.actors import NOW

THREE, THREE_FROM_THE_FIRST = Limit(3, renews=True), Limit(3)


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def taken(limit: Limit, *minutes: float) -> list[float]:
    """Which of the tries, so many minutes after NOW, are taken."""
    tally, found = Tally(), []
    for minute in minutes:
        if not rules.is_used_up(tally, limit, at(minute)):
            tally = rules.after_one(tally, limit, at(minute))
            found.append(minute)
    return found


def test_three_are_taken_and_the_fourth_is_not() -> None:
    assert taken(THREE, 0, 1, 2, 3, 59) == [0, 1, 2]


def test_an_hour_after_the_last_one_taken_there_are_three_again() -> None:
    assert taken(THREE, 0, 1, 2, 61.99, 62, 63, 64, 65) == [0, 1, 2, 62, 63, 64]


@pytest.mark.parametrize("gap", [1, 7, 19, 20, 25, 31, 59])
def test_no_hour_holds_more_than_three(gap: int) -> None:
    found = taken(THREE, *range(0, 600, gap))
    assert all(sum(start <= each < start + 60 for each in found) <= 3 for start in found)


def test_tries_that_are_not_taken_do_not_lengthen_the_hour() -> None:
    assert taken(THREE, 0, 1, 2, *range(3, 62), 62) == [0, 1, 2, 62]


def test_where_the_hour_begins_with_the_first_a_steady_trickle_never_stops() -> None:
    assert taken(THREE_FROM_THE_FIRST, 0, 30, 60, 90, 120, 150) == [0, 30, 60, 90, 120, 150]
    assert taken(THREE_FROM_THE_FIRST, 0, 30, 59, 59.5, 60) == [0, 30, 59, 60]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("", ""),
    ],
    ids=["IPv4", "IPv6", "a neighbour", "another house", "none"],
)
def test_a_house_is_one_asker(address: str, network: str) -> None:
    assert rules.network(address) == network


@pytest.mark.parametrize(("minutes", "is_open"), [(0, True), (59.99, True), (60, False), (61, False)])
def test_a_link_works_for_one_hour(minutes: float, is_open: bool) -> None:
    found = rules.is_open(expires_at=at(60), used_at=None, ended_at=None, now=at(minutes))
    assert found is is_open


@pytest.mark.parametrize("over", ["used_at", "ended_at"])
def test_a_link_that_was_used_or_ended_works_no_more(over: str) -> None:
    ends: dict[str, datetime | None] = {"used_at": None, "ended_at": None, over: at(1)}
    assert not rules.is_open(expires_at=at(60), now=at(2), **ends)


def test_secrets_of_links_hold_256_bits_and_differ() -> None:
    made = {rules.new_link_secret() for _ in range(50)}
    assert len(made) == 50
    assert {len(secret) for secret in made} == {43}
