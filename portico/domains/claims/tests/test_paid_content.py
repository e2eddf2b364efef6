"""What a payment said of a claim is kept as JSON and comes back the same, to the cent."""

import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from portico.domains.claims import paid_content
from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.facts.paid import PaidClaim, PaidService
from portico.domains.claims.facts.submitted import Party, Patient

PLAIN = PaidClaim(
    "PC-1", "1", Decimal("10.00"), Decimal("8.00"), "26015A1", Patient("Quillfeather", member_id="NLQX7731")
)


def test_what_is_left_unsaid_is_left_out() -> None:
    assert set(paid_content.packed(PLAIN)) == {
        *("patient_control_number", "status", "billed", "paid", "claim_number", "patient"),
    }


def test_a_whole_claim_comes_back_as_it_was() -> None:
    service = PaidService(
        1,
        Decimal("10.00"),
        Decimal("8.00"),
        code_kind="HC",
        code="99214",
        modifiers=("25",),
        first_on=date(2026, 1, 12),
        adjustments=(Adjusted(Group.CONTRACT, "45", Decimal("2.00"), Decimal(1)),),
        remarks=("N56",),
    )
    claim = PaidClaim(
        "PC-1",
        "22",
        Decimal("-10.00"),
        Decimal("-8.00"),
        "26015A1",
        Patient("Quillfeather"),
        member_share=Decimal("0.00"),
        rendering=Party("Tran", npi="2000000016"),
        received_on=date(2026, 1, 15),
        services=(service,),
        is_institutional=True,
    )
    kept = json.loads(json.dumps(paid_content.packed(claim)))
    assert paid_content.claim_of(kept) == claim


@given(st.builds(PaidClaim))
def test_any_claim_comes_back(claim: PaidClaim) -> None:
    kept = json.loads(json.dumps(paid_content.packed(claim)))
    assert repr(paid_content.claim_of(kept)) == repr(claim)
