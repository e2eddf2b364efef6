"""Who is who: each line of the tables is one case of the plan's policy."""

from datetime import date
from typing import Any

import pytest

from portico.domains.members.identity_rules import (
    Identity,
    Likeness,
    best_match,
    contradicts,
    ids_to_try,
    same_person,
)

BORN, OTHER_DAY = date(1977, 8, 16), date(1940, 8, 16)
SSN, OTHER_SSN = b"one", b"two"


def who(first: str = "JOHN", last: str = "DOE", **more: Any) -> Identity:
    return Identity(**{"own_id": "", "is_self": True, "last_key": last, "first_key": first, **more})


@pytest.mark.parametrize(
    ("held", "sent", "likeness"),
    [
        (who(own_id="A1"), who("MARY", "ROE", own_id="A1"), Likeness.OWN_ID),
        (
            who(own_id="A1", birth_date=BORN, ssn=SSN),
            who(own_id="A2", birth_date=BORN, ssn=SSN),
            Likeness.ANOTHER,
        ),
        (who(ssn=SSN), who(ssn=SSN), Likeness.SSN),
        (who(ssn=SSN, birth_date=BORN), who(ssn=SSN), Likeness.SSN),
        (who(ssn=SSN, birth_date=BORN), who(last="ROE", ssn=SSN, birth_date=BORN), Likeness.SSN),
        (who(ssn=SSN), who(last="ROE", ssn=SSN), Likeness.ANOTHER),
        (who(ssn=SSN, birth_date=BORN), who(ssn=SSN, birth_date=OTHER_DAY), Likeness.ANOTHER),
        (who(ssn=SSN, birth_date=BORN), who("JAMES", ssn=SSN, birth_date=BORN), Likeness.ANOTHER),
        (who(birth_date=BORN), who(birth_date=BORN), Likeness.NAME_AND_BIRTH),
        (who(birth_date=BORN, ssn=SSN), who(birth_date=BORN, ssn=OTHER_SSN), Likeness.NAME_AND_BIRTH),
        (who(birth_date=BORN), who("JANE", birth_date=BORN), Likeness.ANOTHER),
        (who(birth_date=BORN), who(), Likeness.NAME),
        (who(), who(birth_date=BORN), Likeness.NAME),
        (who(ssn=SSN), who(ssn=OTHER_SSN), Likeness.ANOTHER),
        (who(middle="P"), who(middle="E"), Likeness.ANOTHER),
        (who(middle="P"), who(middle="PAUL"), Likeness.NAME),
        (who(middle="P"), who(), Likeness.NAME),
        (who(birth_date=BORN, is_self=False), who(birth_date=BORN), Likeness.ANOTHER),
    ],
)
def test_two_records_are_as_alike_as_the_surest_rule_says(
    held: Identity, sent: Identity, likeness: Likeness
) -> None:
    assert same_person(held, sent) is likeness


def test_a_prior_name_and_birth_date_find_the_person_they_correct() -> None:
    held = who("JAMES", birth_date=BORN, ssn=SSN)
    corrected = who("JIM", birth_date=OTHER_DAY, ssn=SSN)
    prior = who("JAMES", birth_date=BORN, ssn=SSN)
    assert same_person(held, corrected) is Likeness.ANOTHER
    assert same_person(held, corrected, prior) is Likeness.SSN


def test_the_surest_match_is_taken() -> None:
    by_name, by_ssn = who(), who(ssn=SSN)
    assert best_match([by_name, by_ssn], who(ssn=SSN)) == [1]


def test_among_equals_an_equal_birth_date_decides() -> None:
    unknown, known = who(ssn=SSN), who(ssn=SSN, birth_date=BORN)
    assert best_match([unknown, known], who(ssn=SSN, birth_date=BORN)) == [1]


def test_people_who_cannot_be_told_apart_are_all_named() -> None:
    assert best_match([who(birth_date=BORN), who(birth_date=OTHER_DAY)], who()) == [0, 1]


def test_nobody_matches_where_no_rule_says_so() -> None:
    assert best_match([who("MARY")], who()) == []
    assert best_match([], who()) == []


def test_an_id_speaks_of_somebody_else_only_when_all_is_different() -> None:
    held = who(birth_date=BORN)
    assert contradicts(held, who("MARY", "ROE", birth_date=OTHER_DAY))
    assert not contradicts(held, who("MARY", "ROE", birth_date=BORN))
    assert not contradicts(held, who("MARY", "ROE"))
    assert not contradicts(held, who("JOHN", "ROE", birth_date=OTHER_DAY))


@pytest.mark.parametrize(
    ("is_self", "taken", "first"),
    [
        (True, (), "123"),
        (True, ("123",), "12301"),
        (False, (), "12301"),
        (False, ("12301", "12302"), "12303"),
    ],
)
def test_a_person_without_an_id_gets_the_first_that_is_free(
    is_self: bool, taken: tuple[str, ...], first: str
) -> None:
    assert next(iter(ids_to_try("123", is_self=is_self, taken=taken))) == first
