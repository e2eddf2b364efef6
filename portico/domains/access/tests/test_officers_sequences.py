"""Whatever is done in whatever order: every office has an administrator or an open recovery, and no takeover
is quicker than its wait, nor survives an objection.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portico.domains.access import granting, looking_after, models
from portico.domains.access.delegating import suspending
from portico.domains.access.granting import NewGrant
from portico.domains.access.officers import (
    leaving,
    objecting,
    presence,
    recovering,
    recovery_review,
    rules,
    watching,
)
from portico.domains.access.officers.leaving import CannotName, LastAdministrator, What
from portico.domains.access.officers.recovering import CannotClaim
from portico.domains.access.officers.recovery_review import CannotDecide
from portico.domains.access.officers.rules import Proof, Refusal
from portico.domains.access.tests import houses, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import policy

PEOPLE: Final = ("ann", "bea", "fay", "gus")
REFUSED: Final = (
    CannotClaim,
    CannotDecide,
    CannotName,
    LastAdministrator,
    NotPermitted,
    looking_after.OutOfReach,
    looking_after.UnknownPerson,
)
who = st.sampled_from(PEOPLE)
steps = st.one_of(
    st.tuples(st.just("suspend"), who),
    st.tuples(st.just("suspend_by_office"), who, who),
    st.tuples(st.just("end_grant"), who),
    st.tuples(st.just("disable"), who),
    st.tuples(st.just("enable"), who),
    st.tuples(st.just("grant"), who, st.sampled_from([None, 0, 3, 20])),
    st.tuples(st.just("name"), who, st.sampled_from([None, *PEOPLE])),
    st.tuples(st.just("leave"), who, st.sampled_from(list(What)), st.sampled_from([None, *PEOPLE])),
    st.tuples(st.just("claim"), who),
    st.tuples(st.just("claim"), who),
    st.tuples(st.just("confirm")),
    st.tuples(st.just("confirm")),
    st.tuples(st.just("approve")),
    st.tuples(st.just("approve")),
    st.tuples(st.just("refuse")),
    st.tuples(st.just("object"), who),
    st.tuples(st.just("withdraw"), who),
    st.tuples(st.just("rule"), st.integers(0, 30)),
    st.tuples(st.just("wait"), st.sampled_from([1, 2, 3, 8])),
)
BEGINNINGS: Final[tuple[tuple[Any, ...], ...]] = (
    (),
    (("suspend", "ann"), ("disable", "bea")),
    (("suspend", "ann"), ("suspend", "bea"), ("claim", "fay")),
    (("suspend", "ann"), ("end_grant", "bea"), ("claim", "fay"), ("confirm",)),
    (("suspend", "ann"), ("end_grant", "bea"), ("claim", "gus"), ("confirm",), ("wait", 8)),
)


@dataclass
class Story:
    """An office, what day it is, and what was seen of takeovers."""

    house: Lakeside
    after: timedelta = timedelta()
    confirmed_at: datetime | None = None
    days: int = 7
    promised: int = 0
    objected: set[int] = field(default_factory=set)

    def _as(self, name: str, kind: str = "") -> Any:
        found = self.house.maybe(name, after=self.after, kind=kind)
        if found is None:
            raise CannotClaim("not signed in")
        return found

    def _manager(self, name: str) -> Any:
        return self._as(name, "administrator")

    def _personas(self, name: str) -> list[int]:
        return making.personas_of(getattr(self.house, name))

    def _plan(self) -> Any:
        return houses.system(after=self.after)

    def _open(self) -> Any:
        return models.Recovery.objects.filter(office_id=self.house.office, ended_at=None).first()

    def suspend(self, name: str) -> None:
        for persona_id in self._personas(name):
            granting.suspend_persona(actor=self._plan(), persona_id=persona_id)

    def suspend_by_office(self, name: str, other: str) -> None:
        for persona_id in self._personas(other):
            suspending.suspend(actor=self._manager(name), persona_id=persona_id)

    def end_grant(self, name: str) -> None:
        held = models.Grant.objects.filter(persona__user_id=getattr(self.house, name))
        for number in held.values_list("pk", flat=True):
            granting.end_grant(actor=self._plan(), grant_id=number)

    def disable(self, name: str) -> None:
        why = looking_after.Why.LEFT
        looking_after.disable(actor=self._plan(), user_id=getattr(self.house, name), why=why)

    def enable(self, name: str) -> None:
        why = looking_after.Why.BY_MISTAKE
        looking_after.enable(actor=self._plan(), user_id=getattr(self.house, name), why=why)

    def grant(self, name: str, days: int | None) -> None:
        """The plan gives somebody the duty, for some days or for good, in a persona that is open."""
        user_id = getattr(self.house, name)
        persona, _ = models.Persona.objects.get_or_create(
            user_id=user_id,
            kind="administrator",
            office_id=self.house.office,
            defaults={"created_at": self._plan().asked_at},
        )
        today = self._plan().today
        last_on = None if days is None else today + timedelta(days=days)
        new = NewGrant(Function.MANAGE_USERS, (making.OWN,), first_on=today, last_on=last_on)
        granting.add_grant(actor=self._plan(), persona_id=persona.pk, new=new)

    def name(self, name: str, other: str | None) -> None:
        user_id = getattr(self.house, other) if other else None
        leaving.name(actor=self._manager(name), user_id=user_id)

    def leave(self, name: str, what: What, other: str | None) -> None:
        successor = getattr(self.house, other) if other else None
        leaving.leave(actor=self._manager(name), what=what, successor=successor)

    def claim(self, name: str) -> None:
        recovering.claim(actor=self._as(name), text="")
        assert getattr(self.house, name) not in self.objected

    def confirm(self) -> None:
        row = self._open()
        if row is not None:
            sue = self._as("sue")
            recovery_review.confirm(actor=sue, number=row.pk, proof=Proof.IN_PERSON)
            self.confirmed_at, self.promised = sue.asked_at, max(self.days, rules.LEAST_DAYS)

    def approve(self) -> None:
        row = self._open()
        if row is not None:
            sue = self._as("sue")
            recovery_review.approve(actor=sue, number=row.pk)
            assert self.confirmed_at is not None
            assert sue.asked_at - self.confirmed_at >= timedelta(days=self.promised)
            assert row.claimant not in self.objected

    def refuse(self) -> None:
        row = self._open()
        if row is not None:
            recovery_review.refuse(actor=self._as("sue"), number=row.pk, refusal=Refusal.NOT_PROVEN)

    def object(self, name: str) -> None:
        row = self._open()
        if objecting.by_colleague(actor=self._as(name)):
            self.objected.add(row.claimant)

    def withdraw(self, name: str) -> None:
        recovering.withdraw(actor=self._as(name))

    def rule(self, days: int) -> None:
        """The plan changes how long a takeover waits."""
        rules_of_access = apps.get_model("plan", "AccessPolicy").objects
        rules_of_access.update_or_create(pk=1, defaults={"recovery_days": days})
        policy.forget()
        self.days = days

    def wait(self, days: int) -> None:
        """Days go by, and the clock's own job runs."""
        self.after += timedelta(days=days)
        while watching.keep(actor=self._plan()):
            pass


def check(story: Story) -> None:
    """It has an administrator, or an open recovery, and not both; an objection is for good."""
    there = presence.of(story.house.office, on=houses.system(after=story.after).today)
    row = models.Recovery.objects.filter(office_id=story.house.office, ended_at=None).first()
    assert bool(there) is not (row is not None)
    if row is None:
        story.objected.clear()
    elif row.claimant is not None:
        assert row.claimant not in story.objected


class TestSequences(TestCase):
    """Each example in a transaction of its own, taken back at its end."""

    @given(st.sampled_from(BEGINNINGS), st.lists(steps, max_size=12))
    def test_no_sequence_orphans_an_office_or_hurries_a_takeover(
        self, beginning: tuple[Any, ...], sequence: list[Any]
    ) -> None:
        policy.forget()
        story = Story(houses.lakeside())
        check(story)
        for name, *what in (*beginning, *sequence):
            try:
                getattr(story, name)(*what)
            except REFUSED:
                assert name not in ("suspend", "end_grant", "disable", "enable", "grant", "rule", "wait")
            check(story)
