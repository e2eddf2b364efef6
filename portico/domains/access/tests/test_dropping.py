"""Providers who have left drop out of what names them, and nothing opens by it."""

from datetime import timedelta
from typing import Any

import pytest

from portico.domains.access import granting, models
from portico.domains.access.delegating import dropping
from portico.domains.access.tests import houses, looking, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.access.tests.making import NPI, OTHER_NPI
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide

pytestmark = pytest.mark.django_db
OWN, SECOND = making.OWN, making.SECOND
EVERYWHERE = {
    "never billed there": ({}, False),
    "bills on": ({OWN: False}, False),
    "left": ({OWN: True}, True),
    "left one of two, bills under the other": ({OWN: True, SECOND: False}, False),
    "left both": ({OWN: True, SECOND: True}, True),
    "left one, never billed under the other": ({SECOND: True}, True),
    "left another's": ({making.FOREIGN: True}, False),
}


@pytest.fixture
def house() -> Lakeside:
    return houses.lakeside()


def give(house: Lakeside, *npis: str, **changes: Any) -> int:
    """Fay may see these providers' remittances."""
    new = making.a_grant(Function.REMITTANCE, providers=npis, **changes)
    persona = house.persona("fay", "end_user")
    return granting.add_grant(actor=houses.system(), persona_id=persona, new=new)


def drop(after: timedelta = timedelta()) -> str:
    """The clock runs until nothing is left; answers how the first chunk ended."""
    at: int | None = dropping.drop(actor=houses.system(after=after))
    concluded = looking.last_use()[2]
    while at is not None:
        at = dropping.drop(actor=houses.system(after=after), after=at)
    return concluded


def running(function: Function = Function.REMITTANCE) -> list[set[str]]:
    """The providers of each running grant of the function."""
    rows = models.Grant.objects.filter(function=function).exclude(state="ended").order_by("pk")
    return [set(row.limits.filter(dimension="provider").values_list("value", flat=True)) for row in rows]


@pytest.mark.parametrize(("ended", "has_left"), EVERYWHERE.values(), ids=EVERYWHERE)
def test_a_provider_has_left_when_it_is_over_everywhere(ended: dict[str, bool], has_left: bool) -> None:
    assert dropping.has_left(ended, (OWN, SECOND)) is has_left


@pytest.mark.parametrize(
    ("last", "names"),
    [(None, {NPI, OTHER_NPI}), (0, {NPI, OTHER_NPI}), (-1, {NPI})],
    ids=["no end", "ends today", "ended yesterday"],
)
def test_who_left_drops_out_the_day_after(house: Lakeside, last: int | None, names: set[str]) -> None:
    give(house, NPI, OTHER_NPI)
    making.affiliated(NPI, OWN)
    making.affiliated(OTHER_NPI, OWN, last=last)
    drop()
    assert running() == [names]


def test_who_comes_back_later_stays(house: Lakeside) -> None:
    give(house, NPI)
    making.affiliated(NPI, OWN, last=-1)
    making.affiliated(NPI, OWN, first=30)
    assert drop() == "no_provider_left"
    assert running() == [{NPI}]


def test_the_new_grant_is_like_the_old_one_and_the_old_one_keeps_its_row(house: Lakeside) -> None:
    old = give(house, NPI, OTHER_NPI, lines=(making.HMO,), regions=(), last_on=making.day(90))
    making.affiliated(OTHER_NPI, OWN, last=-1)
    assert drop() == "providers_dropped"
    before, after = models.Grant.objects.filter(function="remittance").order_by("pk")
    assert (before.pk, before.state, before.ended_at, before.ended_by) == (old, "ended", houses.NOW, None)
    kept = ("function", "first_on", "last_on", "granted_by", "granted_at", "persona_id", "proposed_by")
    assert [getattr(before, name) for name in kept] == [getattr(after, name) for name in kept]
    limits = set(after.limits.values_list("dimension", "value"))
    assert limits == {("tax_id", OWN), ("line", making.HMO), ("provider", NPI)}
    assert before.limits.count() == 4


def test_the_person_and_the_administrators_are_told_and_the_history_keeps_it(house: Lakeside) -> None:
    give(house, NPI, OTHER_NPI)
    making.affiliated(OTHER_NPI, OWN, last=-1)
    drop()
    assert houses.notices("access_changed") == [(None, house.fay)]
    assert houses.notices("provider_dropped") == [(None, house.ann), (None, house.bea)]
    change = models.AccessChange.objects.get()
    assert (change.kind, change.by, change.by_plan) == ("provider_left", None, False)
    named = [
        [each["providers"] for each in side if each["function"] == "remittance"]
        for side in (change.before, change.after)
    ]
    assert named == [[[NPI, OTHER_NPI]], [[NPI]]]
    assert drop() == "no_provider_left"
    assert models.AccessChange.objects.count() == 1


def test_a_grant_that_loses_its_last_provider_ends_and_never_opens(house: Lakeside) -> None:
    give(house, NPI)
    making.affiliated(NPI, OWN, last=-1)
    drop()
    assert running() == []
    for provider in (None, NPI, OTHER_NPI):
        question = Question(Function.REMITTANCE, OWN, provider=provider)
        assert not decide(house.as_("fay"), question).allowed


def test_a_proposed_grant_loses_them_too_and_stays_proposed(house: Lakeside) -> None:
    give(house, NPI, OTHER_NPI, state="proposed")
    making.affiliated(OTHER_NPI, OWN, last=-1)
    drop()
    assert running() == [{NPI}]
    assert models.Grant.objects.exclude(state="ended").get(function="remittance").state == "proposed"


def test_what_is_over_and_what_names_nobody_is_left_alone(house: Lakeside) -> None:
    over = give(house, NPI, last_on=making.day(-1))
    give(house, first_on=making.JANUARY)
    making.affiliated(NPI, OWN, last=-1)
    assert drop() == "no_provider_left"
    assert models.Grant.objects.get(pk=over).state == "active"


def test_a_system_loses_them_as_people_do(house: Lakeside) -> None:
    grant = making.a_grant(Function.REMITTANCE, providers=(NPI, OTHER_NPI))
    making.a_partner(grant)
    making.affiliated(OTHER_NPI, OWN, last=-1)
    dropping.drop(actor=houses.system())
    assert running() == [{NPI}]
    assert [kind for kind, _ in looking.last_use()[3]] == ["grant", "grant", "machine"]
    assert houses.notices("provider_dropped") == [(None, house.ann), (None, house.bea)]


def test_an_administrator_whose_last_provider_left_no_longer_administers(house: Lakeside) -> None:
    for name in ("ann", "bea"):
        grant = models.Grant.objects.get(persona=house.persona(name))
        models.GrantLimit.objects.create(grant=grant, dimension="provider", value=NPI)
    making.affiliated(NPI, OWN, last=-1)
    drop()
    assert house.present() == []
    assert houses.recovery(house).state == "open"


def test_chunk_follows_chunk(house: Lakeside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropping, "CHUNK", 1)
    for _ in range(3):
        give(house, NPI, OTHER_NPI)
    making.affiliated(OTHER_NPI, OWN, last=-1)
    drop()
    assert running() == [{NPI}] * 3


def test_only_the_system_does_it(house: Lakeside) -> None:
    with pytest.raises(NotPermitted):
        dropping.drop(actor=house.as_("sue"))
