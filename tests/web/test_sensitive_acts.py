"""Sensitive acts ask again who it is, and go on where they were: a page, a form that was sent, a file."""

import json

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portico.domains.permits.functions import Function
from tests.support import cast, files_of_patients, systems, visiting
from tests.support import world as worlds
from tests.support.world import World
from tests.web.confirming import CONFIRM, LATER, confirm, hidden, led_to, sent_from
from tests.web.desk import page


def test_a_form_that_needs_it_waits_and_is_sent_on(operations: Client, clock: time_machine.Traveller) -> None:
    made = systems.a_partner()
    clock.shift(LATER)
    form = {"overlap": "0", "seen": ""}
    refused = sent_from(operations, page(made, "password"), page(made, "password"), form)
    assert led_to(refused) == page(made, "password")
    explained = visiting.seen(operations.get(refused.headers["Location"]))
    assert "Connected systems asks for it" in explained
    assert "Nothing has been done yet. What you sent is kept" in explained
    confirmed = confirm(operations, refused.headers["Location"])
    assert confirmed.context["sent"].to == page(made, "password")
    assert hidden(confirmed) == form
    answer = operations.post(confirmed.context["sent"].to, hidden(confirmed))
    assert "The password is shown this once" in visiting.seen(answer)


def test_a_button_that_needs_it_goes_back_to_its_page(
    operations: Client, clock: time_machine.Traveller
) -> None:
    made = systems.a_partner()
    clock.shift(LATER)
    address = f"{page(made, 'grants')}{made.machine.grants[0].id}/end/"
    refused = sent_from(operations, page(made), address, {})
    assert led_to(refused) == page(made)
    confirmed = confirm(operations, refused.headers["Location"])
    assert (confirmed.context["sent"].to, confirmed.context["sent"].back) == (address, page(made))
    operations.post(address)
    assert "The grant is ended." in visiting.seen(operations.get(page(made)))


def test_until_it_is_confirmed_nothing_is_done(operations: Client, clock: time_machine.Traveller) -> None:
    made = systems.a_partner()
    clock.shift(LATER)
    before = worlds.last_use()
    operations.post(page(made, "revoke"))
    (row,) = worlds.uses(pk__gt=before)
    assert (row.function, row.outcome, row.reasons) == ("connecting", "denied", ["confirmation_required"])
    assert apps.get_model("access", "Machine").objects.get().revoked_at is None


def test_a_file_is_ready_after_it(front_desk: Client, clock: time_machine.Traveller) -> None:
    batch = files_of_patients.asked(front_desk, files_of_patients.ZEPHYRINE)
    for kind in ("csv", "xlsx", "271"):
        address = reverse(f"batch_{kind}", args=[batch])
        assert front_desk.get(address).status_code == 200
        clock.shift(LATER)
        refused = front_desk.get(address)
        assert led_to(refused) == address
        confirmed = confirm(front_desk, refused.headers["Location"])
        assert confirmed.context["url"] == address
        assert confirmed.context["back"] == reverse("batch", args=[batch])
        assert front_desk.get(address).headers["Content-Disposition"].startswith("attachment")


def test_looking_at_the_results_needs_no_confirmation(
    front_desk: Client, clock: time_machine.Traveller
) -> None:
    batch = files_of_patients.asked(front_desk, files_of_patients.ZEPHYRINE)
    clock.shift(LATER)
    assert front_desk.get(reverse("batch", args=[batch])).status_code == 200


def test_ten_minutes_after_the_sign_in_nothing_is_asked(
    operations: Client, clock: time_machine.Traveller
) -> None:
    made = systems.a_partner()
    clock.shift(10 * 60 - 1)
    assert operations.post(page(made, "revoke")).headers["Location"] == page(made)


def test_who_has_confirmed_in_another_page_just_goes_on(
    operations: Client, clock: time_machine.Traveller
) -> None:
    made = systems.a_partner()
    clock.shift(LATER)
    refused = sent_from(operations, page(made, "revoke"), page(made, "revoke"), {})
    confirm(operations, CONFIRM)
    refused_again = operations.post(refused.headers["Location"])
    assert refused_again.headers["Location"] == page(made, "revoke")


