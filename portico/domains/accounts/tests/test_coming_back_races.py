"""What must hold when many come back at the same moment, each in a transaction of its own."""

from typing import Any

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.coming_back import reset_links
from portico.domains.accounts.coming_back.reset_links import Stage
from portico.domains.accounts.credentials import questions
from portico.domains.accounts.credentials.questions import Match
from portico.domains.accounts.tests import coming_back, people
from portico.domains.accounts.tests.coming_back import jobs, mails
from tests.support import actors
from tests.support.racing import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_twenty_uses_of_a_link_at_once_one_sets_the_password() -> None:
    user = coming_back.user()
    secret = coming_back.link()

    def use() -> Stage:
        found = reset_links.used(actor=people.visitor(), secret=secret, password=coming_back.NEW)
        return found.stage

    stages = together([use] * 20)
    assert sorted(stages) == [Stage.DONE, *[Stage.OVER] * 19]
    user.refresh_from_db()
    assert user.session_epoch == 2
    assert [template for _, template, _ in mails()] == ["password_changed"]


def test_wrong_answers_at_once_are_all_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    coming_back.with_question(coming_back.user())
    secret = coming_back.link()
    monkeypatch.setattr("portico.domains.accounts.credentials.passwords.is_right", lambda *_: False)

    def guess() -> Stage:
        return reset_links.answered(actor=people.visitor(), secret=secret, answer="wrong").stage

    stages = together([guess] * 12)
    assert sorted(stages) == [*[Stage.OVER] * 8, *[Stage.QUESTION] * 4]
    assert models.ResetLink.objects.get().misses == 5


def test_three_are_taken_of_many_who_ask_for_a_link_at_once() -> None:
    coming_back.user()
    together([coming_back.asked] * 10)
    assert len(jobs()) == 3


def test_the_desks_wrong_ones_at_once_are_all_counted(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.RECOVERY_QUESTION = "helpdesk"
    coming_back.user()
    monkeypatch.setattr("portico.domains.accounts.credentials.passwords.is_right", lambda *_: False)

    def check() -> Match:
        return questions.check_for_caller(actor=actors.plan_staff(), username=people.NAME, answer="wrong")

    found = together([check] * 8)
    assert sorted(found) == [*[Match.BLOCKED] * 3, *[Match.NO_MATCH] * 5]
