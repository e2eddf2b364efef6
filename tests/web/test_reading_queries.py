"""The pages of the library ask the database the same whatever they hold."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portico.domains.library import models
from portico.domains.library.tests import shelving
from portico.domains.plan import catalogue, policy
from tests.support import visiting
from tests.support.actors import TODAY
from tests.support.world import World

MANY = 12


def asked(get: Callable[[], object]) -> int:
    """How many questions a page asks; what is remembered for some seconds is asked for before."""
    get()
    catalogue.choices()
    policy.current()
    with CaptureQueriesContext(
        connection,
    ) as found:
        get()
    return len(found)


def fill(first: int, last: int) -> None:
    """More of everything: chapters in a manual, topics, help, versions, what has to be read."""
    manual = models.Document.objects.filter(key="manual").first() or shelving.document(
        "manual", topics=["all"]
    )
    for number in range(first, last):
        shelving.topic(f"topic-{number}", above="all")
        body = f"[one](library:chapter-{number}) [manual](library:manual)"
        made = shelving.document(
            f"chapter-{number}",
            part_of=manual,
            body=body,
            topics=["all", f"topic-{number}"],
            lines=["medi-cal"],
            must_read_by=TODAY,
        )
        shelving.file(made.versions.get())
        shelving.add(manual, first_on=date(2025, 2, 1 + number), body=body)
        shelving.document(f"help-{number}", kind="help", topics=[f"topic-{number}"])


@pytest.mark.parametrize(
    "address",
    [
        "/library/manual/",
        "/library/manual/versions/1/",
        "/library/manual/on/2026-03-01/",
        "/library/manual/print/",
        "/library/manual/differences/1/2/",
        "/topics/",
        "/topics/all/",
        "/following/",
        "/required-reading/",
        "/help/",
    ],
)
def test_a_page_asks_the_same(front_desk: Client, world: World, address: str) -> None:
    front_desk.post("/following/", {"topic": "", "line": "", "cadence": "daily"})
    fill(0, 2)
    few = asked(lambda: front_desk.get(address))
    fill(2, MANY)
    assert asked(lambda: front_desk.get(address)) == few


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("administrator", "/office/required-reading/"),
        ("operations", "/staff/required-reading/"),
        ("operations", "/staff/required-reading/chapter-1/1/"),
    ],
)
def test_a_report_asks_the_same(world: World, who: str, address: str) -> None:
    browser = visiting.sign_in(world[who])
    fill(0, 2)
    few = asked(lambda: browser.get(address))
    fill(2, MANY)
    for key in ("colleague", "outsider", "medi_cal_only"):
        visiting.sign_in(world[key])
    assert asked(lambda: browser.get(address)) == few
