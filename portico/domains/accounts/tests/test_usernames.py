"""Usernames made from names: plain, free, and never refused."""

import pytest

from portico.domains.accounts import rules
from portico.domains.accounts.credentials import usernames
from portico.domains.accounts.tests import people


@pytest.mark.parametrize(
    ("first", "last", "made"),
    [
        ("Ann", "Lee", "ann.lee"),
        ("Zoë", "Müller-Öz", "zoe.mulleroz"),
        ("Mary Ann", "O'Brien", "maryann.obrien"),
        ("Ann", "", "ann"),
        ("李", "明", "user"),
        ("X", "", "user"),
        ("A" * 60, "B" * 60, "a" * 50),
    ],
)
def test_a_name_becomes_a_username(first: str, last: str, made: str) -> None:
    assert usernames.made_of(first, last) == made
    assert rules.username_key(made) == made


@pytest.mark.django_db
def test_a_name_that_is_taken_gets_a_number() -> None:
    assert usernames.suggested("Fay", "Desk") == "fay.desk"
    people.make("Fay.Desk")
    assert usernames.suggested("Fay", "Desk") == "fay.desk2"
    people.make("fay.desk2")
    assert usernames.suggested("Fay", "Desk") == "fay.desk3"
