"""Drafts of long forms: kept as they are typed, offered when the form opens again, gone once it is sent."""

from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.support import cast, visiting
from tests.support.world import World
from tests.web.desk import CLIENT_NEW, PARTNER, PARTNER_NEW

SAVE = "/account/drafts/partner_new.lakeside/"
DISCARD = f"{SAVE}discard/"
TYPED: dict[str, Any] = {
    "name": "Half a name",
    "functions": ["eligibility"],
    "lines": [cast.HMO, cast.PPO],
    "first_on": "02/03/2026",
    "last_on": "next ye",
    "csrfmiddlewaretoken": "x",
}
RESTORE = f"{PARTNER_NEW}?draft=restore"


def kept() -> list[Any]:
    return list(apps.get_model("accounts", "Draft").objects.all())


def offered(browser: Client, page: str = PARTNER_NEW) -> bool:
    """Does the form's page offer to restore something?"""
    return "We kept what you typed" in visiting.seen(browser.get(page))


def test_what_is_typed_is_kept_and_offered_again(operations: Client, clock: time_machine.Traveller) -> None:
    assert not offered(operations)
    clock.shift(2 * 60)
    assert operations.post(SAVE, TYPED).status_code == 204
    said = visiting.seen(operations.get(PARTNER_NEW))
    assert "We kept what you typed on Mar 12, 2026, 10:02 AM PDT , and did not send it." in said
    assert "Half a name" not in operations.get(PARTNER_NEW).content.decode()


def test_a_restored_form_is_as_it_was_left(operations: Client) -> None:
    operations.post(SAVE, TYPED)
    answer = operations.get(RESTORE)
    assert "This is what you typed on Mar 12, 2026, 10:00 AM PDT" in visiting.seen(answer)
    form = answer.context["form"]
    assert {name: form[name].value() for name in ("name", "first_on", "last_on", "sender_id")} == {
        "name": "Half a name",
        "first_on": "02/03/2026",
        "last_on": "next ye",
        "sender_id": [],
    }
    page = answer.content.decode()
    assert page.count(" checked") == 3
    assert 'value="next ye"' in page
    assert 'id="id_tax_ids_0"' in page


def test_the_page_marks_the_form_and_says_where_to_keep_it(operations: Client) -> None:
    assert f'data-draft="{SAVE}"' in operations.get(PARTNER_NEW).content.decode()


def test_each_form_and_each_office_has_its_own(operations: Client) -> None:
    operations.post(SAVE, TYPED)
    assert not offered(operations, CLIENT_NEW)
    assert not offered(operations, PARTNER_NEW.replace("lakeside", "hillcrest"))
    assert offered(operations)


def test_another_person_at_the_same_browser_is_offered_nothing(
    world: World, operations: Client, clock: time_machine.Traveller
) -> None:
    operations.post(SAVE, TYPED)
    clock.shift(60 * 60)
    theirs = visiting.sign_in(world["operations_too"], operations)
    assert not offered(theirs)
    assert "Half a name" not in theirs.get(RESTORE).content.decode()
    clock.shift(30)
    assert offered(visiting.sign_in(world["operations"], operations))


def test_a_discarded_draft_is_gone_and_leads_back(operations: Client) -> None:
    operations.post(SAVE, TYPED)
    answer = operations.post(DISCARD, {"next": PARTNER_NEW})
    assert answer.headers["Location"] == PARTNER_NEW
    assert kept() == []
    assert not offered(operations)


def test_discarding_leads_only_to_here(operations: Client) -> None:
    answer = operations.post(DISCARD, {"next": "https://elsewhere.example.org/"})
    assert answer.headers["Location"] == "/"


def test_a_form_that_was_taken_leaves_no_draft(operations: Client) -> None:
    operations.post(SAVE, TYPED)
    assert operations.post(PARTNER_NEW, PARTNER).status_code == 200
    assert kept() == []


def test_a_form_that_was_not_taken_keeps_its_draft_and_shows_what_was_sent(operations: Client) -> None:
    operations.post(SAVE, TYPED)
    answer = operations.post(PARTNER_NEW, {**PARTNER, "sender_id": ""})
    assert answer.status_code == 422
    assert "We kept what you typed" not in visiting.seen(answer)
    assert len(kept()) == 1


def test_passwords_and_the_like_are_not_kept(operations: Client) -> None:
    operations.post(SAVE, {**TYPED, "password": "x", "client_secret": "x", "answer": "x"})
    operations.get(RESTORE)
    (row,) = kept()
    draft = operations.get(RESTORE).context["draft"].draft
    assert set(draft.fields) == set(TYPED) - {"csrfmiddlewaretoken"}
    assert b"Half" not in bytes(row.sealed)


@pytest.mark.parametrize(
    "key", ["nothing_known", "partner_new.la%20ke", "partner_new." + "x" * 60, ".", "Partner_new"]
)
def test_no_other_form_keeps_drafts(operations: Client, key: str) -> None:
    address = f"/account/drafts/{key}/"
    assert operations.post(address, TYPED).status_code == 404
    assert operations.post(f"{address}discard/").status_code == 404


def test_more_than_a_draft_holds_is_refused(operations: Client) -> None:
    assert operations.post(SAVE, {"name": "x" * 70_000}).status_code == 413
    assert kept() == []


def test_nobody_keeps_a_draft_of_a_form_that_is_not_open_to_them(front_desk: Client) -> None:
    assert front_desk.post(SAVE, TYPED).status_code == 403
    assert kept() == []


def test_a_visitor_keeps_none(world: World) -> None:
    answer = Client().post(SAVE, TYPED)
    assert answer.headers["Location"] == reverse("sign_in")
    assert kept() == []


def test_a_draft_comes_back_after_an_idle_end(
    world: World, operations: Client, clock: time_machine.Traveller
) -> None:
    operations.post(SAVE, TYPED)
    clock.shift(16 * 60)
    assert operations.get(PARTNER_NEW).headers["Location"].startswith("/sign-in/")
    visiting.sign_in(world["operations"], operations, to=PARTNER_NEW)
    assert offered(operations)
