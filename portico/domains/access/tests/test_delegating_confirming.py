"""Where the plan wants a second person to agree: what waits, for whom, and what goes on meanwhile."""

from datetime import timedelta
from typing import Any

import pytest

from portico.domains.access import granting, models
from portico.domains.access.delegating import changing, confirming, creating, proposals
from portico.domains.access.delegating.acting import act
from portico.domains.access.delegating.confirming_rules import Facts, Hindrance, MayNotConfirm, hindrance
from portico.domains.access.delegating.creating import NewPerson
from portico.domains.access.delegating.refusals import BeyondCeiling
from portico.domains.access.delegating.sets import Item, Where
from portico.domains.access.looking_after import OutOfReach, UnknownPerson
from portico.domains.access.tests import handing, looking, making
from portico.domains.access.tests.handing import HMO, OWN, House, access
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from tests.support import actors as people

pytestmark = pytest.mark.django_db

BENEFITS = Function.BENEFITS
WIDER = access(BENEFITS)
"""What is proposed for Fay, who has eligibility under the first tax ID: both tax IDs, and benefits."""


@pytest.fixture
def house() -> House:
    made = handing.a_house()
    handing.ask(confirmed_by="administrator")
    return made


def proposed(house: House, who: str = "ann") -> list[int]:
    """What that administrator proposed for Fay."""
    written = changing.change(actor=house.as_(who), persona_id=house.persona("fay"), access=WIDER)
    assert written.is_proposed
    return list(written.grants)


def confirm(house: House, who: str, numbers: list[int]) -> int:
    return confirming.confirm(actor=house.as_(who), persona_id=house.persona("fay"), grant_ids=numbers)


def decline(house: House, who: str, numbers: list[int]) -> int:
    return confirming.decline(actor=house.as_(who), persona_id=house.persona("fay"), grant_ids=numbers)


def reasons(house: House, function: Function, tax_id: str = making.OWN) -> tuple[Reason, ...]:
    return decide(making.actor(house["fay"]), Question(function, tax_id)).reasons


def test_what_is_proposed_opens_nothing_and_closes_nothing(house: House) -> None:
    proposed(house)
    assert reasons(house, Function.ELIGIBILITY) == ()
    assert reasons(house, Function.ELIGIBILITY, making.SECOND) != ()
    assert reasons(house, BENEFITS) == (Reason.GRANT_PROPOSED,)
    found = handing.held(house.persona("fay"))
    assert found.main == WIDER
    assert handing.functions(found.grants) == ["eligibility?", "benefits?"]
    assert handing.functions(found.meanwhile) == ["eligibility"]
    rows = models.Grant.objects.filter(state="proposed")
    assert set(rows.values_list("proposed_by", "confirmed_by")) == {(house["ann"], None)}


def test_confirmed_by_another_it_counts_and_what_it_gives_whole_ends(house: House) -> None:
    numbers = proposed(house)
    assert confirm(house, "cal", numbers) == 2
    fay = house.persona("fay")
    assert looking.last_use() == (
        "manage_users",
        "allowed",
        "access_confirmed",
        [
            ("user", str(house["fay"])),
            ("persona", str(fay)),
            *(("grant", str(number)) for number in numbers),
            ("grant", str(models.Grant.objects.filter(persona=fay).order_by("pk")[0].pk)),
        ],
    )
    found = handing.held(fay)
    assert (found.main, found.meanwhile, found.more) == (WIDER, (), ())
    assert reasons(house, BENEFITS) == reasons(house, Function.ELIGIBILITY, making.SECOND) == ()
    rows = models.Grant.objects.filter(pk__in=numbers)
    assert set(rows.values_list("state", "confirmed_by", "confirmed_at")) == {
        ("active", house["cal"], people.NOW)
    }
    assert handing.changes(fay)[-1] == ("confirmed", house["cal"], False)
    assert handing.notices(house["fay"])[-1]["change"] == "confirmed"


@pytest.mark.parametrize(
    ("who", "why"),
    [("ann", Hindrance.PROPOSED_BY_YOU), ("bea", Hindrance.BEYOND_CEILING)],
    ids=["who_proposed_it", "of_less_reach"],
)
def test_it_is_confirmed_by_nobody_else(house: House, who: str, why: Hindrance) -> None:
    numbers = proposed(house)
    with pytest.raises(MayNotConfirm) as refused:
        confirm(house, who, numbers)
    assert refused.value.hindrance is why
    assert looking.last_use()[1:3] == ("allowed", why)
    assert reasons(house, BENEFITS) == (Reason.GRANT_PROPOSED,)


