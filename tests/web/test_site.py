"""The public site: the welcome, the entrances with their cards, how to know it, and how the service is."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from portico.domains.jobs.tests.test_pulse import recurring
from portico.domains.plan import entrances, opening
from portico.domains.plan.entrances import Audience, Entrance
from portico.edges.web.documents import entry_card
from portico.edges.web.site import service_status
from portico.shared.pdf.tests import reading
from tests.support import visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

MEMBERS = Entrance(
    "members", Audience.MEMBER, "Members", says="See your own plan.", url="https://members.example.org/in"
)
MEDI_CAL = Entrance("state", Audience.PROVIDER, "Medi-Cal offices", line="medi-cal")
EVERY = Entrance("providers", Audience.PROVIDER, "Providers")


@pytest.fixture
def _entrances(world: World) -> None:
    entrances.replace(actor=worlds.system(), entrances=[EVERY, MEDI_CAL, MEMBERS])


@pytest.fixture
def visitor(_entrances: None) -> Client:
    """Somebody who has not signed in."""
    return Client()


def test_the_welcome_says_who_registers_with_what_and_where_others_go(visitor: Client) -> None:
    answer = visitor.get("/")
    said, page = visiting.seen(answer), answer.content.decode()
    assert "Who registers" in said
    assert "Front-desk and billing staff do not register themselves" in said
    assert "The licence number, and the state that gave it" in said
    assert "The address bar says localhost:8000 , nothing before it or after it." in said
    assert "See your own plan." in said
    for route in ("sign_in", "register", "register_status", "entrances", "contact", "service_status"):
        assert f'href="{reverse(route)}"' in page
    assert f'href="{reverse("enter", args=["members"])}"' in page
    assert f'href="{reverse("enter", args=["state"])}"' not in page


def test_a_plan_without_other_audiences_names_none(world: World) -> None:
    assert "Not a provider?" not in visiting.seen(Client().get("/"))


def test_every_page_leads_a_visitor_to_what_is_public(visitor: Client) -> None:
    labels = [link.label for link in visitor.get("/support/").context["shell"].links]
    assert labels == [
        "Contact",
        "Which it is",
        "Entrances",
        "How to know our site",
        "What needs an authorization",
        "Authorizations in figures",
        "Portal manual",
        "Service status",
    ]


def test_who_works_here_is_led_to_the_status_only(front_desk: Client) -> None:
    labels = [link.label for link in front_desk.get("/support/").context["shell"].links]
    assert labels == ["Portal manual", "Service status"]


def test_each_entrance_is_listed_with_its_whole_address_and_its_card(visitor: Client) -> None:
    answer = visitor.get("/entrances/")
    said, page = visiting.seen(answer), answer.content.decode()
    for slug, name in (("providers", "Providers"), ("state", "Medi-Cal offices"), ("members", "Members")):
        assert name in said
        assert f"{settings.SITE}/enter/{slug}/" in said
        assert f'href="/enter/{slug}/card/"' in page


def test_an_address_of_an_entrance_is_the_same_in_every_part_of_the_plan(visitor: Client) -> None:
    said = visiting.seen(visitor.get("/in/medi-cal/entrances/"))
    assert f"{settings.SITE}/enter/members/" in said
    assert f"{settings.SITE}/in/" not in said


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/enter/providers/", "/sign-in/"),
        ("/enter/state/", "/in/medi-cal/sign-in/"),
        ("/in/employer-hmo/enter/state/", "/in/medi-cal/sign-in/"),
        ("/in/employer-hmo/enter/providers/", "/sign-in/"),
    ],
)
def test_providers_are_led_to_the_sign_in_of_their_line(visitor: Client, address: str, leads: str) -> None:
    answer = visitor.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, leads)
    assert visitor.get(leads).status_code == 200


def test_the_sign_in_of_a_line_says_which_it_is(visitor: Client) -> None:
    assert "Medi-Cal" in visiting.seen(visitor.get("/enter/state/", follow=True))


def test_everybody_else_is_told_where_their_own_site_is(visitor: Client) -> None:
    answer = visitor.get("/enter/members/")
    assert answer.status_code == 200
    assert "Members sign in at members.example.org" in visiting.seen(answer)
    assert 'href="https://members.example.org/in"' in answer.content.decode()


@pytest.mark.parametrize("address", ["/enter/nowhere/", "/enter/nowhere/card/"])
def test_an_entrance_that_is_not_there_leads_to_those_that_are(visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert 'href="/entrances/"' in answer.content.decode()


def test_the_card_of_an_entrance_is_a_page_to_print(visitor: Client) -> None:
    answer = visitor.get("/enter/state/card/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="entry-card-state.pdf"'
    text = reading.text(answer.content)
    assert reading.failures(answer.content) == []
    assert "Medi-Cal offices" in text
    assert f"{settings.SITE}/enter/state/" in text
    assert "the name of the site is localhost:8000" in text


def test_a_card_is_made_once_for_everybody_until_something_on_it_changes(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    render = entry_card.render

    def counted(card: entry_card.EntryCard) -> bytes:
        made.append(card.name)
        return render(card)

    monkeypatch.setattr(entry_card, "render", counted)
    cards = [visitor.get("/enter/state/card/").content for _ in range(3)]
    assert made == ["Medi-Cal offices"]
    assert len(set(cards)) == 1
    entrances.replace(actor=worlds.system(), entrances=[Entrance("state", Audience.PROVIDER, "Another name")])
    visitor.get("/enter/state/card/")
    assert made == ["Medi-Cal offices", "Another name"]


def test_there_is_one_name_to_look_for(visitor: Client) -> None:
    said = visiting.seen(visitor.get("/look-alikes/"))
    assert settings.SITE in said
    assert "The name of the site is localhost:8000 , to the letter" in said


def test_the_status_says_as_of_when_the_data_is_true(visitor: Client) -> None:
    recurring(due=timedelta(minutes=1))
    said = visiting.seen(visitor.get("/status/"))
    assert "This site and signing in Working" in said
    assert "Mails with links and codes Going out" in said
    for feed in service_status.FEEDS.values():
        assert f"{feed} Mar 12, 2026, 1:00 AM PDT" in said


def test_the_status_says_when_mails_are_late_and_what_was_never_loaded(db: None, clock: Any) -> None:
    said = visiting.seen(Client().get("/status/"))
    assert "Mails with links and codes Late" in said
    assert "Who is covered Not loaded yet" in said


def test_the_status_is_read_once_in_a_while_whoever_asks(
    world: World, django_assert_num_queries: Any
) -> None:
    browser = Client()
    browser.get("/status/")
    with django_assert_num_queries(0):
        for _ in range(5):
            assert browser.get("/status/").status_code == 200


def test_without_a_database_the_status_says_so_and_needs_none(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(at: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(service_status, "_known", down)
    cache.clear()
    answer = Client().get("/status/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "The portal is out of order" in visiting.seen(answer)


def test_the_hours_of_the_plan_stand_beside_how_to_reach_it(visitor: Client) -> None:
    said = visiting.seen(visitor.get("/contact/"))
    assert "Open now" in said  # Thursday, 10 in the morning
    assert "Monday to Friday 8:00 AM to 5:00 PM" in said
    assert "Saturday and Sunday Closed" in said
    assert "Pacific Time" in said
    assert "Closed soon" not in said


def test_a_holiday_is_told_before_it_comes(visitor: Client, clock: Any) -> None:
    days = {date(2026, 3, 31): "Spring day", date(2026, 12, 25): "Christmas Day", date(2026, 3, 1): "Gone by"}
    opening.set_hours(actor=worlds.system(), holidays=days)
    said = visiting.seen(visitor.get("/contact/"))
    assert "Closed soon Spring day 03/31/2026" in said
    assert "Christmas" not in said
    assert "Gone by" not in said
    clock.move_to(NOW + timedelta(days=19))
    assert "Closed now" in visiting.seen(visitor.get("/contact/"))
