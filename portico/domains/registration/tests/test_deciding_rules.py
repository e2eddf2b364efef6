"""What stands in the way of a yes: a table of findings and words, and of what else decides. No database."""

from dataclasses import replace

import pytest

from portico.domains.registration import deciding_rules as rules
from portico.domains.registration.catalogue_rows import Need
from portico.domains.registration.claims import Field, Finding
from portico.domains.registration.deciding_rules import Held, Obstacle, Situation

YES, NO = Finding.ACCEPTED, Finding.REJECTED
CLEAR = Situation(
    state="submitted", is_claimed=False, takes_licence=False, offices=0, joins=False, is_offered=True
)


@pytest.mark.parametrize(
    ("held", "is_settled"),
    [
        (Held(Field.NPI, Finding.AGREES), True),
        (Held(Field.NPI, Finding.DIFFERS), False),
        (Held(Field.NPI, Finding.NOT_FOUND), False),
        (Held(Field.PARTICIPATION, Finding.NOT_ACTIVE), False),
        (Held(Field.NPI, Finding.NOT_LOADED), False),
        (Held(Field.LICENCE_LIST, Finding.NOT_LOADED), True),
        (Held(Field.EXCLUSIONS, Finding.NOT_LOADED), True),
        (Held(Field.LICENCE_LIST, Finding.NOT_FOUND), False),
        (Held(Field.LICENCE_LIST, Finding.NOT_ACTIVE), False),
        (Held(Field.EXCLUSIONS, Finding.EXCLUDED), False),
        (Held(Field.NPI, Finding.DIFFERS, Finding.DIFFERS, YES), True),
        (Held(Field.NPI, Finding.DIFFERS, Finding.DIFFERS, NO), False),
        (Held(Field.NPI, Finding.AGREES, Finding.AGREES, NO), False),
        (Held(Field.NPI, Finding.NOT_FOUND, Finding.DIFFERS, YES), False),
        (Held(Field.NPI, Finding.AGREES, Finding.DIFFERS, NO), True),
        (Held(Field.EXCLUSIONS, Finding.EXCLUDED, Finding.AGREES, YES), False),
        (Held(Field.EXCLUSIONS, Finding.EXCLUDED, Finding.EXCLUDED, YES), True),
        (Held(Field.EXCLUSIONS, Finding.NOT_LOADED, Finding.NOT_LOADED, NO), False),
    ],
    ids=lambda value: (
        "-".join(filter(None, (value.field, value.now, value.then, value.word)))
        if isinstance(value, Held)
        else str(value)
    ),
)
def test_a_field_is_settled_by_agreeing_or_by_a_word_for_what_is_found_now(
    held: Held, is_settled: bool
) -> None:
    assert rules.is_settled(held) is is_settled
    assert rules.unsettled([held]) == (() if is_settled else (held.field,))


@pytest.mark.parametrize(
    ("situation", "found"),
    [
        (CLEAR, ()),
        (replace(CLEAR, state="seconding"), ()),
        (replace(CLEAR, state="returned"), (Obstacle.WITH_THE_APPLICANT,)),
        (replace(CLEAR, is_claimed=True), (Obstacle.LICENCE_CLAIMED,)),
        (replace(CLEAR, is_claimed=True, takes_licence=True), ()),
        (replace(CLEAR, takes_licence=True), ()),
        (replace(CLEAR, offices=1), (Obstacle.OFFICE_EXISTS,)),
        (replace(CLEAR, offices=1, joins=True), ()),
        (replace(CLEAR, offices=2, joins=True), (Obstacle.SEVERAL_OFFICES,)),
        (replace(CLEAR, is_offered=False), (Obstacle.NOT_OFFERED,)),
        (replace(CLEAR, is_of_another_kind=True), (Obstacle.OF_ANOTHER_KIND,)),
        (replace(CLEAR, offices=1, is_of_another_kind=True), (Obstacle.OF_ANOTHER_KIND,)),
        (replace(CLEAR, offices=1, joins=True, is_of_another_kind=True), (Obstacle.OF_ANOTHER_KIND,)),
    ],
    ids=[
        *("clear", "seconding", "returned", "claimed", "claimed and taken", "taken for nothing"),
        *("office", "office joined", "two offices", "not offered"),
        *("another kind", "office of another kind", "office of another kind joined"),
    ],
)
def test_what_else_stands_in_the_way(situation: Situation, found: tuple[Obstacle, ...]) -> None:
    assert rules.obstacles((), situation) == found
    assert Obstacle.NOT_SETTLED in rules.obstacles((Field.NAME,), situation)


def test_whoever_asks_for_something_asks_for_what_can_be_given() -> None:
    assert not {"email", "telephone"}.intersection(rules.MISSING)
    assert len(set(rules.MISSING)) == len(rules.MISSING)


def test_nobody_is_asked_to_correct_what_their_type_never_gave() -> None:
    place = rules.may_be_asked((Need.NPI, Need.TAX_ID, Need.ADDRESS))
    assert {"npi", "tax_ids", "address", "last_name", "licence"} <= set(place)
    assert "licence_number" not in place
    person = rules.may_be_asked((Need.LICENCE, Need.NPI, Need.TAX_ID))
    assert "licence_number" in person
    assert "address" not in person


def test_what_matched_or_has_ended_gets_no_new_number() -> None:
    assert not {"matched", "completed", "lapsed"}.intersection(rules.MAY_BE_REISSUED)
