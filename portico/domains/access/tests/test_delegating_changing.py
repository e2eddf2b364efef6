"""Changing what somebody may do: within whose reach, with what trace, and that none is opened by mistake."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import granting, models
from portico.domains.access.delegating import changing, held
from portico.domains.access.delegating.acting import act
from portico.domains.access.delegating.refusals import BeyondCeiling, CannotGive, ChangedMeanwhile
from portico.domains.access.delegating.sets import AccessSet, AdministratorSet, Held, Where
from portico.domains.access.looking_after import OutOfReach, UnknownPerson
from portico.domains.access.officers.standing import LastAdministrator
from portico.domains.access.tests import handing, looking, making
from portico.domains.access.tests.handing import BOTH, HMO, House, access, managing
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from tests.support import actors as people

pytestmark = pytest.mark.django_db

ELIGIBILITY, BENEFITS, REMITTANCE = Function.ELIGIBILITY, Function.BENEFITS, Function.REMITTANCE


@pytest.fixture
def house() -> House:
    return handing.a_house()


def kept(persona_id: int) -> list[tuple[str, str]]:
    """Every grant of the persona with its state, in order."""
    rows = models.Grant.objects.filter(persona=persona_id).order_by("pk")
    return list(rows.values_list("function", "state"))


def test_a_set_is_changed_at_once_and_nothing_that_stays_is_touched(house: House) -> None:
    fay = house.persona("fay")
    before = handing.held(fay)
    wanted = access(BENEFITS, where=Where(handing.OWN))
    written = changing.change(actor=house.as_("ann"), persona_id=fay, access=wanted)
    assert [item.function for item in written.given] == [BENEFITS]
    assert (written.taken, written.is_proposed) == ((), False)
    after = handing.held(fay)
    assert handing.functions(after.running) == ["eligibility", "benefits"]
    assert after.running[0] == before.running[0]
    assert decide(making.actor(house["fay"]), Question(BENEFITS, making.OWN)).scope.tax_ids() == {making.OWN}


def test_grants_end_and_begin_but_are_never_edited(house: House) -> None:
    fay = house.persona("fay")
    changing.change(actor=house.as_("ann"), persona_id=fay, access=access())
    assert kept(fay) == [("eligibility", "ended"), ("eligibility", "active")]
    old, new = models.Grant.objects.filter(persona=fay).order_by("pk")
    assert (old.ended_at, old.ended_by) == (people.NOW, house.persona("ann"))
    assert (new.granted_at, new.granted_by, new.first_on) == (people.NOW, house.persona("ann"), people.TODAY)
    assert set(new.limits.values_list("dimension", "value")) == {("tax_id", each) for each in BOTH}


def test_every_change_leaves_its_row_its_history_and_a_notice(house: House) -> None:
    fay = house.persona("fay")
    written = changing.change(actor=house.as_("ann"), persona_id=fay, access=access())
    [old, new] = models.Grant.objects.filter(persona=fay).order_by("pk").values_list("pk", flat=True)
    assert written.grants == (new,)
    entry = apps.get_model("audit", "Entry").objects.latest("pk")
    assert looking.last_use() == (
        "manage_users",
        "allowed",
        "access_changed",
        [("user", str(house["fay"])), ("persona", str(fay)), ("grant", str(old)), ("grant", str(new))],
    )
    assert handing.changes(fay) == [("changed", house["ann"], False)]
    assert handing.notices(house["fay"]) == [
        {"persona": fay, "change": "changed", "reference": entry.reference}
    ]


def test_eligibility_is_added_whatever_the_form_says(house: House) -> None:
    fay = house.persona("fay")
    changing.change(actor=house.as_("ann"), persona_id=fay, access=AccessSet(Where(BOTH), {REMITTANCE: HMO}))
    assert handing.held(fay).main == AccessSet(Where(BOTH), {ELIGIBILITY: HMO, REMITTANCE: HMO})


def test_what_stands_beside_the_set_stays(house: House) -> None:
    fay = house.persona("fay")
    beside = making.a_grant(REMITTANCE, tax_ids=(making.SECOND,))
    granting.add_grant(actor=house.as_("joe"), persona_id=fay, new=beside)
    changing.change(actor=house.as_("ann"), persona_id=fay, access=access(BENEFITS, where=Where(handing.OWN)))
    found = handing.held(fay)
    assert handing.functions(found.more) == ["remittance"]
    assert handing.functions(found.grants) == ["eligibility", "benefits"]


def test_the_same_set_again_changes_nothing(house: House) -> None:
    fay = house.persona("fay")
    wanted = access(BENEFITS)
    changing.change(actor=house.as_("ann"), persona_id=fay, access=wanted)
    before = kept(fay)
    written = changing.change(actor=house.as_("cal"), persona_id=fay, access=wanted)
    assert (written.given, written.taken, written.grants) == ((), (), ())
    assert looking.last_use()[2] == "access_unchanged"
    assert kept(fay) == before
    assert len(handing.changes(fay)) == 1


@pytest.mark.parametrize(
    "wanted",
    [
        access(REMITTANCE, where=Where(handing.OWN, last_on=handing.YEAR_END), lines=HMO),
        access(where=Where(BOTH, last_on=handing.YEAR_END), lines=HMO),
        access(where=Where(handing.OWN, last_on=handing.YEAR_END)),
        access(where=Where(handing.OWN), lines=HMO),
        access(where=Where(handing.OWN, last_on=handing.YEAR_END + timedelta(days=1)), lines=HMO),
    ],
    ids=["function", "tax_id", "every_line", "no_end", "a_day_more"],
)
def test_nobody_gives_more_than_they_may_hand_out(house: House, wanted: AccessSet) -> None:
    ned = looking.a_user("ned.new", making.an_end_user())
    [persona] = making.personas_of(ned)
    with pytest.raises(BeyondCeiling) as refused:
        changing.change(actor=house.as_("bea"), persona_id=persona, access=wanted)
    assert refused.value.faults
    assert looking.last_use()[2] == "beyond_ceiling"
    assert handing.held(persona) == Held()


def test_within_the_ceiling_is_given(house: House) -> None:
    ned = looking.a_user("ned.new", making.an_end_user())
    [persona] = making.personas_of(ned)
    wanted = access(Function.CLAIMS_INQUIRY, where=Where(handing.OWN, last_on=handing.YEAR_END), lines=HMO)
    changing.change(actor=house.as_("bea"), persona_id=persona, access=wanted)
    assert handing.functions(handing.held(persona).running) == ["eligibility", "claims_inquiry"]


def test_who_could_not_give_it_does_not_take_it_either(house: House) -> None:
    fay = house.persona("fay")
    changing.change(actor=house.as_("ann"), persona_id=fay, access=access(REMITTANCE))
    less = access(where=Where(handing.OWN, last_on=handing.YEAR_END), lines=HMO)
    with pytest.raises(BeyondCeiling):
        changing.change(actor=house.as_("bea"), persona_id=fay, access=less)
    assert handing.functions(handing.held(fay).running) == ["eligibility", "remittance"]


def test_what_lasts_longer_than_ones_own_reach_may_be_taken(house: House) -> None:
    fay = house.persona("fay")
    narrow = {ELIGIBILITY: HMO, Function.CLAIMS_INQUIRY: HMO}
    changing.change(actor=house.as_("ann"), persona_id=fay, access=AccessSet(Where(handing.OWN), narrow))
    wanted = AccessSet(Where(handing.OWN, last_on=handing.YEAR_END), {ELIGIBILITY: HMO})
    written = changing.change(actor=house.as_("bea"), persona_id=fay, access=wanted)
    assert {item.function for item in written.taken} == {ELIGIBILITY, Function.CLAIMS_INQUIRY}


def test_what_stays_beyond_ones_reach_keeps_nobody_from_adding(house: House) -> None:
    """A set that one could not have given as a whole may still be left as it is."""
    fay = house.persona("fay")
    where = Where(handing.OWN, last_on=handing.YEAR_END)
    changing.change(
        actor=house.as_("ann"), persona_id=fay, access=AccessSet(where, {ELIGIBILITY: None, REMITTANCE: None})
    )
    more = {ELIGIBILITY: None, REMITTANCE: None, Function.CLAIMS_INQUIRY: HMO}
    changing.change(actor=house.as_("bea"), persona_id=fay, access=AccessSet(where, more))
    assert len(handing.held(fay).running) == 3


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (access(where=Where(frozenset())), "no_tax_id"),
        (access(where=Where(frozenset({making.FOREIGN}))), "unknown_tax_id"),
        (access(where=Where(BOTH, providers=frozenset())), "no_provider"),
        (access(where=Where(BOTH, regions=frozenset())), "no_region"),
        (access(where=Where(BOTH, regions=frozenset({"moon"}))), "unknown_region"),
        (access(BENEFITS, lines=frozenset()), "no_line"),
        (access(BENEFITS, lines=frozenset({"no-such-line"})), "unknown_line"),
        (access(where=Where(handing.OWN, providers=frozenset({making.OTHER_NPI}))), "unknown_provider"),
        (access(where=Where(BOTH, last_on=people.TODAY - timedelta(days=1))), "ends_before_it_begins"),
        (access(Function.MANAGE_USERS), "not_for_this_persona"),
        (access(Function.PROVISIONING), "not_for_this_persona"),
        (managing(), "not_for_this_persona"),
    ],
    ids=[
        "no_tax_id",
        "foreign_tax_id",
        "empty_providers",
        "empty_regions",
        "unknown_region",
        "empty_lines",
        "unknown_line",
        "provider_elsewhere",
        "over_already",
        "managing_users",
        "of_the_plan",
        "the_other_kind",
    ],
)
@pytest.mark.parametrize("who", ["ann", "joe"])
def test_what_an_office_cannot_hold_is_given_by_nobody(
    house: House, who: str, wanted: AccessSet | AdministratorSet, code: str
) -> None:
    fay = house.persona("fay")
    before = kept(fay)
    with pytest.raises(CannotGive) as refused:
        changing.change(actor=house.as_(who), persona_id=fay, access=wanted)
    assert refused.value.code == code
    assert looking.last_use()[1:3] == ("allowed", code)
    assert kept(fay) == before


def test_who_read_something_else_changes_nothing(house: House) -> None:
    fay = house.persona("fay")
    seen = held.one(actor=house.as_("ann"), persona_id=fay).held.mark
    changing.change(actor=house.as_("cal"), persona_id=fay, access=access(BENEFITS), seen=seen)
    with pytest.raises(ChangedMeanwhile):
        changing.change(actor=house.as_("ann"), persona_id=fay, access=access(REMITTANCE), seen=seen)
    assert looking.last_use()[2] == "changed_meanwhile"
    assert handing.functions(handing.held(fay).running) == ["eligibility", "benefits"]


@pytest.mark.parametrize("who", ["ann", "joe", "sue"])
def test_nobody_changes_what_they_hold_themselves(house: House, who: str) -> None:
    making_too = making.an_end_user(making.a_grant())
    with act(people.system()) as given:
        granting.add_persona(given, house[who], making_too)
    own = making.personas_of(house[who])[-1]
    grant = handing.held(own).running[0].grant_id
    for ask in acts(own, grant):
        with pytest.raises(OutOfReach):
            ask(house.as_(who, persona_id=house.persona(who)))
        assert looking.last_use()[1:3] == ("allowed", "out_of_reach")
    assert kept(own) == [("eligibility", "active")]


def acts(persona_id: int, grant_id: int) -> list[Callable[[Any], object]]:
    """Every way to change what that persona holds."""
    return [
        lambda actor: changing.change(actor=actor, persona_id=persona_id, access=access(REMITTANCE)),
        lambda actor: changing.end_one(actor=actor, grant_id=grant_id),
    ]


@pytest.mark.parametrize("who", ["hil"])
def test_an_administrator_finds_nobody_of_another_office(house: House, who: str) -> None:
    fay = house.persona("fay")
    grant = handing.held(fay).running[0].grant_id
    for ask in [*acts(fay, grant), *acts(looking.NOBODY, looking.NOBODY), *acts(house.persona("joe"), 0)]:
        with pytest.raises(UnknownPerson):
            ask(house.as_(who))
        function, outcome, conclusion, subjects = looking.last_use()
        assert (function, outcome, conclusion, subjects) == ("manage_users", "allowed", "not_found", [])
    assert kept(fay) == [("eligibility", "active")]


def test_the_persona_of_this_office_is_changed_of_somebody_who_works_elsewhere_too(house: House) -> None:
    elsewhere = making.an_end_user(making.a_grant(tax_ids=(making.FOREIGN,)), office=making.HILLCREST)
    both = looking.a_user("both.desks", making.an_end_user(making.a_grant()), elsewhere)
    here, there = making.personas_of(both)
    changing.change(actor=house.as_("ann"), persona_id=here, access=access(BENEFITS))
    with pytest.raises(UnknownPerson):
        changing.change(actor=house.as_("ann"), persona_id=there, access=access(BENEFITS))
    assert handing.functions(handing.held(there).running) == ["eligibility"]


def test_a_desk_changes_nothing_of_somebody_of_a_desk_above(house: House) -> None:
    ops = looking.a_user("oli.ops", looking.staff(Desk.OPERATIONS), making.an_end_user(making.a_grant()))
    persona = making.personas_of(ops)[1]
    with pytest.raises(OutOfReach):
        changing.change(actor=house.as_("sue"), persona_id=persona, access=access(BENEFITS))
    changing.change(actor=house.as_("joe"), persona_id=persona, access=access(BENEFITS))
    assert handing.changes(persona) == [("changed", house["joe"], True)]


@pytest.mark.parametrize("who", ["fay", "ann", "joe"])
def test_whoever_lacks_the_function_or_a_fresh_proof_is_refused(house: House, who: str) -> None:
    fay = house.persona("fay")
    actor = house.as_(who, proven_at=None)
    with pytest.raises(NotPermitted) as refused:
        changing.change(actor=actor, persona_id=fay, access=access(BENEFITS))
    expected = Reason.FUNCTION_NOT_GRANTED if who == "fay" else Reason.CONFIRMATION_REQUIRED
    assert expected in refused.value.decision.reasons
    assert looking.last_use()[1] == "denied"
    assert kept(fay) == [("eligibility", "active")]


# ---------------------------------------------------------------- administrators


def test_an_administrator_of_less_reach_changes_nothing_of_one_with_more(house: House) -> None:
    ann = house.persona("ann")
    for wanted in (managing(Function.ELIGIBILITY), managing()):
        with pytest.raises(BeyondCeiling):
            changing.change(actor=house.as_("bea"), persona_id=ann, access=wanted)
        assert looking.last_use()[2] == "beyond_ceiling"
    assert kept(ann) == [("manage_users", "active")]


def test_one_of_the_same_reach_does(house: House) -> None:
    ann = house.persona("ann")
    changing.change(actor=house.as_("cal"), persona_id=ann, access=managing(Function.REPORTS))
    found = handing.held(ann).main
    assert isinstance(found, AdministratorSet)
    assert found.hands_out == frozenset({Function.REPORTS, Function.ELIGIBILITY})
    with pytest.raises(BeyondCeiling):
        changing.change(actor=house.as_("ann"), persona_id=house.persona("cal"), access=managing())


@pytest.mark.parametrize(
    "wanted",
    [managing(), managing(Function.REMITTANCE), managing(Function.MANAGE_USERS)],
    ids=["everything", "another_function", "making_administrators"],
)
def test_nobody_lets_hand_out_what_they_may_not(house: House, wanted: AdministratorSet) -> None:
    """Cal may hand out little, and make administrators of what is no more than that."""
    cal, bea = house.persona("cal"), house.persona("bea")
    little = (ELIGIBILITY, Function.CLAIMS_INQUIRY)
    changing.change(actor=house.as_("ann"), persona_id=bea, access=managing(*little))
    changing.change(actor=house.as_("ann"), persona_id=cal, access=managing(*little, BENEFITS))
    with pytest.raises(BeyondCeiling):
        changing.change(actor=house.as_("cal"), persona_id=bea, access=wanted)
    changing.change(actor=house.as_("ann"), persona_id=cal, access=managing(*little, Function.MANAGE_USERS))
    changing.change(actor=house.as_("cal"), persona_id=bea, access=managing(ELIGIBILITY))


def test_an_administrator_never_holds_what_shows_patients(house: House) -> None:
    bea = house.persona("bea")
    wanted = managing(functions=frozenset({Function.ELIGIBILITY}))
    with pytest.raises(CannotGive) as refused:
        changing.change(actor=house.as_("ann"), persona_id=bea, access=wanted)
    assert refused.value.code == "not_for_this_persona"
    beside = managing(functions=frozenset({Function.PAYMENT_ENROLMENT}), lines=HMO)
    changing.change(actor=house.as_("ann"), persona_id=bea, access=beside)
    assert handing.held(bea).main == beside


def test_the_last_administrator_keeps_managing_users(house: House) -> None:
    """Cal was an administrator when he asked, and is none any more when it is his turn."""
    cal, ann = house.as_("cal"), house.persona("ann")
    for name in ("bea", "cal"):
        looking.change(house[name], state="disabled")
    granting.end_grant(actor=people.system(), grant_id=handing.held(ann).running[0].grant_id)
    of_own = making.a_grant(Function.MANAGE_USERS)
    granting.add_grant(actor=people.system(), persona_id=ann, new=of_own)
    handing.ask(confirmed_by="administrator")
    elsewhere = managing(where=Where(frozenset({making.SECOND})))
    with pytest.raises(LastAdministrator):
        changing.change(actor=cal, persona_id=ann, access=elsewhere)
    assert looking.last_use()[2] == "last_administrator"
    assert handing.functions(handing.held(ann).running) == ["manage_users"]
