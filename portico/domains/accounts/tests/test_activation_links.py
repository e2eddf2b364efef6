"""Activation links: with the username that was handed over, once, in one browser; or to the wrong mailbox."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from portico.domains.accounts import models
from portico.domains.accounts.joining import activation_links
from portico.domains.accounts.signing_in.sign_in import Attempt, Outcome
from portico.domains.accounts.tests import inviting, people
from tests.support.racing import together

pytestmark = pytest.mark.django_db
REFUSED = Attempt(Outcome.REFUSED)
HOURS = 60


def notices() -> Any:
    return apps.get_model("notifications", "Notice").objects


@pytest.fixture(autouse=True)
def _by_link(settings: Settings) -> None:
    settings.FIRST_SIGN_IN = "link"


def mailed() -> str:
    return inviting.token(inviting.mailed())


def tried(token: str, *, minutes: float = 0, username: str = people.NAME, mark: str = "") -> Attempt:
    return activation_links.take(actor=people.at(minutes), token=token, username=username, mark=mark)


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.latest("pk")


@pytest.mark.parametrize("typed", ["Fay.Desk", "fay.desk", " FAY.DESK "])
def test_a_link_and_the_username_sign_in(typed: str) -> None:
    user = inviting.invited()
    attempt = tried(mailed(), username=typed)
    assert (attempt.outcome, attempt.user_id, attempt.epoch) == (
        Outcome.SIGNED_IN,
        user.pk,
        user.session_epoch,
    )
    assert (attempt.second_factor, len(attempt.mark)) == (False, 43)
    assert inviting.invitation().taken_at == people.NOW
    row = last_use()
    assert (row.function, row.conclusion) == ("sign_in", "link_taken")
    assert {subject.kind for subject in row.subjects.order_by("pk")} == {"sign_in_name", "invitation", "user"}


def test_it_works_again_in_the_same_browser_alone() -> None:
    inviting.invited()
    token = mailed()
    first = tried(token)
    assert tried(token, minutes=1) == REFUSED
    assert tried(token, minutes=2, mark="m" * 43) == REFUSED
    assert tried(token, minutes=3, mark=first.mark).outcome is Outcome.SIGNED_IN


def _replaced(user: models.User) -> None:
    inviting.invite_again(user)


def _cancelled(user: models.User) -> None:
    inviting.end(user, models.Invitation.Ending.CANCELLED)


def _taken(user: models.User) -> None:
    models.Invitation.objects.update(taken_at=people.NOW, taken_index=b"m" * 16)


def _disabled(user: models.User) -> None:
    models.User.objects.update(state="disabled")


def _late(user: models.User) -> None:
    models.Invitation.objects.update(expires_at=people.NOW)


@pytest.mark.parametrize(
    "spoil", [_replaced, _cancelled, _taken, _disabled, _late, inviting.half_way], ids=lambda f: f.__name__
)
def test_a_link_that_works_no_more_is_refused_like_one_that_never_was(
    spoil: Callable[[models.User], None],
) -> None:
    user = inviting.invited()
    token = mailed()
    spoil(user)
    assert tried(token) == tried("never") == REFUSED
    assert last_use().conclusion == "link_refused"


def test_five_wrong_usernames_end_it() -> None:
    inviting.invited()
    token = mailed()
    for _ in range(4):
        assert tried(token, username="nobody") == REFUSED
    assert inviting.invitation().ended_at is None
    tried(token, username="other")
    kept = inviting.invitation()
    assert (kept.misses, kept.ending) == (5, "misses")
    assert tried(token) == REFUSED


def test_four_wrong_usernames_do_not() -> None:
    inviting.invited()
    token = mailed()
    for _ in range(4):
        tried(token, username="")
    assert tried(token).outcome is Outcome.SIGNED_IN


def test_the_username_of_another_opens_nothing() -> None:
    inviting.invited()
    token = mailed()
    people.make("other")
    assert tried(token, username="other") == REFUSED


def test_a_temporary_password_is_no_link(settings: Settings) -> None:
    settings.FIRST_SIGN_IN = "temporary_password"
    inviting.invited()
    secret = inviting.mailed()
    assert tried(secret) == tried(secret.replace("-", "")) == REFUSED


@pytest.mark.parametrize("who", ["a wrong name", "no such link", "too late"])
def test_a_refusal_costs_the_same_whatever_was_wrong(who: str) -> None:
    inviting.invited()
    token = "never" if who == "no such link" else mailed()
    name = "nobody" if who == "a wrong name" else people.NAME
    with CaptureQueriesContext(connection) as asked:
        tried(token, username=name, minutes=25 * HOURS if who == "too late" else 0)
    statements = [query["sql"].split(" ")[0] for query in asked.captured_queries]
    assert statements == [
        *("SAVEPOINT", "SELECT"),  # the invitation
        *("UPDATE", "UPDATE"),  # to be taken, a miss
        *("UPDATE", "DELETE"),  # what was begun by it, where that was the last
        *("INSERT", "INSERT", "RELEASE"),  # the audit row and its subjects
    ]


def test_whoever_it_is_not_meant_for_ends_it_and_the_inviter_is_told() -> None:
    user = inviting.invited()
    models.Invitation.objects.update(invited_by=77)
    token = mailed()
    activation_links.disown(actor=people.visitor(), token=token)
    assert inviting.invitation().ending == "not_mine"
    assert tried(token) == REFUSED
    notice = notices().get()
    assert (notice.user_id, notice.office_id, notice.kind) == (77, None, "invitation_not_mine")
    assert notice.context == {"user": user.pk}


@pytest.mark.parametrize(("office_id", "told"), [(inviting.OFFICE, 1), (None, 0)], ids=["office", "plan"])
def test_where_the_operator_invited_the_office_is_told(office_id: int | None, told: int) -> None:
    inviting.invited(office_id=office_id)
    activation_links.disown(actor=people.visitor(), token=mailed())
    assert notices().filter(office_id=inviting.OFFICE).count() == notices().count() == told


def test_what_somebody_else_began_is_undone() -> None:
    user = inviting.invited()
    token = mailed()
    inviting.half_way(user)
    activation_links.disown(actor=people.visitor(), token=token)
    user.refresh_from_db()
    assert (user.has_usable_password(), user.password_set_at) == (False, None)


def test_an_account_that_is_open_is_not_touched() -> None:
    user = inviting.invited()
    token = mailed()
    inviting.half_way(user)
    models.Invitation.objects.update(ended_at=people.NOW, ending="finished")
    activation_links.disown(actor=people.visitor(), token=token)
    user.refresh_from_db()
    assert user.has_usable_password()
    assert (inviting.invitation().ending, notices().count()) == ("finished", 0)
    assert last_use().conclusion == "link_unknown"


@pytest.mark.django_db(transaction=True)
def test_of_twenty_first_uses_at_the_same_moment_one_wins() -> None:
    inviting.invited()
    token = mailed()
    outcomes = together([lambda: str(tried(token).outcome)] * 20)
    assert sorted(outcomes) == ["refused"] * 19 + ["signed_in"]


def test_the_wrong_username_that_ends_a_link_ends_the_session_that_took_it() -> None:
    user = inviting.invited()
    token = mailed()
    epoch = tried(token).epoch
    models.Session.objects.create(session_key="taken", user=user, expire_date=people.instant(60))
    for _ in range(5):
        tried(token, username="nobody")
    user.refresh_from_db()
    assert user.session_epoch == epoch + 1
    assert not models.Session.objects.exists()


def test_after_a_password_was_set_wrong_usernames_end_no_session() -> None:
    user = inviting.invited()
    token = mailed()
    inviting.half_way(user)
    for _ in range(5):
        tried(token, username="nobody")
    assert inviting.invitation().ending == "misses"
    assert models.Session.objects.filter(user=user).exists()
