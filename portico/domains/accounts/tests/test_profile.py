"""One's own profile: what it shows, what is changed of it and what never, and who is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.accounts import models
from portico.domains.accounts.joining import terms
from portico.domains.accounts.own import addresses, profile
from portico.domains.accounts.own.addresses import Links
from portico.domains.accounts.own.profile import BadDetails, Details, SigningIn
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from portico.domains.plan import terms as plan_terms
from tests.support import actors

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FAY = Details("Fay", "Desk")


def somebody(username: str = people.NAME, **account: Any) -> Actor:
    user = people.make(username)
    models.User.objects.filter(pk=user.pk).update(email="fay@example.org")
    return actors.front_desk(user_id=user.pk, account=Account(**account))


def row(actor: Actor) -> models.User:
    return models.User.objects.get(pk=actor.user_id or 0)


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk").last()


def test_a_new_account_shows_who_it_is_and_that_it_has_a_password_alone() -> None:
    shown = profile.read(actor=somebody())
    assert (shown.username, shown.details, shown.email) == (people.NAME, FAY, "fay@example.org")
    assert (shown.pending, shown.mails_off, shown.acceptances) == (None, frozenset(), ())
    assert shown.signing_in == SigningIn(actors.NOW, None, 0, 0, None, None, (), 0, 0)
    assert shown.proofs == {"desk": actors.NOW}
    assert (last_use().function, last_use().conclusion) == ("own_account", "profile_shown")


def test_all_one_signs_in_with_is_counted_and_nobody_elses() -> None:
    actor, other = somebody(), somebody("ray.desk")
    for owner in (actor, other):
        user = row(owner)
        factors.keep(user.pk, people.SECRET, at=actors.NOW)
        for number, used_at in ((1, None), (2, None), (3, actors.NOW)):
            user.recovery_codes.create(code_index=bytes([number]) * 16, made_at=actors.NOW, used_at=used_at)
        user.passkeys.create(
            credential_id=f"{user.pk}".encode(), credential=b"c", name="Key", created_at=actors.NOW
        )
        models.RecoveryQuestion.objects.create(user=user, question="Q", answer="A", set_at=actors.NOW)
        _sessions(user)
        _devices(user)
    found = profile.read(actor=actor).signing_in
    assert found == SigningIn(actors.NOW, actors.NOW, 1, 2, actors.NOW, actors.NOW, (), 1, 1)


def _sessions(user: models.User) -> None:
    """One open, one idle too long, one over."""
    ends, idle = actors.NOW + HOUR, actors.NOW - HOUR
    for number, (seen_at, expires) in enumerate(((actors.NOW, ends), (idle, ends), (actors.NOW, idle))):
        models.Session.objects.create(
            session_key=f"{user.pk}-{number}", expire_date=expires, user=user, seen_at=seen_at
        )


def _devices(user: models.User) -> None:
    """One known, one forgotten, one of an epoch that is over."""
    known = {"first_at": actors.NOW, "last_at": actors.NOW}
    user.devices.create(device_index=b"1" * 16, epoch=1, **known)
    user.devices.create(device_index=b"2" * 16, epoch=1, forgotten_at=actors.NOW, **known)
    user.devices.create(device_index=b"3" * 16, epoch=0, **known)


def test_providers_that_vouch_for_one_are_named_while_the_plan_trusts_them() -> None:
    actor = somebody()
    for name, closed_at in (("Clinic", None), ("Gone", actors.NOW)):
        provider = models.IdentityProvider.objects.create(
            slug=name.lower(), name=name, kind="saml", made_at=actors.NOW, closed_at=closed_at
        )
        models.OutsideIdentity.objects.create(
            provider=provider,
            subject="s",
            user_id=actor.user_id,
            first_at=actors.NOW,
            last_at=actors.NOW,
        )
    assert profile.read(actor=actor).signing_in.elsewhere == ("Clinic",)


def test_a_pending_address_and_the_terms_agreed_to_are_in_sight() -> None:
    actor = somebody()
    addresses.ask(actor=actor, email="new@example.org", links=Links("c?t=", "u?t="))
    digest = plan_terms.publish(actor=actors.system(), version="1", text="Be careful.").digest
    terms.accept(actor=actor, digest=digest)
    shown = profile.read(actor=actor)
    assert shown.pending is not None
    assert shown.pending.email == "new@example.org"
    assert [each.version for each in shown.acceptances] == ["1"]


def test_what_is_different_is_changed_and_named_in_the_audit_without_what_it_holds() -> None:
    actor = somebody()
    new = Details("Fayette", "Desk", "(530) 555-0193", "", "America/New_York")
    assert profile.change(actor=actor, details=new) == {"first_name", "telephone", "time_zone"}
    kept = Details("Fayette", "Desk", "5305550193", "", "America/New_York")
    assert profile.read(actor=actor).details == kept
    use = apps.get_model("audit", "Entry").objects.order_by("-pk")[1]
    assert use.conclusion == "profile_changed"
    assert [(each.kind, each.identifier) for each in use.subjects.order_by("pk")] == [
        ("profile", "first_name"),
        ("profile", "telephone"),
        ("profile", "time_zone"),
    ]


def test_saving_what_stands_there_changes_nothing() -> None:
    actor = somebody()
    assert profile.change(actor=actor, details=FAY) == frozenset()
    assert last_use().conclusion == "nothing_changed"


def test_nobody_elses_profile_is_changed_and_the_username_never() -> None:
    actor, other = somebody(), somebody("ray.desk")
    profile.change(actor=actor, details=Details("Ann", "Other"))
    assert (row(other).first_name, row(actor).username) == ("Fay", people.NAME)
    assert "username" not in Details.__slots__


@pytest.mark.parametrize(
    ("details", "faults"),
    [
        (Details("", ""), ("first_name", "last_name")),
        (Details("Fay", "R2"), ("last_name",)),
        (Details("Fay", "Desk", telephone="call me"), ("telephone",)),
        (Details("Fay", "Desk", language="tlh"), ("language",)),
        (Details("Fay", "Desk", time_zone="Mars/Olympus"), ("time_zone",)),
        (Details("Fay", "Desk", time_zone="../../etc/passwd"), ("time_zone",)),
    ],
    ids=["no name", "digit", "telephone", "language", "zone", "path"],
)
def test_what_cannot_be_is_refused_and_named(details: Details, faults: tuple[str, ...]) -> None:
    actor = somebody()
    with pytest.raises(BadDetails) as refused:
        profile.change(actor=actor, details=details)
    assert refused.value.faults == faults
    assert profile.read(actor=actor).details == FAY


def test_a_language_is_one_of_those_installed(settings: Any) -> None:
    settings.LANGUAGES = [("en-us", "English"), ("es", "Español")]
    actor = somebody()
    assert profile.languages() == {"en-us": "English", "es": "Español"}
    profile.change(actor=actor, details=Details("Fay", "Desk", language="es"))
    assert row(actor).language == "es"


def test_mails_that_may_be_switched_off_are_and_no_others() -> None:
    actor = somebody()
    profile.choose_mails(actor=actor, off=["new_notices", "machine_changed", "address_changed", "x"])
    assert row(actor).mails_off == ["new_notices"]
    assert last_use().conclusion == "mails_chosen"
    assert profile.read(actor=actor).mails_off == {"new_notices"}
    profile.choose_mails(actor=actor, off=[])
    assert row(actor).mails_off == []


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        (Account(state=AccountState.PENDING), Reason.ACCOUNT_PENDING),
        (Account(state=AccountState.INVITED), Reason.ACCOUNT_NOT_ACTIVATED),
        (Account(state=AccountState.SUSPENDED), Reason.ACCOUNT_SUSPENDED),
        (Account(audience="broker"), Reason.WRONG_AUDIENCE),
    ],
    ids=["pending", "invited", "suspended", "another audience"],
)
def test_an_account_that_is_not_open_is_neither_shown_nor_changed(account: Account, reason: Reason) -> None:
    actor = actors.front_desk(user_id=people.make().pk, account=account)
    for ask in (
        lambda: profile.read(actor=actor),
        lambda: profile.change(actor=actor, details=Details("Ann", "Other")),
        lambda: profile.choose_mails(actor=actor, off=[]),
    ):
        with pytest.raises(NotPermitted) as refused:
            ask()
        assert refused.value.decision.reasons == (reason,)
    assert row(actor).first_name == "Fay"


def test_terms_that_wait_and_a_proof_that_is_old_keep_nobody_from_their_profile() -> None:
    actor = somebody(terms_accepted=False, proven_lately=False, second_factor=False)
    assert profile.read(actor=actor).username == people.NAME
    profile.change(actor=actor, details=Details("Ann", "Desk"))


def test_a_visitor_has_no_profile() -> None:
    with pytest.raises(NotPermitted):
        profile.read(actor=actors.visitor())
