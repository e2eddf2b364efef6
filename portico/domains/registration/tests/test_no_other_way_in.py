"""Whatever is tried, in whatever order: nobody has an account without a match or somebody's approval."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from portico.domains.registration import completion, instant, joining, lapsing, links, models
from portico.domains.registration.claims import Reason
from portico.domains.registration.finding import TooManyTries
from portico.domains.registration.finishing import Lost, TooManyNames, UsernameTaken
from portico.domains.registration.tests import waiting
from portico.domains.registration.tests.waiting import HOSPITAL, NOW, PASSWORD, State, clock, visitor

pytestmark = pytest.mark.django_db
SEQUENCES, STEPS = 40, 14
REFUSALS = (
    instant.NothingToComplete,
    completion.DeadLink,
    completion.WrongId,
    Lost,
    TooManyNames,
    TooManyTries,
    UsernameTaken,
)


class Trying:
    """One applicant who tries everything, a desk that decides at random, and a clock that runs on."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.after = timedelta()
        self.row, self.transaction_id = waiting.matched(**({} if chance.random() < 0.5 else HOSPITAL))
        self.secrets = [""]
        waiting.put(self.row, state="submitted", path="queue", matched_at=None, decided_at=None)

    def step(self) -> None:
        """One thing more."""
        self.row.refresh_from_db()
        ways: list[Callable[[], object]] = [
            self.match,
            self.approve,
            self.deny,
            self.later,
            self.at_once,
            self.by_link,
            self.by_link,
            self.renew,
            self.lapse,
            self.join,
        ]
        with suppress(*REFUSALS):
            self.chance.choice(ways)()

    def match(self) -> None:
        """The provider file says yes."""
        if self.row.state == State.SUBMITTED:
            at = NOW + self.after
            waiting.put(self.row, state="matched", path="instant", matched_at=at, decided_at=at)

    def approve(self) -> None:
        """The desk says yes, and mails a link."""
        if self.row.state == State.SUBMITTED:
            waiting.put(self.row, state="approved", decided_at=NOW + self.after, decided_by=waiting.DESK_USER)
            self.renew()

    def deny(self) -> None:
        """The desk says no."""
        if self.row.state == State.SUBMITTED:
            waiting.put(self.row, state="denied", decided_at=NOW + self.after, decided_by=waiting.DESK_USER)

    def later(self) -> None:
        """Time goes by."""
        self.after += timedelta(hours=self.chance.choice((1, 13, 25)))

    def renew(self) -> None:
        """Another link."""
        self.ask(links.renew, transaction_id=self.transaction_id)
        self.secrets += [waiting.secret()] if waiting.mails("registration_link") else []

    def at_once(self) -> None:
        """Username and password on the instant path."""
        self.ask(instant.complete, transaction_id=self.transaction_id, **self.chosen())

    def by_link(self) -> None:
        """The same behind a link, one mailed at any time, with the right transaction ID or a wrong one."""
        typed = self.chance.choice((self.transaction_id, waiting.wrong(self.transaction_id)))
        secret = self.chance.choice(self.secrets)
        self.ask(completion.complete, secret=secret, transaction_id=typed, **self.chosen())

    def lapse(self) -> None:
        """The clock."""
        lapsing.lapse(actor=clock(self.after))

    def join(self) -> None:
        """A wish to join, where there is one."""
        self.ask(joining.prove, transaction_id=self.transaction_id, code="000000")

    def chosen(self) -> dict[str, str]:
        """A username of its own."""
        return {"username": f"user.{self.row.pk}.{self.chance.randrange(10**6)}", "password": PASSWORD}

    def ask(self, how: Callable[..., object], **asked: str) -> None:
        """Ask from anywhere."""
        address = f"203.0.113.{self.chance.randrange(250)}"
        how(actor=visitor(self.after), address=address, **asked)


@pytest.fixture(autouse=True)
def _hashing_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "portico.domains.accounts.credentials.passwords.hashed", lambda text: "!" + text[::-1]
    )


@pytest.mark.parametrize("seed", range(4))
def test_no_sequence_opens_an_account_that_nobody_matched_or_approved(seed: int) -> None:
    waiting.a_practice()
    chance, opened = Random(seed), 0
    for _ in range(SEQUENCES // 4):
        trying = Trying(chance)
        for _ in range(STEPS):
            trying.step()
            trying.row.refresh_from_db()
            has_account = trying.row.user_id is not None
            assert has_account == (trying.row.state == State.COMPLETED)
            assert not has_account or trying.row.matched_at or trying.row.decided_by
        opened += trying.row.user_id is not None
    completed = models.Application.objects.filter(state=State.COMPLETED)
    active = apps.get_model("accounts", "User").objects.filter(activated_at__isnull=False)
    assert opened == active.count() == completed.count()
    assert set(active.values_list("pk", flat=True)) == set(completed.values_list("user_id", flat=True))
    assert opened > 0


@pytest.mark.parametrize("state", ["matched", "approved", "completed", "lapsed"])
def test_the_database_keeps_no_state_of_coming_in_without_a_match_or_somebodys_word(state: str) -> None:
    row, _ = waiting.matched()
    office = waiting.an_office()
    nobody = {"matched_at": None, "decided_by": None, "decided_at": NOW, "completed_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        waiting.put(row, state=state, user_id=7, office_id=office.id, **nobody)


def test_a_match_on_the_way_of_the_queue_is_none() -> None:
    row, _ = waiting.matched()
    with pytest.raises(IntegrityError), transaction.atomic():
        waiting.put(row, path="queue")


@pytest.mark.parametrize("reason", [Reason.LICENCE_CLAIMED, Reason.OFFICE_EXISTS])
def test_what_was_lost_waits_for_the_desk_like_a_new_one(reason: Reason) -> None:
    waiting.a_practice(waiting.NPI, waiting.TAX_ID, waiting.SECOND_TAX_ID)
    _, first_id = waiting.matched(tax_ids=(waiting.SECOND_TAX_ID,))
    row, transaction_id = waiting.matched()
    chosen: dict[str, Any] = {"password": PASSWORD, "address": waiting.HERE}
    if reason is Reason.LICENCE_CLAIMED:
        instant.complete(actor=visitor(), transaction_id=first_id, username="first", **chosen)
    else:
        waiting.an_office()
    with pytest.raises(Lost):
        instant.complete(actor=visitor(), transaction_id=transaction_id, username="second", **chosen)
    row.refresh_from_db()
    assert (row.state, row.reason, row.due_at is not None) == (State.SUBMITTED, reason, True)
    with pytest.raises(instant.NothingToComplete):
        instant.complete(actor=visitor(), transaction_id=transaction_id, username="third", **chosen)
