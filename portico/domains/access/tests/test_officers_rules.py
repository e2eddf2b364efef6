"""How long a takeover waits, and who may name a successor: tables with the edges of every range."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from portico.domains.access.officers import rules
from portico.domains.permits.actors import Actor, Grant, Held, PersonaKind
from portico.domains.permits.functions import Function
from portico.shared.periods import Period
from tests.support import actors as people

NOW = people.NOW
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("days", "waits"), [(0, 3), (1, 3), (3, 3), (4, 4), (30, 30)], ids=["0", "1", "3", "4", "30"]
)
def test_it_waits_the_days_of_the_plan_and_three_at_least(days: int, waits: int) -> None:
    assert rules.waits_until(NOW, days=days) == NOW + timedelta(days=waits)


def test_the_last_instant_is_past_the_waiting_time_and_none_before_is() -> None:
    assert not rules.is_over(None, at=NOW)
    assert not rules.is_over(NOW, at=NOW - TICK)
    assert rules.is_over(NOW, at=NOW)


def test_a_claim_lapses_after_fourteen_days() -> None:
    assert not rules.has_lapsed(None, at=NOW)
    assert not rules.has_lapsed(NOW, at=NOW + timedelta(days=14) - TICK)
    assert rules.has_lapsed(NOW, at=NOW + timedelta(days=14))


def of(*grants: Grant) -> Actor:
    return replace(people.administrator(), held=Held(grants))


def administrator(**grant: Any) -> Actor:
    whole = {"tax_ids": frozenset({people.OWN_TAX_ID, people.SECOND_TAX_ID}), "lines": None}
    return of(people.grant(Function.MANAGE_USERS, **{**whole, **grant}))


NARROWER = {
    "one of two tax IDs": {"tax_ids": frozenset({people.OWN_TAX_ID})},
    "some functions": {"hands_out": frozenset({Function.ELIGIBILITY})},
    "one line": {"lines": frozenset({people.LINE})},
    "one provider": {"providers": frozenset({"2000000016"})},
    "one region": {"regions": frozenset({"north"})},
    "an end": {"period": Period(date(2026, 1, 1), date(2026, 12, 31))},
    "only proposed": {"state": "proposed"},
    "not yet begun": {"period": Period(date(2026, 4, 1))},
}


@pytest.mark.parametrize("narrower", NARROWER.values(), ids=NARROWER)
def test_whoever_holds_less_than_the_whole_office_names_nobody(narrower: dict[str, Any]) -> None:
    assert rules.reaches_whole_office(administrator())
    assert not rules.reaches_whole_office(administrator(**narrower))


def test_two_grants_reach_the_whole_office_together() -> None:
    first, second = (
        people.grant(Function.MANAGE_USERS, number=number, tax_ids=frozenset({tax_id}), lines=None)
        for number, tax_id in ((1, people.OWN_TAX_ID), (2, people.SECOND_TAX_ID))
    )
    assert rules.reaches_whole_office(of(first, second))


def test_nobody_but_an_administrator_names_anybody() -> None:
    assert not rules.reaches_whole_office(replace(administrator(), persona_kind=PersonaKind.END_USER))
    assert not rules.reaches_whole_office(replace(administrator(), held=Held()))
