"""Connected systems at the plan's desk: made, listed, shown, renewed, revoked; a password is shown once."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portico.domains.access import machines
from portico.domains.permits.functions import Function
from tests.support import cast, systems, visiting
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.web.desk import (
    CLIENT,
    CLIENT_NEW,
    LIST,
    NEW,
    PARTNER,
    PARTNER_NEW,
    SECRET,
    only,
    page,
    secret_in,
    signed_in,
)


def test_the_office_is_found_by_part_of_its_name(operations: Client) -> None:
    said = visiting.seen(operations.get(NEW, {"office": "lakes"}))
    assert "Lakeside Family Practice lakeside, tax IDs 17-1234567, 17-1234568" in said
    assert "Hillcrest" not in said
    assert "No office was found" in visiting.seen(operations.get(NEW, {"office": "nowhere"}))
    assert operations.get(NEW, {"office": "x\x00"}).status_code == 422


def test_a_trading_partner_is_connected_and_its_password_signs_in(operations: Client) -> None:
    answer = operations.post(PARTNER_NEW, PARTNER)
    assert answer.status_code == 200
    secret, machine = secret_in(answer), only()
    assert signed_in(machine, secret)
    said = visiting.seen(answer)
    assert f"Username {machine.row.sign_in_name} Sender ID LAKESIDE01" in said
    assert "Address http://testserver/x12/core/2.2.0/ WSDL http://testserver/x12/core/2.2.0/?wsdl" in said
    assert {(g.function, g.tax_ids, g.lines) for g in machine.grants} == {
        ("eligibility", (cast.OWN,), (cast.HMO,)),
        ("benefits", (cast.OWN,), (cast.HMO,)),
    }


def test_the_password_is_on_that_answer_and_nowhere_else(operations: Client) -> None:
    answer = operations.post(PARTNER_NEW, PARTNER)
    secret, machine = secret_in(answer), only()
    assert answer.headers["Cache-Control"] == "no-store"
    for address in (reverse("machine", args=[machine.row.public_id]), LIST, "/", NEW):
        assert secret not in operations.get(address).content.decode()
    kept = (
        *(("audit", "Entry"), ("audit", "Subject"), ("access", "Machine"), ("access", "MachineSecret")),
        *(("notifications", "Message"), ("notifications", "Notice"), ("accounts", "Session")),
    )
    for model in kept:
        rows = str(list(apps.get_model(*model).objects.values()))
        assert secret not in rows
        assert secret.replace("-", "") not in rows


def test_sent_again_the_form_makes_no_second_partner(operations: Client) -> None:
    operations.post(PARTNER_NEW, PARTNER)
    again = operations.post(PARTNER_NEW, PARTNER)
    assert again.status_code == 422
    assert "Another partner sends as LAKESIDE01." in visiting.seen(again)
    assert SECRET.findall(again.content.decode()) == []
    assert len(machines.page(actor=worlds.system()).rows) == 1


def test_a_fhir_client_is_connected_and_its_page_says_what_it_needs(operations: Client) -> None:
    answer = operations.post(CLIENT_NEW, CLIENT, follow=True)
    machine, said = only(), visiting.seen(answer)
    assert answer.redirect_chain == [(reverse("machine", args=[machine.row.public_id]), 302)]
    assert f"Client ID {machine.row.sign_in_name} Scopes system/Coverage.rs system/Patient.rs" in said
    assert "FHIR address http://testserver/fhir/ Token address http://testserver/fhir/token" in said
    assert "Keys the-first" in said
    assert SECRET.findall(said) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "Name: Enter a name for the system."),
        ({"name": "x" * 61}, "at most 60 characters"),
        ({"sender_id": ""}, "Sender ID: Enter the ID it sends as."),
        ({"sender_id": "TWO WORDS"}, "A sender ID has 2 to 15 letters and digits"),
        ({"functions": []}, "Choose what it may ask for."),
        ({"functions": ["claims_inquiry"]}, "Select a valid choice."),
        ({"functions": ["manage_users"]}, "Select a valid choice."),
        ({"tax_ids": []}, "Choose the tax IDs it may ask for."),
        ({"tax_ids": [cast.FOREIGN]}, "Select a valid choice."),
        ({"tax_id": cast.SECOND}, "Choose the main tax ID among those it may ask for."),
        ({"tax_id": cast.FOREIGN}, "Choose the main tax ID among those it may ask for."),
        ({"lines": ["no-line"]}, "Select a valid choice."),
        ({"first_on": ""}, "Enter the first day."),
        ({"last_on": "12/31/2025"}, "The last day is before the first."),
        ({"contact_email": "nobody"}, "Enter a mail address"),
    ],
)
def test_what_is_wrong_with_a_partner_is_said_and_nothing_is_made(
    operations: Client, changes: dict[str, Any], says: str
) -> None:
    answer = operations.post(PARTNER_NEW, PARTNER | changes)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert machines.page(actor=worlds.system()).rows == ()


PRIVATE = {"keys": [systems.PRIVATE_KEY.as_dict(private=True)]}
SECRET_PART = str(PRIVATE["keys"][0]["d"])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"scopes": []}, "Choose the scopes it may ask for."),
        ({"scopes": ["system/*.*"]}, "Select a valid choice."),
        ({"key_set": ""}, "Give the address of the key set, or the key set; one of the two."),
        ({"key_set_url": "https://keys.example.org/jwks"}, "one of the two."),
        ({"key_set": "", "key_set_url": "http://keys.example.org/jwks"}, "An address begins with https://"),
        ({"key_set": "", "key_set_url": "https://169.254.169.254/"}, "The plan fetches nothing from 169.254"),
        ({"key_set": "", "key_set_url": "javascript:alert(1)"}, "Enter an https address"),
        ({"key_set": "{"}, "This is no JSON."),
        ({"key_set": "[" * 15_000}, "This is no JSON."),
        ({"key_set": "[]"}, "A key set is a JSON object"),
        ({"key_set": '{"keys": []}'}, "with a key in it"),
        ({"key_set": json.dumps(PRIVATE)}, "The set holds a private key"),
        ({"key_set": "x" * 20_001}, "at most 20000 characters"),
    ],
)
def test_what_is_wrong_with_a_client_is_said_and_nothing_is_made(
    operations: Client, settings: Settings, changes: dict[str, Any], says: str
) -> None:
    settings.KEY_SET_HOSTS = ["keys.example.org"]
    answer = operations.post(CLIENT_NEW, CLIENT | changes)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert machines.page(actor=worlds.system()).rows == ()


def test_a_private_key_pasted_by_mistake_is_not_shown_back(operations: Client) -> None:
    answer = operations.post(CLIENT_NEW, CLIENT | {"key_set": json.dumps(PRIVATE)})
    assert SECRET_PART not in answer.content.decode()


def test_systems_are_listed_by_office_kind_and_state(operations: Client) -> None:
    systems.a_partner(name="One")
    systems.a_client(name="Two")
    gone = systems.a_partner(name="Three", sender_id="THREE")
    systems.a_partner(
        name="Four",
        sender_id="FOUR",
        office=cast.HILLCREST,
        tax_id=cast.FOREIGN,
        grants=[systems.a_grant(Function.ELIGIBILITY, cast.FOREIGN)],
    )
    machines.revoke(actor=worlds.system(), public_id=systems.public_id(gone))

    def named(**asked: str) -> list[str]:
        return [row.name for row, *_ in operations.get(LIST, asked).context["rows"]]

    assert named() == ["Four", "Three", "Two", "One"]
    assert named(office="hillcrest") == ["Four"]
    assert named(kind="fhir_client") == ["Two"]
    assert named(state="revoked") == ["Three"]
    assert named(office="lakeside", kind="trading_partner", state="active") == ["One"]
    assert named(office="nowhere") == []
    assert operations.get(LIST, {"kind": "other"}).status_code == 422


def test_a_long_list_goes_on_by_key_with_its_filters(operations: Client) -> None:
    for number in range(machines.PAGE + 1):
        systems.a_partner(name=f"System {number}", sender_id=f"S{number}")
    first = operations.get(LIST, {"kind": "trading_partner"})
    assert len(first.context["rows"]) == machines.PAGE
    [older] = re.findall(r'href="(\?[^"]+)">Earlier ones', first.content.decode())
    rest = operations.get(LIST + older.replace("&amp;", "&"))
    assert [row.name for row, *_ in rest.context["rows"]] == ["System 0"]
    assert "kind=trading_partner" in older


def test_a_page_says_what_it_may_ask_for_and_when_it_was_used(operations: Client) -> None:
    made = systems.a_partner(
        grants=[
            systems.a_grant(),
            systems.a_grant(Function.BENEFITS, last_on=TODAY - timedelta(days=1), lines=()),
        ]
    )
    assert signed_in(made.machine, made.secret or "")
    said = visiting.seen(operations.get(page(made)))
    assert "Last used Mar 12, 2026" in said
    assert "Eligibility 17-1234567 HMO 01/01/2025 No end In force End : Eligibility" in said
    assert "Benefits 17-1234567 Every line 01/01/2025 03/11/2026 Over" in said
