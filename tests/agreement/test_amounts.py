"""What it costs is the same on the member's page and in every 271, to the cent; and where it is not told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portico.domains.permits.reasons import Reason
from tests.agreement import amounts_271, answers_271, by_files, people
from tests.agreement.by_files import ByFiles
from tests.agreement.cases import ZEPHYRINE
from tests.agreement.heard import At, Door, Limit, Money, Question, Share
from tests.support import cast, patients, working
from tests.support.doors import x12
from tests.support.doors.x12 import Sought

ALL = "^".join(people.SERVICES)
COSTLY = Question("front_desk", Sought(people.COSTLY, "Costain"), service_types=ALL)
AT_WEB_AND_IN_X12 = (At.WEB, At.REAL_TIME, At.BATCH)


def by_code(money: Money) -> Money:
    """The same with the services under their codes, as a page names them in words."""
    codes = {name: code for code, name in people.SERVICES.items()}
    shares = {
        (codes.get(service, service), network): share for (service, network), share in money.shares.items()
    }
    limits = {codes.get(service, service): limit for service, limit in money.limits.items()}
    return Money(shares, money.meters, limits)


def told(door: Door, question: Question) -> Money:
    """The amounts heard at a door; what a door leaves out is not covered."""
    money = door.ask(question).money
    assert money is not None
    found = by_code(money)
    services = {service for service, _ in found.shares}
    nothing = {
        (service, network): Share(is_covered=False) for service in services for network in ("in", "out")
    }
    return replace(found, shares=nothing | dict(found.shares))


@pytest.mark.parametrize(
    "member", [COSTLY, replace(COSTLY, sought=ZEPHYRINE)], ids=["every kind", "a simple plan"]
)
def test_the_page_and_the_271s_tell_the_same_amounts(member: Question, doors: tuple[Door, ...]) -> None:
    page, *others = [told(door, member) for door in doors if door.at in AT_WEB_AND_IN_X12]
    assert page.shares
    assert page.meters
    assert page.limits
    for other in others:
        assert other == page


def test_the_amounts_are_those_of_the_plan(doors: tuple[Door, ...]) -> None:
    (page,) = [told(door, COSTLY) for door in doors if door.at is At.WEB]
    assert page.meters == {
        ("deductible", "individual", "in"): (Decimal(1500), Decimal(1250)),
        ("deductible", "family", "in"): (Decimal(3000), Decimal(2100)),
        ("oop_max", "individual", "in"): (Decimal(6500), Decimal(6500)),
        ("deductible", "individual", "out"): (Decimal(4000), Decimal(4000)),
        ("oop_max", "individual", "out"): (Decimal(9000), Decimal(0)),
        ("oop_max", "family", "out"): (Decimal("18000.50"), Decimal("18000.50")),
    }
    assert page.limits == {
        "33": Limit(Decimal(20), "visits", "year", Decimal(15)),
        "AE": Limit(Decimal(12), "visits", "year"),
        "UC": Limit(Decimal(1500), "dollars", "lifetime"),
    }
    assert page.shares["48", "out"] == Share(True, coinsurance=Decimal("37.5"), after_deductible=True)
    assert page.shares["86", "in"] == Share(True, Decimal("250.50"), Decimal(10))


def test_a_file_taken_home_as_271_tells_what_a_270_is_told(doors: tuple[Door, ...]) -> None:
    (files,) = [door for door in doors if isinstance(door, ByFiles)]
    (at_once,) = [door for door in doors if door.at is At.REAL_TIME]
    browser = files.people.browser("front_desk")
    address = by_files.send(browser, [COSTLY], cast.OWN).headers["Location"]
    browser.post(f"{address}start/")
    working.work()
    (patient,) = x12.patients(browser.get(f"{address}results.271").content.decode())
    plain = replace(COSTLY, service_types="30")
    assert amounts_271.read(patient) == at_once.ask(plain).money
    assert answers_271.said(patient) == at_once.ask(plain).said


def test_without_benefits_no_door_tells_an_amount_and_each_says_why(doors: tuple[Door, ...]) -> None:
    for door in doors:
        if door.at in AT_WEB_AND_IN_X12:
            heard = door.ask(Question("eligibility_only", ZEPHYRINE))
            assert (door.at, heard.money, heard.closed) == (door.at, Money(), Reason.FUNCTION_NOT_GRANTED)


def test_before_coverage_begins_no_271_tells_an_amount(doors: tuple[Door, ...]) -> None:
    later = Question("front_desk", Sought(patients.LATER, "Quillfeather", birth_date=date(1984, 5, 6)))
    for door in doors:
        if door.at in (At.REAL_TIME, At.BATCH):
            assert door.ask(later).money == Money()
