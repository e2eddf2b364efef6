"""Another mail address through the pages: what the mails say, what opens, and that no link acts by itself."""

import re
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.accounts import models
from portico.domains.notifications import outbox
from portico.domains.plan import catalogue
from portico.edges.mail import rendering
from tests.support import cast, visiting
from tests.support import world as worlds
from tests.support.world import World

CHANGE, CONFIRM, UNDO = (
    "/account/mail-address/",
    "/account/mail-address/confirm/",
    "/account/mail-address/undo/",
)
OLD, NEW = "front.desk@example.org", "fay@new.example.org"
DAY = 24 * 60 * 60


def mails() -> list[tuple[str, rendering.Letter]]:
    """Every mail that waits, as it will be sent."""
    rows = (
        apps.get_model("notifications", "Message")
        .objects.filter(template__startswith="address")
        .order_by("pk")
    )
    waiting = [outbox.Outgoing(row.message_id, row.to, row.template, row.context, 0) for row in rows]
    return [
        (
            each.to,
            rendering.render(template=each.template, context=outbox.opened(each), plan=catalogue.identity()),
        )
        for each in waiting
    ]


def link_in(letter: rendering.Letter) -> str:
    """The path and query of the one link a mail holds."""
    [link] = re.findall(r"https?://\S+", letter.body)
    return re.sub(r"^https?://[^/]+", "", link)


def secret_of(link: str) -> dict[str, str]:
    """What the form of the page sends that a link opens."""
    return {"t": link.partition("?t=")[2]}


def ask(browser: Client, email: str = NEW) -> Any:
    return browser.post(CHANGE, {"email": email})


def email_of(world: World, key: str = "front_desk") -> str:
    return models.User.objects.get(pk=world[key].user_id).email


@pytest.fixture
def links(front_desk: Client) -> tuple[str, str]:
    """The links in the two mails of a change that was asked for."""
    ask(front_desk)
    (_, to_new), (_, to_old) = mails()
    return link_in(to_new), link_in(to_old)


def test_a_change_waits_in_sight_until_it_is_confirmed(front_desk: Client, world: World) -> None:
    answer = ask(front_desk)
    assert answer.headers["Location"] == "/account/"
    said = visiting.seen(front_desk.get("/account/"))
    assert "We wrote to the new address." in said
    assert f"A new mail address waits to be confirmed We wrote to {NEW}" in said
    assert f"Mail address {OLD}" in said
    assert f"We wrote to {NEW}" in visiting.seen(front_desk.get(CHANGE))
    assert email_of(world) == OLD


def test_the_links_lead_into_no_part_of_the_plan_whatever_was_asked_in(front_desk: Client) -> None:
    front_desk.post(f"/in/{cast.MEDI_CAL}{CHANGE}", {"email": NEW})
    (_, to_new), (_, to_old) = mails()
    assert link_in(to_new).startswith(CONFIRM)
    assert link_in(to_old).startswith(UNDO)


def test_the_mails_say_what_to_do_and_name_nobody(front_desk: Client) -> None:
    ask(front_desk)
    (new, to_new), (old, to_old) = mails()
    assert (new, old) == (NEW, OLD)
    assert to_new.subject == "Northlake: confirm your new mail address"
    assert "The link works once, until 03/13/2026 10:00 AM PDT." in to_new.body
    assert to_old.subject == "Northlake: another mail address was asked for"
    assert "stop it now" in to_old.body
    told = "".join(f"{letter.subject}{letter.body}" for letter in (to_new, to_old))
    names = ("front.desk", "Front", "Tester", "Lakeside", NEW, OLD)
    assert [name for name in names if name in told] == []
    assert NEW not in to_old.body


def test_opening_a_link_changes_nothing_and_pressing_its_button_does(
    front_desk: Client, world: World, links: tuple[str, str]
) -> None:
    to_confirm, _ = links
    page = front_desk.get(to_confirm)
    assert page.status_code == 200
    assert email_of(world) == OLD
    assert f'value="{secret_of(to_confirm)["t"]}"' in page.content.decode()
    answer = front_desk.post(CONFIRM, secret_of(to_confirm))
    assert answer.headers["Location"] == "/account/"
    assert email_of(world) == NEW
    assert "This is your account's mail address now." in visiting.seen(front_desk.get("/account/"))
    to, letter = mails()[-1]
    assert (to, letter.subject) == (OLD, "Northlake: your mail address was changed")
    assert "The link works until 03/15/2026 10:00 AM PDT" in letter.body


@pytest.mark.parametrize("which", [0, 1], ids=["confirm", "undo"])
def test_a_page_behind_a_link_tells_its_address_to_nobody(
    front_desk: Client, links: tuple[str, str], which: int
) -> None:
    answer = front_desk.get(links[which])
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    body = visiting.as_said(answer)
    secret = secret_of(links[which])["t"]
    assert body.count(secret) == 1
    assert not re.findall(rf'(?:href|src|action)="[^"]*{secret}', body)


def test_a_visitor_with_the_link_of_the_new_mailbox_is_asked_to_sign_in_whatever_link_it_is(
    world: World, links: tuple[str, str]
) -> None:
    visitor = Client()
    good, made_up = visitor.get(links[0]), visitor.get(f"{CONFIRM}?t=made-up")
    assert visiting.as_said(good) == visiting.as_said(made_up)
    assert "Sign in first" in visiting.seen(good)
    assert secret_of(links[0])["t"] not in visiting.as_said(good)
    assert visitor.post(CONFIRM, secret_of(links[0])).headers["Location"] == reverse("sign_in")
    assert email_of(world) == OLD


