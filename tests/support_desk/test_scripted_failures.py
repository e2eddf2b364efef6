"""Scripted failures, each from the call to work that goes on: the right verdict, then the right fix.

What somebody asks is diagnosed as the person themselves and as the plan's desk would; both ask decide(), and
what is done then is what its fixers say, by the use case that does it. Where nobody can mend it today, the
diagnosis names the road.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import granting, looking_after, pictures
from portico.domains.access.granting import NewGrant
from portico.domains.access.looking_after import Why
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import sign_in
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit
from portico.domains.permits.reasons import FixedBy, Remedy
from portico.domains.permits.rules import decide
from portico.domains.plan.entrances import Audience
from portico.domains.support import desk_diagnosing, diagnosing, facts, verdicts
from portico.domains.support.diagnosing import Asked
from portico.domains.support.told import Told
from portico.domains.support.verdicts import Verdict
from tests.support import actors, cast, patients
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import World

CLAIMS = Asked(Function.CLAIMS_INQUIRY, cast.OWN, cast.HMO)
ELIGIBILITY = Asked(Function.ELIGIBILITY, cast.OWN, cast.HMO)
BY_ADMINISTRATOR, BY_PLAN, YOURSELF = FixedBy.ADMINISTRATOR, FixedBy.PLAN, FixedBy.YOURSELF


def untouched(world: World) -> None:
    """They stand so from the beginning."""
    del world


@dataclass(frozen=True, slots=True)
class Script:
    """Somebody of the cast fails at something: the verdict, who can change it by what, and doing that."""

    key: str
    asked: Asked
    verdict: Verdict
    by: FixedBy
    remedy: Remedy
    mend: Callable[[World], None]
    breaks: Callable[[World], None] = untouched


def granted(key: str, **more: Any) -> Callable[[World], None]:
    """The administrator's step, taken by the operator: one grant more."""

    def mend(world: World) -> None:
        new = NewGrant(Function.CLAIMS_INQUIRY, (cast.OWN,), TODAY, **more)
        granting.add_grant(actor=worlds.system(), persona_id=world[key].persona_id, new=new)

    return mend


def users(world: World, key: str) -> Any:
    return apps.get_model("accounts", "User").objects.filter(pk=world[key].user_id)


def locked(world: World) -> None:
    for _ in range(5):
        sign_in.with_password(actor=actors.visitor(), username="front.desk", password="wrong")


def unlocked(world: World) -> None:
    about: dict[str, Any] = {"user_id": world["front_desk"].user_id, "why": Why.CALLED}
    assert looking_after.unlock(actor=worlds.system(), function=Function.PROVISIONING, **about)


def unused(world: World) -> None:
    users(world, "front_desk").update(state="suspended", suspended_at=actors.NOW)


def reactivated(world: World) -> None:
    about: dict[str, Any] = {"user_id": world["front_desk"].user_id}
    assert looking_after.reactivate(actor=worlds.system(), function=Function.PROVISIONING, **about)


def vouched(world: World) -> None:
    desk = worlds.actor(world["operations"])
    looking_after.vouch(actor=desk, user_id=world["unverified"].user_id, why="She came to our window.")


def activated(world: World) -> None:
    users(world, "invited").update(activated_at=actors.NOW)


def confirmed(world: World) -> None:
    rows = apps.get_model("access", "Grant").objects.filter(persona=world["proposed"].persona_id)
    assert rows.update(state="active", confirmed_at=actors.NOW)


def overdue(world: World) -> None:
    offices = apps.get_model("offices", "Office").objects.filter(pk=world.offices[cast.LAKESIDE])
    offices.update(review_overdue_since=actors.NOW)


def reviewed(world: World) -> None:
    offices = apps.get_model("offices", "Office").objects.filter(pk=world.offices[cast.LAKESIDE])
    offices.update(review_overdue_since=None)


