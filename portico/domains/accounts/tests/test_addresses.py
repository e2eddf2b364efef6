"""Another mail address: what each mailbox is told, what each link does, and everything a thief might try."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from portico.domains.accounts import models
from portico.domains.accounts.own import address_undoing, addresses
from portico.domains.accounts.own.address_undoing import Undone
from portico.domains.accounts.own.addresses import Asked, Links, Pending
from portico.domains.accounts.tests import people
from portico.domains.notifications import outbox
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors
from tests.support.racing import together

pytestmark = pytest.mark.django_db
OLD, NEW, THIRD = "fay@old.example.org", "fay@new.example.org", "fay@third.example.org"
LINKS = Links("https://portal.test/confirm?t=", "https://portal.test/cancel?t=")
HOUR = timedelta(hours=1)
A_MOMENT = timedelta(microseconds=1)


def somebody(username: str = people.NAME, email: str = OLD, **changes: Any) -> Actor:
    user = people.make(username)
    models.User.objects.filter(pk=user.pk).update(email=email)
    return actors.front_desk(user_id=user.pk, **changes)


def later(actor: Actor, after: timedelta) -> Actor:
    return replace(actor, asked_at=actors.NOW + after)


def visitor(after: timedelta = timedelta()) -> Actor:
    return later(actors.visitor(), after)


def email_of(actor: Actor) -> str:
    return models.User.objects.get(pk=actor.user_id or 0).email


def epoch_of(actor: Actor) -> int:
    return models.User.objects.get(pk=actor.user_id or 0).session_epoch


def ask(actor: Actor, email: str = NEW) -> Asked:
    return addresses.ask(actor=actor, email=email, links=LINKS)


def confirm(actor: Actor, secret: str) -> bool:
    return addresses.confirm(actor=actor, secret=secret, links=LINKS)


def undo(secret: str, after: timedelta = timedelta()) -> Undone:
    return address_undoing.undo(actor=visitor(after), secret=secret)


def mails() -> list[tuple[str, str, dict[str, Any]]]:
    """Address, template and facts of every mail that waits, the oldest first."""
    rows = apps.get_model("notifications", "Message").objects.order_by("pk")
    waiting = (outbox.Outgoing(row.message_id, row.to, row.template, row.context, 0) for row in rows)
    return [(each.to, each.template, dict(outbox.opened(each))) for each in waiting]


def secret_to(address: str, template: str) -> str:
    """The secret of the link in the last such mail to that address."""
    links = [facts["link"] for to, of, facts in mails() if (to, of) == (address, template)]
    return str(links[-1]).partition("?t=")[2]


def asked(actor: Actor, email: str = NEW) -> tuple[str, str]:
    """The secrets that confirm and undo a change that was asked for now."""
    old = email_of(actor)
    assert ask(actor, email) is Asked.ASKED
    return secret_to(email, "address_confirm"), secret_to(old, "address_change_asked")


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk").last()


def test_asking_changes_nothing_and_writes_to_both_mailboxes() -> None:
    actor = somebody()
    assert ask(actor) is Asked.ASKED
    assert email_of(actor) == OLD
    (new, to_new, told_new), (old, to_old, told_old) = mails()
    assert ((new, to_new), (old, to_old)) == ((NEW, "address_confirm"), (OLD, "address_change_asked"))
    assert told_new["link"].startswith(LINKS.confirm)
    assert told_new["expires_at"] == "03/13/2026 10:00 AM PDT"
    assert told_old["link"].startswith(LINKS.cancel)
    waiting = Pending(NEW, actors.NOW, actors.NOW + 24 * HOUR)
    assert addresses.pending(actor.user_id or 0, at=actors.NOW) == waiting


def test_the_link_makes_the_new_address_the_accounts_and_the_old_one_is_told_again() -> None:
    actor = somebody()
    secret, _ = asked(actor)
    assert confirm(later(actor, HOUR), secret)
    assert email_of(actor) == NEW
    assert addresses.pending(actor.user_id or 0, at=actors.NOW) is None
    to, template, facts = mails()[-1]
    assert (to, template) == (OLD, "address_changed")
    assert facts["expires_at"] == "03/15/2026 11:00 AM PDT"
    assert facts["link"].endswith(secret_to(OLD, "address_change_asked"))


@pytest.mark.parametrize(
    ("email", "outcome"),
    [
        ("nobody", Asked.NO_ADDRESS),
        ("fay@example.org\nBcc: all@example.org", Asked.NO_ADDRESS),
        ("", Asked.NO_ADDRESS),
        (OLD, Asked.SAME),
        (OLD.upper(), Asked.SAME),
    ],
    ids=["no address", "a header", "nothing", "the same", "in capitals"],
)
def test_what_cannot_be_asked_for_is_said_so_and_writes_to_nobody(email: str, outcome: Asked) -> None:
    actor = somebody()
    assert ask(actor, email) is outcome
    assert mails() == []
    assert last_use().conclusion == f"address_{outcome}"


def test_whether_another_account_has_the_address_makes_no_difference() -> None:
    somebody("ray.desk", NEW)
    actor = somebody()
    secret, _ = asked(actor)
    assert confirm(actor, secret)
    assert list(models.User.objects.filter(email=NEW).values_list("username", flat=True).order_by("pk")) == [
        "ray.desk",
        people.NAME,
    ]


def test_five_a_day_are_enough() -> None:
    actor = somebody()
    for number in range(5):
        assert ask(actor, f"fay{number}@new.example.org") is Asked.ASKED
    assert ask(actor) is Asked.TOO_MANY
    assert len(mails()) == 10
    assert ask(later(actor, 24 * HOUR)) is Asked.ASKED


def test_an_account_without_an_address_gets_its_first() -> None:
    actor = somebody(email="")
    ask(actor)
    assert [template for _, template, _ in mails()] == ["address_confirm"]
    assert confirm(actor, secret_to(NEW, "address_confirm"))
    assert email_of(actor) == NEW
    assert len(mails()) == 1


def test_an_old_address_that_takes_no_mail_stops_nobody() -> None:
    actor = somebody(email="front desk")
    ask(actor)
    assert confirm(actor, secret_to(NEW, "address_confirm"))


def test_a_confirmed_change_ends_links_that_set_a_password() -> None:
    actor = somebody()
    models.ResetLink.objects.create(
        user_id=actor.user_id or 0, secret_index=b"r" * 16, made_at=actors.NOW, expires_at=actors.NOW + HOUR
    )
    secret, _ = asked(actor)
    confirm(actor, secret)
    assert models.ResetLink.objects.get().ended_at == actors.NOW


def test_no_row_holds_a_secret() -> None:
    actor = somebody()
    asked_with = asked(actor)
    row = models.AddressChange.objects.get()
    kept = repr(vars(row)) + repr(list(apps.get_model("notifications", "Message").objects.values()))
    assert [secret for secret in asked_with if secret in kept] == []


# ---------------------------------------------------------------- what a thief might try


def test_whoever_is_not_signed_in_confirms_nothing() -> None:
    secret, _ = asked(somebody())
    with pytest.raises(NotPermitted) as refused:
        confirm(actors.visitor(), secret)
    assert refused.value.decision.reasons == (Reason.NOT_SIGNED_IN,)


def test_another_users_link_confirms_nothing_for_either() -> None:
    owner, other = somebody(), somebody("ray.desk", "ray@example.org")
    secret, _ = asked(owner)
    assert not confirm(other, secret)
    assert (email_of(owner), email_of(other)) == (OLD, "ray@example.org")
    assert last_use().conclusion == "no_such_link"


@pytest.mark.parametrize("secret", ["", "x", "0" * 43, "\x00"], ids=["nothing", "short", "made up", "nul"])
def test_a_made_up_secret_opens_nothing(secret: str) -> None:
    actor = somebody()
    asked(actor)
    assert not confirm(actor, secret)
    assert undo(secret) is Undone.NO_SUCH_LINK


def test_the_link_of_one_mailbox_is_none_of_the_other() -> None:
    actor = somebody()
    to_confirm, to_undo = asked(actor)
    assert not confirm(actor, to_undo)
    assert undo(to_confirm) is Undone.NO_SUCH_LINK


def test_a_link_confirms_once() -> None:
    actor = somebody()
    first, _ = asked(actor)
    confirm(actor, first)
    second, _ = asked(actor, THIRD)
    confirm(actor, second)
    assert not confirm(actor, first)
    assert email_of(actor) == THIRD


@pytest.mark.parametrize(
    ("after", "works"), [(24 * HOUR - A_MOMENT, True), (24 * HOUR, False)], ids=["in time", "too late"]
)
def test_a_link_confirms_for_a_day(after: timedelta, works: bool) -> None:
    actor = somebody()
    secret, _ = asked(actor)
    assert confirm(later(actor, after), secret) is works
    assert addresses.pending(actor.user_id or 0, at=actors.NOW + after) is None


def test_asking_again_replaces_what_waits() -> None:
    actor = somebody()
    first, _ = asked(actor)
    second, _ = asked(actor, THIRD)
    assert not confirm(actor, first)
    assert confirm(actor, second)
    assert email_of(actor) == THIRD


def test_what_was_withdrawn_is_not_confirmed() -> None:
    actor = somebody()
    secret, _ = asked(actor)
    assert addresses.withdraw(actor=actor)
    assert last_use().conclusion == "address_withdrawn"
    assert not confirm(actor, secret)
    assert not addresses.withdraw(actor=actor)
    assert last_use().conclusion == "nothing_to_withdraw"


def test_the_old_mailbox_stops_a_change_that_waits_without_a_sign_in() -> None:
    actor = somebody()
    to_confirm, to_undo = asked(actor)
    assert undo(to_undo, HOUR) is Undone.CANCELLED
    assert last_use().conclusion == "address_cancelled"
    assert not confirm(later(actor, HOUR), to_confirm)
    assert epoch_of(actor) == 1
    assert undo(to_undo) is Undone.NO_SUCH_LINK


def test_the_old_mailbox_turns_a_change_back_and_ends_every_session_and_reset_link() -> None:
    actor = somebody()
    to_confirm, to_undo = asked(actor)
    confirm(actor, to_confirm)
    expires_at = actors.NOW + HOUR
    models.ResetLink.objects.create(
        user_id=actor.user_id or 0, secret_index=b"r" * 16, made_at=actors.NOW, expires_at=expires_at
    )
    models.Session.objects.create(session_key="s", expire_date=expires_at, user_id=actor.user_id)
    assert undo(to_undo) is Undone.RESTORED
    assert (email_of(actor), epoch_of(actor)) == (OLD, 2)
    assert not models.Session.objects.exists()
    assert models.ResetLink.objects.get().ended_at == actors.NOW
    assert mails()[-1] == (NEW, "address_restored", {})
    assert undo(to_undo) is Undone.NO_SUCH_LINK


@pytest.mark.parametrize(
    ("after", "outcome"),
    [(72 * HOUR - A_MOMENT, Undone.RESTORED), (72 * HOUR, Undone.NO_SUCH_LINK)],
    ids=["in time", "too late"],
)
def test_a_change_is_turned_back_for_72_hours(after: timedelta, outcome: Undone) -> None:
    actor = somebody()
    to_confirm, to_undo = asked(actor)
    confirm(later(actor, 2 * HOUR), to_confirm)
    assert undo(to_undo, 2 * HOUR + after) is outcome


def test_a_thief_who_changes_twice_does_not_shake_off_the_first_mailbox() -> None:
    actor = somebody()
    first, to_undo = asked(actor)
    confirm(actor, first)
    second, of_thief = asked(actor, THIRD)
    confirm(actor, second)
    assert undo(to_undo, HOUR) is Undone.RESTORED
    assert email_of(actor) == OLD
    assert undo(of_thief, HOUR) is Undone.NO_SUCH_LINK
    assert email_of(actor) == OLD


def test_a_thiefs_link_undoes_nothing_that_came_after_he_was_out() -> None:
    actor = somebody()
    first, to_undo = asked(actor)
    confirm(actor, first)
    _, of_thief = asked(actor, THIRD)
    undo(to_undo)
    again, _ = asked(actor, "fay@fourth.example.org")
    assert undo(of_thief) is Undone.NO_SUCH_LINK
    assert confirm(actor, again)


def test_a_thief_who_asks_again_and_again_leaves_every_warning_good() -> None:
    actor = somebody()
    _, first_warning = asked(actor)
    second, _ = asked(actor, THIRD)
    confirm(actor, second)
    assert undo(first_warning, HOUR) is Undone.RESTORED
    assert email_of(actor) == OLD


def test_a_link_undoes_nothing_that_came_before_it() -> None:
    actor = somebody()
    first, _ = asked(actor)
    confirm(actor, first)
    second, to_undo_second = asked(actor, THIRD)
    confirm(actor, second)
    assert undo(to_undo_second) is Undone.RESTORED
    assert email_of(actor) == NEW


def test_another_accounts_change_is_out_of_reach() -> None:
    owner, other = somebody(), somebody("ray.desk", "ray@example.org")
    _, to_undo = asked(owner)
    secret, _ = asked(other, "ray@new.example.org")
    confirm(other, secret)
    assert undo(to_undo) is Undone.CANCELLED
    assert email_of(other) == "ray@new.example.org"


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        (Account(proven_lately=False), Reason.CONFIRMATION_REQUIRED),
        (Account(state=AccountState.PENDING), Reason.ACCOUNT_PENDING),
        (Account(state=AccountState.INVITED), Reason.ACCOUNT_NOT_ACTIVATED),
        (Account(terms_accepted=False), Reason.TERMS_NOT_ACCEPTED),
    ],
    ids=["not lately", "pending", "invited", "terms"],
)
def test_an_open_session_alone_asks_for_no_change(account: Account, reason: Reason) -> None:
    actor = somebody(account=account)
    with pytest.raises(NotPermitted) as refused:
        ask(actor)
    assert refused.value.decision.reasons == (reason,)
    assert mails() == []
    assert last_use().outcome == "denied"


def test_the_audit_names_acts_and_neither_address() -> None:
    actor = somebody()
    to_confirm, to_undo = asked(actor)
    confirm(actor, to_confirm)
    undo(to_undo)
    uses = list(apps.get_model("audit", "Entry").objects.order_by("pk"))[-3:]
    assert [(use.function, use.conclusion) for use in uses] == [
        ("own_credentials", "address_asked"),
        ("own_account", "address_confirmed"),
        ("sign_in", "address_restored"),
    ]
    subjects = [(each.kind, each.identifier) for each in uses[-1].subjects.order_by("pk")]
    assert set(subjects) == {("user", str(actor.user_id))}
    written = [str(vars(use)) for use in uses]
    assert [text for text in written if "example.org" in text] == []


def test_the_database_refuses_two_changes_that_wait() -> None:
    actor = somebody()
    ask(actor)
    row = models.AddressChange.objects.get()
    row.pk, row.confirm_index, row.cancel_index = None, b"c" * 16, b"d" * 16
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


# ---------------------------------------------------------------- all at once


@pytest.mark.django_db(transaction=True)
def test_of_several_asked_for_at_once_one_waits() -> None:
    actor = somebody()

    def asks(number: int) -> Callable[[], Asked]:
        return lambda: ask(actor, f"fay{number}@new.example.org")

    assert together([asks(number) for number in range(4)]) == [Asked.ASKED] * 4
    waiting = models.AddressChange.objects.filter(confirmed_at=None, cancelled_at=None)
    assert waiting.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_link_used_at_once_works_once() -> None:
    actor = somebody()
    to_confirm, to_undo = asked(actor)
    assert sorted(together([lambda: confirm(actor, to_confirm)] * 4)) == [False, False, False, True]
    outcomes = together([lambda: undo(to_undo)] * 4)
    assert sorted(outcomes) == [*[Undone.NO_SUCH_LINK] * 3, Undone.RESTORED]
    assert (email_of(actor), epoch_of(actor)) == (OLD, 2)


@pytest.mark.django_db(transaction=True)
def test_confirmed_and_undone_at_once_the_old_mailbox_has_the_last_word() -> None:
    actor = somebody()
    to_confirm, to_undo = asked(actor)
    together([lambda: confirm(actor, to_confirm), lambda: undo(to_undo) is Undone.RESTORED])
    assert email_of(actor) == OLD


def test_an_instant_is_said_in_the_plans_time_zone(settings: Any) -> None:
    settings.PLAN_TIME_ZONE = "America/New_York"
    actor = somebody()
    ask(actor)
    assert mails()[0][2]["expires_at"] == "03/13/2026 01:00 PM EDT"


def test_nothing_waits_once_a_day_has_gone_by() -> None:
    actor = somebody()
    ask(actor)
    ends: datetime = actors.NOW + 24 * HOUR
    assert addresses.pending(actor.user_id or 0, at=ends - A_MOMENT) is not None
    assert addresses.pending(actor.user_id or 0, at=ends) is None
