"""A client that nobody here wrote signs in with a key of its own, searches, pages, and reads."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import time_machine
from fhirpy import SyncFHIRClient
from fhirpy.base.exceptions import OperationOutcome, ResourceNotFound
from pytest_django.live_server_helper import LiveServer

from portico.domains.access import models as access
from portico.edges.fhir import token as token_endpoint
from tests.conformance import smart
from tests.fhir import clients
from tests.support import patients
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The instant it is, for the server and for who signs."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def world(live_server: LiveServer, clock: time_machine.Traveller) -> World:
    """The rows the live server shows."""
    del live_server, clock
    return worlds.build()


@pytest.fixture
def foreign(live_server: LiveServer, world: World) -> SyncFHIRClient:
    """The client, signed in by its own key."""
    clients.register(world, clients.BY_KEY["office_software"])
    client_id = access.Machine.objects.latest("pk").client_id
    assert client_id is not None
    endpoint = fetched(f"{live_server.url}/fhir/.well-known/smart-configuration")["token_endpoint"]
    signed = smart.assertion(smart.key("ES384"), client_id=client_id, audience=endpoint, jti="1", at=NOW)
    form = {
        "grant_type": token_endpoint.GRANT,
        "client_assertion_type": token_endpoint.ASSERTION,
        "client_assertion": signed,
        "scope": "system/Patient.rs system/Coverage.rs",
    }
    token = fetched(endpoint, urlencode(form).encode())["access_token"]
    # A connection kept alive keeps one to the database too, which then cannot be taken down.
    closes = {"Connection": "close"}
    return SyncFHIRClient(f"{live_server.url}/fhir", f"Bearer {token}", extra_headers=closes)


def fetched(url: str, form: bytes | None = None) -> dict[str, Any]:
    """The JSON at an address of the live server."""
    with urlopen(url, form, timeout=10) as answer:  # noqa: S310 - our own address
        return dict(json.load(answer))


def test_it_finds_reads_and_pages(foreign: SyncFHIRClient, world: World) -> None:
    (patient,) = foreign.resources("Patient").search(identifier=patients.ZEPHYRINE).fetch_all()
    assert patient["id"] == clients.patient_id(world)
    assert foreign.reference("Patient", patient["id"]).to_resource()["birthDate"] == "1984-05-06"
    (coverage,) = foreign.resources("Coverage").search(patient=patient["id"], status="active").fetch_all()
    assert coverage["beneficiary"].to_resource()["id"] == patient["id"]
    family = foreign.resources("Patient").search(identifier=patients.SUBSCRIBER).limit(2)
    assert [one["name"][0]["given"][0] for one in family.fetch_all()] == [
        "Clementina",
        "Barnabas",
        "Ottoline",
    ]
    assert foreign.resources("Patient").search(identifier=patients.SUBSCRIBER).count() == 3


def test_it_understands_what_it_is_refused(foreign: SyncFHIRClient) -> None:
    assert foreign.resources("Patient").search(identifier="NOBODY1").fetch_all() == []
    with pytest.raises(ResourceNotFound):
        foreign.reference("Patient", "ab" * 16).to_resource()
    with pytest.raises(OperationOutcome) as refused:
        foreign.resources("Patient").search(family="Quillfeather").fetch_all()
    assert refused.value.resource["issue"][0]["code"] == "required"
