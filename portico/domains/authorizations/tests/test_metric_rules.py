"""The published figures: what counts as decided, by when, after an appeal; and that few are not told of."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from portico.domains.authorizations import metric_rules
from portico.domains.authorizations.metric_rules import Counted, Course, Figures, Share, Told

MARCH = datetime(2026, 3, 1, 8, tzinfo=UTC)
YEAR = (datetime(2026, 1, 1, 8, tzinfo=UTC), datetime(2027, 1, 1, 8, tzinfo=UTC))


def after(hours: float) -> datetime:
    return MARCH + timedelta(hours=hours)


def came(level: str = "standard", *, law: int = 1) -> Told:
    return Told("received", MARCH, details={"level": level, "law": law}, due_at=after(168))


def decided(hours: float, code: str, basis: str = "first", *, left: int = 0) -> Told:
    return Told("decided", after(hours), code, basis, {"left": left} if left else {})


def made(*events: Told) -> Course:
    course = metric_rules.course("medi-cal", events)
    assert course is not None
    return course


@pytest.mark.parametrize(
    ("events", "outcome", "hours"),
    [
        pytest.param((decided(10, "approved"),), "approved", 10, id="approved"),
        pytest.param((decided(10, "partly"),), "partly", 10, id="in_part"),
        pytest.param(
            (decided(10, "approved", left=1), decided(20, "approved")), "approved", 20, id="in_two_steps"
        ),
        pytest.param(
            (decided(10, "approved", left=1), decided(20, "denied")), "partly", 20, id="differently"
        ),
        pytest.param(
            (decided(10, "not_needed", left=1), decided(20, "denied")), "denied", 20, id="one_needed_none"
        ),
        pytest.param(
            (decided(10, "in_review"), decided(20, "partly")), "partly", 20, id="the_whole_was_in_review"
        ),
        pytest.param((decided(10, "not_needed"),), "", 10, id="nothing_needed"),
        pytest.param((decided(10, "approved", left=1),), "", None, id="still_open"),
        pytest.param(
            (decided(10, "denied"), decided(90, "approved", "appeal")), "denied", 10, id="an_appeal_is_not_it"
        ),
    ],
)
def test_a_request_is_decided_when_all_of_it_is(
    events: tuple[Told, ...], outcome: str, hours: float | None
) -> None:
    course = made(came(), *events)
    assert (course.outcome, course.decided_at) == (outcome, None if hours is None else after(hours))


def test_what_never_came_in_has_no_course() -> None:
    assert metric_rules.course("medi-cal", [decided(1, "approved")]) is None


@pytest.mark.parametrize(("hours", "in_time"), [(168, True), (168.1, False)])
def test_it_is_in_time_until_it_is_due(hours: float, in_time: bool) -> None:
    assert made(came(), decided(hours, "approved")).in_time is in_time


def test_longer_time_counts_and_is_told() -> None:
    extended = Told("extended", after(100), "patient_asked", due_at=after(504))
    course = made(came(), extended, decided(500, "approved"))
    assert (course.was_extended, course.in_time) == (True, True)


def test_the_level_and_the_law_are_those_it_was_decided_by() -> None:
    levelled = Told("levelled", after(5), "expedited", details={"law": 1}, due_at=after(77))
    course = made(came(law=0), levelled, decided(70, "approved"))
    assert (course.level, course.is_law, course.in_time) == ("expedited", True, True)


def test_an_appeal_and_a_reconsideration_count_and_a_talk_does_not() -> None:
    again = (decided(90, "approved", "talk"), decided(99, "denied", "reconsideration"))
    course = made(came(), decided(10, "denied"), *again, decided(200, "partly", "appeal"))
    assert course.appeals == ((after(99), False), (after(200), True))


def test_a_year_holds_what_was_decided_in_it_and_nothing_outside_the_law() -> None:
    at = {"last": YEAR[0] - timedelta(seconds=1), "first": YEAR[0], "end": YEAR[1]}
    courses = {
        key: Course(key, "standard", True, MARCH, instant, "approved", appeals=((instant, True),))
        for key, instant in at.items()
    }
    courses["outside"] = Course("outside", "standard", False, MARCH, MARCH, "approved")
    courses["none needed"] = Course("none needed", "standard", True, MARCH, MARCH, "")
    courses["appealed"] = Course(
        "appealed", "standard", True, at["last"], at["last"], "denied", appeals=((MARCH, True),)
    )
    counted = metric_rules.of_year(courses.values(), *YEAR)
    held = [(each.course.line, each.is_decided, each.appeals) for each in counted]
    assert held == [("first", True, (True,)), ("appealed", False, (True,))]


def _decided_after(*hours: float) -> list[Counted]:
    return [
        Counted(Course("x", "standard", True, MARCH, after(each), "approved", in_time=True), True, ())
        for each in hours
    ]


@pytest.mark.parametrize(
    ("hours", "average", "median"),
    [
        ((), None, None),
        ((10,), "10.0", "10.0"),
        ((10, 20, 90), "40.0", "20.0"),
        ((10, 20, 30, 100), "40.0", "25.0"),
        ((1.04, 1.05), "1.0", "1.0"),
    ],
)
def test_the_average_and_the_median_are_those_of_every_decision(
    hours: tuple[float, ...], average: str | None, median: str | None
) -> None:
    found = metric_rules.figures(_decided_after(*hours), line="", level="standard")
    assert found.average_hours == (None if average is None else Decimal(average))
    assert found.median_hours == (None if median is None else Decimal(median))


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(1, 3), "33.3"),
        (Share(2, 3), "66.7"),
        (Share(1, 2000), "0.1"),
        (Share(0, 5), "0.0"),
        (Share(5, 5), "100.0"),
        (Share(0, 0), None),
    ],
)
def test_a_share_is_told_with_one_decimal(share: Share, percent: str | None) -> None:
    assert share.percent == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 20, "b": 30}, ""),
        ({"a": 10, "b": 30, "c": 20}, "ac"),
        ({"a": 10, "b": 9, "c": 20}, "ab"),
        ({"a": 2, "b": 3, "c": 40, "d": 30}, "abd"),
        ({"a": 2, "b": 3, "c": 4, "d": 30}, "abcd"),
        ({"a": 10}, "a"),
        ({"a": 11}, ""),
    ],
)
def test_no_line_of_few_is_told_of_and_none_can_be_reckoned(counts: dict[str, int], hidden: str) -> None:
    shown = metric_rules.withheld([Figures(line, "standard", count) for line, count in counts.items()])
    assert "".join(sorted(each.line for each in shown if each.is_withheld)) == hidden
    assert all(each.decided == 0 for each in shown if each.is_withheld)


def _appeals(line: str, decided: int, appeals: int) -> list[Counted]:
    """So many decided of a line, and so many of them decided again in the year."""
    course = Course(line, "standard", True, MARCH, after(9), "denied", in_time=True)
    return [Counted(course, True, (True,) if place < appeals else ()) for place in range(decided)]


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        ((20, 0), (20, 0), [0, 0, 0]),
        ((20, 1), (20, 0), [None, None, 0]),
        ((20, 12), (20, 3), [15, None, None]),
        ((20, 12), (20, 11), [23, 12, 11]),
    ],
)
def test_few_appeals_are_not_told_of(a: tuple[int, int], b: tuple[int, int], told: list[int | None]) -> None:
    shown = metric_rules.published([*_appeals("a", *a), *_appeals("b", *b)], ["a", "b"])
    shares = [each.after_appeal for each in shown if each.level == "standard"]
    assert [None if share.is_few else share.of for share in shares] == told
    assert all(share.count == share.of == 0 for share in shares if share.is_few)


def test_appeals_alone_are_few_as_well() -> None:
    earlier = Course("a", "standard", True, MARCH, after(9), "denied")
    whole = metric_rules.published([Counted(earlier, False, (True,))], ["a"])[0]
    assert (whole.decided, whole.after_appeal.is_few) == (0, True)


def test_few_in_all_are_not_told_of_either() -> None:
    whole, only = metric_rules.published(_decided_after(*range(1, 11)), ["x"])[:2]
    assert whole.is_withheld
    assert only.is_withheld
