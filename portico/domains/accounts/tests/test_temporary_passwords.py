"""Signing in with a temporary password: once, in one browser, within a day, and ten misses end it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.accounts import models
from portico.domains.accounts.signing_in import misses, sign_in
from portico.domains.accounts.signing_in.sign_in import Attempt, Outcome
from portico.domains.accounts.tests import inviting, people, spying
from portico.domains.accounts.tests.spying import Spy
from tests.support.racing import together

pytestmark = pytest.mark.django_db
REFUSED = Attempt(Outcome.REFUSED)
WRONG = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"
HOURS = 60


def rows() -> list[Any]:
    return list(apps.get_model("audit", "Entry").objects.order_by("pk"))


def missed(times: int) -> None:
    """Misses by a stranger, each a while after the one before, so that the name is not locked."""
    for place in range(times):
        inviting.tried(WRONG, minutes=place * 61)


def test_a_temporary_password_signs_in_and_gives_the_browser_a_mark() -> None:
    user = inviting.invited()
    attempt = inviting.tried(inviting.mailed())
    assert (attempt.outcome, attempt.user_id) == (Outcome.SIGNED_IN, user.pk)
    assert len(attempt.mark) == 43
    assert attempt.mark not in repr(attempt)
    kept = inviting.invitation()
    assert (kept.taken_at, kept.ended_at) == (people.NOW, None)
    assert attempt.mark.encode() not in bytes(kept.taken_index or b"")


@pytest.mark.parametrize(
    "as_typed",
    [str.lower, lambda text: text.replace("-", ""), lambda text: f" {text.replace('-', ' ')} "],
    ids=["small letters", "no dashes", "spaces"],
)
def test_it_may_be_typed_as_people_type(as_typed: Callable[[str], str]) -> None:
    inviting.invited()
    assert inviting.tried(as_typed(inviting.mailed())).outcome is Outcome.SIGNED_IN


def test_it_works_again_in_the_same_browser_alone() -> None:
    inviting.invited()
    secret = inviting.mailed()
    first = inviting.tried(secret)
    assert inviting.tried(secret, minutes=1) == REFUSED
    assert inviting.tried(secret, minutes=2, mark="m" * 43) == REFUSED
    again = inviting.tried(secret, minutes=3, mark=first.mark)
    assert (again.outcome, again.mark) == (Outcome.SIGNED_IN, first.mark)
    assert inviting.invitation().taken_at == people.NOW


def test_it_works_for_a_day_and_not_at_its_end() -> None:
    inviting.invited()
    secret = inviting.mailed()
    mark = inviting.tried(secret, minutes=24 * HOURS - 1).mark
    assert mark
    assert inviting.tried(secret, minutes=24 * HOURS, mark=mark) == REFUSED


def test_a_password_that_came_too_late_is_refused_from_the_start() -> None:
    inviting.invited()
    assert inviting.tried(inviting.mailed(), minutes=24 * HOURS) == REFUSED


def test_one_that_was_replaced_is_refused_and_the_new_one_is_not() -> None:
    user = inviting.invited()
    old = inviting.mailed()
    inviting.invite_again(user)
    assert inviting.tried(old) == REFUSED
    new = inviting.mailed(people.instant(6))
    assert inviting.tried(new, minutes=6).outcome is Outcome.SIGNED_IN


def test_it_is_that_users_alone() -> None:
    inviting.invited()
    secret = inviting.mailed()
    people.make("other")
    inviting.invited("third", email="third@example.org")
    assert inviting.tried(secret, username="other") == REFUSED
    assert inviting.tried(secret, username="third") == REFUSED
    assert inviting.tried(secret, username="nobody") == REFUSED


def test_it_is_over_once_a_password_of_ones_own_is_set() -> None:
    user = inviting.invited()
    secret = inviting.mailed()
    mark = inviting.tried(secret).mark
    inviting.half_way(user)
    assert inviting.tried(secret, minutes=1, mark=mark) == REFUSED
    assert inviting.tried(inviting.OWN_PASSWORD, minutes=2).outcome is Outcome.FACTOR_NEEDED


def test_a_disabled_user_is_refused() -> None:
    inviting.invited()
    secret = inviting.mailed()
    models.User.objects.update(state="disabled")
    assert inviting.tried(secret) == REFUSED
    assert inviting.invitation().taken_at is None


def test_ten_misses_end_it() -> None:
    inviting.invited()
    secret = inviting.mailed()
    missed(9)
    assert (inviting.invitation().misses, inviting.invitation().ended_at) == (9, None)
    inviting.tried(WRONG, minutes=9 * 61)
    kept = inviting.invitation()
    assert (kept.misses, kept.ending) == (10, "misses")
    misses.forget(people.NAME)
    assert inviting.tried(secret, minutes=10 * 61) == REFUSED


def test_nine_misses_do_not() -> None:
    inviting.invited()
    secret = inviting.mailed()
    missed(9)
    assert inviting.tried(secret, minutes=9 * 61).outcome is Outcome.SIGNED_IN


def test_a_miss_counts_on_the_name_too() -> None:
    inviting.invited()
    secret = inviting.mailed()
    for _ in range(5):
        last = inviting.tried(WRONG)
    assert last.outcome is Outcome.LOCKED
    assert inviting.tried(secret).outcome is Outcome.LOCKED
    assert inviting.invitation().misses == 5


def test_the_right_one_in_another_browser_is_a_miss() -> None:
    inviting.invited()
    secret = inviting.mailed()
    inviting.tried(secret)
    inviting.tried(secret, minutes=1)
    assert inviting.invitation().misses == 1


def test_a_link_is_no_password(settings: Any) -> None:
    settings.FIRST_SIGN_IN = "link"
    inviting.invited()
    assert inviting.tried(inviting.token(inviting.mailed())) == REFUSED


def test_the_first_use_leaves_one_row_that_names_the_user() -> None:
    user = inviting.invited()
    secret = inviting.mailed()
    before = len(rows())
    inviting.tried(WRONG)
    inviting.tried(secret, minutes=1)
    refused, taken = rows()[before:]
    assert (refused.function, refused.conclusion) == ("sign_in", "refused")
    assert taken.conclusion == "signed_in"
    named = {subject.kind: subject.identifier for subject in taken.subjects.order_by("pk")}
    assert (named["user"], named["invitation"]) == (str(user.pk), str(inviting.invitation().pk))


@pytest.fixture
def _spy(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [spying.PATH]
    Spy.reset()


WHO = ["invited", "unknown", "without an invitation", "too late", "password set"]


def _someone(who: str) -> float:
    """Makes `people.NAME` so, if at all; answers at which minute to try."""
    if who == "without an invitation":
        people.make()
    elif who != "unknown":
        user = inviting.invited()
        if who == "password set":
            inviting.half_way(user)
    return 25 * HOURS if who == "too late" else 1


@pytest.mark.usefixtures("_spy")
@pytest.mark.parametrize("who", WHO)
def test_a_miss_costs_the_same_whoever_it_is(who: str) -> None:
    minutes = _someone(who)
    Spy.reset()
    with CaptureQueriesContext(connection) as asked:
        assert inviting.tried(WRONG, minutes=minutes) == REFUSED
    statements = [query["sql"].split(" ")[0] for query in asked.captured_queries]
    assert (Spy.made, statements) == (1, MISS)


MISS = [
    "SELECT",  # the user
    *("SAVEPOINT", "INSERT", "SELECT"),  # the tally
    *("UPDATE", "UPDATE"),  # the invitation: to be taken, a miss
    *("UPDATE", "DELETE"),  # what was begun by it, where that was the last
    *("UPDATE", "SELECT"),  # the tally: a miss, and what is to be swept
    *("INSERT", "INSERT", "RELEASE"),  # the audit row and its subjects
]


@pytest.mark.django_db(transaction=True)
def test_of_twenty_first_uses_at_the_same_moment_one_wins() -> None:
    inviting.invited()
    secret = inviting.mailed()
    outcomes = together([lambda: sign_in_anew(secret)] * 20)
    assert sorted(outcomes).count("signed_in") == 1


def sign_in_anew(secret: str) -> str:
    """A first use; a process that hashes enough is asked again, as a person would."""
    while True:
        attempt = sign_in.with_password(actor=people.visitor(), username=people.NAME, password=secret)
        if attempt.outcome is not Outcome.BUSY:
            return str(attempt.outcome)


def test_the_instant_is_the_actors() -> None:
    inviting.invited()
    attempt = sign_in.with_password(
        actor=people.visitor(timedelta(hours=25)), username=people.NAME, password=inviting.mailed()
    )
    assert attempt == REFUSED


def begun(user: models.User) -> models.Session:
    """A session that took the invitation."""
    return models.Session.objects.create(session_key="taken", user=user, expire_date=people.instant(60))


def test_the_miss_that_ends_an_invitation_ends_the_session_that_took_it() -> None:
    user = inviting.invited()
    secret = inviting.mailed()
    epoch = inviting.tried(secret, mark="first").epoch
    begun(user)
    for _ in range(9):
        inviting.tried(WRONG, minutes=60)
        models.Misses.objects.all().delete()
    assert models.Session.objects.exists()
    inviting.tried(WRONG, minutes=60)
    user.refresh_from_db()
    assert (inviting.invitation().ending, user.session_epoch) == ("misses", epoch + 1)
    assert not models.Session.objects.exists()
