"""Access requests as people see them: asked with one button, the clock, the inbox, the answer, joining."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.access import models
from portico.domains.access.asking import clock as request_clock
from portico.domains.accounts.credentials import usernames
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.plan import models as plan
from portico.domains.plan import policy
from portico.domains.registration import models as registration
from tests.support import actors as people
from tests.support import cast, mailing, missing_access, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.missing_access import asked
from tests.support.world import World

MINE, NEW = "/access-requests/", "/access-requests/new/"
INBOX, DESK = "/office/requests/", "/staff/access-requests/"
BENEFITS = {"functions": "benefits", "send": "yes"}


@pytest.fixture
def asker(world: World) -> Client:
    """The browser of somebody who has eligibility alone."""
    return visiting.sign_in(world["eligibility_only"])


@pytest.fixture
def administrator(world: World) -> Client:
    """The administrator's browser."""
    return visiting.sign_in(world["administrator"])


@pytest.fixture
def waiting(world: World) -> UUID:
    """A request for benefits that lies with the administrator."""
    return asked(world)


def only() -> Any:
    return models.AccessRequest.objects.get()


def answer(browser: Client, act: str, number: UUID, *, of: str = INBOX, **said: Any) -> Any:
    return browser.post(f"{of}{number}/{act}/", said, follow=True)


def holds(world: World, function: Function, key: str = "eligibility_only", **where: Any) -> bool:
    return decide(worlds.actor(world[key]), Question(function, **where)).allowed


def test_one_button_on_a_closed_page_asks_for_it(asker: Client, world: World) -> None:
    button = asker.get(reverse("why", args=["benefits"])).context["refusal"].button
    told = asker.post(button.url, {**dict(button.sends), "send": "yes"}, follow=True)
    said = visiting.seen(told)
    assert told.redirect_chain == [(reverse("access_request", args=[only().public_id]), 302)]
    assert "Your request is on its way." in said
    assert "With Administrator Tester" in said
    assert "Until Mar 13, 2026, 9:00 AM PDT" in said
    assert "It expires Apr 11, 2026, 10:00 AM PDT" in said


def test_the_second_button_shows_the_form_filled_in_and_asks_nothing(asker: Client) -> None:
    told = asker.post(NEW, {"functions": "benefits", "line": cast.HMO})
    form = told.context["form"]
    assert told.status_code == 200
    assert (form["functions"].value(), form["line"].value()) == (["benefits"], cast.HMO)
    assert not models.AccessRequest.objects.exists()


def test_more_can_be_asked_for_at_once_with_a_word(asker: Client) -> None:
    asker.post(NEW, {"functions": ["benefits", "reports"], "note": "For the audit", "send": "yes"})
    assert only().functions == ["benefits", "reports"]
    said = visiting.seen(asker.get(f"{MINE}{only().public_id}/"))
    assert "Your note For the audit" in said


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        pytest.param({"functions": []}, "Choose what you miss.", id="nothing"),
        pytest.param({"functions": ["manage_users"]}, "Choose among these.", id="what_others_hold"),
        pytest.param({"functions": ["eligibility"]}, "Nothing of this is missing", id="what_is_open"),
        pytest.param({"tax_id": cast.FOREIGN}, "Select a valid choice", id="a_foreign_tax_id"),
        pytest.param({"tax_id": cast.UNKNOWN_TAX_ID}, "Select a valid choice", id="nobodys_tax_id"),
        pytest.param({"provider": "12"}, "Enter the ten digits", id="no_npi"),
        pytest.param({"note": "ID NLH88420193"}, "looks like a member ID", id="a_patient"),
        pytest.param({"note": "x" * 501}, "at most 500", id="too_long"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    asker: Client, sent: dict[str, Any], says: str
) -> None:
    told = asker.post(NEW, {**BENEFITS, **sent})
    assert told.status_code == 422
    assert says in visiting.seen(told)
    assert not models.AccessRequest.objects.exists()


def test_the_list_shows_the_clock(asker: Client, waiting: UUID) -> None:
    said = visiting.seen(asker.get(MINE))
    assert "Benefits As your access is Open With Administrator Tester until Mar 13, 2026" in said
    assert "Your people's" not in said


def test_an_empty_list_says_where_requests_come_from(front_desk: Client) -> None:
    assert "You have asked for nothing" in visiting.seen(front_desk.get(MINE))


