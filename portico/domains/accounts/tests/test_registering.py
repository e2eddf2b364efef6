"""Accounts that people open themselves: what they begin with, and that only a registration opens one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.accounts import models, users
from portico.domains.accounts.coming_back import reminders
from portico.domains.accounts.joining import registering
from portico.domains.accounts.joining.registering import MayNotVerify, Registered, Registrant
from portico.domains.accounts.joining.terms import Acceptance
from portico.domains.accounts.own import addresses
from portico.domains.accounts.own.addresses import Links, Pending
from portico.domains.accounts.signing_in import misses, sign_in
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.accounts.tests import coming_back, people
from portico.domains.accounts.users import BadUsername, UsernameTaken
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors

pytestmark = pytest.mark.django_db
NOW = people.NOW
LINKS = Links("https://portal.test/c?t=", "https://portal.test/u?t=")
OLD, NEW = (
    Acceptance("2025-01", "a" * 64, NOW, "203.0.113.7"),
    Acceptance("2026-01", "b" * 64, NOW, ""),
)
IRIS = Registrant(
    username="Iris.Lin",
    encoded="",
    first_name="Iris",
    last_name="Lin",
    is_mail_read=True,
    email="iris@home.example",
    telephone="(530) 555-0100",
    proven_by="provider_file",
)


def register(function: Function = Function.REGISTRATION, **changes: Any) -> Registered:
    """Iris opens an account."""
    from portico.domains.accounts.credentials import passwords

    encoded = passwords.encoded(people.PASSWORD, username="iris.lin", has_factor=False)
    new = replace(IRIS, **{"encoded": encoded, **changes})
    actor = people.visitor() if function is Function.REGISTRATION else actors.system()
    with permit(actor, function) as given:
        return registering.register(given, new)


def test_the_account_is_active_at_once_and_signs_in() -> None:
    made = register()
    user = models.User.objects.get(pk=made.user_id)
    assert (user.state, user.activated_at, user.password_set_at, user.audience) == (
        "active",
        NOW,
        NOW,
        "provider",
    )
    assert (user.username, user.telephone, user.email) == ("Iris.Lin", "(530) 555-0100", "iris@home.example")
    attempt = sign_in.with_password(
        actor=people.visitor(), username="iris.lin", password=people.PASSWORD, address="203.0.113.7"
    )
    assert (attempt.outcome, attempt.user_id) == (Outcome.SIGNED_IN, made.user_id)
    assert made.epoch == user.session_epoch


@pytest.mark.parametrize("prover", registering.PROVES)
def test_the_proof_is_what_the_registration_stands_for(prover: str) -> None:
    made = register(proven_by=prover)
    assert models.User.objects.get(pk=made.user_id).proofs == {prover: NOW.isoformat()}


@pytest.mark.parametrize("prover", ["", "contact", "documents", "openid_connect"])
def test_a_registration_stands_for_no_other_proof(prover: str) -> None:
    with pytest.raises(MayNotVerify):
        register(proven_by=prover)


def test_nobody_opens_an_account_outside_a_registration() -> None:
    with pytest.raises(MayNotVerify):
        register(Function.PROVISIONING)
    assert not models.User.objects.exists()


def test_terms_are_kept_and_the_latest_is_what_was_agreed_to() -> None:
    made = register(agreements=(OLD, NEW))
    user = models.User.objects.get(pk=made.user_id)
    kept = user.acceptances.order_by("version").values_list("version", "digest", "at", "address")
    assert list(kept) == [
        (OLD.version, OLD.digest, NOW, OLD.address),
        (NEW.version, NEW.digest, NOW, None),
    ]
    assert user.terms_digest == NEW.digest


@pytest.mark.parametrize("name", ["iris.lin", "IRIS.LIN"])
def test_a_name_is_taken_in_any_case(name: str) -> None:
    assert not registering.is_taken(name)
    register()
    assert registering.is_taken(name)
    with pytest.raises(UsernameTaken):
        register(username=name)


@pytest.mark.parametrize("name", ["", "i", "iris lin", "íris"])
def test_what_can_be_no_username_is_refused(name: str) -> None:
    with pytest.raises(BadUsername):
        register(username=name)


def test_misses_of_the_name_before_it_was_anybodys_are_forgotten() -> None:
    sign_in.with_password(actor=people.visitor(), username="iris.lin", password="wrong")
    register()
    assert misses.standing(misses.index(Step.PASSWORD, "iris.lin")).count == 0


def test_who_opens_the_account_is_not_said_to_have_been_invited() -> None:
    register()
    assert not apps.get_model("accounts", "Invitation").objects.exists()
    assert not apps.get_model("notifications", "Message").objects.exists()


def test_the_password_is_shown_nowhere() -> None:
    assert "secret" not in repr(replace(IRIS, encoded="secret"))
    assert users.VOUCHED in registering.PROVES


def test_an_address_nobody_has_read_a_mail_at_is_not_the_accounts_yet() -> None:
    made = register(is_mail_read=False)
    assert models.User.objects.get(pk=made.user_id).email == ""
    waits = addresses.pending(made.user_id, at=NOW)
    assert waits == Pending(IRIS.email, NOW, NOW + timedelta(hours=24))
    [(to, template, facts)] = coming_back.mails()
    assert (to, template, set(facts)) == (IRIS.email, "address_first", {"link", "expires_at"})


@pytest.mark.parametrize("is_mail_read", [True, False], ids=["read", "not_read"])
def test_nothing_that_lets_somebody_in_is_mailed_to_an_address_nobody_confirmed(
    *, is_mail_read: bool
) -> None:
    register(is_mail_read=is_mail_read)
    coming_back.mails()
    coming_back.asked(IRIS.username)
    reminders.ask(actor=people.visitor(), email=IRIS.email, address=coming_back.ADDRESS)
    coming_back.work()
    mailed = sorted(template for _, template, _ in coming_back.mails())
    assert mailed == (["password_reset", "usernames"] if is_mail_read else [])


def test_the_link_and_the_account_together_make_it_the_accounts() -> None:
    made = register(is_mail_read=False)
    [(_, _, facts)] = coming_back.mails()
    secret = str(facts["link"]).partition("?t=")[2]
    others = people.make("somebody.else")
    assert not addresses.confirm(actor=actors.front_desk(user_id=others.pk), secret=secret, links=LINKS)
    owner = actors.front_desk(user_id=made.user_id)
    assert addresses.confirm(actor=owner, secret=secret, links=LINKS)
    assert models.User.objects.get(pk=made.user_id).email == IRIS.email
    assert coming_back.mails() == []  # there is no address before it that could be told
    coming_back.asked(IRIS.username)
    coming_back.work()
    assert [(to, template) for to, template, _ in coming_back.mails()] == [(IRIS.email, "password_reset")]


def test_an_address_that_was_never_confirmed_makes_room_for_another() -> None:
    made = register(is_mail_read=False)
    owner = actors.front_desk(user_id=made.user_id)
    assert addresses.ask(actor=owner, email="iris@work.example", links=LINKS) is addresses.Asked.ASKED
    waits = addresses.pending(made.user_id, at=NOW)
    assert waits is not None
    assert waits.email == "iris@work.example"
    assert models.User.objects.get(pk=made.user_id).email == ""
