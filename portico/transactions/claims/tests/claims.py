"""Claims for tests: a visit, a stay, and claims like them; all made up."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.facts.submitted import (
    Address,
    Diagnosis,
    DiagnosisKind,
    Form,
    OtherPayer,
    Party,
    Patient,
    SentClaim,
    SentService,
)
from portico.transactions.claims.ends import Ends

ENDS = Ends(
    sender="NORTHLAKE",
    sender_name="NORTHLAKE HEALTH PLAN",
    receiver="NLCORE",
    receiver_name="NORTHLAKE CORE",
    contact="EDI DESK",
    telephone="7605550101",
)
HOME = Address("12 SHORE ROAD", "", "LAKESIDE", "CA", "900010000")
CLINIC = Party(
    name="SEASIDE CLINIC",
    npi="2000000009",
    tax_id="912345678",
    taxonomy="207Q00000X",
    address=Address("1 HARBOR WAY", "SUITE 4", "SEASIDE", "CA", "920080000"),
    contact_name="BILLING",
    telephone="7605550188",
)
SUBSCRIBER = Patient("RIVERA", "ANA", "M", "", date(1980, 2, 14), "F", "N000112233", address=HOME)
CHILD = Patient("RIVERA", "LEO", "", "", date(2015, 5, 3), "M", "", "19", HOME)
DOCTOR = Party("OKAFOR", "BEN", True, "2000000017", taxonomy="208D00000X")
PLAN = Party(name="NORTHLAKE HEALTH PLAN", payer_number="NLHP1")
VISIT = SentClaim(
    form=Form.PROFESSIONAL,
    patient_control_number="ACC-17",
    billed=Decimal("215.50"),
    subscriber=SUBSCRIBER,
    billing=CLINIC,
    services=(
        SentService(
            *(1, Decimal("150.00"), date(2026, 1, 20), date(2026, 1, 20)),
            *("HC", "99214", ("25",)),
            pointers=(1, 2),
            control_number="L1",
        ),
        SentService(
            *(2, Decimal("65.50"), date(2026, 1, 20), date(2026, 1, 22)),
            *("HC", "J0696"),
            units=Decimal("2.5"),
            place_of_service="12",
            pointers=(2,),
            drug_code="00004196501",
            drug_units=Decimal(7),
            drug_unit="ML",
        ),
    ),
    facility="11",
    filing="CI",
    group_number="GRP1",
    tracking_number="C0000000017",
    written_on=date(2026, 1, 25),
    rendering=DOCTOR,
    referring=replace(DOCTOR, name="WELBY", taxonomy="", npi="2000000025"),
    payer=PLAN,
    diagnoses=(Diagnosis("J069", DiagnosisKind.PRINCIPAL), Diagnosis("R05", DiagnosisKind.OTHER)),
    note="SEEN TWICE",
)
SECONDARY = replace(
    VISIT,
    patient=CHILD,
    rank="S",
    patient_paid=Decimal(20),
    pay_to=Party(address=Address("PO BOX 9", "", "SEASIDE", "CA", "920080000")),
    authorization_number="A-1",
    other_payers=(
        OtherPayer(
            *("P", "OTHER PLAN", "99", "X1", "CI", Decimal("100.25"), date(2026, 1, 24)),
            (Adjusted(Group.PATIENT, "1", Decimal(15)), Adjusted(Group.PATIENT, "2", Decimal("3.5"))),
        ),
    ),
    services=tuple(
        replace(
            line,
            other_paid=Decimal(50),
            adjustments=(Adjusted(Group.CONTRACT, "45", Decimal(5), Decimal(1)),),
        )
        for line in VISIT.services
    ),
)
STAY = SentClaim(
    form=Form.INSTITUTIONAL,
    patient_control_number="STAY/9",
    billed=Decimal(4100),
    subscriber=SUBSCRIBER,
    billing=replace(CLINIC, name="LAKESIDE HOSPITAL"),
    services=(
        SentService(*(1, Decimal(4000), None, None), revenue_code="0120", unit="DA", units=Decimal(2)),
        SentService(
            *(2, Decimal(100), date(2026, 2, 2), date(2026, 2, 2), "HC", "85025"), revenue_code="0305"
        ),
    ),
    facility="11",
    frequency="7",
    original_number="C0000000009",
    tracking_number="C0000000018",
    is_encounter=True,
    filing="HM",
    first_on=date(2026, 2, 1),
    last_on=date(2026, 2, 3),
    admitted_on=date(2026, 2, 1),
    admission_type="1",
    admission_source="7",
    discharge_status="01",
    drg="871",
    written_on=date(2026, 2, 10),
    attending=DOCTOR,
    payer=PLAN,
    diagnoses=(
        Diagnosis("A419", DiagnosisKind.PRINCIPAL, "Y"),
        Diagnosis("R509", DiagnosisKind.ADMITTING),
        Diagnosis("E119", DiagnosisKind.OTHER, "N"),
    ),
    procedures=("02HV33Z", "5A1935Z"),
)

_amounts = st.decimals(Decimal("0.01"), Decimal("99999.99"), places=2)
_words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ '-", min_size=1, max_size=20).map(str.strip).filter(bool)
_codes = st.text("ABCDEFGHJKMNPQRSTVWXYZ0123456789", min_size=3, max_size=7)
_days = st.dates(date(2020, 1, 1), date(2029, 12, 31))


@st.composite
def claims(draw: st.DrawFn) -> SentClaim:
    """Answers a claim: one of those above with other names, lines, amounts and codes."""
    base = draw(st.sampled_from((VISIT, SECONDARY, STAY)))
    first = draw(_days)
    lines = draw(st.lists(st.tuples(_amounts, _codes), min_size=1, max_size=5))
    services = tuple(
        replace(base.services[-1], number=place, billed=billed, code=code, first_on=first, last_on=first)
        for (billed, code), place in zip(lines, itertools.count(1), strict=False)
    )
    diagnoses = tuple(Diagnosis(code, DiagnosisKind.OTHER) for code in draw(st.lists(_codes, max_size=10)))
    stays_on = first if base.form is Form.INSTITUTIONAL else None
    return replace(
        base,
        patient_control_number=draw(_codes),
        billed=sum((line.billed for line in services), Decimal(0)),
        services=services,
        diagnoses=(base.diagnoses[0], *diagnoses),
        subscriber=replace(SUBSCRIBER, last_name=draw(_words), first_name=draw(_words)),
        first_on=stays_on,
        last_on=stays_on,
    )