def test_what_is_past_due_is_said(asker: Client, waiting: UUID, clock: Any) -> None:
    models.AccessRequest.objects.update(step="plan")
    clock.move_to(NOW + timedelta(minutes=10))
    models.AccessRequest.objects.update(due_at=NOW)
    said = visiting.seen(asker.get(f"{MINE}{waiting}/"))
    assert "With the plan Nobody has answered in time." in said


def test_it_is_taken_back_by_a_button(asker: Client, waiting: UUID) -> None:
    said = visiting.seen(asker.post(f"{MINE}{waiting}/withdraw/", follow=True))
    assert "Your request is taken back." in said
    assert "Taken back" in visiting.seen(asker.get(f"{MINE}{waiting}/"))
    assert asker.post(f"{MINE}{waiting}/withdraw/").status_code == 404


@pytest.mark.parametrize("act", ["", "withdraw/"])
def test_somebody_elses_is_not_found(front_desk: Client, waiting: UUID, act: str) -> None:
    for number in (waiting, uuid4()):
        address = f"{MINE}{number}/{act}"
        assert (front_desk.post if act else front_desk.get)(address).status_code == 404


def test_the_administrator_is_told_and_led_there(administrator: Client, waiting: UUID) -> None:
    said = administrator.get("/notices/").content.decode()
    assert "Somebody of your office asks for access" in said
    assert f'href="/office/requests/{waiting}/"' in said


def test_the_inbox_says_who_asks_for_what(administrator: Client, waiting: UUID) -> None:
    said = visiting.seen(administrator.get(INBOX))
    assert "1 waits." in said
    assert "Eligibility Tester Benefits As their access is Open With Administrator Tester" in said


def test_an_empty_inbox_says_so(administrator: Client) -> None:
    assert "Nobody waits" in visiting.seen(administrator.get(INBOX))


def test_a_long_inbox_comes_in_pages(administrator: Client, world: World) -> None:
    made = asked(world)
    row = only()
    for count in range(26):
        row.pk, row.public_id, row.digest = None, uuid4(), f"{count}"
        row.save()
    first = administrator.get(f"{INBOX}?which=all")
    key = first.context["inbox"].page.next_key
    assert f"which=all&amp;after={key}" in first.content.decode()
    second = administrator.get(INBOX, {"which": "all", "after": key})
    shown = [row.public_id for row in second.context["inbox"].page.rows]
    assert (len(shown), shown[-1]) == (2, made)


def test_the_request_says_what_a_yes_gives(administrator: Client, world: World) -> None:
    number = asked(world, "eligibility_only", Function.BENEFITS, tax_id=cast.SECOND, line=cast.MEDI_CAL)
    said = visiting.seen(administrator.get(f"{INBOX}{number}/"))
    assert "Eligibility Tester asks for access" in said
    assert "It was never given to this person." in said
    assert "This gives Eligibility Tester: Benefits, tax ID 17-1234568, Medi-Cal" in said


def test_a_yes_opens_it_at_the_next_click(
    asker: Client, administrator: Client, world: World, waiting: UUID
) -> None:
    assert asker.get(reverse("why", args=["benefits"])).status_code == 200
    said = visiting.seen(answer(administrator, "approve", waiting, answer="Welcome"))
    assert "It is given, and open at the person's next click." in said
    assert asker.get(reverse("why", args=["benefits"])).status_code == 302
    told = visiting.seen(asker.get(f"{MINE}{waiting}/"))
    assert "Approved Administrator Tester, Mar 12, 2026" in told
    assert "The answer Welcome" in told
    assert "What you were given Benefits, tax ID 17-1234567, every line of business" in told
    assert "Your access request was answered" in visiting.seen(asker.get("/notices/"))


def test_a_yes_that_is_to_be_confirmed_says_so(asker: Client, administrator: Client, waiting: UUID) -> None:
    plan.AccessPolicy.objects.create(pk=1, confirmed_by="administrator")
    policy.forget()
    said = visiting.seen(answer(administrator, "approve", waiting))
    assert "counts as soon as somebody else has confirmed it" in said
    assert "Somebody else confirms it before it counts." in visiting.seen(asker.get(f"{MINE}{waiting}/"))


def test_something_else_is_given(administrator: Client, world: World, waiting: UUID) -> None:
    answer(
        administrator,
        "adjust",
        waiting,
        functions=["remittance"],
        tax_ids=[cast.OWN],
        lines=[cast.HMO],
        last_on="04/01/2026",
    )
    assert only().state == "adjusted"
    assert holds(world, Function.REMITTANCE, line=cast.HMO)
    assert not holds(world, Function.REMITTANCE, line=cast.MEDI_CAL)
    assert not holds(world, Function.BENEFITS)


