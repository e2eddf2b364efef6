"""SAML, from the button to the home page: who gets in, who waits, and what is believed of whom."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client
from lxml import etree

from portico.domains.accounts.elsewhere import linking, outside, provider_details, providers
from portico.edges.web import asking
from portico.edges.web.accounts.elsewhere import saml_reading
from tests.single_sign_on import making
from tests.single_sign_on.making import OFFICE_SAML
from tests.support import cast, saml_provider, visiting
from tests.support import world as worlds
from tests.support.saml_provider import Provider, Says
from tests.support.world import World

pytestmark = pytest.mark.filterwarnings(
    "ignore:datetime.datetime.utcnow:DeprecationWarning"
)  # the library's own clock, from Python 3.12 on

Visit = Callable[..., Any]


@pytest.fixture
def visit(saml: Provider) -> Visit:
    """Goes there and back as somebody the provider knows; answers how it ended, and the browser."""
    del saml

    def through(**said: Any) -> Any:
        way = making.leave(OFFICE_SAML)
        asked = saml_provider.read(way.leads_to)
        says = replace(saml_provider.answering(asked, asking.now()), id=f"a{asked.request_id[-12:]}", **said)
        response = saml_provider.encoded(saml_provider.whole(says))
        return way.finish(SAMLResponse=response, RelayState=asked.relay), way.browser

    return through


def test_whom_nobody_linked_waits_and_gets_in_once_the_plan_did(
    world: World, saml: Provider, visit: Visit
) -> None:
    making.saml(saml.sign_in_url, office_id=world.offices[cast.LAKESIDE])
    answer, browser = visit()
    [waiting] = linking.waiting(actor=worlds.system(), slug=OFFICE_SAML).rows
    assert answer.status_code == 403
    assert outside.waiting_reference(waiting.id) in answer.content.decode()
    assert waiting.subject == "persistent: outside-7"
    assert (waiting.name, waiting.email) == ("Otto Outside", "otto@elsewhere.example.org")
    assert not making.is_in(browser)
    making.link(OFFICE_SAML, world["front_desk"])
    answer, browser = visit()
    assert answer.headers["Location"] == "/sign-in/code/"
    visiting.give_code(browser)
    assert "Hello, Front" in visiting.seen(browser.get("/"))


@pytest.mark.parametrize(
    ("context", "vouches", "is_taken"),
    [
        pytest.param(saml_provider.MFA, True, True, id="said and taken"),
        pytest.param(saml_provider.PASSWORD, True, False, id="a password alone"),
        pytest.param(saml_provider.MFA, False, False, id="said, not taken"),
    ],
)
def test_a_word_for_the_factor_is_taken_where_the_plan_takes_it(
    world: World, saml: Provider, visit: Visit, context: str, vouches: bool, is_taken: bool
) -> None:
    making.saml(saml.sign_in_url, office_id=world.offices[cast.LAKESIDE], vouches_for_factor=vouches)
    visit()
    making.link(OFFICE_SAML, world["front_desk"])
    answer, browser = visit(context=context)
    assert answer.headers["Location"] == ("/" if is_taken else "/sign-in/code/")
    assert making.is_in(browser) is is_taken


def test_an_offices_provider_cannot_sign_in_the_plans_staff(
    world: World, saml: Provider, visit: Visit
) -> None:
    making.saml(saml.sign_in_url, office_id=world.offices[cast.LAKESIDE], vouches_for_factor=True)
    visit()
    with pytest.raises(linking.CannotLink, match="acts for others"):
        making.link(OFFICE_SAML, world["operations"])


def test_the_metadata_says_what_a_provider_has_to_know(world: World, saml: Provider) -> None:
    del world
    making.saml(saml.sign_in_url)
    answer = Client().get(f"/sign-in/with/{OFFICE_SAML}/metadata/")
    read = ElementTree.fromstring(answer.content)
    assert answer.headers["Content-Type"].startswith("application/samlmetadata+xml")
    assert read.get("entityID") == f"http://testserver/sign-in/with/{OFFICE_SAML}/metadata/"
    consumer = read.find(".//{urn:oasis:names:tc:SAML:2.0:metadata}AssertionConsumerService")
    assert consumer is not None
    assert consumer.get("Location") == f"http://testserver/sign-in/with/{OFFICE_SAML}/back/"


def test_a_request_names_the_portal_and_the_way_back(world: World, saml: Provider) -> None:
    del world
    making.saml(f"{saml.sign_in_url}?tenant=1")
    way = making.leave(OFFICE_SAML)
    assert way.leads_to.startswith(f"{saml.sign_in_url}?tenant=1&SAMLRequest=")
    asked = saml_provider.read(way.leads_to)
    assert asked.audience == f"http://testserver/sign-in/with/{OFFICE_SAML}/metadata/"
    assert asked.back == f"http://testserver/sign-in/with/{OFFICE_SAML}/back/"
    assert len(asked.relay) > 30


def test_two_certificates_serve_while_one_replaces_the_other(
    world: World, saml: Provider, visit: Visit
) -> None:
    del world
    details = provider_details.Details(
        saml_provider.ENTITY,
        sign_in_url=saml.sign_in_url,
        certificates=(saml_provider.certificate("next"), saml_provider.certificate()),
    )
    new = provider_details.NewProvider(OFFICE_SAML, "Account", provider_details.SAML, details)
    providers.add(actor=worlds.system(), new=new)
    assert "not linked yet" in visiting.seen(visit()[0])


def test_where_saml_is_not_installed_nothing_else_breaks(
    world: World, saml: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    making.saml(saml.sign_in_url)
    monkeypatch.setitem(sys.modules, "portico.edges.web.accounts.elsewhere.saml", None)
    monkeypatch.setattr(provider_details, "find_spec", lambda name: None)
    answer = Client().post(f"/sign-in/with/{OFFICE_SAML}/")
    assert (answer.status_code, making.last_conclusion()) == (422, "elsewhere_unreachable")
    assert Client().get(f"/sign-in/with/{OFFICE_SAML}/metadata/").headers["Location"].startswith("/sign-in/")
    assert Client().get("/sign-in/").status_code == 200
    with pytest.raises(provider_details.BadProvider, match=r"pip install .* requirements/saml\.txt"):
        making.saml(saml.sign_in_url, "another")


def test_a_response_may_be_signed_as_a_whole_besides(world: World, saml: Provider) -> None:
    del world
    making.saml(saml.sign_in_url)
    way = making.leave(OFFICE_SAML)
    asked = saml_provider.read(way.leads_to)
    says: Says = saml_provider.answering(asked, asking.now())
    both = saml_provider.signed_response(saml_provider.whole(says), says.id)
    answer = way.finish(SAMLResponse=saml_provider.encoded(both), RelayState=asked.relay)
    assert "not linked yet" in visiting.seen(answer)


def test_a_response_in_lines_is_read_as_well(world: World, saml: Provider) -> None:
    del world
    making.saml(saml.sign_in_url)
    way = making.leave(OFFICE_SAML)
    asked = saml_provider.read(way.leads_to)
    response = saml_provider.encoded(saml_provider.whole(saml_provider.answering(asked, asking.now())))
    lines = "\r\n".join(response[start : start + 76] for start in range(0, len(response), 76))
    assert "not linked yet" in visiting.seen(way.finish(SAMLResponse=lines, RelayState=asked.relay))


NAME = '<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" {}>otto</saml:NameID>'
EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"


@pytest.mark.parametrize(
    ("says", "subject"),
    [
        pytest.param("", "unspecified: otto", id="nothing"),
        pytest.param(f'Format="{UNSPECIFIED}"', "unspecified: otto", id="no format in particular"),
        pytest.param(f'Format="{EMAIL}"', "emailAddress: otto", id="another format"),
        pytest.param('Format="urn:theirs:own"', "urn:theirs:own: otto", id="a format of theirs"),
        pytest.param('NameQualifier="issuer"', "unspecified: otto", id="a name of the issuer's"),
        pytest.param('SPNameQualifier="portal"', "unspecified: otto", id="a name for this portal"),
        pytest.param(
            'NameQualifier="other" SPNameQualifier="else"',
            "unspecified of other for else: otto",
            id="another's names, for another",
        ),
    ],
)
def test_who_somebody_is_says_by_what_kind_of_name(says: str, subject: str) -> None:
    assertion = etree.fromstring(
        f"<a><b:Subject xmlns:b='urn:oasis:names:tc:SAML:2.0:assertion'>{NAME.format(says)}</b:Subject></a>",
        etree.XMLParser(resolve_entities=False),
    )
    assert saml_reading._subject(assertion, "issuer", "portal") == subject
