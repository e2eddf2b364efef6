"""Sets of access and the grants that give them, and what lies within what."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.access.delegating import held_rules, parts, sets, templates
from portico.domains.access.delegating.sets import (
    AccessSet,
    AdministratorSet,
    FunctionAccess,
    Held,
    Item,
    Where,
)
from portico.domains.permits.actors import GrantState, PersonaKind
from portico.domains.permits.functions import GRANTABLE, TRAITS, Function
from tests.support.actors import TODAY

A, B, C = "171234567", "171234568", "171234569"
HMO, PPO = "employer-hmo", "employer-ppo"
YEAR_END = date(2026, 12, 31)
END_USER, ADMINISTRATOR = PersonaKind.END_USER, PersonaKind.ADMINISTRATOR

few = st.frozensets(st.sampled_from("abc"), min_size=1)
some = st.none() | few
days = st.none() | st.sampled_from([TODAY, YEAR_END])
wheres = st.builds(Where, few, some, some, days)
functions = st.sampled_from([Function.ELIGIBILITY, Function.CLAIMS_INQUIRY, Function.MANAGE_USERS])
handed = st.none() | st.frozensets(st.sampled_from([*GRANTABLE][:3]), min_size=1)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """Any item; what may be handed out is of managing users alone."""
    function = draw(functions)
    hands_out = draw(handed) if function is Function.MANAGE_USERS else None
    return Item(function, draw(wheres), draw(some), hands_out)


def item(function: Function = Function.ELIGIBILITY, *tax_ids: str, **changes: object) -> Item:
    """An item in every line, under the first tax ID unless others are named."""
    return replace(Item(function, Where(frozenset(tax_ids or (A,)))), **changes)  # type: ignore[arg-type]


def grant(number: int, given_item: Item, state: str = "active", first_on: date = TODAY) -> FunctionAccess:
    return FunctionAccess(number, given_item, GrantState(state), first_on)


def where(*tax_ids: str, **changes: object) -> Where:
    return replace(Where(frozenset(tax_ids or (A,))), **changes)  # type: ignore[arg-type]


# ---------------------------------------------------------------- sets


def test_eligibility_is_always_on_in_every_line_that_something_is_given_in() -> None:
    given_lines = {Function.CLAIMS_INQUIRY: frozenset({HMO}), Function.BENEFITS: frozenset({PPO})}
    made = sets.whole(AccessSet(where(), given_lines))
    assert isinstance(made, AccessSet)
    assert made.functions[Function.ELIGIBILITY] == frozenset({HMO, PPO})
    for open_ones in ({}, {Function.BENEFITS: None}, {**given_lines, Function.REPORTS: None}):
        made = sets.whole(AccessSet(where(), open_ones))
        assert isinstance(made, AccessSet)
        assert made.functions[Function.ELIGIBILITY] is None


def test_eligibility_that_is_named_stays_as_it_is() -> None:
    named = AccessSet(where(), {Function.ELIGIBILITY: frozenset({HMO}), Function.BENEFITS: None})
    assert sets.whole(named) == named


def test_who_hands_out_anything_hands_out_eligibility() -> None:
    made = sets.whole(AdministratorSet(where(), hands_out=frozenset({Function.REPORTS})))
    assert isinstance(made, AdministratorSet)
    assert made.hands_out == frozenset({Function.REPORTS, Function.ELIGIBILITY})
    everything = AdministratorSet(where())
    assert sets.whole(everything) == everything


def test_a_set_is_one_item_a_function_in_one_place() -> None:
    place = where(A, B, last_on=YEAR_END)
    made = sets.items(AccessSet(place, {Function.BENEFITS: frozenset({HMO}), Function.ELIGIBILITY: None}))
    assert made == (
        Item(Function.ELIGIBILITY, place, None),
        Item(Function.BENEFITS, place, frozenset({HMO})),
    )


def test_an_administrators_set_hands_out_by_managing_users_alone() -> None:
    beside, hands_out = frozenset({Function.PAYMENT_ENROLMENT}), frozenset({Function.ELIGIBILITY})
    made = sets.items(AdministratorSet(where(), frozenset({HMO}), beside, hands_out))
    assert made == (
        Item(Function.MANAGE_USERS, where(), frozenset({HMO}), hands_out),
        Item(Function.PAYMENT_ENROLMENT, where(), frozenset({HMO}), None),
    )


@given(items())
def test_a_set_that_was_written_is_read_as_it_was(drawn: Item) -> None:
    access = AccessSet(drawn.where, {Function.ELIGIBILITY: drawn.lines, Function.REPORTS: None})
    administrator = AdministratorSet(drawn.where, drawn.lines, frozenset(sets.OPTIONAL), drawn.hands_out)
    for kind, made in ((END_USER, access), (ADMINISTRATOR, administrator)):
        written = [grant(number, each) for number, each in enumerate(sets.items(made), 1)]
        found = held_rules.held(kind, written)
        assert (found.main, found.more, found.meanwhile) == (made, (), ())


def test_what_stands_elsewhere_is_listed_by_itself() -> None:
    here = [grant(1, item()), grant(2, item(Function.BENEFITS, lines=frozenset({HMO})))]
    more = [
        grant(3, item(Function.REPORTS, B)),
        grant(4, item(Function.BENEFITS)),
        grant(5, item(Function.CLAIMS_INQUIRY, where=where(last_on=YEAR_END))),
    ]
    found = held_rules.held(END_USER, [*more, *here])
    assert found.main == AccessSet(where(), {Function.ELIGIBILITY: None, Function.BENEFITS: frozenset({HMO})})
    assert {each.grant_id for each in found.more} == {3, 4, 5}


def test_of_two_places_the_one_most_is_given_in_is_the_main_one() -> None:
    of_client = [grant(1, item(Function.ELIGIBILITY, C))]
    own = [grant(2, item()), grant(3, item(Function.BENEFITS))]
    found = held_rules.held(END_USER, [*of_client, *own])
    assert [each.grant_id for each in found.grants] == [2, 3]
    alike = held_rules.held(END_USER, [of_client[0], own[0]])
    assert [each.grant_id for each in alike.grants] == [1]


def test_without_its_anchor_there_is_no_main_set() -> None:
    found = held_rules.held(END_USER, [grant(1, item(Function.BENEFITS))])
    assert (found.main, [each.grant_id for each in found.more]) == (None, [1])
    assert held_rules.held(ADMINISTRATOR, []) == Held()


def test_what_goes_on_until_a_proposal_counts_is_neither_the_set_nor_more() -> None:
    running = [grant(1, item()), grant(2, item(Function.ELIGIBILITY, A, B), "proposed")]
    found = held_rules.held(END_USER, running)
    assert found.main == AccessSet(where(A, B), {Function.ELIGIBILITY: None})
    assert ([each.grant_id for each in found.meanwhile], found.more) == ([1], ())


def test_the_mark_changes_with_every_change() -> None:
    base = [grant(1, item()), grant(2, item(Function.BENEFITS), "proposed")]
    confirmed = [base[0], replace(base[1], state=GrantState.ACTIVE)]
    marks = {held_rules.held(END_USER, each).mark for each in (base, base[:1], confirmed, [])}
    assert len(marks) == 4


# ---------------------------------------------------------------- parts


@given(items(), items(), items())
def test_within_is_an_order(one: Item, two: Item, three: Item) -> None:
    assert parts.is_within(one, one)
    if parts.is_within(one, two) and parts.is_within(two, one):
        assert one == two
    if parts.is_within(one, two) and parts.is_within(two, three):
        assert parts.is_within(one, three)


@given(items(), items(), items())
def test_an_overlap_is_what_both_give_and_nothing_more(one: Item, two: Item, other: Item) -> None:
    shared = parts.overlap(one, two)
    if shared is not None:
        assert parts.is_within(shared, one)
        assert parts.is_within(shared, two)
    if parts.is_within(other, one) and parts.is_within(other, two):
        assert shared is not None
        assert parts.is_within(other, shared)


def test_what_has_nothing_in_common_does_not_overlap() -> None:
    assert parts.overlap(item(), item(Function.ELIGIBILITY, B)) is None
    assert parts.overlap(item(), item(Function.BENEFITS)) is None
    assert parts.overlap(item(lines=frozenset({HMO})), item(lines=frozenset({PPO}))) is None


# ---------------------------------------------------------------- roles


def test_every_role_has_eligibility_and_nothing_an_end_user_cannot_hold() -> None:
    assert [each.code for each in templates.TEMPLATES] == [
        "front_desk",
        "biller",
        "authorization_coordinator",
        "clinician",
        "read_only",
    ]
    for each in templates.TEMPLATES:
        assert Function.ELIGIBILITY in each.functions
        assert all(TRAITS[function].phi for function in each.functions)


def test_reading_only_sends_nothing() -> None:
    sends = {
        Function.CLAIM_SUBMISSION,
        Function.AUTHORIZATION_SUBMISSION,
        Function.REFERRALS,
        Function.ENCOUNTERS,
    }
    assert sends.isdisjoint(templates.of("read_only").functions)


def test_the_difference_to_a_role_is_told_both_ways() -> None:
    usual = templates.of("front_desk").functions
    assert templates.difference("front_desk", usual).is_none
    found = templates.difference("front_desk", [Function.ELIGIBILITY, Function.REMITTANCE])
    assert found.added == (Function.REMITTANCE,)
    assert found.missing == (Function.BENEFITS, Function.AUTHORIZATION_INQUIRY)


def test_an_unknown_role_is_an_error() -> None:
    with pytest.raises(templates.UnknownTemplate):
        templates.difference("boss", [])
