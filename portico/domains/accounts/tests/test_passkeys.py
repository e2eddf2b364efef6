"""Signing in with passkeys: alone, as the second step, and every answer that is not as it should be."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from fido2.utils import websafe_decode, websafe_encode

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import passkeys
from portico.domains.accounts.second_factors.passkey_challenges import Purpose
from portico.domains.accounts.signing_in import passkey_sign_in, sign_in
from portico.domains.accounts.signing_in.sign_in import Attempt, Outcome
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors, with_passkeys
from tests.support.soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db
REFUSED = Attempt(Outcome.REFUSED)


def owner(user: models.User) -> Actor:
    return actors.front_desk(user_id=user.pk)


@pytest.fixture
def user() -> models.User:
    return people.make()


@pytest.fixture
def key(user: models.User) -> SoftPasskey:
    return with_passkeys.add(owner(user), SoftPasskey(counter=0))


def alone(key: SoftPasskey, *, minutes: float = 0, **changes: Any) -> Attempt:
    """A sign-in with the passkey alone; the answer comes some minutes after the question."""
    asked = passkey_sign_in.ask(actor=people.visitor())
    reply = key.get(with_passkeys.options_of(asked), **changes)
    return passkey_sign_in.enter(actor=people.at(minutes), challenge=asked.challenge, reply=reply)


def after_password(user: models.User, key: SoftPasskey, *, epoch: int = 1) -> Attempt:
    """The second step with a passkey."""
    asked = passkey_sign_in.ask(actor=people.visitor(), user_id=user.pk)
    reply = key.get(with_passkeys.options_of(asked))
    return passkey_sign_in.enter(
        actor=people.visitor(), user_id=user.pk, epoch=epoch, challenge=asked.challenge, reply=reply
    )


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.latest("pk")


def test_a_passkey_alone_signs_in_as_both_factors(user: models.User, key: SoftPasskey) -> None:
    attempt = alone(key)
    assert (attempt.outcome, attempt.user_id, attempt.epoch) == (Outcome.SIGNED_IN, user.pk, 1)
    assert (attempt.second_factor, attempt.is_proven) == (True, True)
    row = models.Passkey.objects.get()
    assert (row.last_used_at, row.sign_count) == (people.NOW, 1)
    user.refresh_from_db()
    assert user.last_login == people.NOW


def test_the_question_without_a_name_tells_nobodys_passkeys(key: SoftPasskey) -> None:
    asked = passkey_sign_in.ask(actor=people.visitor()).options["publicKey"]
    assert "allowCredentials" not in asked
    assert (asked["rpId"], asked["userVerification"]) == ("localhost", "required")


def test_after_the_password_the_question_names_the_users_own(user: models.User, key: SoftPasskey) -> None:
    with_passkeys.add(owner(people.make("other")))
    asked = passkey_sign_in.ask(actor=people.visitor(), user_id=user.pk).options["publicKey"]
    [allowed] = asked["allowCredentials"]
    assert websafe_decode(allowed["id"]) == key.id
    assert allowed["transports"] == ["internal", "hybrid"]


def test_a_passkey_completes_the_sign_in_after_the_password(user: models.User, key: SoftPasskey) -> None:
    half = sign_in.with_password(actor=people.visitor(), username=people.NAME, password=people.PASSWORD)
    assert half.outcome is Outcome.FACTOR_NEEDED
    attempt = after_password(user, key, epoch=half.epoch)
    assert (attempt.outcome, attempt.second_factor) == (Outcome.SIGNED_IN, True)


def lies(**said: Any) -> Callable[[SoftPasskey], None]:
    def lie(key: SoftPasskey) -> None:
        for name, value in said.items():
            setattr(key, name, value)

    return lie


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        (lies(origin="http://localhost:8001"), "passkey_wrong"),
        (lies(origin="https://localhost:8000"), "passkey_wrong"),
        (lies(origin="https://portal.example.net"), "passkey_wrong"),
        (lies(origin="http://localhost:8000.example.net"), "passkey_wrong"),
        (lies(site="portal.example.net"), "passkey_wrong"),
        (lies(is_verified=False), "passkey_wrong"),
        (lies(cross_origin=True), "passkey_wrong"),
        (lies(handle=b"another's"), "passkey_wrong"),
        (lies(handle=b""), "passkey_wrong"),
        (lies(key=SoftPasskey().key), "passkey_wrong"),
        (lies(id=b"an id nobody has"), "passkey_unknown"),
        (lies(counter=0), "passkey_counter_back"),
    ],
    ids=[
        *("other port", "other scheme", "other host", "host that begins alike", "other site"),
        *(
            "person not verified",
            "from a frame",
            "other owner",
            "no owner",
            "other key",
            "unknown",
            "counter",
        ),
    ],
)
def test_an_answer_that_is_not_as_it_should_be_is_refused_and_the_audit_says_why(
    key: SoftPasskey, lie: Callable[[SoftPasskey], None], code: str
) -> None:
    alone(key)
    lie(key)
    assert alone(key) == REFUSED
    use = last_use()
    assert (use.function, use.outcome, use.conclusion) == ("sign_in", "allowed", code)


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": websafe_encode(b"no signature")},
        {"signature": None},
        {"authenticatorData": websafe_encode(b"short")},
        {"clientDataJSON": websafe_encode(b"{}")},
        {"clientDataJSON": websafe_encode(b"[" * 40_000)},
        {"clientDataJSON": 7},
        {"userHandle": "é"},
    ],
    ids=["signature", "no signature", "short data", "empty", "deep", "a number", "no base64"],
)
def test_broken_answers_are_refused(key: SoftPasskey, changes: dict[str, Any]) -> None:
    assert alone(key, **changes) == REFUSED


@pytest.mark.parametrize(
    "reply",
    ["", "{", "[]", "null", "7", '{"rawId": 1}', "[" * 60_000, "x" * 70_000],
    ids=["empty", "cut", "list", "null", "number", "wrong type", "deep", "long"],
)
def test_what_is_no_answer_at_all_is_refused(user: models.User, reply: str) -> None:
    asked = passkey_sign_in.ask(actor=people.visitor())
    assert passkey_sign_in.enter(actor=people.visitor(), challenge=asked.challenge, reply=reply) == REFUSED


@pytest.mark.parametrize("challenge", ["", "zz", "00", "é"], ids=["empty", "no hex", "short", "no ASCII"])
def test_a_challenge_that_was_never_given_is_refused(key: SoftPasskey, challenge: str) -> None:
    asked = passkey_sign_in.ask(actor=people.visitor())
    reply = key.get(with_passkeys.options_of(asked))
    assert passkey_sign_in.enter(actor=people.visitor(), challenge=challenge, reply=reply) == REFUSED
    assert last_use().conclusion == "passkey_challenge"


def test_a_challenge_is_answered_once(key: SoftPasskey) -> None:
    asked = passkey_sign_in.ask(actor=people.visitor())
    reply = key.get(with_passkeys.options_of(asked))
    tries = [
        passkey_sign_in.enter(actor=people.visitor(), challenge=asked.challenge, reply=reply)
        for _ in range(2)
    ]
    assert [attempt.outcome for attempt in tries] == [Outcome.SIGNED_IN, Outcome.REFUSED]
    assert last_use().conclusion == "passkey_challenge"


def test_a_failed_answer_spends_its_challenge_too(key: SoftPasskey) -> None:
    asked = passkey_sign_in.ask(actor=people.visitor())
    for reply in ("{}", key.get(with_passkeys.options_of(asked))):
        last = passkey_sign_in.enter(actor=people.visitor(), challenge=asked.challenge, reply=reply)
    assert last == REFUSED


@pytest.mark.parametrize(("minutes", "enters"), [(4.99, True), (5, False)], ids=["in time", "late"])
def test_a_challenge_is_answered_within_five_minutes(key: SoftPasskey, minutes: float, enters: bool) -> None:
    assert (alone(key, minutes=minutes).outcome is Outcome.SIGNED_IN) is enters


def test_the_answer_to_one_challenge_is_none_to_another(key: SoftPasskey) -> None:
    first, second = (passkey_sign_in.ask(actor=people.visitor()) for _ in range(2))
    reply = key.get(with_passkeys.options_of(first))
    assert passkey_sign_in.enter(actor=people.visitor(), challenge=second.challenge, reply=reply) == REFUSED


def test_a_challenge_for_one_purpose_is_none_for_another(user: models.User, key: SoftPasskey) -> None:
    with permit(owner(user), Function.OWN_ACCOUNT) as given:
        asked = passkeys.ask(given, Purpose.CONFIRMATION, user_id=user.pk)
    reply = key.get(with_passkeys.options_of(asked))
    assert passkey_sign_in.enter(actor=people.visitor(), challenge=asked.challenge, reply=reply) == REFUSED


def test_spent_challenges_leave_the_table_when_they_would_have_ended(key: SoftPasskey) -> None:
    alone(key)
    assert models.SpentToken.objects.count() == 2  # the one it was added with, and this
    asked = passkey_sign_in.ask(actor=people.at(20))
    passkey_sign_in.enter(actor=people.at(20), challenge=asked.challenge, reply="{}")
    assert models.SpentToken.objects.count() == 1


def test_anothers_passkey_is_no_second_step(user: models.User, key: SoftPasskey) -> None:
    other = people.make("other")
    foreign = with_passkeys.add(owner(other))
    assert after_password(user, foreign) == REFUSED
    assert last_use().conclusion == "passkey_unknown"
    assert after_password(user, key).outcome is Outcome.SIGNED_IN


def test_a_security_key_may_leave_its_owner_out_after_the_password(
    user: models.User, key: SoftPasskey
) -> None:
    key.handle = b""
    assert after_password(user, key).outcome is Outcome.SIGNED_IN


def test_sessions_ended_after_the_password_end_the_second_step(user: models.User, key: SoftPasskey) -> None:
    assert after_password(user, key, epoch=2) == REFUSED


@pytest.mark.parametrize(
    "changes", [{"state": "disabled"}, {"activated_at": None}], ids=["disabled", "not activated"]
)
def test_who_may_not_sign_in_does_not_with_a_passkey(
    user: models.User, key: SoftPasskey, changes: dict[str, Any]
) -> None:
    models.User.objects.update(**changes)
    assert alone(key) == REFUSED
    assert last_use().conclusion == "passkey_refused"


def test_a_passkey_that_counts_nothing_may_go_on_doing_so(user: models.User) -> None:
    synced = with_passkeys.add(owner(user), SoftPasskey(is_backed_up=True))
    assert [alone(synced).outcome for _ in range(2)] == [Outcome.SIGNED_IN] * 2
    assert models.Passkey.objects.get().is_backed_up


def test_a_counter_that_runs_back_is_told_to_the_owner(user: models.User, key: SoftPasskey) -> None:
    models.User.objects.update(email="fay@example.org")
    alone(key)
    key.counter = 1
    assert alone(key) == REFUSED
    message = apps.get_model("notifications", "Message").objects.latest("pk")
    assert (message.to, message.template, message.context["kind"]) == (
        "fay@example.org",
        "factors_changed",
        "passkey_copied",
    )
    assert apps.get_model("notifications", "Notice").objects.latest("pk").kind == "passkey_copied"
    assert models.Passkey.objects.get().sign_count == 1


def test_failed_passkeys_lock_neither_password_nor_code(user: models.User, key: SoftPasskey) -> None:
    broken = SoftPasskey(id=key.id, handle=key.handle)
    assert [alone(broken) for _ in range(12)] == [REFUSED] * 12
    assert not models.Misses.objects.exists()
    assert alone(key).outcome is Outcome.SIGNED_IN


def test_a_sign_in_leaves_one_row_that_names_the_user(user: models.User, key: SoftPasskey) -> None:
    alone(key)
    use = last_use()
    assert (use.conclusion, [(s.kind, s.identifier) for s in use.subjects.order_by("pk")]) == (
        "passkey_signed_in",
        [("user", str(user.pk))],
    )


@pytest.mark.parametrize(
    ("site", "origin", "host"),
    [
        ("https://portal.example.org", "https://portal.example.org", "portal.example.org"),
        ("https://portal.example.org:443", "https://portal.example.org", "portal.example.org"),
        ("https://portal.example.org:8443", "https://portal.example.org:8443", "portal.example.org"),
    ],
    ids=["plain", "port that goes without saying", "port"],
)
def test_the_site_is_the_one_that_is_configured(settings: Any, site: str, origin: str, host: str) -> None:
    settings.SITE = site
    key = with_passkeys.add(owner(people.make()), SoftPasskey(origin=origin))
    assert passkey_sign_in.ask(actor=people.visitor()).options["publicKey"]["rpId"] == host
    assert alone(key).outcome is Outcome.SIGNED_IN


def test_a_challenge_waits_sealed(key: SoftPasskey) -> None:
    asked = passkey_sign_in.ask(actor=people.visitor())
    plain = websafe_decode(asked.options["publicKey"]["challenge"])
    assert plain.hex() not in asked.challenge
    assert len(plain) == 32
    assert json.dumps(with_passkeys.options_of(asked))
    assert repr(asked).count(asked.challenge) == 0


def test_an_hour_later_the_same_passkey_signs_in_again(key: SoftPasskey) -> None:
    alone(key)
    later = people.visitor(timedelta(hours=1))
    asked = passkey_sign_in.ask(actor=later)
    reply = key.get(with_passkeys.options_of(asked))
    attempt = passkey_sign_in.enter(actor=later, challenge=asked.challenge, reply=reply)
    assert attempt.outcome is Outcome.SIGNED_IN