def test_what_waits_lies_sealed_in_the_session(operations: Client, clock: time_machine.Traveller) -> None:
    clock.shift(LATER)
    address = "/staff/machines/new/trading-partner/lakeside/"
    form = {"name": "Quillfeather", "sender_id": "QUILL77", "tax_id": cast.OWN, "functions": "eligibility"}
    sent_from(operations, address, address, {**form, "tax_ids": cast.OWN, "first_on": "01/01/2026"})
    kept = operations.session
    assert "confirmation_sent" in kept
    assert "Quillfeather" not in json.dumps(dict(kept.items()))
    confirmed = confirm(operations, f"{CONFIRM}?next={address}")
    assert hidden(confirmed)["name"] == "Quillfeather"
    assert "confirmation_sent" not in operations.session


def test_what_waits_is_gone_after_half_an_hour(operations: Client, clock: time_machine.Traveller) -> None:
    made = systems.a_partner()
    clock.shift(LATER)
    refused = sent_from(operations, page(made, "revoke"), page(made, "revoke"), {})
    for _ in range(4):
        clock.shift(10 * 60)
        operations.get("/notices/")
    answer = confirm(operations, refused.headers["Location"])
    assert answer.headers["Location"] == page(made, "revoke")


def test_what_is_too_long_is_not_kept_and_that_is_said(
    operations: Client, clock: time_machine.Traveller
) -> None:
    made = systems.a_partner()
    clock.shift(LATER)
    refused = sent_from(operations, page(made), page(made, "revoke"), {"note": "y" * 70_000})
    confirmed = confirm(operations, refused.headers["Location"])
    assert not confirmed.context["sent"].is_whole
    assert "Go back, fill it in again" in visiting.seen(confirmed)
    assert "yyyy" not in confirmed.content.decode()


@pytest.mark.parametrize(
    "referer",
    ["https://elsewhere.example.org/staff/", "http://testserver/account/confirm/?next=/", ""],
    ids=["elsewhere", "the confirmation itself", "none"],
)
def test_a_form_from_nowhere_we_know_goes_back_home(
    operations: Client, clock: time_machine.Traveller, referer: str
) -> None:
    made = systems.a_partner()
    clock.shift(LATER)
    headers = {"referer": referer} if referer else {}
    refused = operations.post(page(made, "revoke"), headers=headers)
    assert led_to(refused) == "/"
    assert confirm(operations, refused.headers["Location"]).context["sent"].to == page(made, "revoke")


def test_a_form_that_was_never_refused_here_is_not_made_up(
    operations: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(LATER)
    answer = confirm(operations, f"{CONFIRM}?next=/staff/machines/")
    assert answer.headers["Location"] == "/staff/machines/"


def test_other_reasons_are_explained_as_ever(world: World, clock: time_machine.Traveller) -> None:
    browser = visiting.sign_in(world["member_services"])
    made = systems.a_partner()
    clock.shift(LATER)
    answer = browser.post(page(made, "revoke"))
    assert answer.status_code == 403
    assert "Your account has not been given Connected systems." in visiting.seen(answer)
    assert f'href="{CONFIRM}"' in answer.content.decode()


def test_a_grant_that_ends_meanwhile_is_missed_after_the_confirmation(
    world: World, front_desk: Client, clock: time_machine.Traveller
) -> None:
    batch = files_of_patients.asked(front_desk, files_of_patients.ZEPHYRINE)
    clock.shift(LATER)
    address = front_desk.get(reverse("batch_csv", args=[batch])).headers["Location"]
    worlds.end_grants(world["front_desk"], Function.ELIGIBILITY)
    confirm(front_desk, address)
    assert front_desk.get(reverse("batch_csv", args=[batch])).status_code == 403


def test_the_minutes_a_confirmation_holds_are_the_plans(
    operations: Client, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "CONFIRMATION_MINUTES", 60)
    made = systems.a_partner()
    clock.shift(LATER)
    assert operations.post(page(made, "revoke")).status_code == 302
    assert apps.get_model("access", "Machine").objects.get().revoked_at is not None
