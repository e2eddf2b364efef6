"""The explainer, word for word: for each reason what failed, who can change it by name, and what helps."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.access import actors as access_actors
from portico.domains.access import granting
from portico.domains.access import models as access
from portico.domains.access.asking import requests
from portico.domains.access.asking.rules import MENDED_BY_GRANT, Wish
from portico.domains.accounts.users import NewUser
from portico.domains.permits.actors import (
    AccountState,
    Actor,
    GrantState,
    Held,
    Lent,
    PersonaKind,
)
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.edges.web import refusals
from portico.edges.web.refusals import Refusal
from portico.shared.periods import Period
from tests.support import actors as people
from tests.support import cast, delegating, visiting
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY
from tests.support.world import World

ELIGIBILITY = Function.ELIGIBILITY
OFFICE = "Your office's administrator: Administrator Tester"
PLAN = "Northlake Health Plan, Provider Services 1-800-555-0142"
OWN = "You yourself"
ASK, CASE = "Ask for it", "Open a support case"
WRITTEN_HERE = Question(ELIGIBILITY, tax_id=cast.OWN)


def standing(actor: Actor, **changes: Any) -> Actor:
    return replace(actor, standing=replace(actor.standing, **changes))


def account(actor: Actor, **changes: Any) -> Actor:
    return replace(actor, account=replace(actor.account, **changes))


def grant(actor: Actor, **changes: Any) -> Actor:
    one = next(grant for grant in actor.held.all if grant.function is ELIGIBILITY)
    return replace(actor, held=Held([replace(one, **changes)]))


def without(actor: Actor) -> Actor:
    return replace(actor, held=Held())


AHEAD = Period(TODAY + timedelta(days=1))
OVER = Period(TODAY - timedelta(days=9), TODAY - timedelta(days=1))
UNVERIFIED = people.UNVERIFIED
GOLDEN: dict[Reason, tuple[Any, Question, str, str, str, str]] = {
    Reason.WRONG_AUDIENCE: (
        lambda a: account(a, audience="member"),
        WRITTEN_HERE,
        "Your account belongs to another site of the plan, not to the provider portal.",
        OWN,
        "Use the plan's site that your account belongs to.",
        "Find your own site",
    ),
    Reason.ACCOUNT_NOT_ACTIVATED: (
        lambda a: account(a, state=AccountState.INVITED),
        WRITTEN_HERE,
        "The steps of your first sign-in are not all done.",
        OWN,
        "Finish the steps of your first sign-in.",
        "Go on with your first sign-in",
    ),
    Reason.ACCOUNT_PENDING: (
        lambda a: account(a, state=AccountState.PENDING),
        WRITTEN_HERE,
        "The plan has not approved your account yet.",
        PLAN,
        "Approves your account. You will have a mail when it is done.",
        "",
    ),
    Reason.ACCOUNT_LOCKED: (
        lambda a: account(a, state=AccountState.LOCKED),
        WRITTEN_HERE,
        "Your account is locked after too many failed sign-ins.",
        OFFICE,
        "Unlocks your account, or you wait until the lock ends.",
        "",
    ),
    Reason.ACCOUNT_SUSPENDED: (
        lambda a: account(a, state=AccountState.SUSPENDED),
        WRITTEN_HERE,
        "Your account is suspended: it was not used for a long time.",
        OFFICE,
        "Reactivates your account.",
        "",
    ),
    Reason.ACCOUNT_DISABLED: (
        lambda a: account(a, state=AccountState.DISABLED),
        WRITTEN_HERE,
        "Your account is disabled.",
        PLAN,
        "Reactivates your account.",
        "",
    ),
    Reason.TERMS_NOT_ACCEPTED: (
        lambda a: account(a, terms_accepted=False),
        WRITTEN_HERE,
        "You have not accepted the current terms of use.",
        OWN,
        "Read and accept the terms of use.",
        "Read and accept them",
    ),
    Reason.VERIFICATION_REQUIRED: (
        lambda a: account(a, verification=UNVERIFIED),
        WRITTEN_HERE,
        "Your identity has not been verified yet.",
        OWN,
        "Verify your identity with the plan. One of these will do: Documents that you send us.",
        "Verify your identity",
    ),
    Reason.FUNCTION_NOT_GRANTED: (
        without,
        WRITTEN_HERE,
        "Your account has not been given Eligibility.",
        OFFICE,
        "Adds Eligibility to your account.",
        ASK,
    ),
    Reason.GRANT_PROPOSED: (
        lambda a: grant(a, state=GrantState.PROPOSED),
        WRITTEN_HERE,
        "Eligibility has been proposed for you, but nobody has confirmed it yet.",
        OFFICE,
        "Confirms the access that was proposed for you.",
        "",
    ),
    Reason.GRANT_NOT_YET_ACTIVE: (
        lambda a: grant(a, period=AHEAD),
        WRITTEN_HERE,
        "Your access to Eligibility starts on a later day.",
        OFFICE,
        "Lets your access start today.",
        ASK,
    ),
    Reason.GRANT_EXPIRED: (
        lambda a: grant(a, period=OVER),
        WRITTEN_HERE,
        "Your access to Eligibility has ended.",
        OFFICE,
        "Renews your access to Eligibility.",
        ASK,
    ),
    Reason.TAX_ID_NOT_GRANTED: (
        lambda a: a,
        Question(ELIGIBILITY, tax_id=cast.SECOND),
        "Your access to Eligibility does not cover this tax ID.",
        OFFICE,
        "Adds this tax ID to your access.",
        ASK,
    ),
    Reason.CLIENT_ACCESS_ENDED: (
        lambda a: standing(a, former_clients=frozenset({cast.FOREIGN})),
        Question(ELIGIBILITY, tax_id=cast.FOREIGN),
        "The office that this is about no longer lets yours work for it.",
        "An administrator of the office that this is about",
        "Lets your office work under this tax ID again.",
        "",
    ),
    Reason.CLIENT_DID_NOT_GIVE: (
        lambda a: standing(a, lent=(Lent(cast.OWN, frozenset()),)),
        WRITTEN_HERE,
        "The office that bills under this tax ID lets yours work for it, but gave it no Eligibility here.",
        "An administrator of the office that this is about",
        "Gives your office Eligibility here too.",
        "",
    ),
    Reason.OTHER_SIDE: (
        lambda a: standing(a, other_sides=frozenset({cast.OWN})),
        WRITTEN_HERE,
        "You are working for another office than the one that this is about.",
        OWN,
        "Switch to that office, at the top of every page.",
        "Choose the office you work for",
    ),
    Reason.PROVIDER_NOT_GRANTED: (
        lambda a: grant(a, providers=frozenset({"1000000012"})),
        Question(ELIGIBILITY, tax_id=cast.OWN, provider="2000000010"),
        "Your access to Eligibility does not cover this provider.",
        OFFICE,
        "Adds this provider to your access.",
        ASK,
    ),
    Reason.LINE_NOT_GRANTED: (
        lambda a: grant(a, lines=frozenset({cast.HMO})),
        Question(ELIGIBILITY, tax_id=cast.OWN, line=cast.MEDI_CAL),
        "Your access to Eligibility does not cover this line of business.",
        OFFICE,
        "Adds this line of business to your access.",
        ASK,
    ),
    Reason.REGION_NOT_GRANTED: (
        lambda a: grant(a, regions=frozenset({"elsewhere"})),
        Question(ELIGIBILITY, tax_id=cast.OWN, region="north"),
        "Your access to Eligibility does not cover this region.",
        OFFICE,
        "Adds this region to your access.",
        "",
    ),
    Reason.REGION_NOT_SERVED: (
        lambda a: standing(a, regions=frozenset({"north"})),
        Question(ELIGIBILITY, tax_id=cast.OWN, region="south"),
        "The plan does not serve this region.",
        PLAN,
        "Ask the plan which regions it serves.",
        "Ask Provider Services",
    ),
    Reason.AFFILIATION_ENDED: (
        lambda a: standing(a, ended_affiliations=frozenset({(cast.OWN, "2000000010")})),
        Question(ELIGIBILITY, tax_id=cast.OWN, provider="2000000010"),
        "This provider no longer bills under this tax ID.",
        PLAN,
        "Corrects the provider file when the provider does bill under this tax ID.",
        CASE,
    ),
    Reason.NOT_PARTICIPATING: (
        lambda a: standing(a, participating=frozenset()),
        WRITTEN_HERE,
        "This tax ID does not take part in the plan's network.",
        PLAN,
        "Ask the plan how this tax ID can join its network.",
        "How to join the network",
    ),
    Reason.ACCESS_REVIEW_OVERDUE: (
        lambda a: standing(a, review_overdue=True),
        WRITTEN_HERE,
        "Your office has not finished its access review in time, so patient data is closed to its people.",
        OFFICE,
        "Finishes the access review; patient data opens with the last line of it.",
        "",
    ),
    Reason.CLIENT_REVIEW_OVERDUE: (
        lambda a: standing(a, lent=(Lent(cast.OWN, frozenset({ELIGIBILITY}), is_late=True),)),
        WRITTEN_HERE,
        "The office you work for has not finished its access review in time, so its patient data is closed.",
        "An administrator of the office that this is about",
        "Finishes the access review; patient data opens with the last line of it.",
        "",
    ),
    Reason.STEP_UP_REQUIRED: (
        lambda a: account(a, second_factor=False),
        WRITTEN_HERE,
        "This opens only after a second step at sign-in: a passkey, or a code from an authenticator.",
        OWN,
        "Set up a second step, or sign in again with the one you have.",
        "Go to your second steps",
    ),
    Reason.CONFIRMATION_REQUIRED: (
        lambda a: account(a, proven_lately=False),
        replace(WRITTEN_HERE, lately=True),
        "This is a sensitive act, and it is a while since you showed that it is you.",
        OWN,
        "Confirm that it is you; then go on where you were.",
        "Confirm that it is you",
    ),
    Reason.SCOPE_NOT_GRANTED: (
        lambda a: account(a, in_scope=False),
        WRITTEN_HERE,
        "The application's token does not hold a scope for this.",
        OWN,
        "Ask for a token with the scope, among those registered for the application.",
        "",
    ),
}
"""How each comes about, what is asked, and what is said: the headline, who, how, and the button."""
ELSEWHERE = {Reason.NOT_SIGNED_IN, Reason.ADMINISTRATOR_HAS_NO_PHI}


@pytest.fixture
def desk(world: World) -> Actor:
    """The front desk, with everything open."""
    return worlds.actor(world["front_desk"])


def explained(actor: Actor, question: Question) -> Refusal:
    """What the explainer says."""
    return refusals.in_words(actor, decide(actor, question))


def sent(refusal: Refusal) -> dict[str, str]:
    """What the button sends."""
    assert refusal.button is not None
    return dict(refusal.button.sends)


def test_every_reason_has_its_words_here() -> None:
    assert set(GOLDEN) | ELSEWHERE == set(Reason)


@pytest.mark.parametrize("reason", GOLDEN, ids=str)
def test_the_words_of(desk: Actor, reason: Reason) -> None:
    change, question, headline, who, how, button = GOLDEN[reason]
    actor = change(desk)
    assert decide(actor, question).reasons == (reason,)
    said = explained(actor, question)
    assert (said.headline, said.why) == (headline, "")
    assert [(each.who, each.how) for each in said.fixers] == [(who, how)]
    assert (said.button.says if said.button else "") == button
    [failed] = [test for test in said.tests if not test.passed]
    assert failed.detail == headline


@pytest.mark.parametrize("reason", sorted(MENDED_BY_GRANT - {Reason.REGION_NOT_GRANTED}), ids=str)
def test_a_request_brings_what_was_asked_about_with_it(desk: Actor, reason: Reason) -> None:
    change, question, *_ = GOLDEN[reason]
    wanted = {"functions": "eligibility", "tax_id": question.tax_id, "line": question.line}
    wanted["provider"] = question.provider
    said = explained(change(desk), question)
    assert sent(said) == {name: value for name, value in wanted.items() if value}


def test_what_was_asked_about_is_said(desk: Actor) -> None:
    question = Question(ELIGIBILITY, cast.SECOND, cast.MEDI_CAL, "2000000010")
    said = [(each.label, each.value) for each in explained(desk, question).asked]
    assert said == [
        ("Tax ID", "17-1234568"),
        ("Provider", "2000000010"),
        ("Line of business", "Medi-Cal"),
    ]
    assert explained(without(desk), Question(ELIGIBILITY)).asked == ()


def test_a_support_case_begins_with_what_was_refused(desk: Actor) -> None:
    change, question, *_ = GOLDEN[Reason.AFFILIATION_ENDED]
    question = replace(question, line=cast.HMO)
    said = refusals.in_words(change(desk), decide(change(desk), question), "7A9CFAYG8ZTP")
    assert sent(said) == {
        "function": "eligibility",
        "tax_id": cast.OWN,
        "line": cast.HMO,
        "provider": "2000000010",
        "reference": "7A9CFAYG8ZTP",
    }
    assert said.button is not None
    assert (said.button.is_begun, said.button.url) == (True, reverse("case_new"))


@pytest.mark.parametrize(
    "question",
    [
        Question(ELIGIBILITY, tax_id=cast.FOREIGN),
        Question(ELIGIBILITY, tax_id=cast.UNKNOWN_TAX_ID),
        Question(ELIGIBILITY, provider="2000000011"),
    ],
    ids=["anothers tax ID", "nobodys tax ID", "no NPI"],
)
def test_a_support_case_takes_nothing_with_it_that_its_form_would_refuse(
    world: World, desk: Actor, question: Question
) -> None:
    delegating.ask(confirmed_by="plan")
    said = explained(grant(desk, state=GrantState.PROPOSED), question)
    [case] = [dict(each.way.sends) for each in said.fixers if each.way and each.way.says == CASE]
    assert case == {"function": "eligibility"}


def test_the_button_of_a_support_case_shows_it_before_anything_is_sent(world: World) -> None:
    browser = visiting.sign_in(world["proposed"])
    delegating.ask(confirmed_by="plan")
    refused = browser.get("/patients/")
    page = refused.content.decode()
    assert refused.status_code == 403
    assert 'name="send"' not in page.partition(reverse("case_new"))[2].partition("</form>")[0]
    begun = browser.post(reverse("case_new"), dict(refused.context["refusal"].button.sends))
    assert begun.status_code == 200
    told = visiting.seen(begun)
    assert "What is missed: Eligibility" in told
    assert refused.context["refusal"].reference in told.replace(" ", "")


@pytest.mark.parametrize(
    ("confirmed_by", "by", "who", "button"),
    [
        ("administrator", "", OFFICE, ""),
        ("administrator", "administrator", PLAN, CASE),
        ("plan", "", PLAN, CASE),
    ],
    ids=["an administrator", "nobody but who proposed it", "the plan alone"],
)
def test_who_confirms_is_somebody_who_may(
    world: World, confirmed_by: str, by: str, who: str, button: str
) -> None:
    delegating.ask(confirmed_by=confirmed_by)
    proposed = access.Grant.objects.filter(persona=world["proposed"].persona_id)
    proposed.update(proposed_by=world[by].user_id if by else None)
    said = explained(worlds.actor(world["proposed"]), WRITTEN_HERE)
    assert [each.who for each in said.fixers] == [who]
    assert (said.button.says if said.button else "") == button


def test_what_stands_first_in_the_way_is_mended_first(desk: Actor) -> None:
    said = explained(account(without(desk), verification=UNVERIFIED), WRITTEN_HERE)
    assert said.button is not None
    assert said.button.says == "Verify your identity"
    assert [each.way.says for each in said.fixers if each.way] == ["Verify your identity", ASK]


def test_a_foreign_tax_id_and_nobodys_are_explained_alike(desk: Actor) -> None:
    foreign, nobodys = (
        explained(desk, Question(ELIGIBILITY, tax_id=number))
        for number in (cast.FOREIGN, cast.UNKNOWN_TAX_ID)
    )
    assert [each.label for each in foreign.asked] == [each.label for each in nobodys.asked] == ["Tax ID"]
    for said in (foreign, nobodys):
        assert said.button is not None
        assert (said.button.says, set(sent(said))) == (ASK, {"functions", "tax_id"})
    assert (foreign.headline, foreign.tests) == (nobodys.headline, nobodys.tests)


def test_what_was_asked_for_before_leads_to_the_request(world: World, desk: Actor) -> None:
    question = Question(ELIGIBILITY, tax_id=cast.SECOND)
    made = requests.make(actor=desk, wish=Wish((ELIGIBILITY,), tax_id=cast.SECOND))
    button = explained(desk, question).button
    assert button is not None
    assert (button.says, button.url, button.sends) == (
        *("See your request", reverse("access_request", args=[made])),
        (),
    )


def test_an_administrator_without_an_end_user_persona_asks_for_one(world: World) -> None:
    said = explained(worlds.actor(world["administrator"]), Question(ELIGIBILITY))
    assert said.headline == "You are acting as an administrator, and administrators see no patient data."
    assert [(each.who, each.how) for each in said.fixers] == [
        (PLAN, "Gives you an end-user persona beside this one, with Eligibility.")
    ]
    assert sent(said) == {"functions": "eligibility", "wants_end_user": "on"}


def with_both(world: World) -> dict[PersonaKind, Actor]:
    """Somebody with both personas here, as each of them."""
    del world
    managing = granting.NewGrant(Function.MANAGE_USERS, (cast.OWN,), first_on=TODAY)
    personas = [
        granting.NewPersona(PersonaKind.ADMINISTRATOR, office=cast.LAKESIDE, grants=[managing]),
        granting.NewPersona(PersonaKind.END_USER, office=cast.LAKESIDE),
    ]
    user = NewUser("solo.doc", cast.PASSWORD, "Solo", "Doc", is_verified=True)
    user_id = granting.add_person(actor=worlds.system(), user=user, personas=personas)
    return acting_as(user_id)


def with_both_again(world: World) -> Actor:
    """The same person once more, as an end user."""
    del world
    persona = access.Persona.objects.get(user__username="solo.doc", kind="end_user")
    return acting_as(persona.user_id)[PersonaKind.END_USER]


def acting_as(user_id: int) -> dict[PersonaKind, Actor]:
    """The user as each of their personas."""
    built = {}
    for row in access.Persona.objects.filter(user_id=user_id):
        session = access_actors.Session(user_id, row.pk, second_factor=True, epoch=1)
        actor = access_actors.for_session(session, asked_at=NOW, today=TODAY)
        assert actor is not None
        built[PersonaKind(row.kind)] = actor
    return built


def test_an_administrator_with_an_end_user_persona_switches_to_it(world: World) -> None:
    both = with_both(world)
    said = explained(both[PersonaKind.ADMINISTRATOR], Question(ELIGIBILITY))
    assert said.button is not None
    assert (said.button.says, said.button.url) == ("Switch to your end-user persona", reverse("personas"))
    assert sent(said) == {"persona": str(both[PersonaKind.END_USER].persona_id)}
    assert said.fixers[0].who == OWN


def test_an_end_user_who_administers_switches_to_manage_users(world: World) -> None:
    said = explained(with_both(world)[PersonaKind.END_USER], Question(Function.MANAGE_USERS))
    assert said.button is not None
    assert said.button.says == "Switch to your administrator persona"


def test_an_end_user_is_told_that_managing_users_takes_another_persona(desk: Actor) -> None:
    said = explained(desk, Question(Function.MANAGE_USERS))
    assert [(each.who, each.how) for each in said.fixers] == [
        (OFFICE, "Makes you an administrator too: that is a persona of its own.")
    ]
    assert said.button is None


def test_nobody_is_told_to_ask_themselves(world: World) -> None:
    said = explained(with_both(world)[PersonaKind.END_USER], Question(ELIGIBILITY))
    assert said.fixers[0].who == OFFICE
    granting.suspend_persona(actor=worlds.system(), persona_id=world["administrator"].persona_id)
    said = explained(with_both_again(world), Question(ELIGIBILITY))
    assert said.fixers[0].who == PLAN


def test_a_client_that_ended_it_is_named(world: World) -> None:
    access.ClientGrant.objects.create(
        client_id=world.offices[cast.HILLCREST],
        biller_id=world.offices[cast.LAKESIDE],
        tax_id=cast.FOREIGN,
        functions="eligibility",
        first_on=TODAY - timedelta(days=30),
        made_at=NOW,
        ended_at=NOW,
        ending="revoked",
    )
    said = explained(worlds.actor(world["front_desk"]), Question(ELIGIBILITY, tax_id=cast.FOREIGN))
    assert said.fixers[0].who == "An administrator of Hillcrest Family Practice"


def test_the_plans_own_people_are_sent_nowhere(world: World) -> None:
    said = explained(worlds.actor(world["member_services"]), Question(Function.PROVISIONING))
    assert (said.button, [each.who for each in said.fixers]) == (None, [PLAN])


def test_a_visitor_is_told_to_sign_in(world: World) -> None:
    said = explained(people.visitor(), Question(ELIGIBILITY))
    assert said.headline == "You are not signed in."
    assert said.button is not None
    assert (said.button.says, said.button.url) == ("Sign in", reverse("sign_in"))


# ---------------------------------------------------------------- the pages


def why(browser: Client, **where: str) -> Any:
    """The page that says why eligibility is closed, asked about somewhere."""
    return browser.post(reverse("why", args=["eligibility"]), where)


def test_a_closed_page_and_its_explanation_say_the_same(world: World) -> None:
    browser = visiting.sign_in(world["without_function"])
    closed, told = browser.get("/patients/"), browser.get(reverse("why", args=["eligibility"]))
    assert (closed.status_code, told.status_code) == (403, 200)
    ours = replace(closed.context["refusal"], reference="")
    assert ours == told.context["refusal"]


def test_the_explanation_can_be_asked_about_one_tax_id(front_desk: Client) -> None:
    said = visiting.seen(why(front_desk, tax_id=cast.SECOND))
    assert "Your access to Eligibility does not cover this tax ID." in said
    assert "Tax ID 17-1234568" in said


def test_what_is_open_there_is_said_to_be(front_desk: Client) -> None:
    answer = why(front_desk, tax_id=cast.OWN, line=cast.HMO)
    assert answer.status_code == 200
    assert "Nothing stands in the way there" in visiting.seen(answer)


@pytest.mark.parametrize(
    ("where", "says"),
    [
        pytest.param({"tax_id": cast.FOREIGN}, "Select a valid choice", id="a_foreign_tax_id"),
        pytest.param({"tax_id": cast.UNKNOWN_TAX_ID}, "Select a valid choice", id="nobodys_tax_id"),
        pytest.param({"provider": "12"}, "An NPI has 10 digits.", id="no_npi"),
    ],
)
def test_a_place_that_is_none_of_ours_is_not_asked_about(
    front_desk: Client, where: dict[str, str], says: str
) -> None:
    answer = why(front_desk, **where)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)


def test_asking_why_changes_nothing(front_desk: Client) -> None:
    before = worlds.last_use()
    why(front_desk, tax_id=cast.SECOND)
    assert worlds.last_use() == before
