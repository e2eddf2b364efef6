"""What a person takes home of what accounts keep: all of it, nobody else's, nothing that opens anything."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import models as fields

from portico.domains.accounts import models
from portico.domains.accounts.own import own_data
from portico.domains.accounts.tests import people
from portico.domains.notifications import notices
from portico.domains.permits.actors import Account, Actor
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors

pytestmark = pytest.mark.django_db
CANARY = "canary"
AT = actors.NOW
OPENS = (
    "secret",
    "index",
    "password",
    "answer",
    "question",
    "credential",
    "handle",
    "sealed",
    "key",
    "epoch",
)


def somebody(username: str = people.NAME, **account: Any) -> Actor:
    return actors.front_desk(user_id=people.make(username).pk, account=Account(**account))


def kept(actor: Actor) -> Any:
    return json.loads(json.dumps(own_data.kept(actor=actor), default=str))


def fill(user_id: int, mark: str) -> None:
    """A row in every table that hangs on the user; what opens something holds the canary."""
    user = models.User.objects.get(pk=user_id)
    user.factors.create(kind="totp", secret_sealed=CANARY.encode(), created_at=AT)
    user.passkeys.create(
        credential_id=f"{CANARY}{mark}".encode(),
        credential=CANARY.encode(),
        name=f"{mark} key",
        created_at=AT,
    )
    user.recovery_codes.create(code_index=CANARY.encode(), made_at=AT)
    user.devices.create(
        device_index=CANARY.encode(), epoch=1, name=f"{mark} browser", first_at=AT, last_at=AT
    )
    user.acceptances.create(version=f"{mark} terms", digest="d", at=AT, address="192.0.2.7")
    index = f"{CANARY}{mark}".encode()
    user.address_changes.create(
        email=f"{mark}@new.example.org",
        confirm_index=index,
        cancel_index=index,
        asked_at=AT,
        expires_at=AT,
    )
    user.drafts.create(persona=1, form=f"{mark} form", sealed=CANARY.encode(), saved_at=AT)
    models.Session.objects.create(
        session_key=f"{CANARY}{mark}",
        session_data=CANARY,
        expire_date=AT,
        user=user,
        started_at=AT,
        browser=f"{mark} on Windows",
    )
    user.invitations.create(
        kind="link", secret_index=index, made_at=AT, expires_at=AT, ended_at=AT, ending="finished"
    )
    user.reset_links.create(secret_index=index, made_at=AT, expires_at=AT)
    models.RecoveryQuestion.objects.create(user=user, question=CANARY, answer=CANARY, set_at=AT)
    user.factor_resets.create(why=f"{mark} lost it", asked_by=1, asked_at=AT)
    proof = models.Proof.objects.create(user=user, prover="documents", asked_at=AT, code_index=index)
    proof.documents.create(
        kind="licence",
        name=f"{mark}.pdf",
        content_type="application/pdf",
        size=1,
        sealed=CANARY.encode(),
        sent_at=AT,
    )
    provider, _ = models.IdentityProvider.objects.get_or_create(
        slug="clinic", name="Clinic", kind="saml", made_at=AT, secret_sealed=CANARY.encode()
    )
    models.OutsideIdentity.objects.create(
        provider=provider, subject=f"{mark} there", user=user, first_at=AT, last_at=AT
    )
    notices.tell_user(user_id=user_id, kind=f"{mark} notice", context={"reference": "R"}, now=AT)


def test_every_table_that_hangs_on_a_user_is_in_it() -> None:
    actor = somebody()
    fill(actor.user_id or 0, "mine")
    found = kept(actor)
    empty = [name for name, section in found.items() if not section]
    assert empty == []
    hanging = [
        each.related_model.__name__
        for each in models.User._meta.get_fields(include_hidden=True)
        if isinstance(each, fields.ManyToOneRel | fields.OneToOneRel)
        and each.related_model._meta.app_label == "accounts"
    ]
    # The profile and notices hang on no user; a document hangs on its proof.
    assert len(found) == len(set(hanging)) + 3


def test_the_words_of_whoever_asked_for_a_reset_stay_behind() -> None:
    actor = somebody()
    fill(actor.user_id or 0, "mine")
    [reset] = kept(actor)["factor_resets"]
    assert set(reset) == {"asked_at", "decided_at", "is_approved"}
    assert "lost it" not in json.dumps(kept(actor))


def test_it_names_ones_own_things_and_nobody_elses() -> None:
    actor, other = somebody(), somebody("ray.desk")
    fill(actor.user_id or 0, "mine")
    fill(other.user_id or 0, "theirs")
    said = json.dumps(kept(actor))
    for mine in ("mine key", "mine browser", "mine terms", "mine form", "mine on Windows", "mine notice"):
        assert mine in said
    assert "theirs" not in said
    assert "ray.desk" not in said


def test_nothing_that_opens_anything_is_in_it() -> None:
    actor = somebody()
    fill(actor.user_id or 0, "mine")
    user = models.User.objects.get(pk=actor.user_id or 0)
    found = kept(actor)
    said = json.dumps(found)
    assert CANARY not in said
    assert user.password not in said
    names = {name for section in found.values() for row in _rows(section) for name in row}
    suspicious = {name for name in names if any(word in name for word in OPENS)}
    assert suspicious == {"password_set_at"}


def _rows(section: Any) -> list[dict[str, Any]]:
    return [section] if isinstance(section, dict) else section


def test_a_confirmed_change_of_address_names_the_address_it_replaced() -> None:
    actor = somebody()
    fill(actor.user_id or 0, "mine")
    assert kept(actor)["mail_address_changes"][0]["asked_for"] == "mine@new.example.org"
    models.AddressChange.objects.update(confirmed_at=AT, email="mine@old.example.org")
    assert kept(actor)["mail_address_changes"][0]["replaced"] == "mine@old.example.org"


def test_many_notices_are_all_in_it() -> None:
    actor = somebody()
    for number in range(501):
        notices.tell_user(user_id=actor.user_id or 0, kind=f"n{number}", context={}, now=AT)
    assert len(kept(actor)["notices"]) == 501


def test_the_audit_says_that_it_was_given() -> None:
    actor = somebody()
    own_data.kept(actor=actor)
    use: Any = apps.get_model("audit", "Entry").objects.order_by("pk").last()
    assert (use.function, use.conclusion) == ("own_account", "own_data_given")
    assert [(each.kind, each.identifier) for each in use.subjects.order_by("pk")] == [
        ("user", str(actor.user_id))
    ]


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (actors.front_desk(account=Account(proven_lately=False)), Reason.CONFIRMATION_REQUIRED),
        (actors.visitor(), Reason.NOT_SIGNED_IN),
        (actors.front_desk(account=Account(audience="broker")), Reason.WRONG_AUDIENCE),
    ],
    ids=["not lately", "visitor", "another audience"],
)
def test_an_open_session_alone_takes_nothing_home(actor: Actor, reason: Reason) -> None:
    with pytest.raises(NotPermitted) as refused:
        own_data.kept(actor=actor)
    assert refused.value.decision.reasons == (reason,)
