"""What matched or was approved can be denied or taken back, until somebody has come in by it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portico.domains.permits.permit import NotPermitted
from portico.domains.registration import completion, deciding, events, instant, models, turnaround
from portico.domains.registration.applications import Submitted
from portico.domains.registration.claims import Reason
from portico.domains.registration.deciding import Outcome
from portico.domains.registration.deciding_rules import MOST_NOTE, Denial
from portico.domains.registration.following import Stage, Stand
from portico.domains.registration.tests import deciding_on, registering, waiting
from portico.domains.registration.tests.deciding_on import ana, approve, case, happened, row
from tests.support import actors as people

pytestmark = pytest.mark.django_db
WHY = "The office called: nobody there knows of it."
CHOSEN: dict[str, Any] = {
    "username": "mei.tran",
    "password": "a pass phrase of her own",
    "address": registering.HOME,
}


@pytest.fixture(autouse=True)
def _plan() -> None:
    registering.a_plan()


def matched() -> tuple[int, Submitted]:
    """A physician whom the provider file lets in; nobody has come yet."""
    submitted = registering.submit()
    assert submitted.state == "matched"
    return registering.application().pk, submitted


def approved() -> tuple[int, Submitted]:
    """A hospital that the desk has approved; nobody has come yet."""
    submitted = registering.submit(registering.HOSPITAL, mark="")
    number = registering.application().pk
    assert approve(number) is Outcome.DONE
    return number, submitted


def withdraw(number: int, *, why: str = WHY) -> Outcome:
    return deciding.withdraw(actor=ana(), number=number, why=why)


def deny(number: int) -> Outcome:
    return deciding.deny(actor=ana(), number=number, reason=Denial.NOT_AUTHORIZED)


def no_way_in(submitted: Submitted) -> None:
    """Neither the browser, nor the transaction ID, nor the last link opens anything."""
    marked = {"mark": registering.MARK}
    for known in (marked, {"transaction_id": submitted.transaction_id}):
        with pytest.raises(instant.NothingToComplete):
            instant.complete(actor=registering.visitor(minutes=2), **CHOSEN | known)
    if waiting.mails("registration_link"):
        said: dict[str, Any] = {"secret": waiting.secret(), "transaction_id": submitted.transaction_id}
        with pytest.raises(completion.DeadLink):
            completion.complete(actor=registering.visitor(minutes=2), **CHOSEN | said)


def test_what_matched_is_denied_for_a_reason_before_anybody_came_in() -> None:
    number, submitted = matched()
    assert deny(number) is Outcome.DONE
    denied = row(number)
    assert (denied.state, denied.decision, denied.decided_by) == ("denied", "not_authorized", ana().user_id)
    assert happened(number)[-1] == ("denied", "not_authorized")
    assert registering.last_use() == ("allowed", "registration_denied", {"registration": str(number)})
    assert registering.mails("registration_denied") == [denied.email]
    seen = registering.look(submitted)
    assert (seen.stage, seen.decision, seen.may_finish) == (Stage.DENIED, "not_authorized", False)
    no_way_in(submitted)


def test_a_match_that_is_denied_tells_nothing_of_how_long_the_plan_takes() -> None:
    number, _ = matched()
    deny(number)
    assert row(number).turnaround is None
    assert turnaround.published(today=people.TODAY).count == 0


@pytest.mark.parametrize("make", [matched, approved], ids=["matched", "approved"])
def test_a_decision_is_taken_back_and_waits_for_the_desk_again(
    make: Callable[[], tuple[int, Submitted]],
) -> None:
    number, submitted = make()
    assert withdraw(number) is Outcome.DONE
    taken = row(number)
    assert (taken.state, taken.path, taken.reason) == ("submitted", "queue", Reason.LOOKED_AT_AGAIN)
    assert (taken.matched_at, taken.decided_at, taken.decided_by, taken.turnaround) == (None,) * 4
    assert taken.due_at is not None
    assert taken.due_at - ana().asked_at > timedelta(days=1)
    assert registering.last_use() == ("allowed", "registration_withdrawn", {"registration": str(number)})
    assert registering.mails("registration_news") == [taken.email]
    no_way_in(submitted)


def test_why_it_is_taken_back_is_for_the_plan_alone() -> None:
    number, submitted = approved()
    withdraw(number)
    last = models.Event.objects.filter(application=number).latest("pk")
    assert (last.kind, last.by, events.text(last)) == ("withdrawn", ana().user_id, WHY)
    assert WHY.encode() not in bytes(last.sealed or b"")
    assert case(number).timeline[-1].text == WHY
    seen = registering.look(submitted)
    assert (seen.stage, seen.reason) == (Stage.IN_REVIEW, Reason.LOOKED_AT_AGAIN)
    assert (seen.link, seen.decision) == (Stand.DEAD, "")


def test_what_was_taken_back_is_decided_like_any_other() -> None:
    number, submitted = approved()
    withdraw(number)
    assert approve(number, actor=ana(2)) is Outcome.DONE
    done = completion.complete(
        actor=registering.visitor(minutes=3),
        secret=waiting.secret(),
        transaction_id=submitted.transaction_id,
        **CHOSEN,
    )
    assert done.user_id == row(number).user_id


def test_what_was_taken_back_does_not_go_through_by_itself() -> None:
    _, submitted = matched()
    withdraw(registering.application().pk)
    assert registering.hand_in(submitted).taken == "added"
    ended = registering.finish(submitted)
    assert ended is not None
    assert (ended.state, ended.reason) == ("submitted", Reason.ALWAYS_REVIEWED)


def test_who_has_come_in_is_not_taken_back() -> None:
    number, submitted = matched()
    instant.complete(actor=registering.visitor(minutes=1), transaction_id=submitted.transaction_id, **CHOSEN)
    assert (withdraw(number), deny(number)) == (Outcome.GONE, Outcome.GONE)
    assert registering.last_use()[1] == "registration_not_denied_gone"
    assert row(number).state == "completed"


@pytest.mark.parametrize("state", ["submitted", "returned", "seconding", "denied", "recognised", "lapsed"])
def test_only_what_was_decided_for_somebody_is_taken_back(state: str) -> None:
    number = deciding_on.waiting()
    decided = (
        {"decided_at": people.NOW, "decided_by": 7} if state in models.applications.DECIDED_STATES else {}
    )
    models.Application.objects.filter(pk=number).update(state=state, **decided)
    assert withdraw(number) is Outcome.GONE
    assert registering.last_use()[1] == "registration_not_withdrawn_gone"
    assert row(number).state == state


def test_nobody_takes_back_a_decision_on_their_own_case() -> None:
    number, _ = matched()
    own = deciding_on.somebody("mei.desk", email=registering.CLAIM.email)
    assert deciding.withdraw(actor=own, number=number, why=WHY) is Outcome.STOPPED
    assert row(number).state == "matched"


@pytest.mark.parametrize("why", ["", "  \n", "x" * (MOST_NOTE + 1)], ids=["nothing", "blank", "too much"])
def test_why_has_to_be_said(why: str) -> None:
    number, _ = matched()
    with pytest.raises(ValueError, match="taken back"):
        withdraw(number, why=why)
    assert row(number).state == "matched"


def test_only_the_desk_of_registrations_takes_back() -> None:
    number, _ = matched()
    with pytest.raises(NotPermitted):
        deciding.withdraw(actor=registering.visitor(), number=number, why=WHY)
    assert row(number).state == "matched"
