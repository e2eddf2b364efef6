"""Inviting, again, and ending it: what is refused, what is kept, and what is undone."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.db import IntegrityError, transaction
from pytest_django import Settings

from portico.domains.accounts import models
from portico.domains.accounts.joining.invitations import CannotInvite, Hindrance
from portico.domains.accounts.models import Invitation
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.tests import inviting, people

pytestmark = pytest.mark.django_db
UNDOING = [Invitation.Ending.CANCELLED, Invitation.Ending.NOT_MINE, Invitation.Ending.REPLACED]


def hindrance(user: models.User, **after: float) -> Hindrance:
    with pytest.raises(CannotInvite) as refused:
        inviting.invite_again(user, after=timedelta(**after))
    return refused.value.hindrance


def mails() -> int:
    return apps.get_model("notifications", "Message").objects.count()


def test_an_invited_user_has_no_password_and_is_not_activated() -> None:
    user = inviting.invited()
    assert not user.has_usable_password()
    assert (user.activated_at, user.password_set_at) == (None, None)


def test_an_invitation_lasts_a_day_and_keeps_a_keyed_hash_of_its_secret() -> None:
    inviting.invited()
    kept = inviting.invitation()
    assert kept.expires_at - kept.made_at == timedelta(hours=24)
    assert (kept.kind, kept.office_id) == ("temporary_password", inviting.OFFICE)
    secret = inviting.mailed().replace("-", "")
    expected = configured.PORTICO_VAULT.index(secret, purpose="temporary password")
    assert bytes(kept.secret_index) == expected


def test_the_plan_may_choose_links(settings: Settings) -> None:
    settings.FIRST_SIGN_IN, settings.SITE = "link", "https://portal.example.org"
    inviting.invited()
    kept, link = inviting.invitation(), inviting.mailed()
    assert link.startswith("https://portal.example.org/activate/?t=")
    assert kept.kind == "link"
    expected = configured.PORTICO_VAULT.index(inviting.token(link), purpose="activation link")
    assert bytes(kept.secret_index) == expected


def test_the_secret_stands_nowhere_in_the_database() -> None:
    inviting.invited()
    secret = inviting.mailed()
    everything = " ".join(str(row) for model in apps.get_models() for row in model._default_manager.values())
    assert inviting.EMAIL in everything
    assert secret not in everything
    assert secret.replace("-", "") not in everything


def test_the_second_invitation_replaces_the_first() -> None:
    user = inviting.invited()
    inviting.invite_again(user)
    first, second = Invitation.objects.order_by("pk")
    assert (first.ending, first.ended_at) == ("replaced", people.NOW)
    assert (second.ending, second.office_id) == ("", inviting.OFFICE)


@pytest.mark.parametrize("ending", UNDOING)
def test_what_somebody_began_is_undone(ending: Invitation.Ending) -> None:
    user = inviting.invited()
    inviting.half_way(user)
    epoch = models.User.objects.get().session_epoch
    assert inviting.end(user, ending)
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert (user.password_set_at, user.terms_digest) == (None, "")
    assert user.session_epoch == epoch + 1
    assert not factors.has_authenticator(user.pk)
    assert not models.RecoveryCode.objects.exists()
    assert not models.TermsAcceptance.objects.exists()
    assert not models.Session.objects.exists()
    assert inviting.invitation().ending == ending


def test_what_was_begun_is_undone_too_when_the_invitation_had_ended_before() -> None:
    user = inviting.invited()
    inviting.half_way(user)
    Invitation.objects.update(ended_at=people.NOW, ending="misses")
    inviting.invite_again(user)
    user.refresh_from_db()
    assert not user.has_usable_password()


@pytest.mark.parametrize("ending", [*UNDOING, Invitation.Ending.FINISHED])
def test_an_account_that_is_open_is_never_undone(ending: Invitation.Ending) -> None:
    user = inviting.invited()
    inviting.half_way(user)
    models.User.objects.update(activated_at=people.NOW)
    inviting.end(user, ending)
    user.refresh_from_db()
    assert user.has_usable_password()
    assert factors.has_authenticator(user.pk)


def test_a_finished_invitation_leaves_all_as_it_is() -> None:
    user = inviting.invited()
    inviting.half_way(user)
    assert inviting.end(user, Invitation.Ending.FINISHED)
    assert not inviting.end(user, Invitation.Ending.FINISHED)
    user.refresh_from_db()
    assert user.has_usable_password()


def test_five_invitations_a_day_are_enough() -> None:
    user = inviting.invited()
    for _ in range(4):
        inviting.invite_again(user)
    assert hindrance(user) is Hindrance.TOO_MANY_TODAY
    assert hindrance(user, hours=23, minutes=59) is Hindrance.TOO_MANY_TODAY
    assert mails() == 5
    inviting.invite_again(user, after=timedelta(hours=24))
    assert mails() == 6


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"activated_at": people.NOW}, Hindrance.ACTIVATED),
        ({"state": "disabled"}, Hindrance.DISABLED),
        ({"email": ""}, Hindrance.NO_MAIL_ADDRESS),
        ({"email": "fay at lakeside"}, Hindrance.NO_MAIL_ADDRESS),
    ],
    ids=["activated", "disabled", "no address", "one that is none"],
)
def test_some_cannot_be_invited(changes: dict[str, Any], expected: Hindrance) -> None:
    user = inviting.invited()
    models.User.objects.filter(pk=user.pk).update(**changes)
    assert hindrance(user) is expected
    assert (Invitation.objects.count(), inviting.invitation().ended_at) == (1, None)


def test_the_database_refuses_two_open_invitations_and_an_end_that_says_nothing() -> None:
    user = inviting.invited()
    for changes in ({"ended_at": people.NOW}, {"ending": "misses"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            user=user, kind="link", secret_index=b"x" * 16, made_at=people.NOW, expires_at=people.NOW
        )
