"""The demo's claims: every amount adds up, to the line, the claim, the payment and the accumulators."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from portico.demo import case_households, plans, practices, providers
from portico.demo.authorizations import wanted
from portico.demo.chance import Chance
from portico.demo.claims import agreed, drawing, records, remitting
from portico.demo.claims.drawing import Told
from portico.demo.claims.drawn import Drawn
from portico.demo.claims.following import Follower
from portico.demo.claims.shelf import Shelf
from portico.demo.population import Population
from portico.demo.roster import PcpPool
from portico.demo.tests.conftest import TODAY
from portico.domains.claims import rules
from portico.domains.claims.facts.adjusted import Group
from portico.domains.claims.facts.paid import PaidClaim, PaymentWithClaims
from portico.domains.claims.facts.submitted import Form
from portico.shared import identifiers

COST_SHARING = ("1", "2", "3")
KEYS = (
    "paid",
    "denied",
    "pended",
    "adjusted",
    "reversed",
    "secondary",
    "out_of_scope",
    "received",
    "approved",
)


@dataclass(frozen=True, slots=True)
class World:
    """Households as told, and the payments of all their claims."""

    told: tuple[Told, ...]
    payments: tuple[PaymentWithClaims, ...]

    @property
    def claims(self) -> Iterator[Drawn]:
        """Every claim."""
        for told in self.told:
            yield from told.claims


def _world(today: date, members: int = 700) -> World:
    follower, later = Follower(today), Follower(today, agreed.FIRST_NUMBER)
    cases = {story.household.subscriber_id: story.household for story in case_households.stories(today)}
    told = [drawing.draw_named(household, follower, later) for household in cases.values()]
    pcps = PcpPool(providers.affiliations(members=members, seed=3, today=today), today)
    for household in Population(members=members, seed=3, today=today, pcps=pcps).households():
        told.append(drawing.draw(Chance(3, household.subscriber_id), household, follower))
    with Shelf() as shelf:
        for one in told:
            for claim in one.claims:
                shelf.put(claim)
        return World(tuple(told), tuple(remitting.payments(shelf.decided())))


@pytest.fixture(scope="module")
def world() -> World:
    """The named cases and 700 others, with claims for every household."""
    return _world(TODAY)


def decided(world: World) -> Iterator[tuple[Drawn, PaidClaim]]:
    """Every decision, beside its claim."""
    for claim in world.claims:
        for decision in claim.decisions:
            yield claim, decision.claim


def patients_part(claim: PaidClaim, reasons: tuple[str, ...]) -> Decimal:
    """What of a claim the patient bears for these reasons."""
    each = (one for line in claim.services for one in line.adjustments if one.group is Group.PATIENT)
    return sum((one.amount for one in each if one.reason in reasons), Decimal(0))


def test_every_line_pays_what_was_billed_less_its_adjustments(world: World) -> None:
    for _, claim in decided(world):
        for line in claim.services:
            assert line.billed - sum(one.amount for one in line.adjustments) == line.paid


def test_every_claim_is_the_sum_of_its_lines(world: World) -> None:
    for sent, claim in decided(world):
        assert claim.billed == sum(line.billed for line in claim.services)
        assert claim.paid == sum(line.paid for line in claim.services)
        owed = [one for line in claim.services for one in line.adjustments if one.group is Group.PATIENT]
        assert claim.member_share == sum((one.amount for one in owed), Decimal(0))
        assert abs(claim.billed) == sent.sent.billed == sum(line.billed for line in sent.sent.services)


def test_what_is_allowed_is_paid_by_plan_member_or_another_payer(world: World) -> None:
    for _, claim in decided(world):
        for line in claim.services:
            elsewhere = sum((one.amount for one in line.adjustments if one.reason == "23"), Decimal(0))
            owed = sum((one.amount for one in line.adjustments if one.reason in COST_SHARING), Decimal(0))
            assert (line.allowed or 0) == line.paid + owed + elsewhere


def test_every_payment_is_the_sum_of_its_claims_less_its_own_adjustments(world: World) -> None:
    for one in world.payments:
        paid = sum((claim.paid for claim in one.claims), Decimal(0))
        assert one.payment.amount == paid - sum(each.amount for each in one.payment.adjustments)
        assert one.payment.amount >= 0
        assert (one.payment.amount == 0) is (one.payment.method == "NON")


def test_a_balance_carried_forward_is_taken_off_the_next_payment_to_the_same_tax_id(world: World) -> None:
    left: dict[str, tuple[str, Decimal]] = {}
    seen = 0
    for one in world.payments:
        tax_id = one.payment.payee.tax_id
        taken = [each for each in one.payment.adjustments if each.reason == "FB" and each.amount > 0]
        assert [(each.identifier, each.amount) for each in taken] == (
            [left.pop(tax_id)] if tax_id in left else []
        )
        for each in one.payment.adjustments:
            if each.reason == "FB" and each.amount < 0:
                left[tax_id] = (one.payment.trace_number, -each.amount)
                seen += 1
    assert seen


def test_interest_of_claims_is_paid_on_top(world: World) -> None:
    late = 0
    for one in world.payments:
        interest = sum((claim.interest or Decimal(0) for claim in one.claims), Decimal(0))
        assert interest == -sum(each.amount for each in one.payment.adjustments if each.reason == "L6")
        late += bool(interest)
    assert late


def test_no_payment_and_no_claim_comes_twice(world: World) -> None:
    traces = [one.payment.trace_number for one in world.payments]
    assert len(set(traces)) == len(traces)
    numbers = [claim.number for claim in world.claims]
    assert len(set(numbers)) == len(numbers)
    days = [(one.payment.paid_on, one.payment.payee.tax_id) for one in world.payments]
    assert len(set(days)) == len(days)
    assert days == sorted(days)


def test_what_members_used_is_what_their_claims_left_to_them(world: World) -> None:
    compared = 0
    for told in world.told:
        spent: dict[tuple[str, str, int], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for claim in (*told.claims, *(each.claim for each in told.agreed)):
            for decision in claim.decisions:
                on = claim.sent.starts_on
                assert on
                code = told.household.group_number[:3]
                key = (claim.sent.subscriber.member_id, code, on.year - TODAY.year)
                spent[key]["deductible"] += patients_part(decision.claim, ("1",))
                spent[key]["oop_max"] += patients_part(decision.claim, COST_SHARING)
        for person in told.household.people:
            member_id = f"{told.household.subscriber_id}{person.suffix:02d}"
            if len({coverage.plan.code for coverage in person.coverages}) > 1:
                continue  # the group number names one plan only
            for kind in ("deductible", "oop_max"):
                for year in (-1, 0):
                    used = sum(
                        each.amount
                        for each in person.used
                        if (each.kind, each.scope, each.year) == (kind, "individual", year)
                    )
                    own = spent[member_id, told.household.group_number[:3], year][kind]
                    assert Decimal(used) / 100 == own, (member_id, kind, year)
                    compared += bool(used)
    assert compared > 100


def test_what_the_plan_agreed_to_is_paid_by_today_and_waits_for_a_number(world: World) -> None:
    waiting = [each for told in world.told for each in told.agreed]
    assert len(waiting) == sum(len(given.days_ago) for given in agreed.EVERYTHING)
    taken = {claim.number for claim in world.claims}
    assert all(each.claim.number not in taken for each in waiting)
    assert not any(each.claim.sent.authorization_number for each in waiting)
    named = agreed.named(waiting, {each.request: f"of {each.request}" for each in waiting})
    for each, claim in zip(waiting, named, strict=True):
        [decision] = claim.decisions
        assert decision.paid_on <= TODAY
        assert claim.sent.authorization_number == f"of {each.request}"


def test_what_was_given_was_asked_for_by_its_key(world: World) -> None:
    asked = {each.key: each for each in wanted.everything(TODAY) if each.key}
    for told in world.told:
        for each in told.agreed:
            request, visit_on = asked[each.request], each.claim.sent.starts_on
            item, begins = request.what.items[0], TODAY - timedelta(days=request.days_ago - request.begins_in)
            assert each.claim.sent.subscriber.member_id == request.member
            assert item.code in ("", each.claim.sent.services[0].code)
            assert visit_on is not None
            assert begins <= visit_on <= begins + timedelta(days=item.over)


def test_visits_that_are_limited_are_counted_and_then_refused(world: World) -> None:
    [bjorn] = [one for one in world.told if one.household.subscriber_id == "NLH88420121"]
    paid = [
        claim
        for claim in bjorn.claims
        if claim.sent.services[0].code == "S8990" and claim.decisions[-1].claim.paid
    ]
    assert len(paid) == plans.BY_CODE["7QX"].therapy_visits
    [refused] = [claim for claim in bjorn.claims if claim.key == "limit_reached"]
    [line] = refused.decisions[-1].claim.services
    assert [(one.group, one.reason) for one in line.adjustments] == [(Group.PATIENT, "119")]


def test_the_named_claims_stand_where_they_are_said_to(world: World) -> None:
    told = {claim.key: records.claim(claim) for claim in world.claims if claim.key}
    assert set(KEYS) <= set(told)
    expected = {
        "paid": "paid",
        "denied": "denied",
        "pended": "pended",
        "adjusted": "paid",
        "reversed": "reversed",
    }
    expected |= {"secondary": "paid", "received": "received", "approved": "approved", "replaced": "reversed"}
    expected |= {"replaced_again": "paid", "paid_late": "paid", "institutional": "paid"}
    assert {key: told[key]["status"] for key in expected} == expected
    assert told["paid"]["tax_id"] == practices.LAKESIDE.tax_id != told["out_of_scope"]["tax_id"]
    assert told["paid"]["subscriber_id"] == "NLH88420193"


def test_each_named_claim_shows_what_its_key_says(world: World) -> None:
    named = {claim.key: claim for claim in world.claims if claim.key}
    assert [one.claim.status for one in named["adjusted"].decisions] == ["1", "22", "1"]
    first, back, anew = (one.claim.paid for one in named["adjusted"].decisions)
    assert back == -first
    assert 0 < first < anew
    assert [one.claim.status for one in named["reversed"].decisions] == ["1", "22"]
    assert named["replaced_again"].sent.original_number == named["replaced"].number
    assert named["replaced_again"].sent.frequency == "7"
    assert named["secondary"].sent.rank == "S"
    assert named["secondary"].decisions[-1].claim.member_share == 0
    assert named["maximum_reached"].decisions[-1].claim.member_share == 0
    assert (named["paid_late"].decisions[-1].claim.interest or 0) > 0
    assert named["institutional"].sent.form is Form.INSTITUTIONAL
    [pended] = named["pended"].extracts
    assert (pended.status, pended.pend_reason) == ("pended", "medical_records")


def test_a_second_payer_is_told_what_the_first_one_paid(world: World) -> None:
    for claim in world.claims:
        if claim.sent.rank == "S":
            [first] = claim.sent.other_payers
            assert first.paid == sum(line.other_paid or 0 for line in claim.sent.services)
            for line in claim.sent.services:
                assert line.billed == (line.other_paid or 0) + sum(one.amount for one in line.adjustments)


def test_everything_happens_in_its_order_and_by_today(world: World) -> None:
    for claim in world.claims:
        on, ended = claim.sent.starts_on, claim.sent.ends_on
        assert on
        assert ended
        assert on <= ended <= claim.received_on <= TODAY
        days = [one.paid_on for one in claim.decisions]
        assert days == sorted(days)
        assert all(claim.received_on <= day <= TODAY for day in days)
        for row in claim.extracts:
            assert claim.received_on <= row.status_on <= min([TODAY, *days])


def test_every_claim_is_decided_or_says_where_it_stands(world: World) -> None:
    for claim in world.claims:
        assert claim.decisions or claim.extracts
        for row in claim.extracts:
            assert (row.status == "pended") is (row.pend_reason in rules.PEND_REASONS)


def test_providers_bill_under_the_tax_id_that_is_paid(world: World) -> None:
    bills = {(one.provider.npi, one.practice.tax_id) for one in practices.affiliations(TODAY)}
    for claim in world.claims:
        billing, rendering = claim.sent.billing, claim.sent.rendering
        assert (billing.npi, billing.tax_id) in bills
        assert rendering is None or (rendering.npi, billing.tax_id) in bills
        assert identifiers.parse_npi(billing.npi) == billing.npi


def test_claims_are_of_every_kind(world: World) -> None:
    kinds = Counter(records.status(claim) for claim in world.claims)
    assert set(kinds) == {"received", "pended", "approved", "paid", "denied", "reversed"}
    assert kinds["paid"] > kinds["denied"] > kinds["reversed"]
    forms = Counter(claim.sent.form for claim in world.claims)
    assert forms[Form.PROFESSIONAL] > forms[Form.INSTITUTIONAL] > 10
    assert Counter(claim.sent.rank for claim in world.claims)["S"] > 3
    assert {claim.tax_id for claim in world.claims} == {practice.tax_id for practice in practices.PRACTICES}


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2027, 1, 6), date(2028, 2, 29), date(2026, 12, 31)])
def test_fixed_amounts_of_named_cases_are_what_their_claims_left_on_any_day(today: date) -> None:
    told = {one.household.subscriber_id: one for one in _world(today, members=1).told}
    for number in (119, 120, 121):
        one = told[f"NLH88420{number}"]
        [person] = one.household.people
        paid = [claim for drawn in one.claims for claim in (each.claim for each in drawn.decisions)]
        used = {(each.kind, each.year): each.amount for each in person.used if each.scope == "individual"}
        assert sum(patients_part(claim, ("1",)) for claim in paid) * 100 == used["deductible", 0]
        assert sum(patients_part(claim, COST_SHARING) for claim in paid) * 100 == used["oop_max", 0]


def test_the_same_seed_and_day_draw_the_same_claims(world: World) -> None:
    assert _world(TODAY) == world
