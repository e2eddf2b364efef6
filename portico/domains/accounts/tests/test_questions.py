"""Recovery questions: chosen and kept hashed, checked for a caller, and untouched where the plan has none."""

from typing import Any

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.credentials import passwords, questions
from portico.domains.accounts.credentials.question_rules import AnswerFault, Question
from portico.domains.accounts.credentials.questions import Match, NotAsked, WeakAnswer
from portico.domains.accounts.tests import coming_back, people, spying
from portico.domains.accounts.tests.coming_back import ANSWER, actor_of, audited
from portico.domains.accounts.tests.spying import Spy
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> models.User:
    """Somebody who may choose a question."""
    return coming_back.user()


def at_desk(minutes: float = 0, desk: Desk = Desk.SUPPORT, **changes: Any) -> Actor:
    """Somebody of the plan who has a caller on the line, minutes after NOW."""
    return actors.plan_staff(desk, asked_at=people.instant(minutes), **changes)


def checked(answer: str, minutes: float = 0, username: str = people.NAME) -> Match:
    return questions.check_for_caller(actor=at_desk(minutes), username=username, answer=answer)


def test_a_question_is_kept_with_its_answer_hashed(user: models.User) -> None:
    coming_back.with_question(user)
    row = models.RecoveryQuestion.objects.get(user=user)
    assert (row.question, row.set_at) == ("toy", people.NOW)
    assert "hopsalot" not in row.answer.casefold()
    assert questions.is_right(user.pk, " sir HOPSALOT! ")
    assert not questions.is_right(user.pk, "sir hopsa")
    assert questions.asks(user.pk) is Question.TOY


def test_another_one_takes_its_place(user: models.User) -> None:
    coming_back.with_question(user)
    questions.set_own(actor=actor_of(user), question=Question.LOST, answer="the dunes")
    assert questions.own(actor=actor_of(user)) is Question.LOST
    assert not questions.is_right(user.pk, ANSWER)


def test_whoever_chose_none_is_asked_none_and_matches_nothing(user: models.User) -> None:
    assert questions.asks(user.pk) is None
    assert questions.own(actor=actor_of(user)) is None
    assert not questions.is_right(user.pk, "")


@pytest.mark.parametrize(
    ("answer", "fault"),
    [("ab", AnswerFault.TOO_SHORT), ("my fay desk", AnswerFault.HOLDS_USERNAME)],
)
def test_a_weak_answer_is_refused_and_the_one_before_stays(
    user: models.User, answer: str, fault: AnswerFault
) -> None:
    coming_back.with_question(user)
    actor = actor_of(user)
    assert actor.context["username"] == people.NAME
    with pytest.raises(WeakAnswer) as refused:
        questions.set_own(actor=actor, question=Question.TOY, answer=answer)
    assert refused.value.faults == (fault,)
    assert questions.is_right(user.pk, ANSWER)


def test_choosing_needs_a_recent_proof_that_it_is_you(user: models.User) -> None:
    late = actor_of(user, account=Account(proven_lately=False))
    with pytest.raises(NotPermitted) as refused:
        questions.set_own(actor=late, question=Question.TOY, answer=ANSWER)
    assert refused.value.decision.reasons == (Reason.CONFIRMATION_REQUIRED,)
    with pytest.raises(NotPermitted):
        questions.own(actor=late)
    assert questions.asks(user.pk) is None


def test_choosing_is_a_step_of_the_first_sign_in(user: models.User) -> None:
    invited = actor_of(user, account=Account(state=AccountState.INVITED))
    questions.set_own(actor=invited, question=Question.TOY, answer=ANSWER, function=Function.ACTIVATION)
    assert questions.asks(user.pk) is Question.TOY
    with pytest.raises(NotPermitted):
        questions.set_own(actor=invited, question=Question.LOST, answer="the dunes")


def test_choosing_and_showing_leave_one_row_each(user: models.User) -> None:
    before = coming_back.last_row()
    coming_back.with_question(user)
    questions.own(actor=actor_of(user))
    assert audited(before) == [
        ("own_credentials", "allowed", "question_set"),
        ("own_credentials", "allowed", "question_shown"),
    ]
    assert coming_back.subjects(before) == [("user", str(user.pk))]


def test_an_answer_is_not_shown_when_what_was_made_is_printed() -> None:
    made = questions.made(username=people.NAME, question=Question.TOY, answer=ANSWER)
    assert made.answer not in repr(made)


@pytest.mark.parametrize(
    ("mode", "kept", "by_page", "by_desk"),
    [("extra", True, True, False), ("helpdesk", True, False, True), ("off", False, False, False)],
)
def test_the_setting_says_who_asks(
    user: models.User, settings: Any, mode: str, kept: bool, by_page: bool, by_desk: bool
) -> None:
    coming_back.with_question(user)
    settings.RECOVERY_QUESTION = mode
    assert questions.are_kept() is kept
    assert (questions.asks(user.pk) is not None) is by_page
    assert questions.are_asked_of_callers() is by_desk


