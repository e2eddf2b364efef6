"""Terms of use: anybody reads them; whoever signs in agrees to what they read, and goes on from there."""

from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from portico.domains.accounts import models
from portico.domains.plan import policy
from portico.domains.plan import terms as plan_terms
from portico.edges.web.accounts.terms import PUBLISHED_MEANWHILE
from tests.support import visiting
from tests.support import world as worlds
from tests.support.world import World

TERMS, ACCEPT, SEARCH = "/terms/", "/terms/accept/", "/patients/"
TEXT = "# Who may use the portal\n\nPeople whom an office named.\n\n- Keep your password to yourself.\n"


@pytest.fixture
def first(world: World) -> plan_terms.Terms:
    """A version in force."""
    return publish("2026-01", TEXT)


def publish(version: str, text: str = "") -> plan_terms.Terms:
    made = plan_terms.publish(actor=worlds.system(), version=version, text=text or f"Text of {version}.")
    policy.forget()
    return made


def agree(browser: Client, terms: plan_terms.Terms, to: str = "", **more: str) -> Any:
    address = ACCEPT + (f"?next={to}" if to else "")
    return browser.post(address, {"digest": terms.digest, "agree": "on", **more})


def acceptances(world: World, key: str = "front_desk") -> list[models.TermsAcceptance]:
    return list(models.TermsAcceptance.objects.filter(user_id=world[key].user_id).order_by("pk"))


# ---------------------------------------------------------------- read by anybody


def test_anybody_reads_the_version_in_force_and_every_older_one(first: plan_terms.Terms) -> None:
    publish("2026-02")
    visitor = Client()
    said = visiting.seen(visitor.get(TERMS))
    assert "Version 2026-02, published Mar 12, 2026, 10:00 AM PDT Text of 2026-02." in said
    old = visitor.get(f"{TERMS}2026-01/")
    assert "This version is no longer in force" in visiting.seen(old)
    assert "<h2>Who may use the portal</h2>" in old.content.decode()
    assert "<li>Keep your password to yourself.</li>" in old.content.decode()
    assert f'href="{TERMS}2026-01/"' in visitor.get(TERMS).content.decode()


def test_before_the_first_there_is_nothing_to_read_or_agree_to(front_desk: Client) -> None:
    assert "No terms of use have been published" in visiting.seen(Client().get(TERMS))
    assert f'href="{TERMS}"' not in Client().get("/").content.decode()
    assert "No terms of use have been published" in visiting.seen(front_desk.get(ACCEPT))
    assert front_desk.get(SEARCH).status_code == 200


def test_the_footer_leads_to_them(first: plan_terms.Terms) -> None:
    assert f'href="{TERMS}"' in Client().get("/").content.decode()


@pytest.mark.parametrize("version", ["2026-99", "none", "..", "<b>"])
def test_a_version_that_never_was_is_not_found(
    front_desk: Client, first: plan_terms.Terms, version: str
) -> None:
    assert front_desk.get(f"{TERMS}{version}/").status_code == 404


def test_no_word_of_the_terms_is_markup(world: World) -> None:
    hostile = "# <script>alert(1)</script>\n\n<img src=x onerror=y>\n\n- </li><b>\n\n1. &lt;i&gt;"
    publish("2026-01", hostile)
    page = Client().get(TERMS).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "</li><b>" not in page
    assert "&amp;lt;i&amp;gt;" in page


# ---------------------------------------------------------------- led there, and back


def test_whoever_has_not_agreed_is_led_to_the_terms_and_back(
    front_desk: Client, world: World, first: plan_terms.Terms
) -> None:
    assert front_desk.get(SEARCH).headers["Location"] == f"{ACCEPT}?next=%2Fpatients%2F"
    assert front_desk.get("/").headers["Location"] == f"{ACCEPT}?next=%2F"
    page = front_desk.get(f"{ACCEPT}?next={SEARCH}")
    assert page.status_code == 200
    assert "Who may use the portal" in visiting.seen(page)
    answer = agree(front_desk, first, SEARCH)
    assert answer.headers["Location"] == SEARCH
    assert "You agreed to the terms of use" in visiting.seen(front_desk.get(SEARCH))
    assert front_desk.get("/").status_code == 200


@override_settings(PROXY_COUNT=1)
def test_version_digest_instant_and_network_address_are_kept(
    world: World, front_desk: Client, first: plan_terms.Terms
) -> None:
    front_desk.post(
        ACCEPT, {"digest": first.digest, "agree": "on"}, HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7"
    )
    [kept] = acceptances(world)
    assert (kept.version, kept.digest, kept.address) == ("2026-01", first.digest, "198.51.100.7")
    assert kept.at.isoformat() == "2026-03-12T17:00:00+00:00"
    said = visiting.seen(front_desk.get("/account/"))
    assert "You agreed to version 2026-01 Mar 12, 2026, 10:00 AM PDT , from 198.51.100.7" in said


