"""What keeps a claim out of a load, and what a word of the extract makes of one that is held."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portico.domains.claims import extract_rules, submission_rules
from portico.domains.claims.extract_rules import Standing, Verdict
from portico.domains.claims.facts.extracted import ExtractedClaim
from portico.domains.claims.facts.submitted import Form, Party, Patient, SentClaim, SentService
from portico.domains.claims.loading_reasons import ClaimReason
from portico.domains.claims.rules import PEND_REASONS, Status

DAY = date(2026, 1, 20)
LINE = SentService(1, Decimal("60.10"), DAY, DAY, "HC", "99213")
SENT = SentClaim(
    form=Form.PROFESSIONAL,
    patient_control_number="A1",
    billed=Decimal("100.20"),
    subscriber=Patient("RIVERA"),
    billing=Party("CLINIC"),
    services=(LINE, replace(LINE, number=2, billed=Decimal("40.10"))),
    tracking_number="C1",
)
TOLD = ExtractedClaim(
    *("C1", "A1", "171234567", "N1", "professional", "approved", DAY, DAY, DAY, DAY, Decimal(100)),
)


def without_days(claim: SentClaim) -> SentClaim:
    lines = tuple(replace(line, first_on=None, last_on=None) for line in claim.services)
    return replace(claim, services=lines)


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (SENT, None),
        (replace(SENT, tracking_number=""), ClaimReason.CLAIM_NUMBER_MISSING),
        (without_days(SENT), ClaimReason.FIRST_DAY_MISSING),
        (replace(without_days(SENT), first_on=DAY), None),
        (replace(SENT, services=(), first_on=DAY), ClaimReason.NO_SERVICES),
        (replace(SENT, services=(LINE, LINE)), ClaimReason.SERVICE_NUMBER_TWICE),
        (replace(SENT, services=(replace(LINE, number=32_768),)), ClaimReason.VALUE_TOO_LONG),
        (replace(SENT, services=(replace(LINE, revenue_code="01200"),)), ClaimReason.VALUE_TOO_LONG),
        (replace(SENT, billed=Decimal("100.21")), ClaimReason.CHARGES_DO_NOT_ADD_UP),
        (replace(SENT, billed=Decimal("100.2000")), None),
    ],
)
def test_what_keeps_a_claim_out(sent: SentClaim, reason: ClaimReason | None) -> None:
    found = submission_rules.refusal(sent)
    assert (found and found[0]) == reason


def test_by_how_much_charges_differ_is_told_to_the_cent() -> None:
    assert submission_rules.refusal(replace(SENT, billed=Decimal(100))) == (
        ClaimReason.CHARGES_DO_NOT_ADD_UP,
        "-0.20",
    )


@pytest.mark.parametrize(("frequency", "corrects"), [("1", False), ("7", True), ("8", True), ("2", False)])
def test_which_claims_stand_in_for_another(frequency: str, corrects: bool) -> None:
    assert submission_rules.corrects(replace(SENT, frequency=frequency)) is corrects


def test_a_pended_record_says_for_what() -> None:
    pended = replace(TOLD, status="pended")
    assert extract_rules.refusal(pended) == (ClaimReason.PEND_REASON_MISSING, "pend_reason")
    assert extract_rules.refusal(replace(pended, pend_reason="because")) is not None
    for code in PEND_REASONS:
        assert extract_rules.refusal(replace(pended, pend_reason=code)) is None
    assert extract_rules.refusal(TOLD) is None


MOVES, STAYS = Verdict(moves=True), Verdict(moves=False)
OLDER = Verdict(moves=False, reason=ClaimReason.STATUS_OLDER_THAN_HELD)
CANNOT = Verdict(moves=False, reason=ClaimReason.STATUS_DOES_NOT_FOLLOW)


@pytest.mark.parametrize(
    ("held", "told", "days", "verdict"),
    [
        ("received", "approved", 0, MOVES),
        ("received", "approved", 1, MOVES),
        ("received", "approved", -1, OLDER),
        ("approved", "approved", -5, STAYS),
        ("approved", "approved", 5, STAYS),
        ("paid", "approved", 5, CANNOT),
        ("paid", "approved", -5, OLDER),
        ("paid", "denied", 5, MOVES),
        ("paid", "reversed", 0, MOVES),
        ("denied", "received", 5, CANNOT),
    ],
)
def test_what_a_word_makes_of_a_claim(held: str, told: str, days: int, verdict: Verdict) -> None:
    on = date.fromordinal(DAY.toordinal() + days)
    word = replace(TOLD, status=told, status_on=on)
    assert extract_rules.judge(Standing(Status(held), DAY), word) == verdict


def test_another_reason_moves_a_pended_claim() -> None:
    held = Standing(Status.PENDED, DAY, "invoice")
    word = replace(TOLD, status="pended", pend_reason="medical_records")
    assert extract_rules.judge(held, word) == MOVES
    assert extract_rules.judge(held, replace(word, pend_reason="invoice")) == STAYS
