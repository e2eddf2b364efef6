"""How a document lives: material numbers, the moves of a version, and what was in force when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from portico.domains.library import rules
from portico.domains.library.models import Version
from portico.domains.library.rules import Move, Standing, State

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Held:
    """A version as the rules want to know it."""

    first_on: date
    last_on: date | None = None
    state: str = State.PUBLISHED
    publish_at: datetime | None = NOON


def day(month: int, number: int) -> date:
    """A day of the made-up year."""
    return date(2026, month, number)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("23-346m", "23346m"),
        ("23 – 346 M", "23346m"),
        (" 23346M\n", "23346m"),
        ("２３－３４６ｍ", "23346m"),
        ("23_346/m.", "23346m"),
        ("–", ""),
        ("", ""),
        ("é", ""),
    ],
    ids=range(8),
)
def test_a_material_number_is_the_same_in_any_case_and_spacing(written: str, key: str) -> None:
    assert rules.material_key(written) == key


def test_the_states_are_those_of_the_table() -> None:
    assert [state.value for state in State] == Version.State.values


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_only_the_moves_of_the_table_are_allowed(state: State, move: Move) -> None:
    allowed = {
        "draft": {"save": "draft", "send": "in_review", "withdraw": "withdrawn"},
        "in_review": {
            "take_back": "draft",
            "refuse": "draft",
            "schedule": "scheduled",
            "publish": "published",
        },
        "scheduled": {"appear": "published", "withdraw": "withdrawn"},
    }

    assert rules.after(state, move) == allowed.get(state, {}).get(move)


@pytest.mark.parametrize(
    ("state", "publish_at", "readable"),
    [
        (State.PUBLISHED, NOON, True),
        (State.SCHEDULED, NOON, True),
        (State.SCHEDULED, NOON + timedelta(microseconds=1), False),
        (State.PUBLISHED, NOON + timedelta(microseconds=1), False),
        (State.WITHDRAWN, NOON, False),
        (State.IN_REVIEW, NOON, False),
        (State.DRAFT, None, False),
    ],
)
def test_a_version_is_published_from_its_instant_on(
    state: State, publish_at: datetime | None, readable: bool
) -> None:
    version = Held(day(1, 1), state=state, publish_at=publish_at)

    assert rules.is_published(version, NOON) is readable
    assert rules.published([version], NOON) == [version] * readable


FIRST = Held(day(1, 1))
SECOND = Held(day(3, 1), last_on=day(3, 31))
THIRD = Held(day(5, 1))


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2025, 12, 31), None),
        (day(1, 1), FIRST),
        (day(2, 28), FIRST),
        (day(3, 1), SECOND),
        (day(3, 31), SECOND),
        (day(4, 1), None),
        (day(4, 30), None),
        (day(5, 1), THIRD),
        (date(2036, 1, 1), THIRD),
    ],
)
def test_the_latest_begun_is_in_force_while_it_lasts(on: date, version: Held | None) -> None:
    assert rules.in_force([SECOND, THIRD, FIRST], on) is version


def test_no_version_is_in_force_where_there_is_none() -> None:
    assert rules.in_force([], day(1, 1)) is None


def test_a_version_ends_at_its_own_end_or_the_day_before_the_next() -> None:
    versions = [FIRST, SECOND, THIRD]

    assert [rules.last_day(version, versions) for version in versions] == [day(2, 28), day(3, 31), None]
    assert rules.last_day(Held(day(1, 1), last_on=day(12, 31)), versions) == day(2, 28)


@pytest.mark.parametrize(
    ("on", "standings"),
    [
        (date(2025, 12, 31), "ahead ahead ahead"),
        (day(1, 1), "in_force ahead ahead"),
        (day(3, 1), "superseded in_force ahead"),
        (day(3, 31), "superseded in_force ahead"),
        (day(4, 1), "superseded over ahead"),
        (day(5, 1), "superseded superseded in_force"),
    ],
)
def test_where_each_version_stands_on_a_day(on: date, standings: str) -> None:
    versions = [FIRST, SECOND, THIRD]

    assert " ".join(rules.state_on(version, versions, on=on, at=NOON) for version in versions) == standings


def test_a_version_that_is_not_yet_out_ends_no_other() -> None:
    ahead = Held(day(2, 1), state=State.SCHEDULED, publish_at=NOON + timedelta(days=1))

    assert rules.state_on(FIRST, [FIRST, ahead], on=day(2, 1), at=NOON) is Standing.IN_FORCE
    assert rules.state_on(ahead, [FIRST, ahead], on=day(2, 1), at=NOON) is Standing.UNPUBLISHED
    assert rules.state_on(FIRST, [FIRST, ahead], on=day(2, 1), at=NOON + timedelta(days=1)) is (
        Standing.SUPERSEDED
    )


LATER = NOON + timedelta(hours=1)
MISTAKEN, RIGHT = Held(day(3, 1)), Held(day(3, 1), publish_at=LATER)


@pytest.mark.parametrize("on", [day(3, 1), day(4, 30)], ids=str)
def test_of_two_that_begin_on_one_day_the_later_published_is_in_force(on: date) -> None:
    for versions in ([MISTAKEN, RIGHT], [RIGHT, MISTAKEN]):
        assert rules.in_force([FIRST, *versions, THIRD], on) is RIGHT


def test_a_version_is_corrected_from_the_instant_of_the_other_on() -> None:
    versions = [FIRST, MISTAKEN, RIGHT]
    for on, before, after in (
        (day(2, 28), "in_force ahead unpublished", "in_force corrected ahead"),
        (day(3, 1), "superseded in_force unpublished", "superseded corrected in_force"),
    ):
        for at, standings in ((NOON, before), (LATER, after)):
            found = [rules.state_on(version, versions, on=on, at=at) for version in versions]
            assert " ".join(found) == standings


def test_what_corrects_a_version_ends_the_one_before_on_the_same_day() -> None:
    versions = [FIRST, MISTAKEN, RIGHT]

    assert rules.last_day(FIRST, versions) == day(2, 28)
    assert [rules.is_corrected(version, versions) for version in versions] == [False, True, False]


@pytest.mark.parametrize(
    ("limits", "own", "dimensions"),
    [
        ({}, {"line": {"ppo"}}, ()),
        ({"line": set()}, {"line": {"ppo"}}, ()),
        ({"line": {"ppo", "epo"}}, {"line": {"ppo"}}, ()),
        ({"line": {"epo"}}, {"line": {"ppo"}}, ("line",)),
        ({"line": {"epo"}}, {"line": set()}, ("line",)),
        ({"line": {"epo"}}, {}, ()),
        ({"region": {"north"}, "line": {"epo"}}, {"line": {"ppo"}, "region": {"south"}}, ("line", "region")),
        ({"region": {"north"}, "line": {"epo"}}, {"line": {"epo"}, "region": {"south"}}, ("region",)),
    ],
    ids=range(8),
)
def test_a_version_is_for_those_its_limits_name(
    limits: dict[str, set[str]], own: dict[str, set[str]], dimensions: tuple[str, ...]
) -> None:
    assert rules.outside(limits, own) == dimensions


@pytest.mark.parametrize(
    ("part_of", "round_"),
    [
        ({"a": None}, False),
        ({}, False),
        ({"a": "b", "b": None}, False),
        ({"a": "a"}, True),
        ({"a": "b", "b": "a"}, True),
        ({"a": "b", "b": "c", "c": "b"}, True),
        ({"a": "b", "b": "c", "c": "d", "d": "e", "e": "f", "f": "g"}, False),
        ({"a": "b", "b": "c", "c": "d", "d": "e", "e": "f", "f": "g", "g": "h"}, True),
    ],
    ids=range(8),
)
def test_nothing_is_a_part_of_itself_or_lies_too_deep(part_of: dict[str, str | None], round_: bool) -> None:
    assert rules.goes_round("a", part_of) is round_


@pytest.mark.parametrize(
    ("written_by", "looked_by", "may"), [(1, 1, False), (1, 2, True), (None, 1, True), (1, None, True)]
)
def test_nobody_looks_at_their_own_words(written_by: int | None, looked_by: int | None, may: bool) -> None:
    assert rules.may_look(written_by=written_by, looked_by=looked_by) is may
