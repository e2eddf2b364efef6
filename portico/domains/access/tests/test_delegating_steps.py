"""The steps from what somebody holds to what is wanted: what ends, what begins, what waits."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portico.domains.access.delegating import held_rules, parts, writing_rules
from portico.domains.access.delegating.sets import (
    FunctionAccess,
    Held,
    Item,
    Where,
)
from portico.domains.permits.actors import GrantState, PersonaKind
from portico.domains.permits.functions import GRANTABLE, Function
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


E, BEN = Function.ELIGIBILITY, Function.BENEFITS


def steps(held: Held, *wanted: Item, at_once: bool = True) -> tuple[list[int], list[Item], list[Item]]:
    found = writing_rules.to_hold(held, wanted, on=TODAY, at_once=at_once)
    return sorted(each.grant_id for each in found.end), list(found.begin), list(found.propose)


def of(*running: FunctionAccess) -> Held:
    return held_rules.held(END_USER, running)


def test_what_is_as_wanted_stays_untouched() -> None:
    found = writing_rules.to_hold(of(grant(1, item())), [item()], on=TODAY, at_once=True)
    assert found.is_nothing


def test_what_changes_ends_and_begins_anew() -> None:
    now = of(grant(1, item()), grant(2, item(BEN)), grant(3, item(Function.REPORTS)))
    assert steps(now, item(), item(BEN, lines=frozenset({HMO}))) == (
        [2, 3],
        [item(BEN, lines=frozenset({HMO}))],
        [],
    )


def test_what_waits_begins_when_nobody_has_to_confirm() -> None:
    now = of(grant(1, item(), "proposed"))
    assert steps(now, item()) == ([1], [item()], [])
    assert steps(now, item(), at_once=False) == ([], [], [])


def test_what_somebody_confirms_waits_and_what_is_held_goes_on() -> None:
    now = of(grant(1, item()))
    assert steps(now, item(E, A, B), at_once=False) == ([], [], [item(E, A, B)])


def test_less_is_less_at_once() -> None:
    now = of(grant(1, item(E, A, B)))
    assert steps(now, item(), at_once=False) == ([1], [item()], [])


def test_of_what_partly_differs_the_common_part_goes_on() -> None:
    now = of(grant(1, item(E, A, B)))
    assert steps(now, item(E, B, C), at_once=False) == ([1], [item(E, B)], [item(E, B, C)])
    assert steps(of(grant(1, item(E, A))), item(E, C), at_once=False) == ([1], [], [item(E, C)])


def test_a_proposal_is_taken_back_by_wanting_what_is_there() -> None:
    now = of(grant(1, item()), grant(2, item(E, A, B), "proposed"))
    assert steps(now, item(), at_once=False) == ([2], [], [])


def test_another_proposal_takes_the_place_of_the_first() -> None:
    now = of(grant(1, item()), grant(2, item(E, A, B), "proposed"))
    assert steps(now, item(E, A, C), at_once=False) == ([2], [], [item(E, A, C)])
    assert steps(now, item(E, A, B), at_once=False) == ([], [], [])


def test_what_begins_ends_every_other_grant_it_gives_whole() -> None:
    more = grant(7, item(BEN, lines=frozenset({HMO})))
    now = of(grant(1, item()), more)
    assert steps(now, item(), item(BEN)) == ([7], [item(BEN)], [])


def test_what_is_ahead_is_not_brought_forward_without_a_word() -> None:
    ahead = grant(1, item(E, A, B), first_on=TODAY + timedelta(days=9))
    assert steps(of(ahead), item(E, A, B), at_once=False) == ([], [], [])
    assert steps(of(ahead), item(), at_once=False) == ([1], [], [item()])


def test_adding_gives_what_is_missing_beside_what_there_is() -> None:
    now = of(grant(1, item()), grant(2, item(BEN), "proposed"))
    found = writing_rules.to_add(now, [item(), item(BEN), item(E, B)], on=TODAY, at_once=False)
    assert (found.end, found.begin, found.propose) == ((), (), (item(E, B),))
    at_once = writing_rules.to_add(now, [item(BEN)], on=TODAY, at_once=True)
    assert at_once.begin == (item(BEN),)


def test_adding_gives_now_what_would_begin_later() -> None:
    now = of(grant(1, item(), first_on=TODAY + timedelta(days=9)))
    found = writing_rules.to_add(now, [item()], on=TODAY, at_once=True)
    assert found.begin == (item(),)
    assert [each.grant_id for each in found.end] == [1]


@given(st.lists(items(), max_size=4), st.lists(items(), max_size=3), st.booleans())
def test_steps_lead_to_what_is_wanted_and_never_open_what_waits(
    first: list[Item], second: list[Item], at_once: bool
) -> None:
    """Whatever is held: afterwards nothing counts that neither counted before nor may begin at once."""
    running = tuple(
        grant(number, each, "proposed" if number % 3 == 0 else "active")
        for number, each in enumerate(first, 1)
        if each.function is not Function.MANAGE_USERS
    )
    wanted = list({each.function: each for each in second if each.function in (E, BEN)}.values())
    now = of(*running)
    found = writing_rules.to_hold(now, wanted, on=TODAY, at_once=at_once)
    ended = {each.grant_id for each in found.end}
    stays = [each for each in running if each.grant_id not in ended]
    for each in wanted:
        there = [*found.begin, *found.propose, *(one.item for one in stays)]
        assert each in there
    if not at_once:
        counted = [one.item for one in running if one.state is GrantState.ACTIVE]
        assert all(any(parts.is_within(each, one) for one in counted) for each in found.begin)
    else:
        assert not found.propose
