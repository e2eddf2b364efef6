"""The state of the whole follows its services; nothing that was approved is taken back."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.authorizations import state_rules
from portico.domains.authorizations.facts.shown import State

R, P, A, L, D, C, N = (
    State.IN_REVIEW,
    State.PENDED,
    State.APPROVED,
    State.PARTLY,
    State.DENIED,
    State.CANCELLED,
    State.NOT_NEEDED,
)


@pytest.mark.parametrize(
    ("services", "whole"),
    [
        ([R], R),
        ([P], P),
        ([A], A),
        ([L], L),
        ([D], D),
        ([C], C),
        ([N], N),
        ([R, P], P),
        ([A, P], P),
        ([A, R], R),
        ([D, R], R),
        ([C, R], R),
        ([A, A], A),
        ([A, D], L),
        ([A, L], L),
        ([L, D], L),
        ([D, D], D),
        ([A, C], A),
        ([D, C], D),
        ([A, N], A),
        ([D, N], D),
        ([N, C], N),
        ([A, D, N, C], L),
    ],
)
def test_the_whole_follows_its_services(services: Sequence[State], whole: State) -> None:
    assert state_rules.whole(services) is whole
    assert state_rules.whole(list(reversed(services))) is whole


def test_a_request_has_services() -> None:
    with pytest.raises(ValueError, match="at least one"):
        state_rules.whole([])


@given(st.lists(st.sampled_from(State), min_size=1), st.sampled_from(State))
def test_a_service_said_twice_changes_nothing(services: list[State], again: State) -> None:
    assert state_rules.whole([*services, again]) is state_rules.whole([*services, again, again])


def test_what_is_given_up_or_needs_nobody_stays_so() -> None:
    assert not state_rules.FOLLOWS[C]
    assert not state_rules.FOLLOWS[N]


def test_what_was_approved_is_given_up_by_the_office_alone() -> None:
    assert state_rules.FOLLOWS[A] == {C}
    assert not state_rules.may_become(L, D)


def test_a_denied_one_is_looked_at_again_and_never_cancelled() -> None:
    assert state_rules.may_become(D, R)
    assert state_rules.may_become(D, A)
    assert not state_rules.may_become(D, C)


def test_every_state_says_what_follows() -> None:
    assert set(state_rules.FOLLOWS) == set(State)
    assert {state for state in State if state_rules.is_open(state)} == {R, P}