def end_user_too(world: World) -> None:
    """The administrator has an end-user persona made, and switches to it."""
    signer = world["administrator"]
    with permit(worlds.system(), Function.PROVISIONING) as given:
        grant = NewGrant(Function.ELIGIBILITY, (cast.OWN,), TODAY)
        persona = granting.NewPersona("end_user", office=cast.LAKESIDE, grants=[grant])
        granting.add_persona(given, signer.user_id, persona)


def factor_set_up(world: World) -> None:
    factors.keep(world["no_factor"].user_id, cast.TOTP_SECRET, at=actors.NOW)


SCRIPTS = {
    "locked": Script(
        "front_desk", ELIGIBILITY, Verdict.LOCKED, BY_ADMINISTRATOR, Remedy.UNLOCK, unlocked, locked
    ),
    "unused_for_long": Script(
        *("front_desk", ELIGIBILITY, Verdict.ACCOUNT_CLOSED, BY_ADMINISTRATOR, Remedy.REACTIVATE),
        reactivated,
        unused,
    ),
    "first_sign_in": Script(
        "invited", ELIGIBILITY, Verdict.FIRST_STEPS, YOURSELF, Remedy.ACTIVATE, activated
    ),
    "verification_pending": Script(
        *("unverified", ELIGIBILITY, Verdict.VERIFICATION_PENDING, YOURSELF, Remedy.VERIFY_IDENTITY),
        vouched,
    ),
    "missing_role": Script(
        *("eligibility_only", CLAIMS, Verdict.MISSING_ROLE, BY_ADMINISTRATOR, Remedy.GRANT_FUNCTION),
        granted("eligibility_only"),
    ),
    "ended_role": Script(
        *("expired", CLAIMS, Verdict.MISSING_ROLE, BY_ADMINISTRATOR, Remedy.RENEW_GRANT),
        granted("expired"),
    ),
    "another_tax_id": Script(
        *("colleague", CLAIMS, Verdict.MISSING_ROLE, BY_ADMINISTRATOR, Remedy.ADD_TAX_ID),
        granted("colleague"),
    ),
    "wrong_line": Script(
        *("medi_cal_only", CLAIMS, Verdict.WRONG_LINE, BY_ADMINISTRATOR, Remedy.ADD_LINE),
        granted("medi_cal_only", lines=(cast.HMO,)),
    ),
    "proposed_role": Script(
        *("proposed", CLAIMS, Verdict.ACCESS_NOT_BEGUN, BY_ADMINISTRATOR, Remedy.CONFIRM_GRANT),
        confirmed,
    ),
    "review_overdue": Script(
        *("front_desk", CLAIMS, Verdict.REVIEW_OVERDUE, BY_ADMINISTRATOR, Remedy.FINISH_ACCESS_REVIEW),
        reviewed,
        overdue,
    ),
    "wrong_persona": Script(
        *("administrator", ELIGIBILITY, Verdict.WRONG_PERSONA, YOURSELF, Remedy.USE_END_USER_PERSONA),
        end_user_too,
    ),
    "no_second_step": Script(
        *("no_factor", ELIGIBILITY, Verdict.SECOND_STEP, YOURSELF, Remedy.PASS_SECOND_FACTOR),
        factor_set_up,
    ),
}


def desks(world: World, key: str, asked: Asked) -> desk_diagnosing.OfUser:
    desk = worlds.actor(world["support"])
    return desk_diagnosing.of_user(actor=desk, user_id=world[key].user_id, asked=asked)