def test_nor_by_whom_it_is_for(house: House) -> None:
    cal = house.persona("cal")
    written = changing.change(actor=house.as_("ann"), persona_id=cal, access=handing.managing(lines=HMO))
    assert not written.is_proposed, "less is less at once"
    waiting = changing.change(actor=house.as_("ann"), persona_id=cal, access=handing.managing())
    for grant_ids in (waiting.grants, ()):
        ask: Any = {"actor": house.as_("cal"), "persona_id": cal, "grant_ids": grant_ids}
        if grant_ids:
            with pytest.raises(MayNotConfirm):
                confirming.confirm(**ask)
            assert looking.last_use()[2] == "own_account"
    with pytest.raises(OutOfReach):
        confirming.decline(actor=house.as_("cal"), persona_id=cal, grant_ids=waiting.grants)


def test_nobody_from_elsewhere_finds_it(house: House) -> None:
    numbers = proposed(house)
    for ask in (confirm, decline):
        with pytest.raises(UnknownPerson):
            ask(house, "hil", numbers)
        assert looking.last_use()[2] == "not_found"


def test_the_plan_may_always_confirm(house: House) -> None:
    assert confirm(house, "sue", proposed(house)) == 2
    assert looking.last_use()[0] == "provisioning"


def test_where_the_plan_keeps_it_to_itself_no_administrator_confirms(house: House) -> None:
    handing.ask(confirmed_by="plan")
    numbers = proposed(house)
    with pytest.raises(MayNotConfirm) as refused:
        confirm(house, "cal", numbers)
    assert refused.value.hindrance is Hindrance.PLAN_CONFIRMS
    assert confirm(house, "sue", numbers) == 2


def test_what_the_plan_gives_counts_at_once(house: House) -> None:
    written = changing.change(actor=house.as_("joe"), persona_id=house.persona("fay"), access=WIDER)
    assert not written.is_proposed
    assert reasons(house, BENEFITS) == ()


@pytest.mark.parametrize("number", [[], [999_999]], ids=["none", "unknown"])
def test_what_does_not_wait_is_not_confirmed(house: House, number: list[int]) -> None:
    numbers = proposed(house)
    assert confirm(house, "cal", number) == 0
    assert looking.last_use()[2] == "nothing_to_confirm"
    assert decline(house, "cal", number) == 0
    assert looking.last_use()[2] == "nothing_to_decline"
    assert confirm(house, "cal", numbers) == 2
    assert confirm(house, "cal", numbers) == 0


def test_nothing_of_another_person_is_confirmed_with_it(house: House) -> None:
    ned = looking.a_user("ned.new", making.an_end_user())
    [persona] = making.personas_of(ned)
    others = changing.change(actor=house.as_("ann"), persona_id=persona, access=WIDER)
    assert confirm(house, "cal", [*proposed(house), *others.grants]) == 2
    assert handing.functions(handing.held(persona).running) == ["eligibility?", "benefits?"]


@pytest.mark.parametrize("who", ["cal", "ann", "sue"], ids=["another", "who_proposed_it", "the_plan"])
def test_a_proposal_is_declined(house: House, who: str) -> None:
    numbers, fay = proposed(house), house.persona("fay")
    assert decline(house, who, numbers) == 2
    assert looking.last_use()[2] == "access_declined"
    found = handing.held(fay)
    assert handing.functions(found.grants) == ["eligibility"]
    assert found.main == access(where=Where(OWN))
    assert handing.changes(fay)[-1] == ("declined", house[who], who == "sue")


def test_what_could_not_be_given_is_not_declined(house: House) -> None:
    with pytest.raises(BeyondCeiling):
        decline(house, "bea", proposed(house))
    assert looking.last_use()[2] == "beyond_ceiling"


def test_a_proposal_whose_last_day_is_over_counts_no_more(house: House) -> None:
    numbers = proposed(house)
    models.Grant.objects.filter(pk__in=numbers).update(
        first_on=people.TODAY - timedelta(days=2), last_on=people.TODAY - timedelta(days=1)
    )
    assert confirm(house, "cal", numbers) == 0