def test_a_no_says_why(asker: Client, administrator: Client, world: World, waiting: UUID) -> None:
    said = visiting.seen(answer(administrator, "deny", waiting, why="others_do_it", answer="Ask Rae"))
    assert "The request is denied" in said
    told = visiting.seen(asker.get(f"{MINE}{waiting}/"))
    assert "Denied Somebody else here does this. Administrator Tester, Mar 12, 2026" in told
    assert "The answer Ask Rae" in told
    assert not holds(world, Function.BENEFITS)
    assert "Somebody else here does this." in visiting.seen(administrator.get(f"{INBOX}{waiting}/"))


@pytest.mark.parametrize(
    ("act", "sent", "says"),
    [
        pytest.param("deny", {}, "Choose why.", id="no_reason"),
        pytest.param("deny", {"why": "mood"}, "Choose one of these.", id="no_such_reason"),
        pytest.param("approve", {"answer": "ID NLH88420193"}, "looks like a member ID", id="a_patient"),
        pytest.param("adjust", {"tax_ids": [cast.OWN]}, "Choose at least one, or", id="no_function"),
        pytest.param("adjust", {"functions": ["benefits"]}, "at least one tax ID", id="no_tax_id"),
        pytest.param(
            "adjust",
            {"functions": ["benefits"], "tax_ids": [cast.FOREIGN]},
            "Select a valid choice",
            id="a_foreign_tax_id",
        ),
    ],
)
def test_an_answer_that_is_none_changes_nothing(
    administrator: Client, waiting: UUID, act: str, sent: dict[str, Any], says: str
) -> None:
    told = answer(administrator, act, waiting, **sent)
    assert told.status_code == 422
    assert says in visiting.seen(told)
    assert only().state == "open"


def test_what_was_decided_meanwhile_is_said(administrator: Client, asker: Client, waiting: UUID) -> None:
    asker.post(f"{MINE}{waiting}/withdraw/")
    said = visiting.seen(answer(administrator, "approve", waiting))
    assert "It was decided meanwhile, taken back, or is over." in said


def test_one_does_not_decide_about_oneself(administrator: Client, world: World) -> None:
    number = asked(world, "administrator", Function.PAYMENT_ENROLMENT)
    page = administrator.get(f"{INBOX}{number}/")
    assert "nobody gives oneself anything" in visiting.seen(page)
    assert b">Approve<" not in page.content
    assert "nobody gives oneself anything" in visiting.seen(answer(administrator, "approve", number))
    assert only().state == "open"


@pytest.mark.parametrize("act", ["", "approve/", "adjust/", "deny/"])
def test_another_offices_request_is_not_found(administrator: Client, world: World, act: str) -> None:
    for number in (asked(world, "outsider", Function.DIRECTORY_MAINTENANCE), uuid4()):
        address = f"{INBOX}{number}/{act}"
        assert (administrator.post if act else administrator.get)(address, {}).status_code == 404


def test_the_plan_decides_what_lies_with_it(operations: Client, world: World) -> None:
    number = asked(world, "administrator", Function.PAYMENT_ENROLMENT)
    assert "Administrator Tester Lakeside Family Practice" in visiting.seen(operations.get(DESK))
    answer(operations, "approve", number, of=DESK)
    assert holds(world, Function.PAYMENT_ENROLMENT, "administrator")
    assert "Approved The plan" in visiting.seen(operations.get(f"{DESK}{number}/"))


def test_what_lies_with_an_office_is_not_the_plans(operations: Client, waiting: UUID) -> None:
    assert "Nobody waits" in visiting.seen(operations.get(DESK))
    assert operations.get(f"{DESK}{waiting}/").status_code == 404


def test_a_request_nobody_answered_expires_and_says_what_to_do(
    asker: Client, waiting: UUID, clock: Any
) -> None:
    clock.move_to(NOW + timedelta(days=31))
    later = people.system()
    request_clock.turn(
        actor=type(later)(later.kind, later.door, NOW + timedelta(days=31), later.today, "clock")
    )
    clock.move_to(NOW)
    said = visiting.seen(asker.get(f"{MINE}{waiting}/"))
    assert "Expired Nobody answered it in time. Ask again" in said
    assert "Nobody answered it in time." in visiting.seen(asker.get("/notices/"))


