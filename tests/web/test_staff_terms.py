"""Terms of use at the plan's desk: every version with how many agreed, and publishing the next."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portico.domains.plan import terms
from tests.support import visiting
from tests.support import world as worlds
from tests.support.world import World

LIST, NEW = "/staff/terms/", "/staff/terms/new/"
FORM = {"version": "2026-04", "text": "# Terms\n\nBe careful."}


def publish(browser: Client, **changes: str) -> Any:
    return browser.post(NEW, {**FORM, "publish": "yes", **changes})


def test_a_text_is_looked_at_first_and_published_from_there(operations: Client) -> None:
    shown = operations.post(NEW, FORM)
    assert "<h2>Terms</h2>" in shown.content.decode()
    assert "Publish version 2026-04" in visiting.seen(shown)
    assert terms.current() is None
    answer = publish(operations)
    assert answer.headers["Location"] == LIST
    made = terms.current()
    assert made is not None
    assert (made.version, made.text) == ("2026-04", "# Terms\n\nBe careful.\n")


def test_the_list_says_what_is_in_force_and_how_many_agreed(
    operations: Client, world: World, front_desk: Client
) -> None:
    publish(operations)
    made = terms.current()
    assert made is not None
    operations.post(reverse("terms_accept"), {"digest": made.digest, "agree": "on"})
    others = len(world.signers) - 1
    assert f"{others} people in use have yet to agree" in visiting.seen(operations.get(LIST))
    front_desk.post(reverse("terms_accept"), {"digest": made.digest, "agree": "on"})
    said = visiting.seen(operations.get(LIST))
    assert f"{others - 1} people in use have yet to agree" in said
    assert f"2026-04 Mar 12, 2026, 10:00 AM PDT In force 2 {made.digest[:12]}" in said


def test_whoever_publishes_agrees_like_everybody_else(operations: Client) -> None:
    publish(operations)
    assert operations.get(LIST).headers["Location"].startswith(reverse("terms_accept"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"version": ""}, "Name the version."),
        ({"version": "spring"}, "a digit among them"),
        ({"text": ""}, "Enter the text."),
        ({"text": "Pay\u202enothing"}, "a sign that cannot be seen"),
    ],
    ids=["no version", "no digit", "no text", "turned around"],
)
def test_what_cannot_be_published_is_said(operations: Client, changes: dict[str, str], says: str) -> None:
    answer = publish(operations, **changes)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert terms.current() is None


def test_it_asks_for_a_confirmation_before_anything_is_typed_and_when_it_is_sent(
    operations: Client, clock: time_machine.Traveller
) -> None:
    clock.shift(11 * 60)
    assert operations.get(LIST).status_code == 200
    assert operations.get(NEW).headers["Location"].startswith(reverse("confirm"))
    assert publish(operations).headers["Location"].startswith(reverse("confirm"))
    assert terms.current() is None


@pytest.mark.parametrize("key", ["support", "member_services", "administrator", "front_desk"])
def test_only_the_operations_desk_publishes(world: World, key: str) -> None:
    browser = visiting.sign_in(world[key])
    assert browser.get(LIST).status_code == 403
    assert browser.get(NEW).status_code == 403
    assert browser.post(NEW, FORM).status_code == 403
    assert browser.post(NEW, {}).status_code == 403
    assert publish(browser).status_code == 403
    assert terms.current() is None


def test_each_use_leaves_its_row(operations: Client) -> None:
    before = worlds.last_use()
    operations.get(LIST)
    operations.get(NEW)
    publish(operations)
    rows = worlds.uses(pk__gt=before)
    assert [row.conclusion for row in rows] == ["terms_tallied", "terms_form_shown", "terms_published"]
