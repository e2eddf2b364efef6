"""Changing one's own factors: who may, what a new passkey must show, what stays, and who is told."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from fido2.utils import websafe_decode, websafe_encode

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import (
    authenticators,
    factors,
    own_factors,
    own_passkeys,
    recovery_codes,
)
from portico.domains.accounts.second_factors.own_factors import Change, Removal
from portico.domains.accounts.second_factors.passkeys import Asked
from portico.domains.accounts.signing_in import known_devices, sign_in
from portico.domains.accounts.signing_in.known_devices import Browser
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit
from portico.domains.permits.reasons import Reason
from tests.support import actors, with_passkeys
from tests.support.soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db
NEW_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
EMAIL = "fay@example.org"
HERE, THERE = "this-session", "that-session"


def owner(user: models.User, **account: Any) -> Actor:
    return actors.front_desk(user_id=user.pk, account=Account(**account))


@pytest.fixture
def user() -> models.User:
    made = people.make()
    models.User.objects.update(email=EMAIL)
    return made


def set_up_authenticator(actor: Actor, *, secret: str = NEW_SECRET) -> int | None:
    code = factors.code_at(secret, actor.asked_at)
    return authenticators.confirm(actor=actor, secret=secret, code=code)


def open_sessions(user: models.User) -> None:
    for key in (HERE, THERE):
        models.Session.objects.create(session_key=key, user=user, expire_date=people.instant(60))


def sessions() -> set[str]:
    return set(models.Session.objects.values_list("session_key", flat=True))


def uses() -> list[str]:
    return list(apps.get_model("audit", "Entry").objects.order_by("pk").values_list("conclusion", flat=True))


def mails() -> list[tuple[str, str]]:
    kept = apps.get_model("notifications", "Message").objects.order_by("pk")
    return [(each.template, each.context.get("kind", "")) for each in kept]


def notices() -> list[str]:
    return list(
        apps.get_model("notifications", "Notice").objects.order_by("pk").values_list("kind", flat=True)
    )


def only() -> models.Passkey:
    return models.Passkey.objects.get()


def test_a_passkey_is_kept_as_its_device_showed_it(user: models.User) -> None:
    key = with_passkeys.add(owner(user), SoftPasskey(is_backed_up=True, counter=7), name="Telephone")
    row = only()
    assert (row.user_id, bytes(row.credential_id), row.name) == (user.pk, key.id, "Telephone")
    assert (row.is_backed_up, row.sign_count, row.created_at) == (True, 7, people.NOW)
    assert row.transports == ["internal", "hybrid"]
    assert uses()[-1] == "passkey_added"


def test_what_is_asked_for_is_kept_by_the_device_and_verifies_the_person(user: models.User) -> None:
    asked = with_passkeys.asked_for_new(owner(user)).options["publicKey"]
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["attestation"] == "none"
    assert asked["rp"]["id"] == "localhost"
    assert (asked["user"]["name"], asked["user"]["displayName"]) == (people.NAME, "Fay Desk")
    assert [each["alg"] for each in asked["pubKeyCredParams"]] == [-7, -8, -257]


def test_a_users_handle_is_random_and_stays(user: models.User) -> None:
    handles = [with_passkeys.asked_for_new(owner(user)).options["publicKey"]["user"]["id"] for _ in range(2)]
    other = with_passkeys.asked_for_new(owner(people.make("other"))).options["publicKey"]["user"]["id"]
    assert handles[0] == handles[1] != other
    assert len(websafe_decode(handles[0])) == 32


def test_passkeys_one_has_are_not_asked_for_again(user: models.User) -> None:
    key = with_passkeys.add(owner(user))
    with_passkeys.add(owner(people.make("other")))
    excluded = with_passkeys.asked_for_new(owner(user)).options["publicKey"]["excludeCredentials"]
    assert [websafe_decode(each["id"]) for each in excluded] == [key.id]


def lies(**said: Any) -> SoftPasskey:
    return SoftPasskey(**said)


@pytest.mark.parametrize(
    "key",
    [
        lies(origin="http://localhost:8001"),
        lies(origin="https://portal.example.net"),
        lies(site="portal.example.net"),
        lies(is_verified=False),
        lies(cross_origin=True),
        lies(id=b""),
        lies(id=b"x" * 1024),
    ],
    ids=["other port", "other host", "other site", "person not verified", "from a frame", "no id", "long id"],
)
def test_a_passkey_that_is_not_as_it_was_asked_for_is_not_kept(user: models.User, key: SoftPasskey) -> None:
    asked = with_passkeys.asked_for_new(owner(user))
    reply = key.create(with_passkeys.options_of(asked))
    assert added(user, asked, reply) is Change.NOT_SHOWN
    assert not models.Passkey.objects.exists()
    assert uses()[-1] == "not_shown"
    assert not mails()


def added(user: models.User, asked: Asked, reply: str) -> Change:
    return own_passkeys.add(actor=owner(user), challenge=asked.challenge, reply=reply, name="Telephone")


@pytest.mark.parametrize(
    "changes",
    [
        {"attestationObject": websafe_encode(b"\xa0")},
        {"clientDataJSON": websafe_encode(b"{}")},
        {"transports": 7},
    ],
    ids=["no statement", "empty", "transports"],
)
def test_broken_answers_keep_nothing(user: models.User, changes: dict[str, Any]) -> None:
    asked = with_passkeys.asked_for_new(owner(user))
    reply = SoftPasskey().create(with_passkeys.options_of(asked), **changes)
    assert added(user, asked, reply) is Change.NOT_SHOWN


def test_ways_to_be_reached_that_nobody_knows_are_dropped(user: models.User) -> None:
    asked = with_passkeys.asked_for_new(owner(user))
    reply = SoftPasskey().create(with_passkeys.options_of(asked), transports=["usb", "pigeon"])
    assert added(user, asked, reply) is Change.DONE
    assert only().transports == ["usb"]


def test_a_question_for_a_new_passkey_is_answered_once(user: models.User) -> None:
    asked = with_passkeys.asked_for_new(owner(user))
    replies = [SoftPasskey().create(with_passkeys.options_of(asked)) for _ in range(2)]
    assert [added(user, asked, reply) for reply in replies] == [Change.DONE, Change.NOT_SHOWN]


def test_anothers_question_is_not_answered(user: models.User) -> None:
    asked = with_passkeys.asked_for_new(owner(people.make("other")))
    reply = SoftPasskey().create(with_passkeys.options_of(asked))
    assert added(user, asked, reply) is Change.NOT_SHOWN


def test_a_question_waits_five_minutes(user: models.User) -> None:
    asked = with_passkeys.asked_for_new(owner(user))
    reply = SoftPasskey().create(with_passkeys.options_of(asked))
    later = replace(owner(user), asked_at=people.instant(5))
    late = own_passkeys.add(actor=later, challenge=asked.challenge, reply=reply, name="Telephone")
    assert late is Change.NOT_SHOWN


def test_a_passkey_belongs_to_one_user(user: models.User) -> None:
    key = with_passkeys.add(owner(people.make("other")))
    asked = with_passkeys.asked_for_new(owner(user))
    assert added(user, asked, key.create(with_passkeys.options_of(asked))) is Change.NOT_SHOWN
    assert only().user.username == "other"


def test_ten_passkeys_are_enough(user: models.User) -> None:
    asked = with_passkeys.asked_for_new(owner(user))
    for number in range(10):
        with_passkeys.add(owner(user), name=f"Key {number}")
    assert own_passkeys.propose(actor=owner(user)) is Change.TOO_MANY
    reply = SoftPasskey().create(with_passkeys.options_of(asked))
    assert added(user, asked, reply) is Change.TOO_MANY
    assert models.Passkey.objects.count() == 10


def test_a_name_is_the_persons_and_can_be_changed(user: models.User) -> None:
    with_passkeys.add(owner(user), name="T" * 80)
    assert only().name == "T" * 60
    changed = own_passkeys.rename(actor=owner(user), passkey_id=only().pk, name="Work key")
    assert (changed, only().name, uses()[-1]) == (Change.DONE, "Work key", "passkey_renamed")
    shown = own_passkeys.one(actor=owner(user), passkey_id=only().pk)
    assert shown is not None
    assert (shown.name, shown.last_used_at) == ("Work key", None)


def test_the_last_factor_stays(user: models.User) -> None:
    with_passkeys.add(owner(user))
    kept = own_passkeys.remove(actor=owner(user), passkey_id=only().pk)
    assert (kept, uses()[-1]) == (Removal(Change.LAST), "last_factor")
    set_up_authenticator(owner(user))
    assert own_passkeys.remove(actor=owner(user), passkey_id=only().pk).change is Change.DONE
    assert authenticators.remove(actor=owner(user)) == Removal(Change.LAST)
    assert factors.ways(user.pk) == (factors.Way.CODE,)


def test_recovery_codes_are_no_factor_that_could_stay_alone(user: models.User) -> None:
    with_passkeys.add(owner(user))
    recovery_codes.renew(actor=owner(user))
    assert own_passkeys.remove(actor=owner(user), passkey_id=only().pk) == Removal(Change.LAST)


def of_others(user: models.User) -> int:
    with_passkeys.add(owner(people.make("other")))
    return only().pk


def of_nobody(user: models.User) -> int:
    return 10**9


@pytest.mark.parametrize("whose", [of_others, of_nobody], ids=["another's", "nobody's"])
def test_a_passkey_that_is_not_ones_own_is_not_there(
    user: models.User, whose: Callable[[models.User], int]
) -> None:
    number = whose(user)
    set_up_authenticator(owner(user))
    assert own_passkeys.one(actor=owner(user), passkey_id=number) is None
    assert own_passkeys.rename(actor=owner(user), passkey_id=number, name="Mine") is Change.NOT_FOUND
    assert uses()[-1] == "not_found"
    assert own_passkeys.remove(actor=owner(user), passkey_id=number) == Removal(Change.NOT_FOUND)
    assert not models.Passkey.objects.filter(name="Mine").exists()


def test_an_authenticator_that_is_not_there_is_not_removed(user: models.User) -> None:
    with_passkeys.add(owner(user))
    assert authenticators.remove(actor=owner(user)) == Removal(Change.NOT_FOUND)


Act = Callable[[Actor], object]
ACTS: dict[str, Act] = {
    "prepare": lambda actor: own_factors.prepare(actor=actor),
    "propose a passkey": lambda actor: own_passkeys.propose(actor=actor),
    "add a passkey": lambda actor: own_passkeys.add(actor=actor, challenge="", reply="", name=""),
    "rename a passkey": lambda actor: own_passkeys.rename(actor=actor, passkey_id=1, name=""),
    "remove a passkey": lambda actor: own_passkeys.remove(actor=actor, passkey_id=1),
    "set up an authenticator": set_up_authenticator,
    "remove the authenticator": lambda actor: authenticators.remove(actor=actor),
    "make recovery codes": lambda actor: recovery_codes.renew(actor=actor),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_whoever_has_a_factor_and_did_not_pass_it_changes_nothing(user: models.User, act: Act) -> None:
    with_passkeys.add(owner(user))
    ended = act(owner(user, second_factor=False))
    assert ended in (Change.NOT_PASSED, Removal(Change.NOT_PASSED), False, None, ())
    assert uses()[-1] == "not_passed"
    assert models.Passkey.objects.count() == 1
    assert not models.RecoveryCode.objects.exists()


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_change_needs_a_recent_proof(user: models.User, act: Act) -> None:
    with pytest.raises(NotPermitted) as refused:
        act(owner(user, proven_lately=False))
    assert refused.value.decision.reasons == (Reason.CONFIRMATION_REQUIRED,)
    row = apps.get_model("audit", "Entry").objects.latest("pk")
    assert (row.function, row.outcome) == ("own_credentials", "denied")


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_visitor_changes_nothing(act: Act) -> None:
    with pytest.raises(NotPermitted):
        act(actors.visitor())


def test_somebody_invited_sets_up_a_factor_as_a_step_and_is_not_mailed(user: models.User) -> None:
    models.User.objects.update(activated_at=None)
    account = Account(state=AccountState.INVITED, second_factor=False, proven_lately=False)
    invited = replace(owner(user), session_epoch=user.session_epoch, account=account)
    with_passkeys.add(invited)
    assert apps.get_model("audit", "Entry").objects.latest("pk").function == "activation"
    assert (mails(), notices()) == ([], [])


def test_what_one_has_is_told(user: models.User) -> None:
    assert own_factors.held(actor=owner(user)).count == 0
    with_passkeys.add(owner(user))
    set_up_authenticator(owner(user))
    codes = recovery_codes.renew(actor=owner(user))
    with permit(people.visitor(), Function.SIGN_IN) as given:
        recovery_codes.spend(given, user.pk, codes[0])
    held = own_factors.held(actor=owner(user))
    assert ([each.name for each in held.passkeys], held.authenticator_since) == (
        [with_passkeys.NAME],
        people.NOW,
    )
    assert (held.codes_left, held.codes_made_at, held.count, held.may_change) == (9, people.NOW, 2, True)
    assert not own_factors.held(actor=owner(user, second_factor=False)).may_change


def test_every_change_is_told_by_mail_and_notice(user: models.User) -> None:
    with_passkeys.add(owner(user))
    set_up_authenticator(owner(user))
    set_up_authenticator(replace(owner(user), asked_at=people.instant(1)), secret=people.SECRET)
    recovery_codes.renew(actor=owner(user))
    own_passkeys.remove(actor=owner(user), passkey_id=only().pk)
    with_passkeys.add(owner(user))
    authenticators.remove(actor=owner(user))
    kinds = [
        "passkey_added",
        "authenticator_added",
        "authenticator_replaced",
        "recovery_codes_renewed",
        "passkey_removed",
        "passkey_added",
        "authenticator_removed",
    ]
    assert mails() == [("factors_changed", kind) for kind in kinds]
    assert notices() == kinds


def test_who_has_no_address_is_told_by_notice_alone(user: models.User) -> None:
    for email in ("", "no address"):
        models.User.objects.update(email=email)
        with_passkeys.add(owner(user))
    assert (mails(), notices()) == ([], ["passkey_added"] * 2)


def replaced(user: models.User) -> int | None:
    return set_up_authenticator(replace(owner(user), asked_at=people.instant(1)), secret=people.SECRET)


def removed(user: models.User) -> int | None:
    return authenticators.remove(actor=owner(user)).epoch


def passkey_removed(user: models.User) -> int | None:
    return own_passkeys.remove(actor=owner(user), passkey_id=only().pk).epoch


@pytest.mark.parametrize(
    "take_away", [replaced, removed, passkey_removed], ids=["replaced", "removed", "passkey removed"]
)
def test_a_factor_taken_away_ends_every_session_and_one_may_go_on(
    user: models.User, take_away: Callable[[models.User], int | None]
) -> None:
    with_passkeys.add(owner(user))
    set_up_authenticator(owner(user))
    open_sessions(user)
    others = models.Session.objects.create(
        session_key="another's", user=people.make("other"), expire_date=people.instant(60)
    )
    epoch = take_away(user)
    assert sessions() == {others.session_key}
    user.refresh_from_db()
    assert (epoch, user.session_epoch) == (2, 2)


def test_a_browser_stays_known_when_a_factor_is_taken_away(user: models.User) -> None:
    with permit(people.visitor(), Function.SIGN_IN) as given:
        device = known_devices.passed(given, user, None, name="Firefox on Windows")
    with_passkeys.add(owner(user))
    set_up_authenticator(owner(user))
    passkey_removed(user)
    user.refresh_from_db()
    assert known_devices.find(Browser((device,)), user, at=people.NOW) is not None


def test_a_sign_in_half_way_ends_when_a_factor_is_taken_away(user: models.User) -> None:
    with_passkeys.add(owner(user))
    set_up_authenticator(owner(user))
    half = sign_in.with_password(actor=people.visitor(), username=people.NAME, password=people.PASSWORD)
    assert half.outcome is sign_in.Outcome.FACTOR_NEEDED
    passkey_removed(user)
    code = factors.code_at(NEW_SECRET, people.instant(1))
    tried = sign_in.with_code(actor=people.at(1), user_id=user.pk, epoch=half.epoch, code=code)
    assert tried == sign_in.REFUSED


def test_a_factor_added_ends_no_session(user: models.User) -> None:
    open_sessions(user)
    with_passkeys.add(owner(user))
    assert sessions() == {HERE, THERE}


def test_a_change_of_factors_ends_what_remembered_browsers_stand_for(user: models.User) -> None:
    with_passkeys.add(owner(user))
    with permit(people.visitor(), Function.SIGN_IN) as given:
        known_devices.passed(given, user, None, name="Firefox on Windows", remember=True)
    set_up_authenticator(owner(user))
    assert models.KnownDevice.objects.get().trusted_until is None