def test_what_is_made_for_somebody_new_waits_too(house: House) -> None:
    person = NewPerson("Nora", "New", "nora@example.org")
    made = creating.create(actor=house.as_("ann"), person=person, access=WIDER)
    assert made.is_proposed
    assert handing.functions(handing.held(made.persona_id).running) == ["eligibility?", "benefits?"]


def test_what_is_given_beside_waits_too(house: House) -> None:
    item = Item(Function.REMITTANCE, Where(OWN))
    with act(house.as_("ann")) as given:
        written = changing.add(given, persona_id=house.persona("fay"), items=[item])
        again = changing.add(given, persona_id=house.persona("fay"), items=[item])
    assert (written.is_proposed, again.grants) == (True, ())


# ---------------------------------------------------------------- what waits


def test_each_sees_what_waits_in_the_own_office_and_what_is_theirs_to_confirm(house: House) -> None:
    numbers = proposed(house)
    for who, why in (
        ("ann", Hindrance.PROPOSED_BY_YOU),
        ("bea", Hindrance.BEYOND_CEILING),
        ("cal", None),
    ):
        [row] = proposals.waiting(actor=house.as_(who)).rows
        assert (row.persona_id, row.name, row.proposed_by) == (house.persona("fay"), "Fay Desk", "Ann Admin")
        assert ([each.grant_id for each in row.grants], row.hindrance) == (numbers, why)
        assert (row.proposed_at, row.office_name) == (people.NOW, "Lakeside")
    assert looking.last_use()[:3] == ("manage_users", "allowed", "proposals_listed")
    assert proposals.waiting(actor=house.as_("hil")).rows == ()


def test_the_plan_is_asked_where_the_office_has_nobody_else(house: House) -> None:
    proposed(house)
    assert proposals.waiting(actor=house.as_("sue")).rows == ()
    for name in ("bea", "cal"):
        looking.change(house[name], state="disabled")
    [row] = proposals.waiting(actor=house.as_("sue")).rows
    assert (row.name, row.proposed_by, row.hindrance) == ("Fay Desk", "Ann Admin", None)


def test_and_everywhere_where_it_confirms_itself(house: House) -> None:
    handing.ask(confirmed_by="plan")
    proposed(house)
    assert len(proposals.waiting(actor=house.as_("sue")).rows) == 1
    [row] = proposals.waiting(actor=house.as_("cal")).rows
    assert row.hindrance is Hindrance.PLAN_CONFIRMS


def test_what_two_proposed_for_one_person_are_two(house: House) -> None:
    proposed(house)
    item = Item(Function.REMITTANCE, Where(OWN))
    with act(house.as_("cal")) as given:
        changing.add(given, persona_id=house.persona("fay"), items=[item])
    page = proposals.waiting(actor=house.as_("ann"), size=1)
    assert [row.proposed_by for row in page.rows] == ["Cal Admin"]
    rest = proposals.waiting(actor=house.as_("ann"), size=1, key=page.next_key or "")
    assert ([row.proposed_by for row in rest.rows], rest.next_key) == (["Ann Admin"], None)


def test_nothing_waits_for_somebody_who_was_taken_away(house: House) -> None:
    proposed(house)
    granting.suspend_persona(actor=people.system(), persona_id=house.persona("fay"))
    assert proposals.waiting(actor=house.as_("cal")).rows == ()


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (Facts(), None),
        (Facts(is_plan=True, plan_confirms=True), None),
        (Facts(is_owner=True, is_plan=True), Hindrance.OWN_ACCOUNT),
        (Facts(is_below=True, is_plan=True), Hindrance.DESK_ABOVE),
        (Facts(is_proposer=True, is_beyond=True), Hindrance.PROPOSED_BY_YOU),
        (Facts(plan_confirms=True), Hindrance.PLAN_CONFIRMS),
        (Facts(is_beyond=True), Hindrance.BEYOND_CEILING),
    ],
    ids=["another", "plan", "owner", "below", "proposer", "plan_confirms", "beyond"],
)
def test_who_may_confirm(facts: Facts, why: Hindrance | None) -> None:
    assert hindrance(facts) is why
