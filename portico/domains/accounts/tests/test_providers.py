"""Trusting a provider of identity: what may be written down, who may, what changes, and what closing ends."""

from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from pytest_django import Settings

from portico.domains.accounts import models
from portico.domains.accounts.elsewhere import linking, outside, provider_details, providers
from portico.domains.accounts.elsewhere.provider_details import BadProvider, Details, NewProvider
from portico.domains.accounts.elsewhere.providers import UnknownProvider
from portico.domains.accounts.tests import elsewhere, people
from portico.domains.accounts.tests.elsewhere import ISSUER, OPENID
from portico.domains.permits.actors import Account
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors, saml_provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _trusted(settings: Settings) -> None:
    settings.IDENTITY_HOSTS = [elsewhere.HOST]


def last() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("-pk")[0]


def subjects() -> list[tuple[str, str]]:
    found = apps.get_model("audit", "Subject").objects.filter(entry=last())
    return list(found.values_list("kind", "identifier"))


def test_a_provider_is_kept_as_it_was_described_and_its_secret_sealed() -> None:
    made = elsewhere.add()
    row = models.IdentityProvider.objects.get()
    assert providers.opened("plan-staff") == made
    assert (made.details.issuer, made.details.factor_words, made.has_secret) == (ISSUER, ("mfa",), True)
    assert b"secret" not in bytes(row.secret_sealed or b"")
    assert "secret of" not in repr(OPENID)
    assert providers.secret(made.id) == "a secret of the provider"
    assert (last().conclusion, subjects()) == (
        "identity_provider_added",
        [("identity_provider", str(row.pk))],
    )


def test_a_certificate_is_kept_bare() -> None:
    made = elsewhere.add(elsewhere.saml(office_id=7))
    [kept] = made.details.certificates
    assert "CERTIFICATE" not in kept
    assert provider_details.certificate(kept) == kept
    assert provider_details.ends_at(kept).year == 2034
    assert made.details.factor_words == provider_details.FACTOR_WORDS[provider_details.SAML]


@pytest.mark.parametrize(
    ("new", "says"),
    [
        pytest.param(replace(OPENID, slug="Plan Staff"), "a key has", id="key"),
        pytest.param(replace(OPENID, slug="x" * 41), "a key has", id="long key"),
        pytest.param(replace(OPENID, name=" "), "a name has", id="name"),
        pytest.param(replace(OPENID, name="a\x00b"), "a name has", id="control sign"),
        pytest.param(replace(OPENID, kind="ldap"), "no kind of provider", id="kind"),
        pytest.param(replace(OPENID, details=Details(ISSUER)), "client ID", id="no client"),
        pytest.param(
            replace(OPENID, details=Details("https://evil.example.org", "portico")),
            "an operator lists the hosts",
            id="another host",
        ),
        pytest.param(
            replace(OPENID, details=Details(f"http://{elsewhere.HOST}", "portico")), "https", id="no https"
        ),
        pytest.param(
            replace(OPENID, details=Details(f"{ISSUER}?x=1", "portico")),
            "question mark",
            id="issuer with query",
        ),
        pytest.param(
            replace(OPENID, details=Details(ISSUER, "portico", for_sign_in=False)),
            "signs people in, or proves",
            id="for nothing",
        ),
        pytest.param(
            replace(OPENID, details=Details(ISSUER, "portico", factor_words=("x",) * 5 + ("a b",))),
            "words say",
            id="words with blanks",
        ),
        pytest.param(elsewhere.saml(proves_identity=True), "proves no identity", id="SAML proves"),
        pytest.param(elsewhere.saml(secret="x"), "no secret", id="SAML secret"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(new: NewProvider, says: str) -> None:
    with pytest.raises(BadProvider, match=says):
        elsewhere.add(new)
    assert not models.IdentityProvider.objects.exists()


@pytest.mark.parametrize(
    ("certificates", "says"),
    [
        pytest.param((), "1 to 3", id="none"),
        pytest.param((saml_provider.certificate(),) * 4, "1 to 3", id="many"),
        pytest.param(("nonsense",), "no certificate", id="nonsense"),
        pytest.param(("-----BEGIN CERTIFICATE-----",), "no certificate", id="cut"),
    ],
)
def test_what_is_no_certificate_is_refused_in_words(certificates: tuple[str, ...], says: str) -> None:
    new = elsewhere.saml()
    with pytest.raises(BadProvider, match=says):
        elsewhere.add(replace(new, details=replace(new.details, certificates=certificates)))


def test_without_what_reads_saml_none_is_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_details, "find_spec", lambda name: None)
    with pytest.raises(BadProvider, match=r"pip install --require-hashes -r requirements/saml\.txt"):
        elsewhere.add(elsewhere.saml())


def test_a_key_is_given_once_also_after_its_provider_is_closed() -> None:
    elsewhere.add()
    providers.close(actor=actors.system(), slug="plan-staff")
    with pytest.raises(BadProvider, match="already"):
        elsewhere.add()


def test_what_changed_is_kept_and_an_empty_secret_leaves_the_old_one() -> None:
    made = elsewhere.add()
    changed = replace(OPENID, name="Another name", secret="", vouches_for_factor=True)
    assert providers.change(actor=actors.system(), changed=changed).vouches_for_factor
    assert (last().conclusion, providers.secret(made.id)) == (
        "identity_provider_changed",
        "a secret of the provider",
    )
    providers.change(actor=actors.system(), changed=replace(changed, secret="a new one"))
    assert providers.secret(made.id) == "a new one"


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(OPENID, office_id=7), id="office"),
        pytest.param(replace(OPENID, details=Details(f"{ISSUER}/2", "portico")), id="issuer"),
        pytest.param(replace(elsewhere.saml(), slug=OPENID.slug), id="kind"),
    ],
)
def test_whose_it_is_and_who_it_is_stays(changed: NewProvider) -> None:
    made = elsewhere.add()
    with pytest.raises(BadProvider, match=r"stays|keeps"):
        providers.change(actor=actors.system(), changed=changed)
    assert providers.opened(made.slug) == made


