"""Whatever is done in whatever order: no persona ever reaches beyond its office, and an end is an end."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portico.domains.access import granting, models
from portico.domains.access.granting import CannotGrant
from portico.domains.access.tests import making
from portico.domains.permits.actors import Actor, GrantState, PersonaKind
from portico.domains.permits.functions import GRANTABLE, TRAITS, Desk, Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from tests.support import actors as people

OFFICES = {making.LAKESIDE: (making.OWN, making.SECOND), making.HILLCREST: (making.FOREIGN,)}
TAX_IDS = (making.OWN, making.SECOND, making.FOREIGN, "189999999")
WHO = (people.system(), people.plan_staff(), people.plan_staff(Desk.SUPPORT))

grants = st.builds(
    making.a_grant,
    st.sampled_from([*GRANTABLE, Function.PROVISIONING]),
    tax_ids=st.lists(st.sampled_from(TAX_IDS), max_size=3).map(tuple),
    lines=st.sampled_from([(), (making.HMO,), (making.HMO, making.MEDI_CAL), ("no-such-line",)]),
    state=st.sampled_from(["active", "proposed", "ended"]),
)
steps = st.one_of(
    st.tuples(st.just("grant"), st.sampled_from(WHO), st.integers(0, 3), grants),
    st.tuples(st.just("end"), st.sampled_from(WHO), st.integers(0, 20), st.none()),
    st.tuples(st.just("suspend"), st.sampled_from(WHO), st.integers(0, 3), st.none()),
    st.tuples(st.just("lose"), st.none(), st.sampled_from([making.OWN, making.FOREIGN]), st.none()),
)


@dataclass
class House:
    """Four personas of two offices, and which grants were ended and personas suspended so far."""

    users: list[int]
    personas: list[int]
    ended: set[int] = field(default_factory=set)
    suspended: set[int] = field(default_factory=set)

    def grant(self, who: Actor, place: int, new: granting.NewGrant) -> None:
        """Give a grant; one that must not be given is refused."""
        try:
            granting.add_grant(actor=who, persona_id=self.personas[place], new=new)
        except CannotGrant:
            return

    def end(self, who: Actor, place: int, _: None) -> None:
        """End one of the grants there are."""
        known = list(models.Grant.objects.order_by("pk").values_list("pk", flat=True))
        if known:
            grant_id = known[place % len(known)]
            assert granting.end_grant(actor=who, grant_id=grant_id) is (grant_id not in self.ended)
            self.ended.add(grant_id)

    def suspend(self, who: Actor, place: int, _: None) -> None:
        """Suspend a persona."""
        granting.suspend_persona(actor=who, persona_id=self.personas[place])
        self.suspended.add(place)

    def lose(self, _: None, tax_id: str, __: None) -> None:
        """An office stops billing under a tax ID."""
        apps.get_model("offices", "TaxId").objects.filter(number=tax_id).update(office=None)


def a_house() -> House:
    making.a_plan()
    for key, tax_ids in OFFICES.items():
        making.an_office(key, *tax_ids)
    users = [
        making.a_person(persona, username=f"user.{place}")
        for place, persona in enumerate(
            (
                making.an_end_user(),
                making.an_administrator(),
                making.an_end_user(office=making.HILLCREST),
                making.an_administrator(office=making.HILLCREST),
            )
        )
    ]
    return House(users, [making.personas_of(user_id)[0] for user_id in users])


def check(house: House) -> None:
    """Whatever happened: no reach beyond the office, no patient data for administrators, an end is an end."""
    for place, user_id in enumerate(house.users):
        actor = making.built(user_id)
        assert (actor is None) is (place in house.suspended)
        if actor is not None:
            check_actor(actor)
            running = {grant.id for grant in actor.held.all if grant.state is not GrantState.ENDED}
            assert running.isdisjoint(house.ended)


def check_actor(actor: Actor) -> None:
    """Nothing granted opens a tax ID that is not the office's own."""
    tax_ids = apps.get_model("offices", "TaxId").objects.filter(office_id=actor.office_id or 0)
    own = set(tax_ids.values_list("number", flat=True))
    for function in GRANTABLE:
        decision = decide(actor, Question(function))
        assert decision.scope.tax_ids() <= own
        assert not any(decide(actor, Question(function, tax_id)).allowed for tax_id in {*TAX_IDS} - own)
        if TRAITS[function].phi and actor.persona_kind is PersonaKind.ADMINISTRATOR:
            assert not decision.allowed


class TestSequences(TestCase):
    """Each example in a transaction of its own, taken back at its end."""

    @given(st.lists(steps, max_size=12))
    def test_no_sequence_opens_more_than_the_office_has(self, sequence: list[Any]) -> None:
        house = a_house()
        check(house)
        for name, *what in sequence:
            getattr(house, name)(*what)
            check(house)
