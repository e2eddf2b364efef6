"""Which fields an office changes and to what, when it is reminded, what the file says of a change."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portico.domains.directory import overlay, upkeep_rules
from portico.domains.directory.upkeep_rules import Fault, Said
from portico.domains.plan.business_time import Hours, Open

HOURS = Hours(UTC, dict.fromkeys(range(5), Open(time(8), time(17))))
HARBOR = {"address": "120 Harbor Street", "city": "Northlake", "state": "CA", "postal_code": "90901"}
DAY = timedelta(days=1)
UNTIL = date(2026, 6, 10)


def test_an_office_may_change_every_field_that_lies_over_the_file() -> None:
    assert set(upkeep_rules.FIELDS) == set(overlay.FIELDS)


@pytest.mark.parametrize(
    ("field", "typed", "tidy"),
    [
        ("telephone", "(530) 555-0142", "5305550142"),
        ("telephone", "1-530-555-0142", "5305550142"),
        ("fax", "", ""),
        ("accepts_new_patients", 1, True),
        ("languages", ["Thai", "Arabic", "Thai"], ["Arabic", "Thai"]),
        ("address", {"address": " 1  Lake Rd", "city": "X", "state": "ca", "postal_code": "1"}, None),
        ("last_on", "", None),
        ("last_on", "2026-04-01", "2026-04-01"),
    ],
    ids=["written", "with country", "no fax", "flag", "list", "address", "no day", "day"],
)
def test_a_value_is_kept_in_one_form(field: str, typed: Any, tidy: Any) -> None:
    wanted = {"address": "1 Lake Rd", "city": "X", "state": "CA", "postal_code": "1"}
    assert upkeep_rules.tidied(field, typed) == (wanted if field == "address" else tidy)


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("telephone", "5305550142", None),
        ("telephone", "1305550142", Fault.TELEPHONE),
        ("telephone", "530555014", Fault.TELEPHONE),
        ("telephone", "", Fault.TELEPHONE),
        ("telephone", "=1+1", Fault.TELEPHONE),
        ("fax", "", None),
        ("languages", ["Thai"], None),
        ("languages", ["Klingon"], Fault.UNKNOWN),
        ("languages", ["English"], Fault.UNKNOWN),
        ("accessibility", ["parking"], None),
        ("accessibility", ["moat"], Fault.UNKNOWN),
        ("address", HARBOR, None),
        ("address", HARBOR | {"postal_code": "90901-1234"}, None),
        ("address", HARBOR | {"postal_code": "9090"}, Fault.ZIP_CODE),
        ("address", HARBOR | {"city": ""}, Fault.MISSING),
        ("address", HARBOR | {"state": "C1"}, Fault.STATE),
        ("address", HARBOR | {"city": "x" * 81}, Fault.TOO_LONG),
        ("last_on", None, None),
        ("last_on", "2026-04-01", None),
        ("last_on", "2026-02-30", Fault.DAY),
        ("telehealth", False, None),
    ],
    ids=str,
)
def test_a_value_is_refused_for_a_reason(field: str, value: Any, fault: Fault | None) -> None:
    assert upkeep_rules.fault_of(field, value) is fault


def test_a_list_may_keep_what_the_file_put_there() -> None:
    assert upkeep_rules.fault_of("languages", ["Klingon", "Thai"], now=["Klingon"]) is None


@pytest.mark.parametrize(
    ("days", "fault"),
    [(-91, Fault.TOO_EARLY), (-90, None), (0, None), (180, None), (181, Fault.TOO_LATE)],
    ids=str,
)
def test_a_change_begins_near_today_and_both_ends_count(days: int, fault: Fault | None) -> None:
    today = date(2026, 3, 12)
    assert upkeep_rules.fault_of_day(today + days * DAY, today=today) is fault


@pytest.mark.parametrize(
    ("sent", "afters", "said"),
    [
        ("A", ["B"], [Said.NOTHING_NEW]),
        ("B", ["B"], [Said.THE_SAME]),
        ("X", ["B"], [Said.SOMETHING_ELSE]),
        ("B", ["B", "C"], [Said.THE_SAME, Said.NOTHING_NEW]),
        ("C", ["B", "C"], [Said.THE_SAME, Said.THE_SAME]),
        ("X", ["B", "C"], [Said.SOMETHING_ELSE, Said.SOMETHING_ELSE]),
        ("A", ["B", "A"], [Said.THE_SAME, Said.THE_SAME]),
    ],
    ids=str,
)
def test_what_the_file_says_of_changes_of_one_field(sent: str, afters: list[str], said: list[Said]) -> None:
    of = {"A": ["Thai"], "B": ["Lao"], "C": ["Urdu"], "X": ["Hindi"]}
    found = upkeep_rules.said_of("languages", before=of["A"], afters=[of[a] for a in afters], sent=of[sent])
    assert list(found) == said


def test_an_address_is_the_same_however_it_is_written() -> None:
    other = {"address": "120 HARBOR  street", "city": "northlake", "state": "ca", "postal_code": "90901-0001"}
    assert upkeep_rules.is_same("address", HARBOR, other)
    assert not upkeep_rules.is_same("address", HARBOR, other | {"postal_code": "90902"})


@pytest.mark.parametrize(
    ("left", "reminded", "told"),
    [
        (31, (), ()),
        (30, (), (30,)),
        (29, (30,), ()),
        (14, (30,), (14,)),
        (14, (), (30, 14)),
        (7, (30, 14), (7,)),
        (0, (30, 14), (7,)),
        (0, (30, 14, 7), ()),
        (-1, (), ()),
    ],
    ids=str,
)
def test_each_reminder_is_told_once_on_its_day_or_later(
    left: int, reminded: tuple[int, ...], told: tuple[int, ...]
) -> None:
    assert upkeep_rules.to_remind(UNTIL, reminded, today=UNTIL - left * DAY) == told


@pytest.mark.parametrize(("days", "is_over"), [(0, False), (1, True)], ids=["last day", "day after"])
def test_the_last_day_to_confirm_counts(days: int, is_over: bool) -> None:
    assert upkeep_rules.is_unconfirmed(UNTIL, today=UNTIL + days * DAY) is is_over
    assert upkeep_rules.is_unconfirmed(None, today=UNTIL) is False


def test_confirmed_today_is_asked_again_in_ninety_days() -> None:
    assert upkeep_rules.attest_by(date(2026, 3, 12)) == date(2026, 6, 10)


def test_the_two_days_count_from_the_change_or_from_its_own_day() -> None:
    friday, begins = datetime(2026, 3, 13, 12, tzinfo=UTC), datetime(2026, 3, 17, tzinfo=UTC)
    assert upkeep_rules.due_at(HOURS, friday) == datetime(2026, 3, 17, 12, tzinfo=UTC)
    at = datetime(2026, 3, 17, 12, 30, tzinfo=UTC)
    assert upkeep_rules.took(HOURS, sent_at=friday, begins_at=friday - DAY, published_at=at) > 2
    took = upkeep_rules.took(HOURS, sent_at=friday, begins_at=begins, published_at=at)
    assert took == Decimal("0.5000")


def test_a_digest_tells_one_entry_from_another_and_not_how_its_parts_are_ordered() -> None:
    assert upkeep_rules.digest({"a": 1, "b": [1]}) == upkeep_rules.digest({"b": [1], "a": 1})
    assert upkeep_rules.digest({"a": 1}) != upkeep_rules.digest({"a": 2})


def test_what_differs_since_the_last_time_is_said_with_what_was_there() -> None:
    now = dict.fromkeys(upkeep_rules.FIELDS) | {"telephone": "5305550142"}
    before = {"telephone": "5305550111", "telehealth": False}
    assert upkeep_rules.differing(before, now) == {"telephone": "5305550111"}
    assert upkeep_rules.differing({}, now) == {}
