"""What names, telephone numbers and mail addresses may be, and the ends of every time a change has."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from portico.domains.accounts.own import profile_rules as rules
from tests.support.actors import NOW

HOUR = timedelta(hours=1)
A_MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Fay", "Fay"),
        ("  Fay  Ann ", "Fay Ann"),
        ("O'Neil-Smith", "O'Neil-Smith"),
        ("O’Neil, Jr.", "O’Neil, Jr."),
        ("Ana (Nina)", "Ana (Nina)"),
        ("Nguyễn", "Nguyễn"),
        ("李", "李"),
        ("e\u0301lodie", "élodie"),
        ("a" * 60, "a" * 60),
    ],
)
def test_a_name_is_kept_with_one_blank_between_words(typed: str, kept: str) -> None:
    assert rules.name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "a" * 61,
        "R2D2",
        "'-",
        "Fay\nDesk",
        "Fay\tDesk",
        "Fay\u202eksed",
        "Fay\u200bDesk",
        "<b>",
        "a@b",
    ],
    ids=[
        *("nothing", "blanks", "too long", "digits", "no letter", "line end", "tab", "turned around"),
        *("no width", "markup", "address"),
    ],
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    assert rules.name(typed) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("(530) 555-0193", "5305550193"),
        ("530.555.0193 ext. 12", "5305550193 x12"),
        ("1-800-555-0142", "18005550142"),
        ("530 555 0193x7", "5305550193 x7"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_telephone_number_is_kept_as_its_digits(typed: str, kept: str) -> None:
    assert rules.telephone(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["555", "call me", "5305550193 x", "+", "530555019300000000", "٥٣٠٥٥٥٠١٩٣", "530555\x000193", "x12"],
    ids=["too short", "words", "no extension", "plus", "too long", "no ASCII", "nul", "extension"],
)
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    assert rules.telephone(typed) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("fay@example.org", "fay@example.org"),
        (" Fay.Desk+p@Example.ORG ", "Fay.Desk+p@example.org"),
        ("o'neil@mail.a-b.example", "o'neil@mail.a-b.example"),
        (f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
        ("fay@xn--e1afmkfd.xn--p1ai", "fay@xn--e1afmkfd.xn--p1ai"),
    ],
    ids=["plain", "blanks and capitals", "apostrophe", "longest", "another alphabet"],
)
def test_an_address_is_kept_with_its_domain_in_small_letters(typed: str, kept: str) -> None:
    assert rules.mail_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "fay",
        "fay@localhost",
        "fay@@example.org",
        "fay desk@example.org",
        '"fay desk"@example.org',
        "fay@example.org\nBcc: all@example.org",
        "fay@example.org\r\nSubject: x",
        "fay@example.org\n",
        "fay@example.org, ray@example.org",
        "Fay <fay@example.org>",
        "fay\x00@example.org",
        "fay..desk@example.org",
        ".fay@example.org",
        "fay@-example.org",
        "fay@exam_ple.org",
        "fay@[192.0.2.1]",
        "fay@192.0.2.1",
        "fаy@example.org",
        f"{'a' * 65}@example.org",
        f"a@{'b.' * 125}example.org",
        "fay@example.c1",
        f"fay@example.{'a' * 64}",
    ],
    ids=[
        *("nothing", "no domain", "no dot", "two signs", "blank", "quoted", "a header", "another header"),
        *("line end", "two addresses", "a name before", "nul", "two dots", "dot first", "dash first"),
        *("underscore", "literal", "numbers", "cyrillic letter", "long local part", "too long"),
        *("a digit in the end", "a long end"),
    ],
)
def test_what_mail_cannot_safely_be_sent_to_is_refused(typed: str) -> None:
    assert rules.mail_address(typed) is None


def test_addresses_that_differ_in_case_alone_are_the_same() -> None:
    assert rules.is_same_address("Fay@example.org", "fay@example.org")
    assert not rules.is_same_address("fay@example.org", "ray@example.org")


@pytest.mark.parametrize(
    ("now", "is_open"),
    [(NOW, True), (NOW + 24 * HOUR - A_MOMENT, True), (NOW + 24 * HOUR, False)],
    ids=["at once", "the last moment", "a day later"],
)
def test_a_new_address_is_confirmed_within_its_time(now: datetime, is_open: bool) -> None:
    expires_at = NOW + rules.LINK_LASTS
    assert rules.may_be_confirmed(expires_at=expires_at, is_over=False, now=now) is is_open
    assert not rules.may_be_confirmed(expires_at=expires_at, is_over=True, now=now)


@pytest.mark.parametrize(
    ("confirmed_at", "now", "can_be"),
    [
        (None, NOW, True),
        (None, NOW + 24 * HOUR - A_MOMENT, True),
        (None, NOW + 24 * HOUR, False),
        (NOW + HOUR, NOW + 24 * HOUR, True),
        (NOW + HOUR, NOW + 73 * HOUR - A_MOMENT, True),
        (NOW + HOUR, NOW + 73 * HOUR, False),
    ],
)
def test_a_change_is_undone_while_it_waits_and_for_72_hours_after(
    confirmed_at: datetime | None, now: datetime, can_be: bool
) -> None:
    ask = partial(rules.may_be_undone, expires_at=NOW + rules.LINK_LASTS, confirmed_at=confirmed_at, now=now)
    assert ask(is_over=False) is can_be
    assert not ask(is_over=True)
