"""Every way in which a stranger opens an account of a registration: by a browser, by a number, by a link.

Whether a username is taken has to be told to whoever may choose one; whose it is, is not, and it is counted.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from portico.domains.registration import budgets, catalogue, links, models, transaction_ids
from portico.domains.registration.budgets import LIMITS, Budget
from portico.domains.registration.tests import waiting
from portico.edges.web.register import marks
from portico.edges.web.register.opening import TAKEN
from portico.shared import identifiers
from tests.security import alike, followers
from tests.security.alike import Side
from tests.security.followers import closed, in_every_state, mistyped, shown
from tests.security.strangers import DISABLED, NOBODY, SUSPENDED
from tests.security.strangers import KNOWN as SOMEBODY
from tests.security.ways import Sides, Way, side
from tests.support import inviting, registering
from tests.support.actors import NOW
from tests.support.world import World

Names = tuple[str, ...]
CHOSEN: Mapping[str, str] = {"username": NOBODY, "password": registering.PASSWORD}
OF_PEOPLE: Names = (SOMEBODY, DISABLED, SUSPENDED, "colleague", "outsider", inviting.USERNAME)
MARK = "the mark of a browser"
NETWORK = "203.0.113.83"
DAY = timedelta(days=1)
_NPI, _TAX_ID = str(identifiers.npi_with_check_digit("100000811")), "619900811"


def marked(mark: str, address: str = "") -> Client:
    """A browser with that mark; a stranger's, unless from that network."""
    browser = Client(REMOTE_ADDR=address) if address else alike.stranger()
    response = HttpResponse()
    marks.keep(response, mark)
    browser.cookies.update(response.cookies)
    return browser


def on_file() -> None:
    """A physician whom nobody else knows."""
    waiting.a_practice(_NPI, _TAX_ID)


def matched(mark: str) -> str:
    """The transaction ID of a registration of that physician; it matched, and is found by the mark."""
    return waiting.matched(mark, npi=_NPI, tax_ids=(_TAX_ID,))[1]


def _by_mark(route: str, **form: str) -> Callable[[World], Sides]:
    """Browsers that sent nothing within the hour: one that never did, and one that did before."""

    def sides(world: World) -> Sides:
        del world
        waiting.matched(mark="late")
        models.Draft.objects.update(submitted_at=NOW - timedelta(hours=1))
        return {each: side(route, form, browser=marked(each)) for each in ("never", "late")}

    return sides


def _not_matched(world: World) -> dict[str, str]:
    """Numbers that open nothing: nobody's, and right ones of what is not, or not any more, to be opened."""
    right = in_every_state(world)
    models.Application.objects.update(matched_at=NOW - DAY)
    return {**followers.wrong(world), **right}


def _people() -> None:
    inviting.invite()
    on_file()
    matched(MARK)
    catalogue.current()  # remembered for a moment, whatever is named


def _taken(world: World) -> Sides:
    """Usernames that are taken, whoever has them and in whatever state they are."""
    del world
    _people()
    return {
        name: side("register_opening", {**CHOSEN, "username": name}, (name,), marked(MARK))
        for name in OF_PEOPLE
    }


def _taken_by_link(world: World) -> Sides:
    """The same behind a mailed link."""
    del world
    _people()
    _, number, secret = waiting.approved()
    return {
        name: side("register_complete", _by_link(secret, number, username=name), (secret, number, name))
        for name in OF_PEOPLE
    }


def _metered(spend: Callable[[], None], address: str = "") -> Callable[[World], Sides]:
    """Usernames, once too many were taken: one that is free is answered as those that are taken."""

    def sides(world: World) -> Sides:
        del world
        _people()
        spend()
        return {
            name: side("register_opening", {**CHOSEN, "username": name}, (name,), marked(MARK, address))
            for name in (NOBODY, *OF_PEOPLE)
        }

    return sides


