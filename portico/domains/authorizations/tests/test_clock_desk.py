"""The plan's clocks: added with a source, ended, and removed only while no request was counted by them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from portico.domains.authorizations import clock_desk, models
from portico.domains.authorizations.clock_rules import Counts, Rule, Unit
from portico.domains.authorizations.clocks import CannotSet
from portico.domains.authorizations.tests.desk import last_use
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.shared.periods import Period
from tests.support import actors, authorizations
from tests.support.cast import HMO

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]
ACTOR = actors.plan_staff(Desk.OPERATIONS)
RULE = Rule(Counts.STANDARD, 15, Unit.CALENDAR, "The contract, section 4", Period(date(2026, 4, 1)), line=HMO)


def test_the_laws_clocks_are_shown_where_the_plan_has_set_none() -> None:
    assert {rule.kind for rule in clock_desk.listed(actor=ACTOR)} >= {Counts.STANDARD, Counts.EXPEDITED}
    assert all(rule.id is None for rule in clock_desk.listed(actor=ACTOR))
    clock_desk.add(actor=ACTOR, rule=RULE)
    first = clock_desk.listed(actor=ACTOR)[0]
    assert replace(first, id=None) == RULE
    assert first.id is not None


def test_what_was_added_stands_in_the_audit() -> None:
    clock_desk.add(actor=ACTOR, rule=RULE)
    assert last_use() == ("authorization_rules", "allowed", "clock_rule_added")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": 91}, "amount"),
        ({"amount": 721, "unit": Unit.HOURS}, "amount"),
        ({"extension_days": 61}, "extension"),
        ({"warn_hours": 721}, "warning"),
        ({"citation": "  "}, "citation"),
        ({"citation": "x" * 201}, "citation"),
        ({"pauses": ("holiday",)}, "pauses"),
        ({"pauses": ("examination",), "is_law": True}, "law_pauses"),
        ({"line": "nowhere"}, "line"),
    ],
)
def test_a_clock_that_cannot_be_is_not_kept(changes: dict[str, object], code: str) -> None:
    _refused(lambda: clock_desk.add(actor=ACTOR, rule=replace(RULE, **changes)), code)  # type: ignore[arg-type]
    assert not models.ClockRule.objects.exists()
    assert last_use() == ("authorization_rules", "allowed", code)


def test_two_of_a_kind_and_line_do_not_begin_on_one_day() -> None:
    clock_desk.add(actor=ACTOR, rule=RULE)
    _refused(lambda: clock_desk.add(actor=ACTOR, rule=replace(RULE, amount=7)), "there_already")


def test_a_clock_ends_after_it_begins() -> None:
    clock_desk.add(actor=ACTOR, rule=RULE)
    number = models.ClockRule.objects.get().pk
    early = date(2026, 3, 31)
    _refused(lambda: clock_desk.end(actor=ACTOR, number=number, last_on=early), "ends_before_start")
    clock_desk.end(actor=ACTOR, number=number, last_on=date(2026, 4, 30))
    assert clock_desk.listed(actor=ACTOR)[0].period.last == date(2026, 4, 30)


def test_a_clock_that_requests_are_counted_by_stays() -> None:
    clock_desk.add(actor=ACTOR, rule=RULE)
    used = authorizations.in_review()
    assert used.clock_id is not None
    _refused(lambda: clock_desk.remove(actor=ACTOR, number=used.clock_id or 0), "in_use")
    clock_desk.remove(actor=ACTOR, number=models.ClockRule.objects.get(line=HMO).pk)
    assert list(models.ClockRule.objects.values_list("pk", flat=True)) == [used.clock_id]


@pytest.mark.parametrize(
    "act",
    [
        lambda: clock_desk.remove(actor=ACTOR, number=999),
        lambda: clock_desk.end(actor=ACTOR, number=999, last_on=date(2026, 4, 1)),
    ],
    ids=["remove", "end"],
)
def test_one_that_is_gone_is_unknown(act: Callable[[], None]) -> None:
    with pytest.raises(clock_desk.UnknownRule):
        act()


def test_nobody_but_the_plans_operations_sets_clocks() -> None:
    for actor in (actors.plan_staff(Desk.CLINICAL_REVIEW), actors.front_desk()):
        with pytest.raises(NotPermitted):
            clock_desk.add(actor=actor, rule=RULE)


def _refused(act: Callable[[], None], code: str) -> None:
    with pytest.raises(CannotSet) as refused:
        act()
    assert refused.value.code == code
