"""Single sign-on at the plan's desk: providers added, changed, tried, closed; people linked and unlinked."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from portico.domains.accounts.elsewhere import outside, provider_details, providers
from tests.single_sign_on import making
from tests.single_sign_on.making import OFFICE, STAFF
from tests.support import cast, openid_provider, saml_provider, visiting
from tests.support.actors import NOW
from tests.support.openid_provider import Provider
from tests.support.world import World

LIST = "/staff/identity-providers/"
OPENID_NEW, SAML_NEW = f"{LIST}new/openid-connect/", f"{LIST}new/saml/"


@pytest.fixture
def operations(world: World) -> Client:
    """The browser of the plan's operations desk."""
    return visiting.sign_in(world["operations"])


def typed(own_issuer: str, **changed: Any) -> dict[str, Any]:
    """A provider as the desk types it."""
    return {
        "slug": STAFF,
        "name": "Staff account",
        "office": "",
        "issuer": own_issuer,
        "client_id": "portico",
        "secret": "a secret of the provider",
        "for_sign_in": "on",
        "factor_words": "",
        **changed,
    }


def of(slug: str, *more: str) -> str:
    """The address of a provider's page, or of one below it."""
    return "/".join((f"{LIST}of/{slug}", *more)) + "/"


def came(there: Provider, slug: str = STAFF, subject: str = "outside-1") -> None:
    """Somebody came through the provider."""
    way = making.leave(slug)
    there.says(way.asked["nonce"], at=NOW, subject=subject)
    way.finish(code="x", state=way.asked["state"])


def test_a_provider_is_added_and_its_page_says_what_it_has_to_know(
    operations: Client, openid: Provider
) -> None:
    answer = operations.post(OPENID_NEW, typed(openid.issuer))
    assert answer.headers["Location"] == of(STAFF)
    said = visiting.seen(operations.get(of(STAFF)))
    assert f"Redirect address http://testserver/sign-in/with/{STAFF}/back/" in said
    assert "Client secret Kept sealed" in said
    assert "a secret of the provider" not in operations.get(of(STAFF)).content.decode()
    assert "a secret of the provider" not in operations.get(of(STAFF, "change")).content.decode()
    assert "Staff account" in visiting.seen(operations.get(LIST))