def _spend_own() -> None:
    """All the taken usernames that one registration may try, each from another network."""
    for _ in range(LIMITS[Budget.OWN_TAKEN_NAME].most):
        form = {**CHOSEN, "username": SOMEBODY}
        answer = side("register_opening", form, browser=marked(MARK)).ask()
        assert TAKEN in answer.content.decode()


def _spend_networks() -> None:
    """All those that may come from one network, for whatever registrations."""
    for _ in range(LIMITS[Budget.TAKEN_NAME].most):
        budgets.spend(Budget.TAKEN_NAME, NETWORK, at=NOW)


def _by_link(secret: str, number: str, **changes: str) -> dict[str, str]:
    return {"t": secret, "transaction_id": number, **CHOSEN, **changes}


def _wrong_behind_links(world: World) -> Sides:
    """Numbers that are not that of the link's own registration; a link for each."""
    numbers = {**followers.wrong(world), **in_every_state(world)}
    links_of = {key: waiting.approved(tax_ids=())[2] for key in numbers}
    return {
        key: side("register_complete", _by_link(links_of[key], number), (links_of[key], number))
        for key, number in numbers.items()
    }


def _dead() -> dict[str, tuple[str, str]]:
    """Secrets of links that open nothing, each with the right number of its registration."""
    found = {"never": ("A" * 43, transaction_ids.new())}
    changes: dict[str, dict[str, Any]] = {
        "used": {"ended_at": NOW, "ending": links.Ending.USED},
        "replaced": {"ended_at": NOW, "ending": links.Ending.REPLACED},
        "guessed at": {"ended_at": NOW, "ending": links.Ending.MISSES, "misses": 5},
        "late": {"expires_at": NOW},
    }
    for key, values in changes.items():
        row, number, secret = waiting.approved(tax_ids=())
        models.Link.objects.filter(application=row).update(**values)
        found[key] = (secret, number)
    for state in ("denied", "lapsed"):
        row, number, secret = waiting.approved(tax_ids=())
        waiting.put(row, state=state)
        found[state] = (secret, number)
    return found


def _dead_links(world: World) -> Sides:
    del world
    return {key: side("register_complete", _by_link(*each)) for key, each in _dead().items()}


def _opened_links(world: World) -> Sides:
    """Only opened, as programs that read mail do."""
    del world

    def opened(secret: str) -> Side:
        return Side(lambda: alike.stranger().get(reverse("register_complete"), {"t": secret}))

    return {key: opened(secret) for key, (secret, _) in _dead().items()}


BY_MARK = {
    f"a browser that sent nothing, {key}": Way(route, _by_mark(route, **form))
    for key, route, form in (
        ("for its confirmation", "register_received", {}),
        ("for its paper", "register_received_pdf", {}),
        ("for its account", "register_opening", CHOSEN),
        ("for the page", "register_opening", {}),
    )
}
WAYS = {
    **BY_MARK,
    "an opening by a wrong number": Way("register_opening", shown("register_opening", CHOSEN)),
    "an opening by a number of what is not to be opened": Way(
        "register_opening", shown("register_opening", CHOSEN, _not_matched), is_costed=False
    ),
    "an opening by a mistyped number": Way(
        "register_opening", mistyped("register_opening", CHOSEN, in_every_state)
    ),
    "an opening from a closed network": Way(
        "register_opening", closed("register_opening", CHOSEN, in_every_state, 84)
    ),
    "a taken username": Way("register_opening", _taken, says=TAKEN),
    "a taken username behind a link": Way("register_complete", _taken_by_link, says=TAKEN),
    "a username once a registration has tried too many": Way(
        "register_opening", _metered(_spend_own), says="Too many of these usernames were taken"
    ),
    "a username once a network has tried too many": Way(
        "register_opening", _metered(_spend_networks, NETWORK), says="Too many of these usernames were taken"
    ),
    "a wrong number behind a link": Way("register_complete", _wrong_behind_links, says="4 tries are left"),
    "a link that opens nothing": Way("register_complete", _dead_links, says="This link does not work"),
    "a link that opens nothing, opened": Way(
        "register_complete", _opened_links, says="This link does not work"
    ),
}
