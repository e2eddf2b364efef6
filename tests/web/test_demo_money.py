"""What the demo says of claims, payments and encounters is so, to those it says it of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from portico.demo import (
    acting,
    arrivals,
    billers,
    build,
    claim_rules,
    furnish,
    money,
    offices,
    people,
    practices,
)
from portico.demo import terms as demo_terms
from portico.demo.claims import encounters
from portico.domains.claims import deposits, finding, missing_remittances, payments, reading
from portico.domains.claims.answers import Found
from portico.domains.claims.asked import Asked, NothingFound
from portico.domains.claims.deadline_rules import Kind
from portico.domains.claims.deadline_rules import Standing as Met
from portico.domains.claims.deposit_rules import Standing
from portico.domains.claims.payments import Wanted
from portico.domains.encounters import completeness, submissions
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import terms as plan_terms
from portico.edges.cli import main as command
from tests.support import remembering
from tests.support.actors import NOW, TODAY

LAKESIDE = practices.LAKESIDE.tax_id
LAKESIDES = offices.LAKESIDE.tax_ids


@dataclass(frozen=True, slots=True)
class Shown:
    """What was built, and who there is."""

    built: build.Built
    known: dict[str, int]

    def act(self, key: str) -> Actor:
        """That person, at the instant the demo was built."""
        return acting.person(self.known[key], NOW)

    @property
    def claims(self) -> dict[str, dict[str, Any]]:
        """The named claims by key."""
        return {claim["key"]: claim for claim in self.built.claims}


@pytest.fixture(scope="session")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> build.Built:
    """The feeds of the smallest plan there is."""
    return build.build(1, 5, tmp_path_factory.mktemp("money"), TODAY)


@pytest.fixture
def clock() -> Iterator[None]:
    """The instant the demo is built at."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def shown(db: None, clock: None, feeds: build.Built, capsys: pytest.CaptureFixture[str]) -> Shown:
    """The plan with its claims, the people who follow them, and what they did."""
    del db, clock
    made = remembering.again("demo money", lambda: lived(feeds))
    capsys.readouterr()
    return made


def lived(feeds: build.Built) -> Shown:
    """Load what claims hang on, and live through it."""
    furnish.set_up_plan(NOW)
    for kind, files in feeds.loads:
        if kind in ("providers", "benefits", "834", "library", "837", "claims", "835"):
            assert command.main(["load", kind, *map(str, files)]) == 0
    plan_terms.publish(
        actor=acting.system(NOW - timedelta(days=90)), version=demo_terms.VERSION, text=demo_terms.TEXT
    )
    furnish.open_offices(NOW)
    known: dict[str, int] = {}
    staff = [each for each in people.PEOPLE if each.key == "plan_staff"]
    arrivals.add((*staff, *billers.PEOPLE), known=known, now=NOW)
    claim_rules.everything(actor=acting.person(known["plan_staff"], NOW), today=TODAY)
    money.everything(built=feeds, known=known, now=NOW)
    return Shown(feeds, known)


def found(actor: Actor, claim: dict[str, Any]) -> Found | NothingFound:
    """What a search by tax ID and the plan's number finds."""
    asked = Asked(claim["tax_id"], claim_number=claim["claim_number"])
    return finding.find(actor=actor, asked=asked)


def test_lakesides_lead_finds_every_claim_of_lakeside_as_it_is_told(shown: Shown) -> None:
    lead = shown.act("billing_lead")
    theirs = [claim for claim in shown.built.claims if claim["tax_id"] in LAKESIDES]
    assert len(theirs) > 10
    for claim in theirs:
        seen = found(lead, claim)
        assert isinstance(seen, Found), claim["key"]
        [row] = seen.claims
        assert (row.status, row.line) == (claim["status"], claim["line"]), claim["key"]
        assert row.subscriber_number == claim["subscriber_id"]


def test_what_is_out_of_scope_may_not_even_be_asked_for(shown: Shown) -> None:
    with pytest.raises(NotPermitted):
        found(shown.act("billing_lead"), shown.claims["out_of_scope"])
    assert isinstance(found(shown.act("encounter_desk"), shown.claims["out_of_scope"]), Found)


def test_the_hospital_finds_its_stay(shown: Shown) -> None:
    seen = found(shown.act("hospital_biller"), shown.claims["institutional"])
    assert isinstance(seen, Found)
    assert seen.claims[0].form == "institutional"


def test_a_biller_for_one_provider_finds_that_providers_claims_alone(shown: Shown) -> None:
    only_grace = shown.act("one_provider_biller")
    assert isinstance(found(only_grace, shown.claims["paid"]), Found)
    assert isinstance(found(only_grace, shown.claims["paid_late"]), NothingFound)


def test_an_adjusted_claim_says_so_and_a_pended_one_for_what(shown: Shown) -> None:
    lead = shown.act("billing_lead")
    adjusted, pended = found(lead, shown.claims["adjusted"]), found(lead, shown.claims["pended"])
    assert isinstance(adjusted, Found)
    assert isinstance(pended, Found)
    assert adjusted.claims[0].is_adjusted
    assert pended.claims[0].pend_reason == "medical_records"


def test_a_denied_claim_is_read_to_its_reason(shown: Shown) -> None:
    lead = shown.act("billing_lead")
    seen = found(lead, shown.claims["denied"])
    assert isinstance(seen, Found)
    page = reading.read(actor=lead, claim=seen.claims[0].public_id)
    assert {each.reason for line in page.lines for each in line.adjustments} == {"197"}
    assert page.policies["carc", "197"].document == "employer-ppo-prior-authorization"
    assert {each.kind: each.standing for each in page.deadlines} == {
        Kind.TIMELY_FILING: Met.KEPT,
        Kind.PROMPT_PAY: Met.KEPT,
        Kind.DISPUTE: Met.RUNNING,
    }


def test_late_payment_is_seen_as_late(shown: Shown) -> None:
    lead = shown.act("billing_lead")
    seen = found(lead, shown.claims["paid_late"])
    assert isinstance(seen, Found)
    page = reading.read(actor=lead, claim=seen.claims[0].public_id)
    assert {each.kind: each.standing for each in page.deadlines}[Kind.PROMPT_PAY] is Met.MISSED


def test_every_payment_told_is_found_by_its_number(shown: Shown) -> None:
    lead = shown.act("billing_lead")
    told = [payment for payment in shown.built.payments if payment["tax_id"] == LAKESIDE]
    assert told
    for payment in told:
        seen = payments.find(actor=lead, wanted=Wanted(number=payment["trace_number"]))
        assert [str(row.amount) for row in seen.page.rows] == [payment["amount"]]


def test_of_the_deposits_one_is_short_and_one_has_no_payment(shown: Shown) -> None:
    lead = shown.act("billing_lead")
    rows = deposits.listed(actor=lead).rows
    stands = [row.standing for row in rows]
    assert stands.count(Standing.DIFFERS) == 1
    [lost] = [row for row in rows if row.payment_id is None]
    assert lost.amount == Decimal("412.60")
    assert lost.id in {row.id for row in missing_remittances.report(actor=lead).without_remittance}


def test_the_encounters_of_the_last_months_were_read(shown: Shown) -> None:
    desk = shown.act("encounter_desk")
    rows = submissions.listed(actor=desk, tax_id=encounters.TAX_ID).rows
    assert len(rows) == len(encounters.SENT_AGO)
    assert all(row.accepted + row.rejected == row.received == 60 for row in rows)
    assert all(row.rejected == 5 for row in rows)
    assert completeness.of(actor=desk, tax_id=encounters.TAX_ID).groups