def pictured(world: World, key: str) -> Actor:
    """The person as decide() is asked about them; those who cannot sign in have no session to ask in."""
    signer = world[key]
    with permit(worlds.actor(world["support"]), Function.PROVISIONING) as given:
        found = pictures.of_user(given, signer.user_id)
    assert found is not None
    return found.personas[0].actor


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_failure_has_the_right_verdict_and_the_right_fix(world: World, name: str) -> None:
    script = SCRIPTS[name]
    script.breaks(world)
    [found] = desks(world, script.key, script.asked).personas
    said = found.diagnosis
    assert said.verdict is script.verdict
    assert said.decision == decide(found.actor, script.asked.question)
    fixer = said.decision.fixers[0]
    assert (fixer.by, fixer.remedy) == (script.by, script.remedy)

    script.mend(world)
    after = [each.diagnosis.verdict for each in desks(world, script.key, script.asked).personas]
    assert after[-1] is Verdict.OPEN


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_person_is_told_the_same_as_the_desk(world: World, name: str) -> None:
    script = SCRIPTS[name]
    script.breaks(world)
    actor = pictured(world, script.key)
    said = diagnosing.own(actor=actor, asked=script.asked)
    assert said.verdict is script.verdict
    assert said.decision == desks(world, script.key, script.asked).personas[0].diagnosis.decision


def test_the_wrong_line_names_the_right_one(world: World) -> None:
    said = diagnosing.own(actor=worlds.actor(world["medi_cal_only"]), asked=CLAIMS)
    assert said.opens_in == (cast.MEDI_CAL,)


def test_outside_the_network_there_is_a_road_and_no_fixer(world: World) -> None:
    asked = replace(CLAIMS, tax_id=cast.NOT_IN_NETWORK)
    said = diagnosing.own(actor=worlds.actor(world["out_of_network"]), asked=asked)
    assert said.verdict is Verdict.NOT_PARTICIPATING
    assert said.decision.fixers == ()
    assert [road.code for road in said.decision.roads] == ["join_the_network"]


def test_an_account_of_another_audience_is_at_the_wrong_page(world: World) -> None:
    said = diagnosing.own(actor=worlds.actor(world["broker"]), asked=CLAIMS)
    assert said.verdict is Verdict.WRONG_PAGE
    assert said.decision.fixers[0].remedy is Remedy.USE_YOUR_OWN_SITE


def crash(actor: Actor) -> str:
    """Something of the portal fails; the reference that the error page shows."""
    with pytest.raises(ZeroDivisionError) as caught, permit(actor, Function.CLAIMS_INQUIRY):
        raise ZeroDivisionError
    return str(caught.value.reference)  # type: ignore[attr-defined]


def test_what_crashed_is_trouble_of_ours(world: World) -> None:
    actor = worlds.actor(world["front_desk"])
    said = diagnosing.own(actor=actor, asked=replace(ELIGIBILITY, reference=crash(actor)))
    assert said.verdict is Verdict.SYSTEM_TROUBLE
    assert said.asked.function is Function.CLAIMS_INQUIRY
    assert said.decision.allowed


def test_somebody_elses_reference_leads_nowhere(world: World) -> None:
    reference = crash(worlds.actor(world["front_desk"]))
    said = diagnosing.own(
        actor=worlds.actor(world["colleague"]), asked=replace(ELIGIBILITY, reference=reference)
    )
    assert said.use is None
    assert said.verdict is not Verdict.SYSTEM_TROUBLE
    assert (
        desks(world, "colleague", replace(ELIGIBILITY, reference=reference)).personas[0].diagnosis.use is None
    )


def test_a_reference_of_a_refusal_asks_the_same_again(world: World) -> None:
    actor = worlds.actor(world["medi_cal_only"])
    asked = Function.CLAIMS_INQUIRY
    with pytest.raises(NotPermitted) as caught, permit(actor, asked, tax_id=cast.OWN, line=cast.PPO):
        pytest.fail("it is closed")
    reference = caught.value.reference
    said = diagnosing.own(actor=actor, asked=Asked(Function.ELIGIBILITY, reference=reference))
    assert said.asked == Asked(Function.CLAIMS_INQUIRY, cast.OWN, cast.PPO, reference=reference)
    assert said.verdict is Verdict.WRONG_LINE


