"""How long an answer takes tells of no number a stranger types whether it is somebody's: 200 tries a side.

The sides are ranked as those of `test_answers_take_alike`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.http import HttpResponse

from portico.domains.permits import actors
from portico.domains.registration import budgets, drafts, transaction_ids
from portico.domains.registration.budgets import LIMITS, Budget
from portico.domains.registration.claims import Reason
from portico.edges.web.register import kept, marks
from portico.edges.web.register.reason_words import REASONS
from tests.drills.browsing import Browser
from tests.drills.test_answers_take_alike import MOST_APART, TRIES, WARM_UP, apart
from tests.security import followers, practices
from tests.security.practices import FREE, HERE, NOBODYS, Facts
from tests.support import registering
from tests.support import world as worlds
from tests.support.registering import OF_OFFICE

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
STATUS, TRACKING, SUBMIT = "/register/status/", "/join-network/status/", "/register/submit/"
FIELDS: Mapping[str, str] = {STATUS: "transaction_id", TRACKING: "tracking_number"}
CLOSED = "203.0.113.7"
CLAIMS: Mapping[str, tuple[Reason, tuple[Facts, ...], Facts]] = {
    "known and unknown": (
        Reason.NOTHING_MATCHES,
        tuple(
            {**NOBODYS, name: facts[name]}
            for facts in (FREE, HERE, OF_OFFICE)
            for name in ("npi", "tax_id_0", "licence_number")
        ),
        NOBODYS,
    ),
    "here and on file": (
        Reason.NPI_DIFFERS,
        tuple({**facts, "npi": NOBODYS["npi"]} for facts in (HERE, OF_OFFICE)),
        {**FREE, "npi": NOBODYS["npi"]},
    ),
}


@pytest.mark.parametrize("path", FIELDS, ids=["transaction ID", "tracking number"])
def test_numbers_of_something_else_and_of_nothing_take_alike(path: str) -> None:
    world = worlds.build()
    right = followers.in_every_state(world)
    known = [*right.values()] if path == TRACKING else [followers.a_wish() for _ in range(8)]

    def ask(browser: Browser, turn: int, side: int) -> float:
        number = transaction_ids.new() if side else known[turn % len(known)]
        return _ask(browser, path, number, network=f"203.{turn % 200}.{side}.7", expects=422)

    assert apart(ask, path) < MOST_APART


@pytest.mark.parametrize("path", FIELDS, ids=["transaction ID", "tracking number"])
def test_right_and_wrong_numbers_take_alike_from_a_closed_network(path: str) -> None:
    right = list(followers.in_every_state(worlds.build()).values())
    known = right if path == STATUS else [followers.a_wish() for _ in range(5)]
    budget = Budget.WRONG_ID if path == STATUS else Budget.WRONG_TRACKING
    with transaction.atomic():
        for _ in range(LIMITS[budget].most):
            budgets.spend(budget, CLOSED, at=datetime.now(UTC))

    def ask(browser: Browser, turn: int, side: int) -> float:
        number = transaction_ids.new() if side else known[turn % len(known)]
        return _ask(browser, path, number, network=CLOSED, expects=429)

    assert apart(ask, path) < MOST_APART


@pytest.mark.parametrize(("reason", "known", "unknown"), CLAIMS.values(), ids=CLAIMS.keys())
def test_registrations_take_alike(reason: Reason, known: tuple[Facts, ...], unknown: Facts) -> None:
    worlds.build()
    digest = practices.prepare()
    turns = range(-WARM_UP, TRIES)
    sent = {
        (turn, side): _draft(digest, f"{side} {turn}", facts)
        for turn in turns
        for side, facts in enumerate((known[turn % len(known)], unknown))
    }

    def ask(browser: Browser, turn: int, side: int) -> float:
        browser.cookies.load(sent[turn, side])
        browser.headers["X-Forwarded-For"] = f"203.{turn % 256}.{side}.7"
        page = browser.post(SUBMIT)
        assert (page.status, REASONS[reason].headline in page.text) == (200, True)
        return page.seconds

    assert apart(ask, STATUS) < MOST_APART


def _draft(digest: str, mark: str, facts: Facts) -> dict[str, str]:
    """A registration that only has to be sent; answers the cookie of its browser."""
    now = datetime.now(UTC)
    typed = registering.typed(digest)
    values: dict[str, object] = {
        **kept.agreed("2026-1", digest, now, ""),
        **typed["region"],
        **typed["account"],
        **typed["person"],
        kept.READY: "physician.solo_practitioner",
        **facts,
        **registering.CONTACT,
        "email": f"a.{mark.replace(' ', '.')}@example.org",
    }
    drafts.keep(actor=actors.visitor(asked_at=now, today=now.date()), mark=mark, values=values)
    response = HttpResponse()
    marks.keep(response, mark)
    return {name: cookie.value for name, cookie in response.cookies.items()}


def _ask(browser: Browser, path: str, number: str, *, network: str, expects: int) -> float:
    browser.headers["X-Forwarded-For"] = network
    page = browser.post(path, **{FIELDS[path]: number})
    assert page.status == expects
    return page.seconds