@pytest.mark.parametrize("kind", ["asked", "reminded"])
def test_the_mail_names_nobody_and_needs_the_sign_in(world: World, kind: str) -> None:
    asked(world)
    row = apps.get_model("notifications", "Message").objects.get(template="access_request")
    row.context["kind"] = kind
    row.save()
    [letter] = mailing.deliver()
    assert letter.to == ["administrator@example.org"]
    assert "Sign in as you always do and open Access requests." in str(letter.body)
    for secret in ("Eligibility", "Tester", "http", str(only().public_id)):
        assert secret not in f"{letter.subject} {letter.body}"


# ---------------------------------------------------------------- joining


@pytest.fixture
def join(world: World) -> Any:
    """Somebody registered with the numbers of Lakeside."""
    return missing_access.join(world)


LET_IN = {"functions": ["eligibility", "benefits"], "tax_ids": [cast.OWN]}


def test_a_wish_to_join_reaches_the_inbox_and_says_what_was_proven(administrator: Client, join: Any) -> None:
    assert "Noor Haddad Registered with what is your office's" in visiting.seen(administrator.get(INBOX))
    said = visiting.seen(administrator.get(f"{INBOX}joining/{join.pk}/"))
    assert "They have proven nothing" in said
    assert "noor@new.example.org" in said
    registration.JoinRequest.objects.update(proven_at=NOW)
    said = visiting.seen(administrator.get(f"{INBOX}joining/{join.pk}/"))
    assert "They read mail that goes to your office" in said


def test_letting_somebody_in_makes_an_end_user_with_what_was_chosen(administrator: Client, join: Any) -> None:
    told = administrator.post(f"{INBOX}joining/{join.pk}/", LET_IN, follow=True)
    assert "Noor Haddad is let in, and an invitation is on its way." in visiting.seen(told)
    persona = models.Persona.objects.get(user__email="noor@new.example.org")
    assert (persona.kind, persona.user.activated_at) == ("end_user", None)
    functions = persona.grants.order_by("function").values_list("function", flat=True)
    assert list(functions) == ["benefits", "eligibility"]
    join.refresh_from_db()
    assert (join.ending, join.ended_at) == ("accepted", NOW)
    [use] = worlds.uses(conclusion="join_request_accepted")
    assert ("join_request", str(join.pk)) in [
        (each.kind, each.identifier) for each in use.subjects.order_by("pk")
    ]


def test_two_of_one_name_let_in_at_the_same_moment_are_no_failure_of_the_page(
    administrator: Client, join: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usernames, "suggested", lambda first, last: "front.desk")
    answer = administrator.post(f"{INBOX}joining/{join.pk}/", LET_IN)
    assert answer.status_code == 422
    assert "Let them in once more." in visiting.seen(answer)
    join.refresh_from_db()
    assert join.ended_at is None


def test_somebody_is_not_let_in(administrator: Client, join: Any) -> None:
    said = visiting.seen(administrator.post(f"{INBOX}joining/{join.pk}/refuse/", follow=True))
    assert "Nobody was let in." in said
    join.refresh_from_db()
    assert join.ending == "refused"
    assert not models.Persona.objects.filter(user__email="noor@new.example.org").exists()
    assert len(worlds.uses(conclusion="join_request_refused")) == 1


@pytest.mark.parametrize("act", ["", "refuse/"])
def test_a_wish_is_decided_once(administrator: Client, join: Any, act: str) -> None:
    administrator.post(f"{INBOX}joining/{join.pk}/refuse/")
    assert administrator.post(f"{INBOX}joining/{join.pk}/{act}", LET_IN).status_code == 404
    assert administrator.get(f"{INBOX}joining/{join.pk}/").status_code == 404


def test_another_offices_wish_is_not_found(administrator: Client, world: World, join: Any) -> None:
    registration.JoinRequest.objects.update(office=world.offices[cast.HILLCREST])
    for number in (join.pk, 999_999):
        assert administrator.get(f"{INBOX}joining/{number}/").status_code == 404
        assert administrator.post(f"{INBOX}joining/{number}/", LET_IN).status_code == 404
        assert administrator.post(f"{INBOX}joining/{number}/refuse/").status_code == 404
    assert "Noor" not in visiting.seen(administrator.get(INBOX))


def test_nobody_is_let_in_with_nothing_chosen(administrator: Client, join: Any) -> None:
    told = administrator.post(f"{INBOX}joining/{join.pk}/", {"functions": ["benefits"]})
    assert told.status_code == 422
    assert "Choose at least one tax ID." in visiting.seen(told)
    assert not models.Persona.objects.filter(user__email="noor@new.example.org").exists()
