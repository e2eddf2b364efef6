"""Made-up documents of the Northlake Health Plan, as full as real ones."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from portico.edges.web.documents import eligibility_receipt, id_card
from portico.edges.web.documents.brand import Brand
from portico.edges.web.documents.eligibility_receipt import Fact, Facts, Source
from portico.edges.web.documents.schedule_of_benefits import (
    Amounts,
    Authorization,
    CostShare,
    Limit,
    ScheduleOfBenefits,
    Service,
)

NORTHLAKE = Brand(plan_name="Northlake Health Plan", telephone="1-800-555-0142")

FREE = CostShare(copay=Decimal(0))
AFTER_20 = CostShare(coinsurance=Decimal(20), deductible_applies=True)
AFTER_40 = CostShare(coinsurance=Decimal(40), deductible_applies=True)


def copay(amount: int) -> CostShare:
    """Answers a flat copay of whole dollars."""
    return CostShare(copay=Decimal(amount))


def limited(quantity: int, unit: str = "visits", period: str = "year") -> Limit:
    """Answers a limit of so many visits a year, unless said otherwise."""
    return Limit(quantity=Decimal(quantity), unit=unit, period=period)


def _services() -> tuple[Service, ...]:
    yes, notify = Authorization.YES, Authorization.NOTIFY
    after, emergency = Authorization.AFTER_LIMIT, "Emergency and urgent care"
    return (
        Service("Preventive care", "Routine physical exam", FREE, AFTER_40, limited(1)),
        Service("Preventive care", "Immunizations", FREE, AFTER_40),
        Service("Preventive care", "Well-child visits", FREE, AFTER_40),
        Service("Preventive care", "Screening mammogram", FREE, AFTER_40, limited(1)),
        Service("Preventive care", "Screening colonoscopy", FREE, AFTER_40),
        Service("Office visits", "Primary care visit", copay(25), AFTER_40),
        Service("Office visits", "Specialist visit", copay(50), AFTER_40),
        Service("Office visits", "Telehealth visit", FREE, None, note="Through the plan's telehealth vendor"),
        Service("Office visits", "Allergy testing and treatment", copay(50), AFTER_40),
        Service("Diagnostic services", "Laboratory tests", copay(20), AFTER_40),
        Service("Diagnostic services", "X-ray", copay(50), AFTER_40),
        Service("Diagnostic services", "Advanced imaging (MRI, CT, PET)", AFTER_20, AFTER_40, None, yes),
        Service("Diagnostic services", "Genetic testing", AFTER_20, AFTER_40, None, yes),
        Service("Diagnostic services", "Sleep study", AFTER_20, AFTER_40, limited(1), yes),
        Service("Outpatient services", "Ambulatory surgery, facility", AFTER_20, AFTER_40, None, yes),
        Service("Outpatient services", "Ambulatory surgery, physician", AFTER_20, AFTER_40, None, yes),
        Service("Outpatient services", "Infusion therapy", AFTER_20, AFTER_40, None, yes),
        Service("Outpatient services", "Dialysis", AFTER_20, AFTER_40, None, notify),
        Service("Outpatient services", "Radiation therapy", AFTER_20, AFTER_40, None, yes),
        Service(emergency, "Emergency room", copay(300), copay(300), note="Waived if admitted"),
        Service(emergency, "Urgent care", copay(60), AFTER_40),
        Service(emergency, "Ground ambulance", AFTER_20, AFTER_20),
        Service(emergency, "Air ambulance", AFTER_20, AFTER_20, None, notify),
        Service("Inpatient services", "Hospital stay, facility", AFTER_20, AFTER_40, None, yes),
        Service("Inpatient services", "Hospital stay, physician", AFTER_20, AFTER_40),
        Service(
            "Inpatient services",
            "Skilled nursing facility",
            AFTER_20,
            AFTER_40,
            limited(100, "days", "admission"),
            yes,
        ),
        Service("Inpatient services", "Hospice", FREE, AFTER_40, None, notify),
        Service("Behavioral health", "Outpatient visit", copay(25), AFTER_40),
        Service("Behavioral health", "Intensive outpatient program", AFTER_20, AFTER_40, None, yes),
        Service("Behavioral health", "Inpatient stay", AFTER_20, AFTER_40, None, yes),
        Service("Rehabilitation", "Physical therapy", copay(50), AFTER_40, limited(12), after),
        Service("Rehabilitation", "Occupational therapy", copay(50), AFTER_40, limited(12), after),
        Service("Rehabilitation", "Speech therapy", copay(50), AFTER_40, limited(30)),
        Service("Rehabilitation", "Cardiac rehabilitation", copay(50), AFTER_40, limited(36)),
        Service("Maternity", "Prenatal and postnatal visits", FREE, AFTER_40),
        Service("Maternity", "Delivery, facility", AFTER_20, AFTER_40, None, notify),
        Service("Equipment and supplies", "Durable medical equipment", AFTER_20, AFTER_40, None, yes),
        Service("Equipment and supplies", "Hearing aids", AFTER_20, None, limited(2500, "dollars")),
        Service("Pharmacy", "Tier 1, generic", copay(10), None, note="30-day supply"),
        Service("Pharmacy", "Tier 4, specialty", CostShare(coinsurance=Decimal("12.5")), None, None, yes),
    )


def schedule() -> ScheduleOfBenefits:
    """Answers a PPO of forty services on two pages."""
    return ScheduleOfBenefits(
        brand=NORTHLAKE,
        benefit_plan="PPO Gold 1500 (individual and family)",
        code="7QX",
        line="Individual & Family",
        product="PPO",
        first_on=date(2027, 1, 1),
        last_on=date(2027, 12, 31),
        version="3",
        issued_on=date(2026, 11, 2),
        in_network=Amounts(Decimal(1500), Decimal(3000), Decimal(6500), Decimal(13000)),
        out_of_network=Amounts(Decimal(3000), Decimal(6000), Decimal(13000), Decimal(26000)),
        services=_services(),
        notes=(
            "Amounts are what the member pays. Percentages apply to the amount the plan allows.",
            "In-network preventive care is covered without a deductible.",
            "Where prior authorization is required and was not obtained, the plan may not pay.",
        ),
    )


def card() -> id_card.IdCard:
    """Answers a card with every row there is."""
    return id_card.IdCard(
        brand=NORTHLAKE,
        member_name="Adaeze Okafor",
        member_id="NLH 8842 0193 01",
        benefit_plan="PPO Gold 1500",
        plan_code="7QX",
        as_of_on=date(2027, 3, 12),
        group_number="7QX-00412",
        primary_care="Grace Lin, MD",
        effective_on=date(2027, 1, 1),
        copays=(
            id_card.Copay("Office visit", Decimal(25)),
            id_card.Copay("Specialist", Decimal(50)),
            id_card.Copay("Emergency room", Decimal(300)),
        ),
        pharmacy=id_card.Pharmacy(bin="999999", processor_control="NLH", group="GOLD"),
        contacts=(
            id_card.Contact("Members", "1-800-555-0100"),
            id_card.Contact("Nurse line, day and night", "1-800-555-0111"),
            id_card.Contact("Claims", "PO Box 555, Sacramento, CA 95899 · Payer ID 99999"),
        ),
    )


def receipt() -> eligibility_receipt.EligibilityReceipt:
    """Answers the receipt of an active member whose PCP belongs to another group."""
    pacific = timezone(timedelta(hours=-7))
    return eligibility_receipt.EligibilityReceipt(
        brand=NORTHLAKE,
        reference="4K7M-9QTD-2X8F",
        asked_by_office="Lakeside Family Practice",
        asked_at=datetime(2027, 3, 12, 14, 5, 9, tzinfo=pacific),
        zone_name="Pacific Time",
        as_of_on=date(2027, 3, 12),
        verdict="Active on March 12, 2027",
        verdict_detail="The PCP of record belongs to another medical group.",
        tone=eligibility_receipt.Tone.GOOD,
        groups=(
            Facts(
                "Member",
                (
                    Fact("Name", "Adaeze Okafor"),
                    Fact("Member ID", "NLH 8842 0193 01"),
                    Fact("Date of birth", date(1988, 7, 4)),
                ),
            ),
            Facts(
                "Coverage",
                (
                    Fact("Benefit plan", "PPO Gold 1500, plan code 7QX"),
                    Fact("Line of business", "Individual & Family"),
                    Fact("Covered from", date(2027, 1, 1)),
                    Fact("Covered to", None),
                    Fact("PCP", "Grace Lin, MD, Northlake Medical Group"),
                    Fact("Deductible met", Decimal("412.5")),
                    Fact("Other coverage on file", False),
                ),
            ),
        ),
        sources=(
            Source("Membership", datetime(2027, 3, 12, 4, 30, tzinfo=pacific)),
            Source("Accumulators", datetime(2027, 3, 11, 23, 0, tzinfo=pacific)),
        ),
        digest="9f2c1b7d40e85a6630c7f1d2ab9485e6710d3f5c8e2a4b69d07183f6c5e4a2b1",
        verification=(
            "Give the reference number to provider services, or open the code beside. The plan then shows "
            "the answer it sealed and its fingerprint.",
            "If the two fingerprints are equal, nothing in this receipt was changed.",
        ),
        verification_url="https://portal.example.org/receipts/4K7M-9QTD-2X8F",
    )
