"""Taking over an office without an administrator: asked, proven, waited for, objected to, approved."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as site

from portico.domains.access import granting, models
from portico.domains.access.granting import NewPersona
from portico.domains.access.officers import objecting, recovering, recovery_review, rules, watching
from portico.domains.access.officers.recovering import CannotClaim, HoldsPatients
from portico.domains.access.officers.recovery_review import CannotDecide, UnknownRecovery
from portico.domains.access.officers.rules import Proof, Refusal
from portico.domains.access.tests import houses, looking, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.notifications import outbox
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted, permit
from portico.domains.plan import policy
from tests.support import actors as people

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(days=7)
TICK = timedelta(microseconds=1)
WORDS = "Please call our practice manager at the number you have."


@pytest.fixture
def house() -> Lakeside:
    """Both administrators are gone."""
    made = houses.lakeside()
    houses.suspend(made, "ann", "bea")
    return made


def number(house: Lakeside) -> int:
    return int(houses.recovery(house).pk)


def claimed(house: Lakeside) -> int:
    recovering.claim(actor=house.as_("fay"), text=WORDS)
    return number(house)


def waiting(house: Lakeside) -> int:
    recovery_review.confirm(actor=house.as_("sue"), number=claimed(house), proof=Proof.CALLED_ON_FILE)
    return number(house)


def links() -> dict[str, str]:
    """The secrets of the links that were mailed, by address."""
    found = {}
    with_links = apps.get_model("notifications", "Message").objects.filter(template="recovery_asked")
    for row in with_links.order_by("pk"):
        outgoing = outbox.Outgoing(row.message_id, row.to, row.template, row.context, 1)
        link = str(outbox.opened(outgoing)["link"])
        assert link.startswith(site.SITE + objecting.LINK_PATH)
        found[row.to] = link.partition("?t=")[2]
    return found


def test_whoever_works_there_asks_and_everybody_there_is_told(house: Lakeside) -> None:
    assert recovering.own(actor=house.as_("fay")).state == "open"
    recovering.claim(actor=house.as_("fay"), text=f"  {WORDS} ")
    function, outcome, conclusion, subjects = looking.last_use()
    assert (function, outcome, conclusion) == ("access_request", "allowed", "recovery_claimed")
    assert subjects == [("recovery", str(number(house)))]
    row = houses.recovery(house)
    assert (row.state, row.claimant, row.claimed_at) == ("claimed", house.fay, people.NOW)
    assert WORDS.encode() not in bytes(row.words)
    assert recovering.words_of(row) == WORDS
    assert houses.notices("recovery_asked") == [(house.office, None)]
    assert houses.mailed("recovery_asked") == []
    own = recovering.own(actor=house.as_("fay"))
    assert (own.state, own.by_me, own.hindrance, own.may_object) == ("claimed", True, "asked_before", False)
    other = recovering.own(actor=house.as_("gus"))
    assert (other.by_me, other.may_object) == (False, True)


def test_words_that_point_at_a_patient_are_refused(house: Lakeside) -> None:
    with pytest.raises(HoldsPatients):
        recovering.claim(actor=house.as_("fay"), text="our member ID: 123456789 knows")
    assert houses.recovery(house).state == "open"


def test_an_office_that_is_administered_is_nobodys_to_ask_for() -> None:
    house = houses.lakeside()
    assert recovering.own(actor=house.as_("fay")).state == ""
    with pytest.raises(CannotClaim) as caught:
        recovering.claim(actor=house.as_("fay"), text="")
    assert caught.value.code == looking.last_use()[2] == "administered"


def test_a_recovery_that_the_clock_has_not_closed_yet_gives_nothing(house: Lakeside) -> None:
    models.Persona.objects.filter(user_id=house.ann).update(suspended_at=None)
    with pytest.raises(CannotClaim, match="administered"):
        recovering.claim(actor=house.as_("fay"), text="")


def test_nobody_asks_beside_another(house: Lakeside) -> None:
    claimed(house)
    with pytest.raises(CannotClaim, match="asked_before"):
        recovering.claim(actor=house.as_("gus"), text="")
    assert houses.recovery(house).claimant == house.fay


def test_nobody_of_another_office_and_nobody_of_the_plan_asks(house: Lakeside) -> None:
    hill = making.an_office(making.HILLCREST, making.FOREIGN)
    stranger = looking.a_user("hil.desk", making.an_end_user(office=hill.key))
    with pytest.raises(CannotClaim, match="administered"):
        recovering.claim(actor=replace(house, gus=stranger).as_("gus"), text="")
    with pytest.raises(CannotClaim, match="no_office"):
        recovering.claim(actor=house.as_("sue"), text="")
    with pytest.raises(CannotClaim, match="no_office"):
        recovering.own(actor=house.as_("sue"))
    with pytest.raises(NotPermitted):
        recovering.own(actor=people.visitor())
    with pytest.raises(NotPermitted):
        recovering.claim(actor=people.visitor(), text="")
    assert houses.recovery(house).state == "open"


def test_asking_objecting_and_taking_back_are_confirmed_first(house: Lakeside) -> None:
    with pytest.raises(NotPermitted):
        recovering.claim(actor=house.as_("fay", lately=False), text="")
    claimed(house)
    with pytest.raises(NotPermitted):
        recovering.withdraw(actor=house.as_("fay", lately=False))
    with pytest.raises(NotPermitted):
        objecting.by_colleague(actor=house.as_("gus", lately=False))
    assert houses.recovery(house).state == "claimed"


def test_a_claim_is_taken_back_by_its_maker_alone(house: Lakeside) -> None:
    claimed(house)
    assert recovering.withdraw(actor=house.as_("gus")) is False
    assert looking.last_use()[2] == "nothing_to_withdraw"
    assert recovering.withdraw(actor=house.as_("fay")) is True
    assert looking.last_use()[2:] == ("recovery_withdrawn", [("recovery", str(number(house)))])
    row = houses.recovery(house)
    assert (row.state, row.claimant, row.words, row.last_refusal) == ("open", None, None, "withdrawn")
    recovering.claim(actor=house.as_("gus"), text="")


def test_the_proof_begins_the_wait_and_everybody_who_may_know_better_is_told(house: Lakeside) -> None:
    until = recovery_review.confirm(actor=house.as_("sue"), number=claimed(house), proof=Proof.CALLED_ON_FILE)
    assert until == people.NOW + WEEK
    assert looking.last_use()[:3] == ("recovery_review", "allowed", "recovery_waits")
    row = houses.recovery(house)
    assert (row.state, row.proof, row.waits_until) == ("waiting", "called_on_file", until)
    assert houses.mailed("recovery_asked") == [
        "ann.admin@example.org",
        "bea.admin@example.org",
        houses.CONTACT,
    ]
    told = models.Objection.objects.order_by("told", "user_id").values_list("told", "user_id")
    assert list(told) == [("contact", None), ("officer", house.ann), ("officer", house.bea)]
    assert houses.notices("recovery_waits") == [(house.office, None)]
    secrets = links()
    assert len(set(secrets.values())) == 3
    kept = {bytes(each.secret_index or b"") for each in models.Objection.objects.all()}
    assert kept == {objecting.index(secret) for secret in secrets.values()}
    for message in apps.get_model("notifications", "Message").objects.all():
        assert not any(secret in str(message.context) for secret in secrets.values())


def test_the_claimants_own_mailbox_gets_no_link(house: Lakeside) -> None:
    looking.change(house.fay, email=houses.CONTACT.upper())
    waiting(house)
    assert houses.mailed("recovery_asked") == ["ann.admin@example.org", "bea.admin@example.org"]


def test_it_is_approved_when_the_time_is_over_and_not_a_moment_earlier(house: Lakeside) -> None:
    found = waiting(house)
    with pytest.raises(CannotDecide, match="still_waiting"):
        recovery_review.approve(actor=house.as_("sue", after=WEEK - TICK), number=found)
    assert looking.last_use()[2] == "still_waiting"
    assert house.present() == []
    recovery_review.approve(actor=house.as_("sue", after=WEEK), number=found)
    function, outcome, conclusion, subjects = looking.last_use()
    assert (function, outcome, conclusion) == ("recovery_review", "allowed", "recovery_approved")
    assert {("recovery", str(found)), ("user", str(house.fay))} <= set(subjects)
    row = houses.recovery(house)
    assert (row.state, row.ended_at, row.ended_by) == ("approved", people.NOW + WEEK, house.sue)
    assert house.present(after=WEEK) == [house.fay]
    assert houses.notices("recovery_approved") == [(None, house.fay), (house.office, None)]


def test_who_administered_it_before_gets_back_managing_users_and_nothing_they_held_beside(
    house: Lakeside,
) -> None:
    lost = house.persona("ann")
    enrolment = making.a_grant(Function.PAYMENT_ENROLMENT)
    granting.add_grant(actor=people.system(), persona_id=lost, new=enrolment)
    making_of = NewPersona("end_user", office=making.LAKESIDE, grants=(making.a_grant(),))
    with permit(people.system(), Function.PROVISIONING, lately=True) as given:
        granting.add_persona(given, house.ann, making_of)
    recovering.claim(actor=house.as_("ann"), text="")
    recovery_review.confirm(actor=house.as_("sue"), number=number(house), proof=Proof.IN_PERSON)
    recovery_review.approve(actor=house.as_("sue", after=WEEK), number=number(house))
    held = models.Grant.objects.filter(persona=lost).exclude(state="ended")
    assert list(held.values_list("function", flat=True)) == [Function.MANAGE_USERS]
    change = models.AccessChange.objects.filter(persona=lost).latest("pk")
    assert {each["function"] for each in change.before} == {Function.MANAGE_USERS, Function.PAYMENT_ENROLMENT}


@pytest.mark.parametrize("days", [0, 1], ids=["none", "one"])
def test_a_rule_changed_meanwhile_shortens_nothing(house: Lakeside, days: int) -> None:
    found = waiting(house)
    set_days(days)
    with pytest.raises(CannotDecide, match="still_waiting"):
        recovery_review.approve(actor=house.as_("sue", after=WEEK - TICK), number=found)


def test_a_plan_that_waits_for_nothing_waits_three_days(house: Lakeside) -> None:
    set_days(0)
    found = waiting(house)
    with pytest.raises(CannotDecide, match="still_waiting"):
        recovery_review.approve(actor=house.as_("sue", after=3 * DAY - TICK), number=found)
    recovery_review.approve(actor=house.as_("sue", after=3 * DAY), number=found)


def set_days(days: int) -> None:
    apps.get_model("plan", "AccessPolicy").objects.update_or_create(pk=1, defaults={"recovery_days": days})
    policy.forget()


@pytest.mark.parametrize("when", [timedelta(), WEEK - TICK, 3 * WEEK], ids=["at once", "in time", "later"])
def test_an_objection_stops_it_until_it_is_approved(house: Lakeside, when: timedelta) -> None:
    found = waiting(house)
    for address, secret in links().items():
        visitor = replace(people.visitor(), asked_at=people.NOW + when)
        is_first = address == "ann.admin@example.org"
        assert objecting.by_link(actor=visitor, secret=secret) is is_first
        assert looking.last_use()[:3] == (
            "office_recovery",
            "allowed",
            "recovery_objected" if is_first else "no_such_link",
        )
    row = houses.recovery(house)
    assert (row.state, row.claimant, row.waits_until, row.last_refusal) == ("open", None, None, "objected")
    assert houses.notices("recovery_objected") == [(None, house.fay)]
    with pytest.raises(CannotDecide, match="not_in_this_state"):
        recovery_review.approve(actor=house.as_("sue", after=3 * WEEK), number=found)
    assert house.present(after=3 * WEEK) == []


def test_who_was_stopped_by_an_objection_does_not_ask_again_and_another_does(house: Lakeside) -> None:
    waiting(house)
    assert objecting.by_colleague(actor=house.as_("gus"))
    assert looking.last_use()[:3] == ("access_request", "allowed", "recovery_objected")
    with pytest.raises(CannotClaim, match="objected_before"):
        recovering.claim(actor=house.as_("fay"), text="")
    assert recovering.own(actor=house.as_("fay")).hindrance == "objected_before"
    recovering.claim(actor=house.as_("gus"), text="")
    assert houses.recovery(house).claimant == house.gus


def test_the_links_of_a_claim_stop_no_other_claim(house: Lakeside) -> None:
    waiting(house)
    [old, *_] = links().values()
    recovering.withdraw(actor=house.as_("fay"))
    recovering.claim(actor=house.as_("gus"), text="")
    assert objecting.by_link(actor=people.visitor(), secret=old) is False
    assert houses.recovery(house).state == "claimed"


@pytest.mark.parametrize("secret", ["", "x", "é" * 43], ids=["none", "short", "other letters"])
def test_a_link_that_is_none_is_answered_like_one_that_is_over(house: Lakeside, secret: str) -> None:
    waiting(house)
    assert objecting.by_link(actor=people.visitor(), secret=secret) is False
    assert looking.last_use() == ("office_recovery", "allowed", "no_such_link", [])


def test_a_colleague_objects_before_the_proof_too_but_not_to_nothing(house: Lakeside) -> None:
    assert objecting.by_colleague(actor=house.as_("gus")) is False
    assert looking.last_use()[2] == "nothing_to_object_to"
    claimed(house)
    assert objecting.by_colleague(actor=house.as_("fay")) is False
    assert objecting.by_colleague(actor=house.as_("gus")) is True


def test_the_desk_says_no_and_somebody_else_may_ask(house: Lakeside) -> None:
    found = claimed(house)
    recovery_review.refuse(actor=house.as_("sue"), number=found, refusal=Refusal.NOT_PROVEN)
    assert looking.last_use()[:3] == ("recovery_review", "allowed", "recovery_refused")
    assert houses.notices("recovery_refused") == [(None, house.fay)]
    assert houses.recovery(house).last_refusal == "not_proven"
    with pytest.raises(CannotDecide, match="not_in_this_state"):
        recovery_review.refuse(actor=house.as_("sue"), number=found, refusal=Refusal.NOT_PROVEN)
    recovering.claim(actor=house.as_("gus"), text="")


def test_the_desk_gives_no_reason_that_is_not_its_own(house: Lakeside) -> None:
    with pytest.raises(CannotDecide):
        recovery_review.refuse(actor=house.as_("sue"), number=claimed(house), refusal=Refusal.OBJECTED)


@pytest.mark.parametrize("step", ["confirm", "approve", "refuse"])
def test_nobody_decides_for_an_office_they_work_at(house: Lakeside, step: str) -> None:
    found = claimed(house) if step != "approve" else waiting(house)
    models.Persona.objects.create(
        user_id=house.sue, kind="end_user", office_id=house.office, created_at=people.NOW
    )
    sue = house.as_("sue", kind="plan_staff", after=WEEK)
    with pytest.raises(CannotDecide, match="not_yours_to_decide"):
        decide(step, sue, found)


def decide(step: str, actor: Any, found: int) -> None:
    if step == "confirm":
        recovery_review.confirm(actor=actor, number=found, proof=Proof.IN_PERSON)
    elif step == "approve":
        recovery_review.approve(actor=actor, number=found)
    else:
        recovery_review.refuse(actor=actor, number=found, refusal=Refusal.NOT_ENTITLED)


@pytest.mark.parametrize("step", ["confirm", "approve", "refuse"])
def test_only_the_desks_of_recovery_decide_after_a_confirmation(house: Lakeside, step: str) -> None:
    found = claimed(house)
    others = [house.as_("fay"), house.as_("sue", lately=False), people.plan_staff(Desk.MEMBER_SERVICES)]
    for actor in others:
        with pytest.raises(NotPermitted):
            decide(step, actor, found)
    with pytest.raises(UnknownRecovery):
        decide(step, house.as_("sue"), looking.NOBODY)
    assert looking.last_use()[2] == "not_found"
    assert houses.recovery(house).state == "claimed"


def test_a_claimant_who_is_gone_gets_nothing(house: Lakeside) -> None:
    found = waiting(house)
    granting.suspend_persona(actor=people.system(), persona_id=house.persona("fay", "end_user"))
    with pytest.raises(CannotDecide, match="claimant_gone"):
        recovery_review.approve(actor=house.as_("sue", after=WEEK), number=found)
    assert watching.is_due(actor=houses.system())
    watching.keep(actor=houses.system())
    assert houses.recovery(house).last_refusal == "gone"


def test_an_unproven_claim_lapses_and_a_proven_one_does_not(house: Lakeside) -> None:
    claimed(house)
    watching.keep(actor=houses.system(after=rules.CLAIM_LIFE - TICK))
    assert houses.recovery(house).state == "claimed"
    watching.keep(actor=houses.system(after=rules.CLAIM_LIFE))
    assert (houses.recovery(house).state, houses.recovery(house).last_refusal) == ("open", "lapsed")
    assert houses.notices("recovery_lapsed") == [(None, house.fay)]
    waiting(house)
    watching.keep(actor=houses.system(after=2 * rules.CLAIM_LIFE))
    assert houses.recovery(house).state == "waiting"


@pytest.mark.parametrize("when", ["claimed", "waiting"])
def test_an_administrator_who_comes_back_ends_it_and_the_claimant_is_told(house: Lakeside, when: str) -> None:
    found = claimed(house) if when == "claimed" else waiting(house)
    looking.a_user("cal.admin", making.an_administrator(making.a_grant(Function.MANAGE_USERS)))
    assert houses.recovery(house).state == "closed"
    assert houses.notices("office_administered") == [(None, house.fay)]
    with pytest.raises(CannotDecide, match="not_in_this_state"):
        recovery_review.approve(actor=house.as_("sue", after=WEEK), number=found)


def test_the_plan_sees_what_it_decides_by(house: Lakeside) -> None:
    found = waiting(house)
    [row] = recovery_review.queue(actor=house.as_("sue")).rows
    assert (row.number, row.office_name, row.state, row.may_approve) == (found, "Lakeside", "waiting", False)
    assert looking.last_use()[2] == "recoveries_listed"
    case = recovery_review.one(actor=house.as_("sue"), number=found)
    assert (case.text, case.told, case.hindrance) == (WORDS, 3, "still_waiting")
    assert case.on_file == (("email", houses.CONTACT),)
    assert case.claimant is not None
    assert (case.claimant.name, case.claimant.was_administrator) == ("Fay Desk", False)
    assert not re.search(f"{WORDS}|{houses.CONTACT}", repr(case))
    later = recovery_review.one(actor=house.as_("sue", after=WEEK), number=found)
    assert (later.hindrance, later.row.may_approve) == ("", True)
    with pytest.raises(UnknownRecovery):
        recovery_review.one(actor=house.as_("sue"), number=looking.NOBODY)


def test_the_plan_sees_how_many_were_told_of_this_claim_alone(house: Lakeside) -> None:
    waiting(house)
    recovering.withdraw(actor=house.as_("fay"))
    recovering.claim(actor=house.as_("fay", after=DAY), text="")
    assert recovery_review.one(actor=house.as_("sue", after=DAY), number=number(house)).told == 0
    recovery_review.confirm(
        actor=house.as_("sue", after=DAY), number=number(house), proof=Proof.CALLED_ON_FILE
    )
    assert recovery_review.one(actor=house.as_("sue", after=DAY), number=number(house)).told == 3


def test_the_plan_sees_whether_who_asks_has_access_there_today(house: Lakeside) -> None:
    found = claimed(house)
    for has_access in (True, False):
        case = recovery_review.one(actor=house.as_("sue"), number=found)
        assert case.claimant is not None
        assert case.claimant.has_access is has_access
        over = models.Grant.objects.filter(persona__user_id=house.fay)
        over.update(last_on=people.TODAY - DAY)


def test_a_claim_that_lapses_behind_many_that_go_on_lapses(
    house: Lakeside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "CHUNK", 1)
    waiting(house)
    making.an_office("bayside", "191234567")
    grant = making.a_grant(Function.MANAGE_USERS, tax_ids=("191234567",))
    bay = looking.a_user("bay.admin", making.an_administrator(grant, office="bayside"))
    desk = looking.a_user("bay.desk", making.an_end_user(office="bayside"))
    granting.suspend_persona(actor=people.system(), persona_id=making.personas_of(bay)[0])
    recovering.claim(actor=replace(house, gus=desk).as_("gus"), text="")
    watching.keep(actor=houses.system(after=rules.CLAIM_LIFE))
    rows = models.Recovery.objects.order_by("pk").values_list("state", "last_refusal")
    assert list(rows) == [("waiting", ""), ("open", "lapsed")]


def test_the_queue_goes_on_where_a_page_ends(house: Lakeside) -> None:
    making.an_office("bayside", "191234567")
    grant = making.a_grant(Function.MANAGE_USERS, tax_ids=("191234567",))
    bay = looking.a_user("bay.admin", making.an_administrator(grant, office="bayside"))
    granting.suspend_persona(actor=people.system(), persona_id=making.personas_of(bay)[0])
    first = recovery_review.queue(actor=house.as_("sue"), size=1)
    second = recovery_review.queue(actor=house.as_("sue"), after=first.next_key or "", size=1)
    assert [row.office_key for row in (*first.rows, *second.rows)] == ["lakeside", "bayside"]
    assert second.next_key is None
