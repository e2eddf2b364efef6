"""The demo's connected systems, and what `var/demo.json` and the demo's page of sign-ins say of them."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from portico.demo import acting, connect, furnish, house, lines, practices, systems
from portico.demo.personas import Grant
from portico.domains.access import machine_sign_in, machines
from portico.domains.permits import actors
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from tests.matrix import routes
from tests.support import visiting
from tests.support.actors import NOW, TODAY

_LISTS = (
    *("sign_ins", "members", "registrations", "applications", "network_requests", "documents"),
    *("providers", "claims", "payments", "encounter_files", "authorizations", "requirement_rules"),
)
NOTHING: dict[str, Any] = dict.fromkeys(_LISTS, ())
ASKED = Question(Function.ELIGIBILITY, practices.LAKESIDE.tax_id, "employer-hmo")


@pytest.fixture
def connected(db: None) -> dict[str, Any]:
    """What building the demo answers of its systems, on a plan without members."""
    del db
    furnish.set_up_plan(NOW)
    furnish.open_offices(NOW)
    return connect.everything(actor=acting.system(NOW), today=TODAY, receiver_id="99999")


def signed_in(partner: dict[str, Any]) -> Actor:
    """The partner as its username and password make it."""
    visitor = actors.visitor(asked_at=NOW, today=TODAY, door=actors.Door.X12)
    return machine_sign_in.by_password(
        visitor=visitor, username=partner["username"], secret=partner["password"]
    )


def reach(grant: Grant) -> set[tuple[str, str]]:
    """Each function with each line."""
    return {(function, line) for function in grant.functions for line in grant.lines or ()}


def test_the_trading_partner_signs_in_and_asks_what_the_front_desk_asks(connected: dict[str, Any]) -> None:
    partner = connected["trading_partner"]
    actor = signed_in(partner)
    held = {(grant.function.value, line) for grant in actor.held.all for line in grant.lines or ()}
    assert held == {(str(function), line) for function, line in reach(systems.TRADING_PARTNER.grant)}
    assert {tax_id for grant in actor.held.all for tax_id in grant.tax_ids} == {partner["tax_id"]}
    assert 3 <= len({line for _, line in held}) < len(lines.CODES)
    assert (partner["sender_id"], partner["receiver_id"]) == ("LAKESIDEFM", "99999")


def test_its_npi_bills_under_its_tax_id(connected: dict[str, Any]) -> None:
    partner = connected["trading_partner"]
    billing = {
        (affiliation.provider.npi, affiliation.practice.tax_id)
        for affiliation in practices.affiliations(TODAY)
    }
    assert (partner["npi"], partner["tax_id"]) in billing


def test_those_that_are_refused_are_refused_as_said(connected: dict[str, Any]) -> None:
    refused = connected["refused_partners"]
    assert set(refused) == {"revoked", "grant_ended"}
    with pytest.raises(machine_sign_in.NotSignedIn):
        signed_in(refused["revoked"])
    assert Reason.GRANT_EXPIRED in decide(signed_in(refused["grant_ended"]), ASKED).reasons


def test_the_fhir_client_holds_the_public_half_of_the_key(connected: dict[str, Any]) -> None:
    client = connected["fhir_client"]
    actor = acting.system(NOW)
    number = machines.named(actor=actor, sign_in_name=client["client_id"])
    kept = machines.one(actor=actor, public_id=number)
    assert kept.key_ids == (client["private_jwk"]["kid"],)
    assert list(kept.scopes) == client["scopes"]
    assert client["private_jwk"]["d"]


def test_the_contract_names_the_doors_and_the_page_shows_who_asks_there(
    connected: dict[str, Any], tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    documents = [{"material_number": "26-067m", "url": "/library/update-sleep-studies/"}]
    house._write_contract(tmp_path, {**NOTHING, "documents": documents, "systems": connected}, 8150)
    told = json.loads((tmp_path / "demo.json").read_text(encoding="utf-8"))
    assert [each["url"] for each in told["documents"]] == [
        "http://localhost:8150/library/update-sleep-studies/"
    ]
    assert set(told["endpoints"]) == {"web", "mailbox", "x12_core_2_2_0", "fhir", "smart_token"}
    assert told["trading_partner"] == connected["trading_partner"]
    settings.VAR_DIR = tmp_path
    with routes.of_the_demo():
        said = visiting.seen(Client().get("/demo/sign-ins/"))
    for partner in (told["trading_partner"], *told["refused_partners"].values()):
        assert f"{partner['username']} {partner['password']} {partner['says']}" in said
    assert f"{told['fhir_client']['client_id']} a signed assertion" in said
    assert told["fhir_client"]["private_jwk"]["d"] not in said


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (None, None),
        ('{"sign_ins": [], "members": []}', None),
        (f'{{"layout": {house.LAYOUT - 1}, "sign_ins": []}}', None),
        (f'{{"layout": {house.LAYOUT}, "sign_ins": []}}', {"layout": house.LAYOUT, "sign_ins": []}),
    ],
)
def test_a_demo_of_an_earlier_version_is_built_anew_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], written: str | None, kept: dict[str, Any] | None
) -> None:
    file = tmp_path / "demo-built.json"
    if written is not None:
        file.write_text(written, encoding="utf-8")
    assert house._kept(file) == kept
    is_older = written is not None and kept is None
    assert ("built by an earlier version" in " ".join(capsys.readouterr().out.split())) is is_older
