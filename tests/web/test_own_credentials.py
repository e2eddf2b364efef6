"""One's own password and recovery question through the pages: the session goes on, every other ends."""

from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.accounts.credentials import passwords, questions
from portico.domains.accounts.credentials.question_rules import TEXTS, Question
from tests.support import cast, mailing, visiting
from tests.support.world import World

NEW = "rain on the tin roof at night"
WRONG = "not the pass phrase at all"
PASSWORD, QUESTION = "own_password", "own_question"


def change(browser: Client, current: str = cast.PASSWORD, password: str = NEW) -> Any:
    """The answer to a new password."""
    return browser.post(reverse(PASSWORD), {"current": current, "password": password})


def choose(browser: Client, question: str = "toy", answer: str = "Sir Hopsalot") -> Any:
    """The answer to a question and its answer."""
    return browser.post(reverse(QUESTION), {"question": question, "answer": answer})


@pytest.fixture
def browser(world: World) -> Client:
    """The browser of somebody without a second factor, who signs in again and again within one instant."""
    return visiting.sign_in(world["no_factor"])


def test_the_session_goes_on_under_another_id_and_every_other_ends(world: World, browser: Client) -> None:
    other = visiting.sign_in(world["no_factor"])
    before = browser.cookies["portico"].value
    assert change(browser).headers["Location"] == reverse("account")
    assert browser.cookies["portico"].value != before
    assert "Your password is changed." in visiting.seen(browser.get(reverse("account")))
    assert browser.get(reverse("notices")).status_code == 200
    assert other.get(reverse("notices")).headers["Location"].startswith(reverse("sign_in"))


def test_the_new_password_signs_in_and_the_old_one_does_not(world: World, browser: Client) -> None:
    change(browser)
    assert visiting.give_password(Client(), world["no_factor"]).status_code == 422
    assert visiting.give_password(Client(), world["no_factor"], password=NEW).status_code == 302


def test_a_mail_and_a_notice_tell_of_it(browser: Client) -> None:
    mailing.deliver()
    change(browser)
    [letter] = mailing.deliver()
    assert letter.to == ["no.factor@example.org"]
    assert letter.subject.endswith(": your password was changed")
    assert "Your password was changed" in visiting.seen(browser.get(reverse("notices")))


def test_the_page_tells_the_rules_before(browser: Client) -> None:
    page = visiting.seen(browser.get(reverse(PASSWORD)))
    assert "Password you use now" in page
    assert "At least 15 characters; 12 are enough" in page


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_shown(browser: Client) -> None:
    for current, password, words in (
        (WRONG, NEW, "This is not the password you use now."),
        (cast.PASSWORD, "only so long", "This is too short."),
        ("", NEW, "Enter the password you use now."),
        (cast.PASSWORD, "", "Enter a new password."),
    ):
        answer = change(browser, current, password)
        assert answer.status_code == 422
        assert words in visiting.seen(answer)
        assert not [
            each for each in (WRONG, NEW, cast.PASSWORD, "only so long") if each in answer.content.decode()
        ]


def test_five_wrong_ones_lock_the_change_and_not_the_sign_in(world: World, browser: Client) -> None:
    said = [visiting.seen(change(browser, WRONG)) for _ in range(5)]
    assert "Changing the password is locked until Mar 12, 2026, 10:15 AM PDT" in said[4]
    assert change(browser).status_code == 422
    assert visiting.give_password(Client(), world["no_factor"]).status_code == 302


def test_a_busy_process_answers_429(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bool:
        raise passwords.Busy

    monkeypatch.setattr(passwords, "is_right", full)
    answer = change(browser)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")


def test_who_signs_in_elsewhere_is_told_so(world: World, browser: Client) -> None:
    users = apps.get_model("accounts", "User").objects
    users.filter(pk=world["no_factor"].user_id).update(password=passwords.unusable())
    assert "there is no password to change here" in visiting.seen(browser.get(reverse(PASSWORD)))
    assert "there is no password to change here" in visiting.seen(change(browser))


@pytest.mark.parametrize("route", [PASSWORD, QUESTION])
def test_both_need_a_recent_proof_that_it_is_you(
    browser: Client, clock: time_machine.Traveller, route: str
) -> None:
    assert browser.get(reverse(route)).status_code == 200
    clock.shift(11 * 60)
    for answer in (browser.get(reverse(route)), change(browser) if route == PASSWORD else choose(browser)):
        assert answer.headers["Location"].startswith(reverse("confirm"))


@pytest.mark.parametrize("route", [PASSWORD, QUESTION])
def test_a_visitor_is_asked_to_sign_in(world: World, route: str) -> None:
    del world
    answers = (Client().get(reverse(route)), Client().post(reverse(route), {"current": "x", "password": "x"}))
    assert all(each.headers["Location"].startswith(reverse("sign_in")) for each in answers)


def test_a_question_is_chosen_and_chosen_anew(world: World, browser: Client) -> None:
    assert TEXTS[Question.LOST] in visiting.seen(browser.get(reverse(QUESTION)))
    assert choose(browser).headers["Location"] == reverse("account")
    assert "Your recovery question is kept." in visiting.seen(browser.get(reverse("account")))
    assert questions.is_right(world["no_factor"].user_id, "sir hopsalot")
    page = browser.get(reverse(QUESTION)).content.decode()
    assert 'value="toy"' in page
    assert "hopsalot" not in page.casefold()
    choose(browser, "lost", "the dunes")
    assert questions.asks(world["no_factor"].user_id) is Question.LOST


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("ab", "This is too short."),
        ("x" * 101, "This is too long."),
        ("12345", "This is too easy to guess."),
        ("no factor", "may not hold your username"),
        ("my toy", "only repeats the question"),
        ("", "Enter your answer."),
    ],
    ids=["short", "long", "guessable", "username", "question", "empty"],
)
def test_an_answer_that_cannot_be_kept_is_explained(browser: Client, answer: str, words: str) -> None:
    said = choose(browser, answer=answer)
    assert said.status_code == 422
    assert words in visiting.seen(said)


@pytest.mark.parametrize("question", ["", "maiden_name"])
def test_only_a_question_of_the_list_is_taken(browser: Client, question: str) -> None:
    assert choose(browser, question).status_code == 422


def test_where_the_plan_has_no_questions_there_is_no_page(browser: Client, settings: Any) -> None:
    settings.RECOVERY_QUESTION = "off"
    assert browser.get(reverse(QUESTION)).status_code == 404
    assert choose(browser).status_code == 404


@pytest.mark.parametrize(
    ("mode", "words"),
    [("extra", "the mailed link asks you"), ("helpdesk", "When you call, Provider Services")],
)
def test_the_page_says_who_asks_the_question(browser: Client, settings: Any, mode: str, words: str) -> None:
    settings.RECOVERY_QUESTION = mode
    assert words in visiting.seen(browser.get(reverse(QUESTION)))
