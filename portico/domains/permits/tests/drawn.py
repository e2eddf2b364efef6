"""Drawn actors and questions, for facts that hold of all of them."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from portico.domains.permits.actors import (
    Account,
    AccountState,
    Actor,
    Grant,
    GrantState,
    Held,
    Lent,
    PersonaKind,
    Standing,
)
from portico.domains.permits.functions import CLAIMS, Desk, Function
from portico.domains.permits.questions import Question
from portico.domains.permits.verification import NOTHING_ASKED
from portico.shared.periods import Period
from tests.support import actors as people
from tests.support.actors import TODAY, UNVERIFIED

TAX_IDS = ("171234567", "171234568", "181234567")
LINES = ("employer-hmo", "medi-cal", "employer-ppo")
NPIS = ("2000000001", "2000000002")
REGIONS = ("north-lakes", "harbor-coast", "far-away")
ASKABLE = tuple(Function)


def _some(values: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values))


days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))
periods = st.builds(
    lambda first, length: Period(first, None if length is None else first + timedelta(days=length)),
    days,
    st.none() | st.integers(0, 400),
)
grants = st.builds(
    Grant,
    id=st.integers(1, 99),
    function=st.sampled_from(ASKABLE),
    tax_ids=_some(TAX_IDS),
    period=periods,
    lines=st.none() | _some(LINES),
    regions=st.none() | _some(REGIONS),
    providers=st.none() | _some(NPIS),
    state=st.sampled_from(GrantState),
)
accounts = st.builds(
    Account,
    state=st.sampled_from(AccountState),
    audience=st.sampled_from(("provider", "member")),
    terms_accepted=st.booleans(),
    verification=st.sampled_from((NOTHING_ASKED, UNVERIFIED)),
    proven_lately=st.booleans(),
    second_factor=st.booleans(),
    in_scope=st.booleans(),
)
lent = st.builds(
    Lent,
    tax_id=st.sampled_from(TAX_IDS),
    functions=st.frozensets(st.sampled_from(ASKABLE)),
    lines=st.none() | _some(LINES),
    is_late=st.booleans(),
)
standings = st.builds(
    Standing,
    tax_ids=_some(TAX_IDS),
    participating=_some(TAX_IDS),
    ended_affiliations=st.frozensets(st.tuples(st.sampled_from(TAX_IDS), st.sampled_from(NPIS))),
    regions=st.none() | _some(REGIONS),
    open_outside=st.sampled_from((frozenset[Function](), CLAIMS)),
    former_clients=_some(TAX_IDS),
    review_overdue=st.booleans(),
    lent=st.lists(lent, max_size=2).map(tuple),
    other_sides=_some(TAX_IDS),
)
questions = st.builds(
    Question,
    function=st.sampled_from(ASKABLE),
    tax_id=st.none() | st.sampled_from(TAX_IDS),
    line=st.none() | st.sampled_from(LINES),
    provider=st.none() | st.sampled_from(NPIS),
    region=st.none() | st.sampled_from(REGIONS),
    lately=st.booleans(),
)


@st.composite
def any_actor(draw: st.DrawFn) -> Actor:
    """A visitor, a machine, or a persona of any kind, with any grants and standing."""
    if draw(st.integers(0, 9)) == 0:
        return people.visitor()
    if draw(st.integers(0, 4)) == 0:
        return people.machine(
            *draw(st.lists(grants, max_size=5)), account=draw(accounts), standing=draw(standings)
        )
    kind = draw(st.sampled_from(PersonaKind))
    return replace(
        people.front_desk(),
        persona_kind=kind,
        desk=draw(st.sampled_from(Desk)) if kind is PersonaKind.PLAN_STAFF else None,
        held=Held(draw(st.lists(grants, max_size=5))),
        account=draw(accounts),
        standing=draw(standings),
    )