def test_a_saml_provider_of_an_office_is_added_with_two_certificates(
    operations: Client, saml: saml_provider.Provider, world: World
) -> None:
    form = {
        "slug": OFFICE,
        "name": "Lakeside",
        "office": cast.LAKESIDE,
        "issuer": saml_provider.ENTITY,
        "sign_in_url": saml.sign_in_url,
        "certificates": f"{saml_provider.certificate()}\n{saml_provider.certificate('next')}",
        "vouches_for_factor": "on",
        "factor_words": "urn:a\nurn:b",
    }
    assert operations.post(SAML_NEW, form).headers["Location"] == of(OFFICE)
    made = providers.opened(OFFICE)
    assert made is not None
    assert (made.office_id, len(made.details.certificates)) == (world.offices[cast.LAKESIDE], 2)
    assert made.details.factor_words == ("urn:a", "urn:b")
    said = visiting.seen(operations.get(of(OFFICE)))
    assert "Signs in Lakeside Family Practice" in said
    assert f"Entity ID and metadata http://testserver/sign-in/with/{OFFICE}/metadata/" in said
    again = operations.get(of(OFFICE, "change")).content.decode()
    assert again.count("-----BEGIN CERTIFICATE-----") == 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"slug": "No Key"}, "small letters", id="key"),
        pytest.param({"slug": ""}, "Enter a key", id="no key"),
        pytest.param({"name": ""}, "Enter a name", id="no name"),
        pytest.param({"client_id": ""}, "Enter the client ID", id="no client ID"),
        pytest.param({"issuer": "https://evil.example.org"}, "an operator lists the hosts", id="host"),
        pytest.param({"office": "nowhere"}, "There is no office nowhere", id="office"),
        pytest.param({"for_sign_in": ""}, "signs people in, or proves", id="for nothing"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form(
    operations: Client, openid: Provider, changed: dict[str, Any], says: str
) -> None:
    answer = operations.post(OPENID_NEW, typed(openid.issuer, **changed))
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert "a secret of the provider" not in answer.content.decode()


def test_a_change_keeps_key_issuer_office_and_an_empty_secret(operations: Client, openid: Provider) -> None:
    operations.post(OPENID_NEW, typed(openid.issuer))
    form = typed("https://evil.example.org", slug="other", office=cast.LAKESIDE, name="New name", secret="")
    assert operations.post(of(STAFF, "change"), form).headers["Location"] == of(STAFF)
    made = providers.opened(STAFF)
    assert made is not None
    assert (made.name, made.details.issuer, made.office_id) == ("New name", openid.issuer, None)
    assert providers.secret(made.id) == "a secret of the provider"


def test_a_change_that_cannot_be_is_said(operations: Client, openid: Provider) -> None:
    operations.post(OPENID_NEW, typed(openid.issuer))
    answer = operations.post(of(STAFF, "change"), typed(openid.issuer, for_sign_in=""))
    assert answer.status_code == 422


def test_the_connection_is_tried_against_what_the_provider_says_now(
    operations: Client, openid: Provider
) -> None:
    making.openid(openid.issuer)
    tried = operations.post(of(STAFF, "test"), follow=True)
    assert "answers as it should, and signs with 1 usable key" in visiting.seen(tried)
    openid.keys = [openid_provider.public(openid_provider.rsa_key(), "one", use="enc")]
    tried = operations.post(of(STAFF, "test"), follow=True)
    assert "no key that can be used" in visiting.seen(tried)
    openid.configured = {"issuer": "https://evil.example.org"}
    assert "says it is another issuer" in visiting.seen(operations.post(of(STAFF, "test"), follow=True))
    openid.is_down = True
    assert "answered 503" in visiting.seen(operations.post(of(STAFF, "test"), follow=True))


def test_closing_asks_first_and_is_for_good(operations: Client, openid: Provider) -> None:
    making.openid(openid.issuer)
    assert "cannot be taken back" in visiting.seen(operations.get(of(STAFF, "close")))
    assert providers.opened(STAFF)
    assert operations.post(of(STAFF, "close")).headers["Location"] == of(STAFF)
    assert providers.opened(STAFF) is None
    assert "It is closed" in visiting.seen(operations.get(of(STAFF)))
    for below in ("change", "close"):
        assert operations.get(of(STAFF, below)).status_code == 404
    assert operations.post(of(STAFF, "test")).status_code == 404


def test_somebody_who_waits_is_linked_and_unlinked_again(
    operations: Client, openid: Provider, world: World
) -> None:
    making.openid(openid.issuer)
    came(openid)
    waiting = apps.get_model("accounts", "OutsideIdentity").objects.get()
    shown = visiting.seen(operations.get(of(STAFF)))
    assert "Olive Outside olive@elsewhere.example.org" in shown
    asked = operations.get(of(STAFF, "link", str(waiting.pk)))
    assert "Olive Outside" in visiting.seen(asked)
    told = outside.waiting_reference(waiting.pk)
    assert told[:4] in visiting.seen(asked)
    assert told not in shown + visiting.seen(asked)
    form = {"username": world["support"].person.username, "reference": f" {told[:4]}-{told[4:].lower()}"}
    linked = operations.post(of(STAFF, "link", str(waiting.pk)), form, follow=True)
    assert "Linked to support, who is told by mail" in visiting.seen(linked)
    assert operations.get(of(STAFF, "link", str(waiting.pk))).status_code == 404
    unlinked = operations.post(of(STAFF, "unlink", str(waiting.pk)), follow=True)
    assert "The link is taken away" in visiting.seen(unlinked)
    assert operations.post(of(STAFF, "unlink", str(waiting.pk))).status_code == 404


@pytest.mark.parametrize(
    ("username", "says"),
    [
        pytest.param("nobody.here", "nobody has this username", id="unknown"),
        pytest.param("front.desk", "acts for others than the plan's staff", id="of an office"),
        pytest.param("", "Enter the username", id="none"),
    ],
)
def test_whom_it_cannot_be_is_said_beside_the_field(
    operations: Client, openid: Provider, world: World, username: str, says: str
) -> None:
    making.openid(openid.issuer)
    assert world["front_desk"].person.username == "front.desk"
    came(openid)
    waiting = apps.get_model("accounts", "OutsideIdentity").objects.get()
    form = {"username": username, "reference": outside.waiting_reference(waiting.pk)}
    answer = operations.post(of(STAFF, "link", str(waiting.pk)), form)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("", "Enter the reference", id="none"),
        pytest.param("another one", "not the reference this person was told", id="of somebody else"),
        pytest.param("begins", "not the reference this person was told", id="what the page shows"),
    ],
)
def test_nobody_is_linked_who_did_not_name_the_reference(
    operations: Client, openid: Provider, typed: str, says: str
) -> None:
    making.openid(openid.issuer)
    came(openid, subject="outside-2")
    came(openid)
    other, waiting = apps.get_model("accounts", "OutsideIdentity").objects.order_by("-subject")
    references = {
        "another one": outside.waiting_reference(other.pk),
        "begins": outside.waiting_reference(waiting.pk)[:4],
    }
    form = {"username": "support", "reference": references.get(typed, "")}
    answer = operations.post(of(STAFF, "link", str(waiting.pk)), form)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    waiting.refresh_from_db()
    assert waiting.user_id is None


def test_an_identity_is_found_under_its_own_provider_alone(operations: Client, openid: Provider) -> None:
    making.openid(openid.issuer)
    making.openid(openid.issuer, "other")
    came(openid)
    waiting = apps.get_model("accounts", "OutsideIdentity").objects.get()
    assert operations.get(of("other", "link", str(waiting.pk))).status_code == 404


def test_what_a_provider_says_of_somebody_is_text_and_no_markup(operations: Client, openid: Provider) -> None:
    making.openid(openid.issuer)
    way = making.leave()
    openid.says(way.asked["nonce"], at=NOW, name="<script>alert(1)</script>", subject="<b>")
    way.finish(code="x", state=way.asked["state"])
    assert "<script>alert(1)" not in operations.get(of(STAFF)).content.decode()


def test_where_saml_is_not_installed_the_page_says_how(
    operations: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_details, "find_spec", lambda name: None)
    said = visiting.seen(operations.get(LIST))
    assert "SAML is not installed here" in said
    assert "requirements/saml.txt" in said
    assert "Add SAML" not in said