def test_closing_ends_the_sessions_of_its_people_and_offers_it_no_more() -> None:
    made, user, other = elsewhere.add(), people.make(), people.make("other.person")
    outside.sign_in(
        actor=people.visitor(), provider_id=made.id, told=elsewhere.told(), belongs=elsewhere.anybody
    )
    [waiting] = linking.waiting(actor=actors.system(), slug=made.slug).rows
    elsewhere.link(waiting.id)
    assert providers.offered() == (made,)
    providers.close(actor=actors.system(), slug=made.slug)
    assert last().conclusion == "identity_provider_closed"
    user.refresh_from_db()
    other.refresh_from_db()
    assert (user.session_epoch, other.session_epoch) == (2, 1)
    assert (providers.offered(), providers.opened(made.slug)) == ((), None)
    with pytest.raises(UnknownProvider):
        providers.close(actor=actors.system(), slug=made.slug)


def test_one_that_only_proves_is_not_offered() -> None:
    details = replace(OPENID.details, for_sign_in=False)
    made = elsewhere.add(replace(OPENID, details=details, proves_identity=True))
    assert (providers.offered(), providers.proving()) == ((), (made,))


def test_the_list_counts_who_waits_and_who_is_linked() -> None:
    made = elsewhere.add()
    elsewhere.add(elsewhere.saml())
    people.make()
    for number in range(3):
        told = elsewhere.told(f"outside-{number}", str(number))
        outside.sign_in(actor=people.visitor(), provider_id=made.id, told=told, belongs=elsewhere.anybody)
    first = linking.waiting(actor=actors.system(), slug=made.slug).rows[0]
    elsewhere.link(first.id)
    rows = {row.provider.slug: (row.waiting, row.linked) for row in providers.listed(actor=actors.system())}
    assert rows == {"plan-staff": (2, 1), "an-office": (0, 0)}
    row = providers.one(actor=actors.system(), slug=made.slug)
    assert (row.waiting, row.linked, last().conclusion) == (2, 1, "identity_provider_shown")


def test_nobody_but_the_operations_desk_with_a_recent_proof_may_change_any() -> None:
    stale = Account(proven_lately=False)
    made = elsewhere.add()
    for actor, reason in (
        (actors.plan_staff(Desk.SUPPORT), Reason.FUNCTION_NOT_GRANTED),
        (replace(actors.plan_staff(Desk.OPERATIONS), account=stale), Reason.CONFIRMATION_REQUIRED),
        (people.visitor(), Reason.NOT_SIGNED_IN),
    ):
        for act in (
            lambda actor=actor: providers.add(actor=actor, new=OPENID),
            lambda actor=actor: providers.change(actor=actor, changed=OPENID),
            lambda actor=actor: providers.close(actor=actor, slug=made.slug),
            lambda actor=actor: providers.prepare(actor=actor),
        ):
            with pytest.raises(NotPermitted) as refused:
                act()
            assert reason in refused.value.decision.reasons
            assert last().outcome == "denied"
    assert providers.listed(actor=replace(actors.plan_staff(Desk.OPERATIONS), account=stale))


def test_an_unknown_key_is_unknown() -> None:
    for act in (providers.one, providers.close):
        with pytest.raises(UnknownProvider):
            act(actor=actors.system(), slug="nowhere")
    assert providers.opened("nowhere") is None
