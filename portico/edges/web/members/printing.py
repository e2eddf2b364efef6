"""From the domain's answers to printed documents: the plan's brand, the card, the receipt, the schedule."""

from collections.abc import Mapping
from typing import Final

from portico.domains.members.answers import Cost, Network, ServiceBenefit, Verdict
from portico.domains.members.papers import Amounts, Card, ReceiptFacts, Schedule
from portico.domains.plan import catalogue, days
from portico.edges.web.documents import eligibility_receipt, id_card, schedule_of_benefits
from portico.edges.web.documents.brand import Brand
from portico.edges.web.members import categories, words
from portico.shared import identifiers

_TONES: Final[Mapping[Verdict, eligibility_receipt.Tone]] = {
    Verdict.ACTIVE: eligibility_receipt.Tone.GOOD,
    Verdict.ACTIVE_IN_GRACE: eligibility_receipt.Tone.CAUTION,
    Verdict.NOT_YET_ACTIVE: eligibility_receipt.Tone.CAUTION,
    Verdict.TERMINATED: eligibility_receipt.Tone.BAD,
    Verdict.NOT_COVERED: eligibility_receipt.Tone.BAD,
}


def card(answer: Card) -> id_card.IdCard:
    """The member ID card of the answer."""
    plan, details = catalogue.identity(), catalogue.identity().card_details
    copays = tuple(
        id_card.Copay(name, cost.copay)
        for name, cost in answer.costs
        if cost.is_covered and cost.copay is not None
    )
    return id_card.IdCard(
        brand=Brand(plan.name, plan.telephone),
        member_name=answer.person.name,
        member_id=answer.person.member_id,
        benefit_plan=answer.plan_name,
        plan_code=answer.plan_code,
        as_of_on=answer.as_of,
        group_number=answer.group_number,
        primary_care=answer.pcp_name,
        effective_on=answer.effective_on,
        copays=copays,
        pharmacy=id_card.Pharmacy(
            details.get("rx_bin", ""), details.get("rx_pcn", ""), details.get("rx_group", "")
        ),
    )


def schedule(answer: Schedule) -> schedule_of_benefits.ScheduleOfBenefits:
    """The Schedule of Benefits of the answer, its services under our own headings."""
    plan, version = catalogue.identity(), answer.version
    amounts = {each.network: _amounts(each) for each in answer.amounts}
    return schedule_of_benefits.ScheduleOfBenefits(
        brand=Brand(plan.name, plan.telephone),
        benefit_plan=version.name,
        code=version.plan_code,
        line=version.line_name,
        product=version.product,
        first_on=version.period.first,
        last_on=version.period.last,
        version=f"{version.period.first:%Y}",
        issued_on=version.period.first,
        in_network=amounts.get(Network.IN, schedule_of_benefits.Amounts(None, None, None, None)),
        out_of_network=amounts.get(Network.OUT),
        services=tuple(_service(category, each) for category, each in categories.ordered(answer.services)),
    )


def receipt(
    facts: ReceiptFacts, *, verdict: str, verification_url: str
) -> eligibility_receipt.EligibilityReceipt:
    """The receipt as the office keeps it; `verdict` is the sentence the page shows."""
    plan = catalogue.identity()
    return eligibility_receipt.EligibilityReceipt(
        brand=Brand(plan.name, plan.telephone),
        reference=identifiers.group_reference(facts.reference),
        asked_by_office=f"{facts.office_name}, tax ID {identifiers.mask_tax_id(facts.tax_id)}",
        asked_at=days.local(facts.asked_at),
        zone_name=f"{days.local(facts.asked_at):%Z}",
        as_of_on=facts.as_of,
        verdict=verdict,
        tone=_TONES[facts.verdict],
        groups=_groups(facts),
        sources=_sources(facts),
        digest=facts.content_hash,
        verification=(
            f"{plan.name} kept this answer under the reference above.",
            f"Call Provider Services, {plan.telephone}, with the reference: the plan confirms what it "
            "answered and when.",
        ),
        verification_url=verification_url,
    )


def _amounts(each: Amounts) -> schedule_of_benefits.Amounts:
    return schedule_of_benefits.Amounts(
        each.individual_deductible, each.family_deductible, each.individual_oop, each.family_oop
    )


def _service(category: str, each: ServiceBenefit) -> schedule_of_benefits.Service:
    limit = each.limit
    return schedule_of_benefits.Service(
        category=category,
        name=each.name,
        in_network=_share(each.in_network) or schedule_of_benefits.CostShare(covered=False),
        out_of_network=_share(each.out_of_network),
        limit=schedule_of_benefits.Limit(limit.quantity, limit.unit, limit.period) if limit else None,
        authorization=schedule_of_benefits.Authorization(each.authorization),
        note=each.note,
    )


def _share(cost: Cost | None) -> schedule_of_benefits.CostShare | None:
    if cost is None:
        return None
    return schedule_of_benefits.CostShare(
        cost.copay, cost.coinsurance, cost.deductible_applies, cost.is_covered
    )


def _groups(facts: ReceiptFacts) -> tuple[eligibility_receipt.Facts, ...]:
    person, covered, fact = facts.person, facts.coverage, eligibility_receipt.Fact
    member = (
        fact("Name", person.name),
        fact("Member ID", person.member_id),
        fact("Birth date", person.birth_date),
    )
    groups = [eligibility_receipt.Facts("Member", member)]
    if covered is not None:
        coverage = (
            fact("Line of business", covered.line_name),
            fact("Benefit plan", covered.plan_name),
            fact("Plan code", covered.plan_code),
            fact("Coverage dates", words.span(covered)),
        )
        groups.append(eligibility_receipt.Facts("Coverage", coverage))
    return tuple(groups)


def _sources(facts: ReceiptFacts) -> tuple[eligibility_receipt.Source, ...]:
    if facts.data_as_of is None:
        return ()
    return (eligibility_receipt.Source("Enrolment", days.local(facts.data_as_of)),)