def test_a_form_that_is_sent_meanwhile_is_refused_with_the_way_there(
    front_desk: Client, first: plan_terms.Terms
) -> None:
    answer = visiting.search(front_desk, member_id="NLQX7731")
    assert answer.status_code == 403
    assert f'href="{ACCEPT}"' in answer.content.decode()


def test_what_needs_no_agreement_stays_open(front_desk: Client, first: plan_terms.Terms) -> None:
    for address in ("/account/", "/account/personas/", "/account/sessions/", "/support/", TERMS):
        assert front_desk.get(address).status_code == 200


def test_a_new_version_asks_everybody_again_at_the_next_page(
    world: World, front_desk: Client, first: plan_terms.Terms
) -> None:
    agree(front_desk, first)
    assert front_desk.get(SEARCH).status_code == 200
    second = publish("2026-02")
    assert front_desk.get(SEARCH).headers["Location"].startswith(ACCEPT)
    said = visiting.seen(front_desk.get("/account/"))
    assert "You agreed to an earlier version, 2026-01" in said
    assert "Read and agree to version 2026-02" in said
    agree(front_desk, second)
    assert front_desk.get(SEARCH).status_code == 200
    assert [each.version for each in acceptances(world)] == ["2026-01", "2026-02"]


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""],
    ids=["site", "bare", "js", "none"],
)
def test_it_goes_on_within_this_site_only(front_desk: Client, first: plan_terms.Terms, to: str) -> None:
    assert agree(front_desk, first, to).headers["Location"] == "/"


def test_who_agreed_already_is_told_so_and_goes_on(front_desk: Client, first: plan_terms.Terms) -> None:
    agree(front_desk, first)
    page = front_desk.get(f"{ACCEPT}?next={SEARCH}")
    assert page.status_code == 200
    assert "You agreed to these terms On Mar 12, 2026, 10:00 AM PDT" in visiting.seen(page)
    assert f'href="{SEARCH}"' in page.content.decode()


# ---------------------------------------------------------------- only what was read


def test_without_the_tick_nothing_is_agreed_to(
    front_desk: Client, world: World, first: plan_terms.Terms
) -> None:
    answer = front_desk.post(ACCEPT, {"digest": first.digest})
    assert answer.status_code == 422
    assert "Tick this to agree" in visiting.seen(answer)
    assert acceptances(world) == []


@pytest.mark.parametrize("ticked", [{"agree": "on"}, {}], ids=["ticked", "not ticked"])
def test_a_version_published_while_one_reads_is_shown_instead_and_not_agreed_to(
    front_desk: Client, world: World, first: plan_terms.Terms, ticked: dict[str, str]
) -> None:
    front_desk.get(ACCEPT)
    second = publish("2026-02")
    answer = front_desk.post(ACCEPT, {"digest": first.digest, **ticked})
    assert answer.status_code == 422
    said = visiting.seen(answer)
    assert PUBLISHED_MEANWHILE in said
    assert "Text of 2026-02." in said
    assert f'value="{second.digest}"' in answer.content.decode()
    assert " checked" not in answer.content.decode()
    assert acceptances(world) == []
    agree(front_desk, second)
    assert [each.version for each in acceptances(world)] == ["2026-02"]


@pytest.mark.parametrize("digest", ["", "x", "0" * 64, "y" * 65], ids=["none", "short", "another", "long"])
def test_a_made_up_digest_agrees_to_nothing(
    front_desk: Client, world: World, first: plan_terms.Terms, digest: str
) -> None:
    assert front_desk.post(ACCEPT, {"digest": digest, "agree": "on"}).status_code == 422
    assert acceptances(world) == []


def test_reading_them_agrees_to_nothing(front_desk: Client, world: World, first: plan_terms.Terms) -> None:
    front_desk.get(f"{ACCEPT}?digest={first.digest}&agree=on")
    assert acceptances(world) == []


def test_showing_and_agreeing_leave_a_row_each(front_desk: Client, first: plan_terms.Terms) -> None:
    before = worlds.last_use()
    front_desk.get(ACCEPT)
    agree(front_desk, first)
    rows = worlds.uses(pk__gt=before)
    assert [(row.function, row.conclusion) for row in rows] == [
        ("own_account", "terms_shown"),
        ("own_account", "terms_agreed"),
    ]


def test_a_visitor_is_asked_to_sign_in_first(first: plan_terms.Terms) -> None:
    assert Client().get(ACCEPT).headers["Location"].startswith(reverse("sign_in"))
    assert Client().post(ACCEPT).headers["Location"].startswith(reverse("sign_in"))


@pytest.mark.parametrize("key", ["pending", "broker"])
def test_an_account_that_is_not_open_is_told_why_instead(
    world: World, first: plan_terms.Terms, key: str
) -> None:
    browser = visiting.sign_in(world[key])
    assert browser.get("/").status_code == 200
    assert browser.get(ACCEPT).status_code == 403
    assert agree(browser, first).status_code == 403
    assert acceptances(world, key) == []
