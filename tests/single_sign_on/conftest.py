"""One instant, the small world, and the providers that stand beside it."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from portico.edges.web import asking
from portico.edges.web.accounts.elsewhere import known
from tests.single_sign_on import making
from tests.single_sign_on.making import STAFF, Visit
from tests.support import openid_provider, saml_provider
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.openid_provider import Provider
from tests.support.world import World


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    known._KNOWN.clear()
    yield
    known._KNOWN.clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The instant it is; tests move it on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None, clock: time_machine.Traveller, settings: Settings) -> World:
    """The rows."""
    del db, clock
    settings.SITE = "http://testserver"
    return worlds.build()


@pytest.fixture
def openid(world: World, settings: Settings) -> Iterator[Provider]:
    """A provider of OpenID Connect that says what a test likes."""
    del world
    with openid_provider.running() as there:
        settings.IDENTITY_LOCAL = [*settings.IDENTITY_LOCAL, there.host]
        yield there


@pytest.fixture
def other_openid(openid: Provider, settings: Settings) -> Iterator[Provider]:
    """Another one."""
    del openid
    with openid_provider.running() as there:
        settings.IDENTITY_LOCAL = [*settings.IDENTITY_LOCAL, there.host]
        yield there


@pytest.fixture
def saml(world: World, settings: Settings) -> Iterator[saml_provider.Provider]:
    """A SAML provider, at the instant of the tests."""
    del world
    with saml_provider.running(asking.now) as there:
        settings.IDENTITY_LOCAL = [*settings.IDENTITY_LOCAL, there.host]
        yield there


@pytest.fixture
def visit(openid: Provider) -> Visit:
    """Goes there and back as somebody the provider knows; answers how it ended, and the browser."""

    def through(slug: str = STAFF, *, browser: Client | None = None, to: str = "", **claims: Any) -> Any:
        way = making.leave(slug, browser, to=to)
        openid.says(way.asked["nonce"], at=asking.now(), **claims)
        return way.finish(code="a code", state=way.asked["state"]), way.browser

    return through
