"""Behind a mailed link: opened without changing anything, it acts by its form alone and signs nobody in."""

import re
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.accounts.credentials import passwords, questions
from portico.domains.accounts.credentials.question_rules import TEXTS, Question
from tests.support import mailing, visiting
from tests.support import world as worlds
from tests.support.world import World
from tests.web.ways_back import ANSWER, NEW, OVER, ask_for_link, give_answer, link, secret, set_password


def users() -> list[Any]:
    """Every user's row."""
    return list(apps.get_model("accounts", "User").objects.order_by("pk").values())


@pytest.fixture
def with_question(world: World) -> World:
    """The front desk chose a recovery question."""
    actor = worlds.actor(world["front_desk"])
    questions.set_own(actor=actor, question=Question.TOY, answer=ANSWER)
    return world


def test_the_new_password_signs_in_with_the_second_step_as_before(world: World) -> None:
    set_password(link())
    browser = Client()
    old = visiting.give_password(browser, world["front_desk"])
    assert old.status_code == 422
    assert visiting.give_password(browser, world["front_desk"], password=NEW).status_code == 302
    visiting.give_code(browser)
    assert "Hello, Front" in visiting.seen(browser.get("/"))


def test_setting_a_password_signs_nobody_in(world: World) -> None:
    del world
    browser = Client()
    address = link()
    browser.get(address)
    set_password(address, browser=browser)
    assert browser.get(reverse("patient_search")).headers["Location"].startswith(reverse("sign_in"))


def test_setting_a_password_signs_everybody_else_out(world: World, front_desk: Client) -> None:
    del world
    assert front_desk.get(reverse("notices")).status_code == 200
    set_password(link())
    assert front_desk.get(reverse("notices")).headers["Location"].startswith(reverse("sign_in"))


def test_opening_a_link_changes_nothing_however_often(world: World) -> None:
    del world
    address = link()
    before = users(), list(apps.get_model("accounts", "ResetLink").objects.values())
    for _ in range(3):
        assert Client().get(address).status_code == 200
        assert Client().head(address).status_code in (200, 405)
    assert (users(), list(apps.get_model("accounts", "ResetLink").objects.values())) == before


@pytest.mark.parametrize("asked", ["link", "over"])
def test_the_address_of_a_link_is_told_to_no_other_page(world: World, asked: str) -> None:
    del world
    answer = Client().get(link() if asked == "link" else f"{reverse('reset')}?t=made-up")
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_secret_stands_in_a_hidden_field_and_in_no_link(world: World) -> None:
    del world
    address = link()
    page = Client().get(address).content.decode()
    assert f'<input type="hidden" name="t" value="{secret(address)}"' in page
    assert not [
        each for each in re.findall(r'(?:href|src|action)="([^"]*)"', page) if secret(address) in each
    ]


def test_used_expired_and_made_up_links_lead_to_another_by_the_same_page(
    world: World, clock: time_machine.Traveller
) -> None:
    del world
    used = link()
    set_password(used)
    mailing.deliver()
    expired = link()
    clock.shift(3600)
    answers = [
        Client().get(address) for address in (used, expired, f"{reverse('reset')}?t=x", reverse("reset"))
    ]
    answers += [sent(address) for address in (used, expired) for sent in (set_password, give_answer)]
    assert {answer.status_code for answer in answers} == {404}
    [page] = {visiting.as_said(answer) for answer in answers}
    assert OVER in page
    assert reverse("forgot_password") in page


def test_a_weak_password_is_explained_and_can_be_mended(world: World) -> None:
    del world
    address = link()
    for password, words in (
        ("only so big", "This is too short."),
        ("front.desk front.desk", "first that anybody"),
    ):
        answer = set_password(address, password)
        assert answer.status_code == 422
        assert words in visiting.seen(answer)
        assert password not in answer.content.decode()
        assert secret(address) in answer.content.decode()
    assert set_password(address).status_code == 302


def test_the_rules_are_told_before_the_password_is_typed(world: World) -> None:
    del world
    assert "At least 15 characters; 12 are enough" in visiting.seen(Client().get(link()))


def test_the_question_is_shown_only_behind_the_mailed_link(with_question: World) -> None:
    del with_question
    assert TEXTS[Question.TOY] not in visiting.seen(ask_for_link())
    [letter] = mailing.deliver()
    assert TEXTS[Question.TOY] not in str(letter.body)
    assert TEXTS[Question.TOY] in visiting.seen(Client().get(mailing.link_in(letter)))


def test_after_the_answer_the_password_is_set(with_question: World) -> None:
    del with_question
    address = link()
    answered = give_answer(address, "sir  hopsalot")
    assert "Set a new password" in visiting.seen(answered)
    proof = answered.context["form"]["answered"].value()
    assert f'value="{proof}"' in answered.content.decode()
    weak = set_password(address, "too short", answered=proof)
    assert f'value="{proof}"' in weak.content.decode()
    assert set_password(address, answered=proof).headers["Location"] == reverse("sign_in")


def test_without_the_answer_the_question_is_asked_again(with_question: World) -> None:
    del with_question
    address = link()
    before = users()
    assert TEXTS[Question.TOY] in visiting.seen(set_password(address))
    assert users() == before


def test_wrong_answers_say_how_many_tries_are_left_and_end_the_link(with_question: World) -> None:
    del with_question
    address = link()
    said = [visiting.seen(give_answer(address, "wrong")) for _ in range(5)]
    left = ("4 tries are left", "3 tries are left", "2 tries are left", "One try is left")
    assert [words in page for words, page in zip(left, said[:4], strict=True)] == [True] * 4
    assert [TEXTS[Question.TOY] in page for page in said] == [True] * 4 + [False]
    assert OVER in said[4]
    assert OVER in visiting.seen(give_answer(address))


def test_an_empty_answer_costs_no_try(with_question: World) -> None:
    del with_question
    address = link()
    empty = give_answer(address, "")
    assert (empty.status_code, "Enter your answer." in visiting.seen(empty)) == (422, True)
    assert "4 tries are left" in visiting.seen(give_answer(address, "wrong"))


def test_a_busy_process_answers_429_and_keeps_the_link(
    with_question: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise passwords.Busy

    del with_question
    address = link()
    with monkeypatch.context() as busy:
        busy.setattr(passwords, "is_right", full)
        answer = give_answer(address)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert "Many people are at the sign-in" in visiting.seen(answer)
    assert "Set a new password" in visiting.seen(give_answer(address))


@pytest.mark.parametrize("mode", ["helpdesk", "off"])
def test_where_the_plan_asks_no_question_there_the_link_leads_to_the_password(
    with_question: World, settings: Any, mode: str
) -> None:
    del with_question
    settings.RECOVERY_QUESTION = mode
    address = link()
    assert "Set a new password" in visiting.seen(Client().get(address))
    assert set_password(address).status_code == 302
