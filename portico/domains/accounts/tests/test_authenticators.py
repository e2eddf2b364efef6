"""Setting up one's own authenticator, and that nobody sets up another's."""

from dataclasses import replace

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import authenticators, factors
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Account, Actor
from portico.domains.permits.permit import NotPermitted
from portico.shared import vault
from tests.support import actors

pytestmark = pytest.mark.django_db
NEW_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def signed_in(user: models.User, *, passed: bool) -> Actor:
    return actors.front_desk(user_id=user.pk, account=Account(second_factor=passed))


def confirm(actor: Actor, secret: str = NEW_SECRET, code: str | None = None) -> bool:
    shown = factors.code_at(secret, actor.asked_at) if code is None else code
    return authenticators.confirm(actor=actor, secret=secret, code=shown) is not None


def test_a_first_authenticator_is_kept_once_its_code_proves_it() -> None:
    user = people.make()
    assert confirm(signed_in(user, passed=False))
    assert factors.has_authenticator(user.pk)


def test_the_code_that_proved_it_is_spent() -> None:
    user = people.make()
    confirm(signed_in(user, passed=False))
    assert not factors.spend(user.pk, factors.code_at(NEW_SECRET, people.NOW), at=people.NOW)


def test_a_wrong_code_keeps_nothing() -> None:
    user = people.make()
    assert not confirm(signed_in(user, passed=False), code="000000")
    assert not factors.has_authenticator(user.pk)


def test_whoever_has_one_and_did_not_pass_it_cannot_replace_it() -> None:
    user = people.make(secret=people.SECRET)
    assert not confirm(signed_in(user, passed=False))
    assert factors.spend(user.pk, factors.code_at(people.SECRET, people.NOW), at=people.NOW)


def test_whoever_passed_it_may_replace_it() -> None:
    user = people.make(secret=people.SECRET)
    assert confirm(signed_in(user, passed=True))
    assert not factors.spend(user.pk, factors.code_at(people.SECRET, people.NOW), at=people.NOW)


def test_it_is_set_up_for_oneself_alone() -> None:
    user, other = people.make(), people.make("other", secret=people.SECRET)
    confirm(signed_in(user, passed=False))
    assert factors.spend(other.pk, factors.code_at(people.SECRET, people.NOW), at=people.NOW)


@pytest.mark.parametrize("actor", [actors.visitor(), actors.system()], ids=["visitor", "system"])
def test_who_has_no_account_sets_up_none(actor: Actor) -> None:
    with pytest.raises(NotPermitted):
        confirm(replace(actor, user_id=None))


def test_a_proposal_is_sealed_and_opens_for_its_own_user_alone() -> None:
    mine, other = (signed_in(people.make(name), passed=False) for name in (people.NAME, "other"))
    proposal = authenticators.propose(actor=mine)
    secret = authenticators.proposed(actor=mine, proposal=proposal)
    assert confirm(mine, secret)
    assert secret not in proposal
    with pytest.raises(vault.CannotOpen):
        authenticators.proposed(actor=other, proposal=proposal)
