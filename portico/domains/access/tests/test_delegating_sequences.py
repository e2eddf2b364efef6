"""Whatever is handed out, by whomever, in whatever order: nothing opens that its giver may not delegate.

What opens and what may be delegated is worked out here from the rows alone, point by point: a function under
a tax ID, in a line, a region, for a provider, on a day. A point of its own stands for what is still to come,
so that "every one" is more than all there are today.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any, ClassVar, Final

import pytest
from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portico.domains.access import actors, models
from portico.domains.access.delegating import changing, confirming, creating, suspending
from portico.domains.access.delegating.acting import act
from portico.domains.access.delegating.creating import NewPerson
from portico.domains.access.delegating.refusals import REFUSALS
from portico.domains.access.delegating.sets import Access, AccessSet, AdministratorSet, Item, Where
from portico.domains.access.tests import handing, looking, making
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import policy
from tests.support import actors as people

SEQUENCES: Final = 200
TO_COME: Final = "to come"
FOREVER: Final = date.max
TAX_IDS: Final = (making.OWN, making.SECOND, handing.CLIENT_TAX_ID)
FUNCTIONS: Final = (
    Function.ELIGIBILITY,
    Function.CLAIMS_INQUIRY,
    Function.REMITTANCE,
    Function.PAYMENT_ENROLMENT,
    Function.MANAGE_USERS,
)
EVERY: Final[Mapping[str, tuple[str, ...]]] = {
    "line": (making.HMO, making.MEDI_CAL, TO_COME),
    "region": (making.NORTH, TO_COME),
    "provider": (making.NPI, making.OTHER_NPI, TO_COME),
    "function": (*FUNCTIONS, TO_COME),
}
DIMENSIONS: Final = ("line", "region", "provider")
DAYS: Final = (people.TODAY, handing.YEAR_END, FOREVER)
HANDS_OUT: Final = "hands out "

Points = frozenset[tuple[Any, ...]]


# ---------------------------------------------------------------- what is drawn


def few(*values: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), min_size=1)


wheres = st.builds(
    Where,
    few(making.OWN, making.OWN, making.SECOND) | few(*TAX_IDS),
    st.none() | st.none() | few(making.NPI, making.OTHER_NPI),
    st.none() | st.none() | few(making.NORTH),
    st.sampled_from([None, handing.YEAR_END, handing.YEAR_END, people.TODAY]),
)
lines = st.none() | st.just(handing.HMO) | few(making.HMO, making.MEDI_CAL)
given_out = st.sampled_from(FUNCTIONS[:4])
in_one_line = st.just({Function.ELIGIBILITY: handing.HMO})
access_sets = st.builds(AccessSet, wheres, st.dictionaries(given_out, lines, max_size=2) | in_one_line)
beside = st.sampled_from([frozenset[Function](), frozenset({Function.PAYMENT_ENROLMENT})])
hands_out = st.none() | st.frozensets(st.sampled_from(FUNCTIONS), min_size=1, max_size=3)
administrator_sets = st.builds(AdministratorSet, wheres, lines, beside, hands_out)
where_dee_may = st.just(Where(handing.OWN, frozenset({making.NPI})))
as_dee_may = st.one_of(
    st.builds(AdministratorSet, where_dee_may, st.just(handing.HMO), hands_out=hands_out),
    st.builds(AccessSet, where_dee_may, in_one_line),
)
items = st.builds(Item, given_out, wheres, lines)
of_client = st.builds(
    Item,
    st.sampled_from([Function.REMITTANCE, Function.ELIGIBILITY]),
    st.builds(
        Where,
        st.just(frozenset({handing.CLIENT_TAX_ID})),
        st.none() | few(making.NPI),
        last_on=st.sampled_from([handing.YEAR_END, None]),
    ),
    st.just(handing.HMO) | lines,
)
sets_drawn = access_sets | access_sets | administrator_sets | as_dee_may
anybody = st.integers(0, 40)
steps = st.one_of(
    st.tuples(st.just("create"), anybody, sets_drawn),
    st.tuples(st.just("change"), anybody, anybody, sets_drawn),
    st.tuples(st.just("change"), anybody, anybody, sets_drawn),
    st.tuples(st.just("add"), anybody, anybody, items),
    st.tuples(st.just("add"), anybody, anybody, of_client),
    st.tuples(st.just("link"), anybody, anybody, sets_drawn),
    st.tuples(st.just("confirm"), anybody, anybody),
    st.tuples(st.just("confirm"), anybody, anybody),
    st.tuples(st.just("decline"), anybody, anybody),
    st.tuples(st.just("end"), anybody, anybody),
    st.tuples(st.just("suspend"), anybody, anybody),
    st.tuples(st.just("restore"), anybody, anybody),
    st.tuples(st.just("restore"), anybody, anybody),
    st.tuples(st.just("lose_client")),
)
ANN, BEA, CAL, FAY = range(4)
BEGINNINGS: Final[tuple[list[tuple[Any, ...]], ...]] = (
    [],
    [("change", ANN, FAY, handing.access(Function.REMITTANCE))],
    [("suspend", ANN, FAY)],
    [("change", ANN, CAL, handing.managing(Function.ELIGIBILITY, Function.MANAGE_USERS))],
)
"""So that there is something to confirm, to restore, and an administrator of administrators of little."""
sequences = st.builds(
    lambda first, then: [*first, *then], st.sampled_from(BEGINNINGS), st.lists(steps, min_size=1, max_size=8)
)
confirmed_by = st.sampled_from(["", "", "administrator", "plan"])


# ---------------------------------------------------------------- what it comes to


@lru_cache(maxsize=4096)
def points(
    function: tuple[str, ...],
    tax_ids: frozenset[str],
    named: tuple[tuple[str, frozenset[str]], ...],
    last_on: date | None,
) -> Points:
    """Every point of such a grant; a dimension without a name is every value, also the one to come."""
    limits = dict(named)
    dimensions = (
        sorted(limits[each]) if each in limits else EVERY[each] for each in ("line", "region", "provider")
    )
    days = (day for day in DAYS if last_on is None or day <= last_on)
    return frozenset(product(function, sorted(tax_ids), *dimensions, days))


def named(limits: Mapping[str, frozenset[str]]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((each, limits[each]) for each in DIMENSIONS if each in limits)


def handed_out(limits: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    return tuple(sorted(limits["function"])) if "function" in limits else EVERY["function"]


@dataclass
class Picture:
    """The office as it stands: personas, the grants that count today with their limits, and clients."""

    users: dict[int, int] = field(default_factory=dict)
    suspended: set[int] = field(default_factory=set)
    grants: dict[int, list[tuple[models.Grant, dict[str, frozenset[str]]]]] = field(default_factory=dict)
    clients: list[models.ClientGrant] = field(default_factory=list)

    @classmethod
    def now(cls) -> "Picture":
        """As it is now. Four queries."""
        personas = list(models.Persona.objects.filter(office__key=making.LAKESIDE).order_by("pk"))
        found = cls({row.pk: row.user_id for row in personas})
        found.suspended = {row.pk for row in personas if row.suspended_at is not None}
        running = models.Grant.objects.filter(
            persona__in=personas, state="active", first_on__lte=people.TODAY
        )
        for row in running.prefetch_related("limits"):
            limits: dict[str, frozenset[str]] = {}
            for limit in row.limits.all():
                limits[limit.dimension] = limits.get(limit.dimension, frozenset()) | {limit.value}
            found.grants.setdefault(row.persona_id or 0, []).append((row, limits))
        found.clients = list(models.ClientGrant.objects.filter(ended_at__isnull=True))
        return found

    def opens(self, persona_id: int) -> Points:
        """Everything open to the persona; for managing users also each function that it hands out."""
        if persona_id in self.suspended or persona_id not in self.users:
            return frozenset()
        reached = frozenset((making.OWN, making.SECOND, *(row.tax_id for row in self.clients)))
        found: set[tuple[Any, ...]] = set()
        for row, limits in self.grants.get(persona_id, ()):
            functions: tuple[str, ...] = (row.function,)
            if row.function == Function.MANAGE_USERS:
                functions += tuple(HANDS_OUT + each for each in handed_out(limits))
            found |= points(functions, limits["tax_id"] & reached, named(limits), row.last_on)
        return frozenset(found)

    def may_delegate(self, persona_id: int) -> Points:
        """Everything the administrator may hand out, and, of making administrators, let hand out."""
        found: set[tuple[Any, ...]] = set()
        for row, limits in self.grants.get(persona_id, ()):
            if row.function == Function.MANAGE_USERS:
                own = limits["tax_id"] - {handing.CLIENT_TAX_ID}
                found |= points(handed_out(limits), own, named(limits), row.last_on)
                found |= self._of_clients(row, limits)
        return frozenset(found) | {(HANDS_OUT + point[0], *point[1:]) for point in found}

    def _of_clients(self, row: models.Grant, limits: Mapping[str, frozenset[str]]) -> set[tuple[Any, ...]]:
        found: set[tuple[Any, ...]] = set()
        for client in self.clients:
            functions = tuple(each for each in handed_out(limits) if each in client.functions.split())
            lent = points(functions, frozenset({client.tax_id}), named(limits), row.last_on)
            found |= {point for point in lent if point[2] in client.lines.split()}
        return found


# ---------------------------------------------------------------- the office


@dataclass
class Story:
    """The office of handing.House with a client; whoever is made has come, and may act from then on."""

    asks_a_second_word: bool
    made: int = 0
    acted: list[str] = field(default_factory=list)
    now: Picture = field(default_factory=Picture.now)

    def do(self, name: str, *what: Any) -> None:
        """One step, and what must hold of it."""
        if name == "lose_client":
            models.ClientGrant.objects.update(ended_at=people.NOW, ending="client")
            self.now = Picture.now()
            return
        who, *rest = what
        administrators = self._administrators()
        if not administrators:
            return
        persona = administrators[who % len(administrators)]
        try:
            getattr(self, f"_{name}")(as_(persona), *rest)
            self.acted.append(name)
        except (*REFUSALS, NotPermitted):
            pass
        self._check(name, persona)

    def _administrators(self) -> list[int]:
        """Those who may act for the office now."""
        kept = models.Persona.objects.filter(
            office__key=making.LAKESIDE, kind="administrator", suspended_at__isnull=True
        )
        return list(kept.order_by("pk").values_list("pk", flat=True))

    def _check(self, name: str, persona: int) -> None:
        before, after = self.now, Picture.now()
        reach, giver = before.may_delegate(persona), before.users[persona]
        for each, user in after.users.items():
            opened = after.opens(each) - before.opens(each)
            assert opened <= reach, f"{name} opened more than its giver may delegate"
            assert not opened or user != giver, f"{name} gave the giver something"
            if self.asks_a_second_word and name not in ("confirm", "restore"):
                assert not opened, f"{name} opened what nobody had confirmed"
        alone = models.Grant.objects.filter(confirmed_by=F("proposed_by"))
        assert not alone.exists(), "nobody confirms what they proposed"
        self.now = after

    def _create(self, actor: Actor, access: Access) -> None:
        self.made += 1
        person = NewPerson("Nel", "New", f"nel{self.made}@example.org")
        made = creating.create(actor=actor, person=person, access=access)
        looking.change(made.user_id, activated_at=people.NOW)

    def _change(self, actor: Actor, target: int, access: Access) -> None:
        changing.change(actor=actor, persona_id=self._one(target), access=access)

    def _add(self, actor: Actor, target: int, item: Item) -> None:
        with act(actor) as given_now:
            changing.add(given_now, persona_id=self._end_user(target), items=[item])

    def _link(self, actor: Actor, target: int, access: Access) -> None:
        user_id = models.Persona.objects.get(pk=self._one(target)).user_id
        creating.add_persona(actor=actor, user_id=user_id, access=access)

    def _confirm(self, actor: Actor, target: int) -> None:
        persona, waiting = self._waiting(target)
        confirming.confirm(actor=actor, persona_id=persona, grant_ids=waiting)

    def _decline(self, actor: Actor, target: int) -> None:
        persona, waiting = self._waiting(target)
        confirming.decline(actor=actor, persona_id=persona, grant_ids=waiting)

    def _end(self, actor: Actor, target: int) -> None:
        grants = list(models.Grant.objects.filter(persona__in=self._everybody()).order_by("pk"))
        changing.end_one(actor=actor, grant_id=grants[target % len(grants)].pk)

    def _suspend(self, actor: Actor, target: int) -> None:
        suspending.suspend(actor=actor, persona_id=self._one(target))

    def _restore(self, actor: Actor, target: int) -> None:
        found = sorted(self.now.suspended) or self._everybody()
        suspending.restore(actor=actor, persona_id=found[target % len(found)])

    def _end_user(self, target: int) -> int:
        """One who works with patients; Fay always does."""
        kept = models.Persona.objects.filter(pk__in=self._everybody(), kind="end_user").order_by("pk")
        found = list(kept.values_list("pk", flat=True))
        return found[target % len(found)]

    def _everybody(self) -> list[int]:
        return list(self.now.users)

    def _one(self, target: int) -> int:
        found = self._everybody()
        return found[target % len(found)]

    def _waiting(self, target: int) -> tuple[int, Collection[int]]:
        """A persona something waits for, where there is one."""
        waiting = models.Grant.objects.filter(state="proposed", persona__in=self._everybody())
        found = sorted(set(waiting.values_list("persona_id", flat=True))) or [self._one(target)]
        persona = found[target % len(found)] or 0
        return persona, list(waiting.filter(persona=persona).values_list("pk", flat=True))


def as_(persona_id: int) -> Actor:
    """The administrator, just signed in."""
    persona = models.Persona.objects.select_related("user").get(pk=persona_id)
    epoch = looking.user(persona.user_id).session_epoch
    session = actors.Session(
        persona.user_id, persona_id, second_factor=True, epoch=epoch, proven_at=people.NOW
    )
    found = actors.for_session(session, asked_at=people.NOW, today=people.TODAY)
    assert found is not None
    return found


def play(second_word: str, sequence: list[tuple[Any, ...]]) -> Story:
    """The steps one after another, each checked."""
    handing.ask(confirmed_by=second_word)
    story = Story(asks_a_second_word=bool(second_word))
    for name, *what in sequence:
        story.do(name, *what)
    return story


class _Sequences(TestCase):
    """The office is made once; each example in a transaction of its own, taken back at its end."""

    house: ClassVar[handing.House]

    @classmethod
    def setUpTestData(cls) -> None:
        """Dee may hand out more than Bea and less than Ann, and make administrators of that."""
        cls.house = handing.a_house()
        handing.a_client(Function.ELIGIBILITY, Function.REMITTANCE, lines=f"{making.HMO} {making.MEDI_CAL}")
        making.affiliated(making.NPI, handing.CLIENT_TAX_ID)
        some = (Function.ELIGIBILITY, Function.REMITTANCE, Function.MANAGE_USERS)
        of_dee = making.a_grant(
            Function.MANAGE_USERS,
            tax_ids=(making.OWN, making.SECOND),
            lines=(making.HMO,),
            providers=(making.NPI,),
            hands_out=some,
        )
        looking.a_user("dee.admin", making.an_administrator(of_dee))

    def setUp(self) -> None:
        """Nothing of the plan's rules is remembered from the example before."""
        policy.forget()