def test_where_it_is_off_nothing_is_chosen_shown_or_consulted(
    user: models.User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    coming_back.with_question(user)
    settings.RECOVERY_QUESTION = "off"
    monkeypatch.setattr(questions, "_of", lambda user_id: pytest.fail("consulted"))
    with pytest.raises(NotAsked):
        questions.set_own(actor=actor_of(user), question=Question.TOY, answer=ANSWER)
    with pytest.raises(NotAsked):
        questions.own(actor=actor_of(user))
    with pytest.raises(NotAsked):
        checked(ANSWER)
    assert questions.asks(user.pk) is None


def test_a_caller_is_asked_only_where_the_plan_says_so(user: models.User) -> None:
    coming_back.with_question(user)
    with pytest.raises(NotAsked):
        checked(ANSWER)


@pytest.fixture
def helpdesk(user: models.User, settings: Any) -> models.User:
    """Somebody whose question the plan's desk asks on the telephone."""
    settings.RECOVERY_QUESTION = "helpdesk"
    coming_back.with_question(user)
    return user


def test_the_desk_learns_match_or_no_match(helpdesk: models.User) -> None:
    assert checked("sir hopsalot") is Match.MATCH
    assert checked("somebody else", username="FAY.desk") is Match.NO_MATCH
    assert checked(ANSWER, username="nobody.here") is Match.NO_MATCH


def test_whoever_chose_no_question_never_matches(helpdesk: models.User) -> None:
    coming_back.user("without")
    assert checked("", username="without") is Match.NO_MATCH


def test_after_five_wrong_ones_nothing_is_learnt_for_an_hour(helpdesk: models.User) -> None:
    found = [checked("wrong", minute) for minute in range(5)]
    assert found == [Match.NO_MATCH] * 5
    assert [checked(ANSWER, minute) for minute in (5, 30, 63.9)] == [Match.BLOCKED] * 3
    assert checked(ANSWER, 64) is Match.MATCH


def test_a_match_forgets_the_wrong_ones(helpdesk: models.User) -> None:
    for _ in range(4):
        checked("wrong")
    checked(ANSWER)
    assert [checked("wrong") for _ in range(6)] == [*[Match.NO_MATCH] * 5, Match.BLOCKED]


def test_wrong_ones_of_one_caller_block_no_other(helpdesk: models.User) -> None:
    for _ in range(6):
        checked("wrong", username="an.other")
    assert checked(ANSWER) is Match.MATCH


def test_a_check_costs_one_hash_whoever_is_named_and_none_while_blocked(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [spying.PATH]
    settings.RECOVERY_QUESTION = "helpdesk"
    Spy.reset()
    coming_back.with_question(coming_back.user())
    coming_back.user("without")
    for username in (people.NAME, "without", "nobody.here"):
        Spy.reset()
        checked("wrong", username=username)
        assert Spy.made == 1
    for _ in range(5):
        checked("wrong")
    Spy.reset()
    assert checked(ANSWER) is Match.BLOCKED
    assert Spy.made == 0


def test_a_process_that_hashes_enough_counts_nothing(
    helpdesk: models.User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise passwords.Busy

    with monkeypatch.context() as busy:
        busy.setattr(passwords, "is_right", full)
        assert [checked("wrong") for _ in range(6)] == [Match.BUSY] * 6
    assert checked(ANSWER) is Match.MATCH


@pytest.mark.parametrize(
    "actor",
    [
        actors.front_desk(),
        actors.administrator(),
        actors.visitor(),
        at_desk(desk=Desk.MEMBER_SERVICES),
        at_desk(account=Account(proven_lately=False)),
        at_desk(account=Account(second_factor=False)),
    ],
    ids=["front desk", "administrator", "visitor", "member services", "not lately", "no second factor"],
)
def test_only_a_desk_that_provisions_and_proved_itself_lately_checks(
    helpdesk: models.User, actor: Actor
) -> None:
    with pytest.raises(NotPermitted):
        questions.check_for_caller(actor=actor, username=people.NAME, answer=ANSWER)


def test_each_check_leaves_one_row_about_the_user(helpdesk: models.User) -> None:
    before = coming_back.last_row()
    checked(ANSWER)
    checked("wrong", username="nobody.here")
    for _ in range(6):
        checked("wrong")
    assert [row[2] for row in audited(before)] == [
        "caller_match",
        *["caller_no_match"] * 6,
        "caller_blocked",
    ]
    assert coming_back.subjects(before) == [("user", str(helpdesk.pk))] * 7
