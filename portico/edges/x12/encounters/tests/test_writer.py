"""What a 277CA says of claims that were taken and of claims that were not; pyx12 reads every one."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portico.domains.claims.facts.submitted import Party, Patient
from portico.domains.plan.catalogue import Identity
from portico.edges.x12.encounters import writer
from portico.edges.x12.encounters.accounts import Account, Sender, Status, ToldClaim, provider_sums
from portico.edges.x12.tests.answering import findings
from portico.shared.x12.build import InterchangeWriter
from portico.shared.x12.headers import GroupHeader, InterchangeHeader

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
DAY = date(2026, 3, 12)
PLAN = Identity("Northlake Health Plan", "Northlake", "(555) 555-0100", "help@example.org", "99999")
CLINIC = Party("Lakeside Medical Group", npi="2000000006", tax_id="001234567")
DOCTOR = Party("Rivera", "Ines", is_person=True, npi="2000000014", tax_id="001234567")
ANA = Patient("Okafor", "Ana", member_id="ABC123456")
BEN = Patient("Okafor", "Ben", member_id="ABC123456", relationship="19")
ACCEPTED = (Status("A2", "20", "PR"),)
SENDER = Sender("BATCH-7", "Lakeside Billing", "LAKESIDE01")


def claim(number: str = "E26000001", **changes: object) -> ToldClaim:
    said: dict[str, object] = {
        "billing": CLINIC,
        "patient": ANA,
        "patient_control_number": "PCN-1",
        "billed": Decimal("120.50"),
        "first_on": date(2026, 2, 3),
        "last_on": date(2026, 2, 3),
        "statuses": ACCEPTED,
        "number": number,
    }
    return ToldClaim(**(said | changes))  # type: ignore[arg-type]


def rejected(*statuses: Status, **changes: object) -> ToldClaim:
    return claim("", statuses=statuses or (Status("A7", "562", "85"),), **changes)


def written(*claims: ToldClaim, sender: Sender = SENDER) -> str:
    """The interchange of one 277CA."""
    file = io.BytesIO()
    isa = InterchangeHeader(
        sender="99999", receiver="LAKESIDE01", date="260312", time="0930", control_number="000000501"
    )
    gs = GroupHeader(
        functional_id="HN",
        sender="99999",
        receiver="LAKESIDE01",
        date="20260312",
        time="0930",
        control_number="1",
        version=writer.VERSION,
    )
    sums, providers = provider_sums(claims)
    account = Account(sender, DAY, DAY, sums, providers, claims)
    with (
        InterchangeWriter(file, isa, replace_delimiters=True) as interchange,
        interchange.group(gs) as group,
        group.transaction(writer.CODE, guide=writer.VERSION) as transaction,
    ):
        writer.write(transaction, account, plan=PLAN, reference="R-1", now=NOW)
    return file.getvalue().decode()


def segments(*claims: ToldClaim) -> list[str]:
    return written(*claims).split("~")


FILES = {
    "one accepted": (claim(),),
    "one rejected": (rejected(),),
    "both of one patient": (claim(), rejected(patient_control_number="PCN-2")),
    "two patients": (claim(), claim("E26000002", patient=BEN, patient_control_number="PCN-2")),
    "two providers": (claim(), rejected(billing=DOCTOR), claim("E26000002")),
    "many edits": (rejected(*[Status("A7", code, "85") for code in "562 33 454 507".split()]),),
    "an institutional one": (claim(bill_type="131", last_on=date(2026, 2, 5)),),
    "passed on by a clearinghouse": (claim(tracking_number="CH-1"),),
    "no days": (rejected(first_on=None, last_on=None),),
    "no member ID, no NPI": (rejected(patient=Patient(), billing=Party("X")),),
    "a name with delimiters": (claim(patient=Patient("O*KA~FOR", "A:N^A", member_id="ABC")),),
}


@pytest.mark.parametrize("claims", FILES.values(), ids=FILES)
def test_pyx12_reads_it(claims: tuple[ToldClaim, ...]) -> None:
    assert not findings(written(*claims).encode())


def test_pyx12_would_see_a_wrong_one() -> None:
    assert findings(written(claim()).replace("HL*4*3*PT", "HL*4*3*22").encode())


def test_the_senders_numbers_are_given_back() -> None:
    said = segments(claim(tracking_number="CH-1"))
    assert "TRN*2*BATCH-7" in said
    assert "TRN*2*PCN-1" in said
    assert "REF*D9*CH-1" in said


def test_an_accepted_claim_goes_on_under_our_number() -> None:
    said = segments(claim())
    assert "STC*A2:20:PR*20260312*WQ*120.5" in said
    assert "REF*1K*E26000001" in said


def test_a_rejected_claim_comes_back_with_every_status_and_no_number() -> None:
    codes = [Status("A7", code, "85") for code in "562 33 454 507".split()]
    said = segments(rejected(*codes))
    assert "STC*A7:562:85*20260312*U*120.5******A7:33:85*A7:454:85" in said
    assert "STC*A7:507:85*20260312*U*120.5" in said
    assert not [each for each in said if each.startswith("REF*1K")]


def test_sums_are_those_of_the_claims_at_both_levels() -> None:
    said = segments(claim(), rejected(billing=DOCTOR, billed=Decimal("80")), claim("E26000002"))
    assert [each for each in said if each.startswith(("QTY", "AMT"))] == [
        *("QTY*90*2", "QTY*AA*1", "AMT*YU*241", "AMT*YY*80"),
        *("QTY*QA*1", "AMT*YU*120.5"),
        *("QTY*QC*1", "AMT*YY*80"),
        *("QTY*QA*1", "AMT*YU*120.5"),
    ]


def test_levels_are_numbered_and_name_their_parents() -> None:
    said = segments(claim(), claim("E26000002", patient=BEN), rejected(billing=DOCTOR))
    assert [each for each in said if each.startswith("HL")] == [
        *("HL*1**20*1", "HL*2*1*21*1", "HL*3*2*19*1", "HL*4*3*PT", "HL*5*3*PT"),
        *("HL*6*2*19*1", "HL*7*6*PT"),
    ]