class TestSequences(_Sequences):
    """As many as the house asks of every test run."""

    @settings(max_examples=max(SEQUENCES, settings().max_examples))
    @given(confirmed_by, sequences)
    def test_no_sequence_opens_what_its_giver_may_not_delegate(
        self, second_word: str, sequence: list[tuple[Any, ...]]
    ) -> None:
        play(second_word, sequence)

    def test_the_steps_do_something(self) -> None:
        """The property is not true because everything is refused."""
        where = Where(handing.OWN, last_on=handing.YEAR_END)
        little = AccessSet(where, {Function.ELIGIBILITY: handing.HMO})
        nel = 5
        client = Item(Function.REMITTANCE, Where(frozenset({handing.CLIENT_TAX_ID})), handing.HMO)
        story = play(
            "",
            [
                ("create", BEA, little),
                ("change", ANN, nel, handing.access(Function.REMITTANCE)),
                ("add", ANN, FAY, client),
                ("link", ANN, FAY, handing.managing()),
                ("suspend", BEA, nel),
                ("restore", ANN, nel),
                ("lose_client",),
            ],
        )
        assert story.acted == ["create", "change", "add", "link", "suspend", "restore"]
        second = play("administrator", [("change", ANN, FAY, handing.access()), ("confirm", CAL, 0)])
        assert second.acted == ["change", "confirm"]

    def test_what_is_compared_tells_more_from_less(self) -> None:
        """Ann may delegate all that Bea may, and more; what Bea opens is none of what she may not."""
        now = Picture.now()
        ann, bea, fay = (self.house.persona(name) for name in ("ann", "bea", "fay"))
        assert now.may_delegate(bea) < now.may_delegate(ann)
        assert now.opens(fay) < now.may_delegate(ann)
        assert not now.opens(fay) <= now.may_delegate(bea)


@pytest.mark.drill
class TestManySequences(_Sequences):
    """The same, as many as the profile asks for."""

    @given(confirmed_by, sequences)
    def test_no_sequence_opens_what_its_giver_may_not_delegate(
        self, second_word: str, sequence: list[tuple[Any, ...]]
    ) -> None:
        play(second_word, sequence)
