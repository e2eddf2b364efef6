"""Connected systems changed at the plan's desk: new passwords, new keys, more granted, revoked."""

import json
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from joserfc.jwk import ECKey

from portico.domains.access import machines
from tests.support import cast, systems, visiting
from tests.support.world import World
from tests.web.desk import ASKED, PARTNER, PARTNER_NEW, SECRET, only, page, secret_in, signed_in


def test_a_new_password_leaves_the_old_one_for_a_while(
    operations: Client, clock: time_machine.Traveller
) -> None:
    made = systems.a_partner()
    seen = operations.get(page(made, "password")).context["form"].initial["seen"]
    clock.shift(60)
    answer = operations.post(page(made, "password"), {"overlap": "7", "seen": seen})
    secret = secret_in(answer)
    assert "The password before works until Mar 19, 2026" in visiting.seen(answer)
    assert signed_in(made.machine, secret)
    assert signed_in(made.machine, made.secret or "")


def test_a_new_password_may_end_the_old_one_at_once(
    operations: Client, clock: time_machine.Traveller
) -> None:
    made = systems.a_partner()
    answer = operations.post(page(made, "password"), {"overlap": "0"})
    assert signed_in(made.machine, secret_in(answer))
    assert not signed_in(made.machine, made.secret or "")


def test_sent_again_the_form_makes_no_second_password(
    operations: Client, clock: time_machine.Traveller
) -> None:
    made = systems.a_partner()
    seen = operations.get(page(made, "password")).context["form"].initial["seen"]
    clock.shift(60)
    typed = {"overlap": "7", "seen": seen}
    operations.post(page(made, "password"), typed)
    clock.shift(1)
    again = operations.post(page(made, "password"), typed)
    assert again.status_code == 422
    assert SECRET.findall(again.content.decode()) == []
    assert signed_in(made.machine, made.secret or "")


@pytest.mark.parametrize("overlap", ["", "365", "-1", "soon"])
def test_how_long_the_old_password_goes_on_is_chosen_from_a_few(operations: Client, overlap: str) -> None:
    made = systems.a_partner()
    answer = operations.post(page(made, "password"), {"overlap": overlap})
    assert answer.status_code == 422
    assert len(only().secrets) == 1


def test_a_system_is_revoked_after_being_asked(operations: Client) -> None:
    made = systems.a_partner()
    assert "signs in no more" in visiting.seen(operations.get(page(made, "revoke")))
    assert signed_in(made.machine, made.secret or "")
    answer = operations.post(page(made, "revoke"), follow=True)
    assert "It was revoked" in visiting.seen(answer)
    assert not signed_in(made.machine, made.secret or "")
    assert "Make a new password" not in visiting.seen(answer)
    assert "Closed" in visiting.seen(answer)
    assert "In force" not in visiting.seen(answer)


def test_a_revoked_system_is_changed_no_more(operations: Client) -> None:
    made, client = systems.a_partner(), systems.a_client()
    for each in (made, client):
        operations.post(page(each, "revoke"))
    typed: list[tuple[machines.Created, str, dict[str, Any]]] = [
        (made, "password", {"overlap": "7"}),
        (made, "grants", {name: ASKED[name] for name in ("functions", "tax_ids", "first_on")}),
        (client, "keys", {"key_set": json.dumps(systems.KEY_SET)}),
    ]
    for each, below, form in typed:
        answer = operations.post(page(each, below), form)
        assert answer.status_code == 422
        assert "was revoked" in visiting.seen(answer)


def test_more_is_granted_and_taken_back(operations: Client) -> None:
    made = systems.a_partner()
    typed = {"functions": ["eligibility"], "tax_ids": [cast.SECOND], "first_on": "03/01/2026"}
    said = visiting.seen(operations.post(page(made, "grants"), typed, follow=True))
    assert "Practice software may ask for more." in said
    assert "Eligibility 17-1234568 Every line 03/01/2026" in said
    newest = only().grants[0]
    said = visiting.seen(operations.post(page(made, "grants", str(newest.id), "end"), follow=True))
    assert "The grant is ended." in said
    assert only().grants[0].state == "ended"
    assert operations.post(page(made, "grants", str(newest.id), "end")).status_code == 404


def test_a_grant_of_somebody_else_is_not_ended_by_its_number(operations: Client, world: World) -> None:
    made, other = systems.a_partner(), systems.a_client()
    grants = apps.get_model("access", "Grant").objects
    of_a_person = grants.get(persona_id=world["front_desk"].persona_id, function="eligibility")
    for number in (other.machine.grants[0].id, of_a_person.pk):
        assert operations.post(page(made, "grants", str(number), "end")).status_code == 404
        assert grants.get(pk=number).state == "active"


def test_keys_are_replaced(operations: Client) -> None:
    made = systems.a_client()
    key = ECKey.generate_key("P-384", {"kid": "the-second"})
    typed = {"key_set": json.dumps({"keys": [key.as_dict(private=False)]}), "key_set_url": ""}
    answer = operations.post(page(made, "keys"), typed, follow=True)
    assert "The keys are replaced." in visiting.seen(answer)
    assert only().key_ids == ("the-second",)


def test_a_partner_has_no_keys_and_a_client_no_password(operations: Client) -> None:
    made, client = systems.a_partner(), systems.a_client()
    keys = operations.post(page(made, "keys"), {"key_set": json.dumps(systems.KEY_SET)})
    assert (keys.status_code, "has a secret, no keys" in visiting.seen(keys)) == (422, True)
    password = operations.post(page(client, "password"), {"overlap": "7"})
    assert (password.status_code, "has keys, no secret" in visiting.seen(password)) == (422, True)


def test_the_office_is_told_of_each_change(world: World, operations: Client) -> None:
    operations.post(PARTNER_NEW, PARTNER)
    machine = only()
    operations.post(reverse("machine_rotate", args=[machine.row.public_id]), {"overlap": "7"})
    operations.post(reverse("machine_revoke", args=[machine.row.public_id]))
    said = visiting.seen(visiting.sign_in(world["administrator"]).get(reverse("notices")))
    for title in ("A system was connected", "got a new password", "was revoked"):
        assert title in said
    assert said.count(machine.row.sign_in_name) == 3