@pytest.mark.parametrize("key", [person.key for person in cast.CAST])
def test_no_facts_and_no_diagnosis_hold_a_patient(world: World, key: str) -> None:
    for asked in (CLAIMS, ELIGIBILITY, Asked(Function.MANAGE_USERS)):
        for each in desks(world, key, asked).personas:
            bundle = facts.of(each.actor, each.diagnosis, entrance="providers", browser="Firefox on Windows")
            assert patients.shown_in(repr(bundle)) == []
            assert patients.shown_in(repr(each.diagnosis)) == []


TOLD = {
    Told.NO_SIGN_IN: Verdict.SIGN_IN_FIRST,
    Told.NOT_ACCEPTED: Verdict.SIGN_IN_FIRST,
    Told.LOCKED: Verdict.LOCKED,
    Told.INVITATION: Verdict.FIRST_STEPS,
    Told.WAITS: Verdict.APPROVAL_PENDING,
    Told.UNUSED: Verdict.ACCOUNT_CLOSED,
    Told.VERIFY: Verdict.VERIFICATION_PENDING,
    Told.CODE: Verdict.SECOND_STEP,
    Told.MISSING: Verdict.MISSING_ROLE,
    Told.PROPOSED: Verdict.ACCESS_NOT_BEGUN,
    Told.OTHER_LINE: Verdict.WRONG_LINE,
    Told.NO_PATIENTS: Verdict.WRONG_PERSONA,
    Told.NO_NETWORK: Verdict.NOT_PARTICIPATING,
    Told.REVIEW: Verdict.REVIEW_OVERDUE,
    Told.ERROR: Verdict.SYSTEM_TROUBLE,
}


@pytest.mark.parametrize("told", Told, ids=str)
@pytest.mark.django_db
def test_without_an_account_the_verdict_is_decides_too(told: Told) -> None:
    said = diagnosing.supposed(actor=actors.visitor(), audience=Audience.PROVIDER, told=told)
    assert said.verdict is TOLD[told]
    assert (said.decision is None) == (told is Told.ERROR)
    if said.decision is not None:
        assert verdicts.of(said.decision) is said.verdict
        assert said.decision.fixers or said.decision.roads
    [use] = worlds.uses()
    assert (use.function, use.outcome, use.conclusion) == ("diagnosis", "allowed", f"supposed_{said.verdict}")


@pytest.mark.parametrize("audience", [Audience.MEMBER, Audience.EMPLOYER, Audience.BROKER], ids=str)
@pytest.mark.parametrize("told", Told, ids=str)
@pytest.mark.django_db
def test_whoever_is_no_provider_is_at_the_wrong_page(audience: Audience, told: Told) -> None:
    said = diagnosing.supposed(actor=actors.visitor(), audience=audience, told=told)
    assert said.verdict is Verdict.WRONG_PAGE


def test_every_diagnosis_leaves_its_row(world: World) -> None:
    diagnosing.own(actor=worlds.actor(world["eligibility_only"]), asked=CLAIMS)
    [use] = worlds.uses(function="diagnosis")
    assert (use.outcome, use.conclusion) == ("allowed", "diagnosed_missing_role")
    desks(world, "eligibility_only", CLAIMS)
    use = worlds.uses(function="provisioning", conclusion="diagnosed")[-1]
    subjects = apps.get_model("audit", "Subject").objects.filter(entry=use).values_list("kind", "identifier")
    assert list(subjects) == [("user", str(world["eligibility_only"].user_id))]


def test_the_desk_finds_nobody_of_no_number(world: World) -> None:
    with pytest.raises(desk_diagnosing.UnknownPerson):
        desk_diagnosing.of_user(actor=worlds.actor(world["support"]), user_id=999_999, asked=CLAIMS)
    assert worlds.uses(function="provisioning")[-1].conclusion == "not_found"


@pytest.mark.parametrize("key", ["front_desk", "administrator", "member_services"])
def test_only_a_desk_that_looks_after_people_diagnoses_others(world: World, key: str) -> None:
    with pytest.raises(NotPermitted, match="function_not_granted"):
        desk_diagnosing.of_user(actor=worlds.actor(world[key]), user_id=1, asked=CLAIMS)
