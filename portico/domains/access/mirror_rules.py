"""What is unusual about looking members up, told from who looked up whom and when. Pure.

A pattern is a question for the administrator, no verdict: a busy day has its reason more often than not.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Final, Protocol, TypeVar

MANY: Final = 40
TIMES_THE_USUAL: Final = 3
NIGHT: Final = (22, 23, 0, 1, 2, 3, 4)
AT_NIGHT: Final = 3
IN_A_ROW: Final = 8
BY_SEVERAL: Final = 5
NOTHING_FOUND: Final = 10
REFUSED: Final = 10
FOUND_NOBODY: Final = frozenset(
    {
        "not_found",
        "member_id_not_found",
        "ssn_not_found",
        "name_not_found",
        "name_differs",
        "birth_date_differs",
        "dependent_not_found",
        "slow_down",
    }
)
"""How a search ends that was right in form and found nobody."""

_NUMBER = re.compile(r"(.*?)([0-9]{1,18})\Z")
Key = TypeVar("Key", bound=Hashable)


class Pattern(StrEnum):
    """What is unusual; the value is stable, its words live in the edges."""

    MANY = "many"
    AT_NIGHT = "at_night"
    IN_A_ROW = "in_a_row"
    BY_SEVERAL = "by_several"
    NOTHING_FOUND = "nothing_found"
    REFUSED = "refused"


class Use(Protocol):
    """One use of a person; `member` is None where it showed nobody."""

    @property
    def user_id(self) -> int: ...

    @property
    def at(self) -> datetime: ...

    @property
    def outcome(self) -> str: ...

    @property
    def conclusion(self) -> str: ...

    @property
    def member(self) -> str | None: ...


class Usual(Protocol):
    """What somebody did in the weeks before: members of each day with any, and how many at night."""

    @property
    def a_day(self) -> Sequence[int]: ...

    @property
    def at_night(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Flag:
    """One unusual thing: what, on which day, whose or of which member, how often, and what is usual there."""

    pattern: Pattern
    day: date
    user_id: int | None
    member: str | None
    count: int
    usual: int = 0


def flags(
    uses: Iterable[Use], before: Mapping[int, Usual], local: Callable[[datetime], datetime]
) -> tuple[Flag, ...]:
    """What is unusual, the latest day first. `uses` are of whole days, `local` answers a clock on the wall.

    Somebody without a `before` was never seen: what they do is measured by the floors alone.
    """
    seen = [(use, local(use.at)) for use in uses]
    found = (*_of_people(seen, before), *_of_members(seen), *_of_misses(seen))
    return tuple(sorted(found, key=lambda flag: (-flag.day.toordinal(), flag.pattern, -flag.count)))


Seen = Sequence[tuple[Use, datetime]]


def _of_people(seen: Seen, before: Mapping[int, Usual]) -> Iterator[Flag]:
    days = _grouped(((use.user_id, at.date()), use.member) for use, at in seen if use.member)
    nights = _grouped(
        ((use.user_id, at.date()), use.member) for use, at in seen if use.member and at.hour in NIGHT
    )
    for (user_id, day), members in days.items():
        usual = round(median(before[user_id].a_day)) if user_id in before and before[user_id].a_day else 0
        if len(members) >= MANY and len(members) >= TIMES_THE_USUAL * usual:
            yield Flag(Pattern.MANY, day, user_id, None, len(members), usual)
        if (longest := _longest_row(members)) >= IN_A_ROW:
            yield Flag(Pattern.IN_A_ROW, day, user_id, None, longest)
    for (user_id, day), members in nights.items():
        is_new = user_id not in before or not before[user_id].at_night
        if len(members) >= AT_NIGHT and is_new:
            yield Flag(Pattern.AT_NIGHT, day, user_id, None, len(members))


def _of_members(seen: Seen) -> Iterator[Flag]:
    people = _grouped(((use.member, at.date()), use.user_id) for use, at in seen if use.member)
    for (member, day), users in people.items():
        if len(users) >= BY_SEVERAL:
            yield Flag(Pattern.BY_SEVERAL, day, None, member, len(users))


def _of_misses(seen: Seen) -> Iterator[Flag]:
    hours: dict[tuple[int, date, int], int] = defaultdict(int)
    refused: dict[tuple[int, date], int] = defaultdict(int)
    for use, at in seen:
        if use.outcome == "denied":
            refused[use.user_id, at.date()] += 1
        elif use.member is None and use.conclusion in FOUND_NOBODY:
            hours[use.user_id, at.date(), at.hour] += 1
    most: dict[tuple[int, date], int] = defaultdict(int)
    for (user_id, day, _), count in hours.items():
        most[user_id, day] = max(most[user_id, day], count)
    for pattern, counts, floor in (
        (Pattern.NOTHING_FOUND, most, NOTHING_FOUND),
        (Pattern.REFUSED, refused, REFUSED),
    ):
        for (user_id, day), count in counts.items():
            if count >= floor:
                yield Flag(pattern, day, user_id, None, count)


def _grouped(pairs: Iterable[tuple[Key, Hashable]]) -> dict[Key, set[Hashable]]:
    found: dict[Key, set[Hashable]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


def _longest_row(members: Iterable[Hashable]) -> int:
    """The longest run of member IDs at even steps, such as ...41, ...42, ...43, or ...101, ...201, ...301."""
    numbers = defaultdict(set)
    for member in members:
        if parts := _NUMBER.match(str(member)):
            numbers[parts[1], len(parts[2])].add(int(parts[2]))
    return max((_run(sorted(each)) for each in numbers.values()), default=0)


def _run(numbers: Sequence[int]) -> int:
    longest, length, step = 1, 1, 0
    for before, number in pairwise(numbers):
        length = length + 1 if number - before == step else 2
        step = number - before
        longest = max(longest, length)
    return longest