def test_somebody_else_who_is_signed_in_confirms_nothing(world: World, links: tuple[str, str]) -> None:
    colleague = visiting.sign_in(world["colleague"])
    theirs = colleague.post(CONFIRM, secret_of(links[0]))
    made_up = colleague.post(CONFIRM, {"t": "made-up"})
    assert theirs.status_code == made_up.status_code == 404
    assert visiting.as_said(theirs) == visiting.as_said(made_up)
    assert (email_of(world), email_of(world, "colleague")) == (OLD, "colleague@example.org")


def test_a_link_that_was_used_or_is_a_day_old_says_so_alike(
    front_desk: Client, world: World, links: tuple[str, str], clock: time_machine.Traveller
) -> None:
    front_desk.post(CONFIRM, secret_of(links[0]))
    front_desk.get("/account/")
    used = front_desk.post(CONFIRM, secret_of(links[0]))
    clock.shift(DAY)
    again = visiting.sign_in(world["front_desk"])
    ask(again, "fay@third.example.org")
    late = link_in(mails()[-2][1])
    again.get("/account/")
    clock.shift(DAY)
    browser = visiting.sign_in(world["front_desk"])
    old = browser.post(CONFIRM, secret_of(late))
    assert used.status_code == old.status_code == 404
    assert visiting.seen(used).partition("This link")[2] == visiting.seen(old).partition("This link")[2]
    assert email_of(world) == NEW


def test_the_old_mailbox_stops_what_waits_from_any_browser(
    world: World, front_desk: Client, links: tuple[str, str]
) -> None:
    visitor = Client()
    assert "Undo the change" in visiting.seen(visitor.get(links[1]))
    answer = visitor.post(UNDO, secret_of(links[1]))
    assert "The new mail address was not taken" in visiting.seen(answer)
    assert front_desk.post(CONFIRM, secret_of(links[0])).status_code == 404
    assert email_of(world) == OLD
    assert visitor.post(UNDO, secret_of(links[1])).status_code == 404


def test_the_old_mailbox_turns_the_change_back_and_every_session_is_out(
    world: World, front_desk: Client, links: tuple[str, str]
) -> None:
    front_desk.post(CONFIRM, secret_of(links[0]))
    answer = Client().post(UNDO, secret_of(links[1]))
    assert "Your account has its old mail address again" in visiting.seen(answer)
    assert reverse("forgot_password") in answer.content.decode()
    assert email_of(world) == OLD
    assert front_desk.get("/account/").headers["Location"].startswith(reverse("sign_in"))
    to, letter = mails()[-1]
    assert (to, letter.subject) == (NEW, "Northlake: your mail address was changed back")


def test_opening_the_link_that_undoes_undoes_nothing(
    world: World, front_desk: Client, links: tuple[str, str]
) -> None:
    front_desk.post(CONFIRM, secret_of(links[0]))
    before = worlds.last_use()
    Client().get(links[1])
    assert email_of(world) == NEW
    assert worlds.last_use() == before


def test_one_keeps_the_old_address_by_a_button(
    front_desk: Client, world: World, links: tuple[str, str]
) -> None:
    answer = front_desk.post(reverse("address_withdraw"))
    assert answer.headers["Location"] == "/account/"
    said = visiting.seen(front_desk.get("/account/"))
    assert "Your account keeps its mail address." in said
    assert "waits to be confirmed" not in said
    assert front_desk.post(CONFIRM, secret_of(links[0])).status_code == 404
    front_desk.post(reverse("address_withdraw"))
    assert "No change was waiting." in visiting.seen(front_desk.get("/account/"))


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("", "Enter a mail address."),
        ("nobody", "Enter one whole mail address"),
        ("fay@example.org\nBcc: all@example.org", "Enter one whole mail address"),
        (OLD, "Your account has this address already."),
    ],
    ids=["nothing", "no address", "a header", "the same"],
)
def test_what_cannot_be_taken_is_said_beside_the_field(front_desk: Client, email: str, says: str) -> None:
    answer = ask(front_desk, email)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert mails() == []


def test_an_address_another_account_has_is_answered_like_any_other(front_desk: Client, world: World) -> None:
    taken = ask(front_desk, "colleague@example.org")
    free = ask(front_desk, "nobody.at.all@example.org")
    assert (taken.status_code, taken.headers["Location"]) == (free.status_code, free.headers["Location"])
    assert len(world.signers) > 1


def test_the_sixth_of_a_day_is_refused(front_desk: Client) -> None:
    for number in range(5):
        ask(front_desk, f"fay{number}@example.org")
    answer = ask(front_desk)
    assert answer.status_code == 422
    assert "At most 5 addresses a day." in visiting.seen(answer)


def test_it_asks_for_a_confirmation_first(front_desk: Client, clock: time_machine.Traveller) -> None:
    clock.shift(11 * 60)
    assert front_desk.get(CHANGE).headers["Location"].startswith(reverse("confirm"))
    assert ask(front_desk).headers["Location"].startswith(reverse("confirm"))
    assert mails() == []


def test_no_log_and_no_session_keeps_an_address_or_a_secret(
    front_desk: Client, links: tuple[str, str], logs: Any
) -> None:
    for link in links:
        front_desk.get(link)
    front_desk.post(CONFIRM, {"t": "wrong"})
    front_desk.post(CONFIRM, secret_of(links[0]))
    front_desk.post(UNDO, secret_of(links[1]))
    secrets = [secret_of(link)["t"] for link in links]
    kept = [str(each.get_decoded()) for each in models.Session.objects.all()]
    written = logs.getvalue() + "".join(kept) + str([vars(row) for row in worlds.uses()])
    assert [canary for canary in (*secrets, NEW, OLD) if canary in written] == []
