"""Whether what is handed out lies within what its giver may hand out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.access.delegating import parts
from portico.domains.access.delegating.ceiling_rules import Beyond, Bound, Ceiling, Fault
from portico.domains.access.delegating.sets import (
    FunctionAccess,
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


LIMITED = Bound(
    frozenset({A}),
    frozenset({Function.ELIGIBILITY, Function.MANAGE_USERS}),
    lines=frozenset({HMO}),
    regions=frozenset({"north"}),
    providers=frozenset({"2000000016"}),
    last_on=YEAR_END,
)
FITS = Item(
    Function.ELIGIBILITY,
    where(providers=frozenset({"2000000016"}), regions=frozenset({"north"}), last_on=YEAR_END),
    frozenset({HMO}),
)


def test_what_one_bound_holds_fits() -> None:
    assert Ceiling((LIMITED,)).faults(FITS) == ()
    earlier = replace(FITS, where=replace(FITS.where, last_on=TODAY))
    assert Ceiling((Bound(frozenset({B})), LIMITED)).holds(earlier)


@pytest.mark.parametrize(
    ("beyond", "wanted", "values"),
    [
        (Beyond.FUNCTION, replace(FITS, function=Function.BENEFITS), ("benefits",)),
        (Beyond.TAX_ID, replace(FITS, where=replace(FITS.where, tax_ids=frozenset({A, B}))), (B,)),
        (Beyond.PROVIDER, replace(FITS, where=replace(FITS.where, providers=None)), ()),
        (Beyond.PROVIDER, replace(FITS, where=replace(FITS.where, providers=frozenset({"1"}))), ("1",)),
        (Beyond.LINE, replace(FITS, lines=None), ()),
        (Beyond.LINE, replace(FITS, lines=frozenset({HMO, PPO})), (PPO,)),
        (Beyond.REGION, replace(FITS, where=replace(FITS.where, regions=None)), ()),
        (Beyond.DAY, replace(FITS, where=replace(FITS.where, last_on=None)), ()),
        (
            Beyond.DAY,
            replace(FITS, where=replace(FITS.where, last_on=YEAR_END + timedelta(days=1))),
            (),
        ),
    ],
    ids=[
        "function",
        "tax_id",
        "every_provider",
        "provider",
        "every_line",
        "line",
        "every_region",
        "no_end",
        "a_day_more",
    ],
)
def test_each_thing_beyond_is_named(beyond: Beyond, wanted: Item, values: tuple[str, ...]) -> None:
    assert Ceiling((LIMITED,)).faults(wanted) == (Fault(beyond, wanted.function, values),)


def test_nothing_is_put_together_from_two_bounds() -> None:
    one = Bound(frozenset({A}), frozenset({Function.ELIGIBILITY}), lines=frozenset({HMO}))
    two = Bound(frozenset({A}), frozenset({Function.BENEFITS}), lines=frozenset({PPO}))
    reach = Ceiling((one, two))
    assert not reach.holds(item(lines=frozenset({PPO})))
    assert not reach.holds(item(lines=frozenset({HMO, PPO})))
    assert reach.holds(item(Function.BENEFITS, lines=frozenset({PPO})))


def test_each_tax_id_may_be_held_by_another_bound() -> None:
    reach = Ceiling((Bound(frozenset({A})), Bound(frozenset({B}), frozenset({Function.ELIGIBILITY}))))
    assert reach.holds(item(Function.ELIGIBILITY, A, B))
    assert reach.faults(item(Function.BENEFITS, A, B)) == (
        Fault(Beyond.FUNCTION, Function.BENEFITS, ("benefits",)),
    )


def test_whoever_is_to_hand_out_hands_out_no_more_than_the_giver() -> None:
    reach = Ceiling((replace(LIMITED, providers=None, regions=None, lines=None, last_on=None),))
    within = item(Function.MANAGE_USERS, hands_out=frozenset({Function.ELIGIBILITY}))
    assert reach.holds(within)
    for hands_out in (None, frozenset({Function.ELIGIBILITY, Function.REPORTS})):
        [fault] = reach.faults(replace(within, hands_out=hands_out))
        assert fault.beyond is Beyond.FUNCTION
    without = Ceiling((Bound(frozenset({A}), frozenset({Function.ELIGIBILITY})),))
    assert not without.holds(within)
    assert Ceiling((Bound(frozenset({A})),)).holds(replace(within, hands_out=None))


@pytest.mark.parametrize("bounds", [(), (Bound(frozenset()),), (Bound(frozenset({A})),)])
def test_an_item_without_a_tax_id_never_fits(bounds: tuple[Bound, ...]) -> None:
    nowhere = Item(Function.MANAGE_USERS, Where(frozenset()))
    assert Ceiling(bounds).faults(nowhere) == (Fault(Beyond.TAX_ID, Function.MANAGE_USERS),)


def test_without_a_bound_nothing_fits() -> None:
    reach = Ceiling()
    assert {fault.beyond for fault in reach.faults(item())} == {Beyond.FUNCTION, Beyond.TAX_ID, *_OPEN}
    assert reach.why(function=Function.ELIGIBILITY) is Beyond.FUNCTION
    assert reach.why_all(Beyond.LINE) is Beyond.LINE
    assert reach.latest_on is None


_OPEN = {Beyond.PROVIDER, Beyond.LINE, Beyond.REGION}


def test_why_a_box_cannot_be_ticked() -> None:
    reach = Ceiling((LIMITED,))
    assert reach.why(function=Function.ELIGIBILITY) is None
    assert reach.why(function=Function.REMITTANCE) is Beyond.FUNCTION
    assert reach.why(tax_id=B) is Beyond.TAX_ID
    assert reach.why(line=PPO) is Beyond.LINE
    assert reach.why(region="south") is Beyond.REGION
    assert reach.why(provider="2000000024") is Beyond.PROVIDER
    assert reach.why_all(Beyond.PROVIDER) is Beyond.PROVIDER
    assert reach.latest_on == YEAR_END


def test_several_named_are_looked_for_in_one_bound() -> None:
    reach = Ceiling((Bound(frozenset({A}), lines=frozenset({HMO})), Bound(frozenset({B}))))
    assert reach.why(tax_id=A, line=HMO) is None
    assert reach.why(tax_id=B, line=PPO) is None
    assert reach.why(tax_id=A, line=PPO) is not None


def test_what_is_taken_away_may_last_longer_than_what_could_be_given() -> None:
    reach, alive = Ceiling((LIMITED,)), frozenset({A, B})
    assert reach.takes(replace(FITS, where=replace(FITS.where, last_on=None)), alive=alive)
    assert not reach.takes(replace(FITS, lines=None), alive=alive)
    assert not reach.takes(replace(FITS, where=replace(FITS.where, tax_ids=frozenset({A, B}))), alive=alive)


def test_tax_ids_the_office_has_lost_keep_nobody_from_taking() -> None:
    reach = Ceiling((LIMITED,))
    lost = replace(FITS, where=replace(FITS.where, tax_ids=frozenset({A, C})))
    assert reach.takes(lost, alive=frozenset({A}))
    assert Ceiling().takes(lost, alive=frozenset())


@given(items(), items(), st.lists(items(), max_size=3))
def test_a_part_of_what_fits_fits(inner: Item, outer: Item, others: list[Item]) -> None:
    bounds = tuple(
        Bound(
            each.where.tax_ids,
            frozenset({each.function, *(each.hands_out or ())}),
            each.lines,
            each.where.regions,
            each.where.providers,
            each.where.last_on,
        )
        for each in (outer, *others)
    )
    reach = Ceiling(bounds)
    if reach.holds(outer) and parts.is_within(inner, outer):
        assert reach.holds(inner)
