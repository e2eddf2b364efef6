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


def lent(tax_id: str) -> st.SearchStrategy[Lent]:
    """What a client gave for this tax ID."""
    return st.builds(
        Lent,
        tax_id=st.just(tax_id),
        functions=st.frozensets(st.sampled_from(ASKABLE)),
        lines=st.none() | _some(LINES),
        is_late=st.booleans(),
    )


_ENDED = st.frozensets(st.tuples(st.sampled_from(TAX_IDS), st.sampled_from(NPIS)))
HERE, ELSEWHERE, FORMERLY, NOWHERE = "here", "elsewhere", "formerly", "nowhere"


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    """Any standing that can be: a tax ID is of this side, of another, was a client's, or none of these."""
    where = {each: draw(st.sampled_from((HERE, ELSEWHERE, FORMERLY, NOWHERE))) for each in TAX_IDS}
    here, elsewhere, formerly = (
        frozenset(each for each in TAX_IDS if where[each] == side) for side in (HERE, ELSEWHERE, FORMERLY)
    )
    clients = draw(_some(TAX_IDS)) & here
    return Standing(
        tax_ids=here,
        participating=draw(_some(TAX_IDS)),
        ended_affiliations=frozenset(each for each in draw(_ENDED) if each[0] in here),
        regions=draw(st.none() | _some(REGIONS)),
        open_outside=draw(st.sampled_from((frozenset[Function](), CLAIMS))),
        former_clients=formerly,
        review_overdue=draw(st.booleans()),
        lent=tuple(draw(lent(client)) for client in sorted(clients)),
        other_sides=elsewhere,
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
            *draw(st.lists(grants, max_size=5)), account=draw(accounts), standing=draw(standings())
        )
    kind = draw(st.sampled_from(PersonaKind))
    return replace(
        people.front_desk(),
        persona_kind=kind,
        desk=draw(st.sampled_from(Desk)) if kind is PersonaKind.PLAN_STAFF else None,
        held=Held(draw(st.lists(grants, max_size=5))),
        account=draw(accounts),
        standing=draw(standings()),
    )
