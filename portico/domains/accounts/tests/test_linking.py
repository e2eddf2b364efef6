"""Saying who somebody elsewhere is here: the plan alone does, the user is told, and it can be undone."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from pytest_django import Settings

from portico.domains.accounts import models
from portico.domains.accounts.elsewhere import linking, outside, providers
from portico.domains.accounts.elsewhere.linking import CannotLink, Identity, UnknownIdentity
from portico.domains.accounts.elsewhere.providers import Provider
from portico.domains.accounts.proving.provers import OPENID_CONNECT
from portico.domains.accounts.tests import elsewhere, people
from portico.domains.accounts.tests.elsewhere import OPENID
from portico.domains.permits.actors import Account, Actor
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from tests.support import actors

pytestmark = pytest.mark.django_db
OPERATIONS = actors.plan_staff(Desk.OPERATIONS)


@pytest.fixture(autouse=True)
def _trusted(settings: Settings) -> None:
    settings.IDENTITY_HOSTS = [elsewhere.HOST]


@pytest.fixture
def provider() -> Provider:
    """One that the plan trusts."""
    return elsewhere.add()


def waits(provider: Provider, subject: str = "outside-1") -> Identity:
    """Somebody who came and is linked to nobody."""
    outside.sign_in(
        actor=people.visitor(),
        provider_id=provider.id,
        told=elsewhere.told(subject, subject, name="Olive", email="olive@example.org"),
        belongs=elsewhere.anybody,
    )
    return linking.waiting(actor=OPERATIONS, slug=provider.slug).rows[0]


def link(
    identity: Identity, username: str = people.NAME, *, actor: Actor = OPERATIONS, **how: Any
) -> Identity:
    return linking.link(
        actor=actor,
        identity_id=identity.id,
        username=username,
        reference=how.get("reference", outside.waiting_reference(identity.id)),
        belongs=how.get("belongs", elsewhere.anybody),
        looks_after=how.get("looks_after", elsewhere.everybody),
    )


def with_mail(username: str = people.NAME) -> models.User:
    user = people.make(username)
    models.User.objects.filter(pk=user.pk).update(email=f"{username}@example.org")
    return user


def said_so(user: models.User, provider: str, at: datetime) -> None:
    """The provider of that key proved who the user is."""
    passed = {"state": "passed", "asked_at": at, "decided_at": at}
    models.Proof.objects.create(user=user, prover=OPENID_CONNECT, told={"provider": provider}, **passed)


def last() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("-pk")[0]


def mails() -> list[tuple[str, str, dict[str, Any]]]:
    found = apps.get_model("notifications", "Message").objects.order_by("pk")
    return list(found.values_list("to", "template", "context"))


def test_who_is_linked_waits_no_more_and_is_told_by_mail(provider: Provider) -> None:
    user = with_mail()
    linked = link(waits(provider))
    assert (linked.username, linked.linked_at, linked.name) == (people.NAME, OPERATIONS.asked_at, "Olive")
    row = models.OutsideIdentity.objects.get()
    assert (row.user_id, row.mapped_by) == (user.pk, OPERATIONS.persona_id)
    subjects = (
        apps.get_model("audit", "Subject").objects.filter(entry=last()).values_list("kind", "identifier")
    )
    assert last().conclusion == "identity_linked"
    assert set(subjects) == {
        ("identity_provider", str(provider.id)),
        ("outside_identity", str(row.pk)),
        ("user", str(user.pk)),
    }
    context = {"kind": "linked", "reference": last().reference}
    assert mails() == [(f"{people.NAME}@example.org", "sign_in_linked", context)]
    assert linking.waiting(actor=OPERATIONS, slug=provider.slug).rows == ()
    assert [each.username for each in linking.linked(actor=OPERATIONS, slug=provider.slug).rows] == [
        people.NAME
    ]


def test_the_reference_is_the_one_they_were_told(provider: Provider) -> None:
    answer = outside.sign_in(
        actor=people.visitor(),
        provider_id=provider.id,
        told=elsewhere.told(),
        belongs=elsewhere.anybody,
    )
    [waiting] = linking.waiting(actor=OPERATIONS, slug=provider.slug).rows
    assert waiting.begins == answer.reference[:4]


def test_taking_a_link_away_ends_the_users_sessions_and_tells_them(provider: Provider) -> None:
    user = with_mail()
    linked = link(waits(provider))
    linking.unlink(actor=OPERATIONS, identity_id=linked.id)
    user.refresh_from_db()
    assert (user.session_epoch, last().conclusion) == (2, "identity_unlinked")
    assert [context["kind"] for _, _, context in mails()] == ["linked", "unlinked"]
    row = models.OutsideIdentity.objects.get()
    assert (row.user_id, row.mapped_at, row.mapped_by) == (None, None, None)
    with pytest.raises(UnknownIdentity):
        linking.unlink(actor=OPERATIONS, identity_id=linked.id)


def test_a_link_of_a_closed_provider_can_still_be_taken_away(provider: Provider) -> None:
    people.make()
    linked = link(waits(provider))
    providers.close(actor=OPERATIONS, slug=provider.slug)
    linking.unlink(actor=OPERATIONS, identity_id=linked.id)
    assert models.OutsideIdentity.objects.get().user_id is None


@pytest.mark.parametrize("unlinked", [True, False], ids=["taken away", "closed"])
@pytest.mark.parametrize(
    ("said_by", "is_kept"),
    [("plan-staff", False), ("other plan-staff", False), ("plan-staff other", True)],
)
def test_what_a_provider_said_counts_no_more_once_it_is_not_believed(
    provider: Provider, unlinked: bool, said_by: str, is_kept: bool
) -> None:
    user = people.make()
    linked = link(waits(provider))
    for minute, slug in enumerate(said_by.split()):
        said_so(user, slug, people.instant(minute))
    proven = {"desk": people.NOW.isoformat(), OPENID_CONNECT: people.NOW.isoformat()}
    models.User.objects.filter(pk=user.pk).update(proofs=proven)
    if unlinked:
        linking.unlink(actor=OPERATIONS, identity_id=linked.id)
    else:
        providers.close(actor=OPERATIONS, slug=provider.slug)
    user.refresh_from_db()
    assert set(user.proofs) == ({"desk", OPENID_CONNECT} if is_kept else {"desk"})


def test_closing_takes_its_word_from_those_who_are_linked_no_more_and_from_nobody_else(
    provider: Provider,
) -> None:
    proven = {OPENID_CONNECT: people.NOW.isoformat()}
    for name, slug in (("fay.desk", provider.slug), ("ray.desk", "other")):
        user = people.make(name)
        said_so(user, slug, people.NOW)
        models.User.objects.filter(pk=user.pk).update(proofs=proven)
    providers.close(actor=OPERATIONS, slug=provider.slug)
    assert dict(models.User.objects.values_list("username", "proofs")) == {"fay.desk": {}, "ray.desk": proven}


@pytest.mark.parametrize(
    ("username", "how", "says"),
    [
        pytest.param("nobody.here", {}, "nobody has this username", id="unknown"),
        pytest.param("disabled", {}, "disabled", id="disabled"),
        pytest.param("linked", {}, "somebody else of this provider", id="linked already"),
        pytest.param(people.NAME, {"belongs": elsewhere.nobody}, "the plan's staff", id="of another place"),
        pytest.param(
            people.NAME,
            {"looks_after": elsewhere.none_of_them},
            "ask a colleague",
            id="looked after by others",
        ),
    ],
)
def test_whom_it_cannot_be_is_said_in_words(
    provider: Provider, username: str, how: dict[str, Any], says: str
) -> None:
    people.make()
    people.make("disabled", state="disabled")
    people.make("linked")
    link(waits(provider, "first"), "linked")
    waiting = waits(provider, "second")
    with pytest.raises(CannotLink, match=says):
        link(waiting, username, **how)
    assert models.OutsideIdentity.objects.get(pk=waiting.id).user_id is None
    assert last().outcome == "crashed"


def test_an_offices_provider_says_whose_people_it_speaks_for() -> None:
    office = elsewhere.add(elsewhere.saml(office_id=7))
    people.make()
    with pytest.raises(CannotLink, match="this office"):
        link(waits(office), belongs=elsewhere.nobody)


def test_one_that_proves_alone_may_know_anybody() -> None:
    details = replace(OPENID.details, for_sign_in=False)
    proving = elsewhere.add(replace(OPENID, details=details, proves_identity=True))
    people.make()
    assert link(waits(proving), belongs=elsewhere.nobody).username == people.NAME


def test_who_is_gone_linked_or_of_a_closed_provider_does_not_wait(provider: Provider) -> None:
    people.make()
    people.make("other")
    waiting, linked = waits(provider, "one"), link(waits(provider, "two"))
    with pytest.raises(UnknownIdentity):
        link(linked, "other")
    with pytest.raises(UnknownIdentity):
        linking.one(actor=OPERATIONS, identity_id=linked.id)
    providers.close(actor=OPERATIONS, slug=provider.slug)
    with pytest.raises(UnknownIdentity):
        link(waiting, "other")


def test_lists_come_in_pages(provider: Provider) -> None:
    for number in range(5):
        waits(provider, f"outside-{number}")
    first = linking.waiting(actor=OPERATIONS, slug=provider.slug, size=3)
    second = linking.waiting(actor=OPERATIONS, slug=provider.slug, key=first.next_key or "", size=3)
    assert [each.subject for each in (*first.rows, *second.rows)] == [
        f"outside-{number}" for number in reversed(range(5))
    ]
    assert second.next_key is None


@pytest.mark.parametrize(
    "actor",
    [
        pytest.param(actors.plan_staff(Desk.SUPPORT), id="another desk"),
        pytest.param(actors.administrator(), id="an office"),
        pytest.param(
            replace(OPERATIONS, account=Account(proven_lately=False)), id="nobody knows whether it is they"
        ),
        pytest.param(replace(OPERATIONS, account=Account(second_factor=False)), id="without a second factor"),
    ],
)
def test_nobody_else_links_or_takes_away(provider: Provider, actor: Actor) -> None:
    people.make()
    people.make("other")
    waiting, linked = waits(provider, "one"), link(waits(provider, "two"))
    for act in (
        lambda: link(waiting, "other", actor=actor),
        lambda: linking.unlink(actor=actor, identity_id=linked.id),
        lambda: linking.one(actor=actor, identity_id=waiting.id),
    ):
        with pytest.raises(NotPermitted):
            act()
        assert last().outcome == "denied"
    assert models.OutsideIdentity.objects.filter(user=None).count() == 1
