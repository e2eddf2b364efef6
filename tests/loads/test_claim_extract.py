"""Loading the claim extract: how a claim moves, what stays, and what a bad record costs."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portico.domains.claims.models import Claim, ClaimEvent
from portico.domains.jobs.models import Job
from portico.edges.loaders.intake import Kind
from tests.loads import claims, loading
from tests.loads.claims import a_visit, extract, file_837, told
from tests.loads.loading import load
from tests.loads.loading import told as noted

PENDED = "medical_records,2026-02-20,,,,,"


@pytest.fixture
def office(plan: Path) -> Path:
    """A plan that knows the member and the office, and one claim of theirs."""
    claims.known(plan)
    load(plan, file_837(a_visit()), Kind.CLAIMS_837)
    return plan


def send(inbox: Path, *records: str) -> Job:
    return load(inbox, extract(*records), Kind.CLAIM_EXTRACT, name="claims.csv")


def standing(number: str = "C1") -> tuple[str, date, str]:
    claim = Claim.objects.get(claim_number=number)
    return claim.status, claim.stated_on, claim.pend_reason


def events(number: str = "C1") -> list[tuple[str, date, str]]:
    rows = ClaimEvent.objects.filter(claim__claim_number=number).order_by("on", "id")
    return list(rows.values_list("kind", "on", "code"))


def test_a_claim_moves_and_each_step_is_noted(office: Path) -> None:
    send(office, told(status="pended", on="2026-01-28", more=PENDED))
    assert standing() == ("pended", date(2026, 1, 28), "medical_records")
    assert Claim.objects.get().awaited_on == date(2026, 2, 20)
    send(office, told(status="approved", on="2026-02-10", more=",2026-02-17,,,,,"))
    send(office, told(status="paid", on="2026-02-17", more=",,180.00,150.00,30.00,,"))
    claim = Claim.objects.get()
    assert (claim.status, claim.paid, claim.allowed, claim.member_share) == ("paid", 150, 180, 30)
    assert (claim.decided_on, claim.awaited_on, claim.decision_count) == (date(2026, 2, 17), None, 1)
    assert events() == [
        ("received", date(2026, 1, 25), ""),
        ("pended", date(2026, 1, 28), "medical_records"),
        ("resumed", date(2026, 2, 10), ""),
        ("approved", date(2026, 2, 10), ""),
        ("paid", date(2026, 2, 17), ""),
    ]


def test_a_denial_keeps_its_first_reason(office: Path) -> None:
    send(office, told(status="denied", on="2026-02-01", more=",,0,0,0,197|45,"))
    assert events()[-1] == ("denied", date(2026, 2, 1), "197")


def test_the_same_word_again_changes_nothing(office: Path) -> None:
    send(office, told(status="pended", on="2026-01-28", more=PENDED))
    job = send(office, told(status="pended", on="2026-01-30", more=PENDED), "")
    assert job.summary == {"rows": 1, "unchanged": 1}
    assert standing()[1] == date(2026, 1, 28)


def test_another_day_for_the_next_step_is_kept(office: Path) -> None:
    send(office, told(status="pended", on="2026-01-28", more=PENDED))
    send(office, told(status="pended", on="2026-01-28", more="medical_records,2026-03-01,,,,,"))
    assert Claim.objects.get().awaited_on == date(2026, 3, 1)


def test_an_older_word_is_flagged_and_not_followed(office: Path) -> None:
    send(office, told(status="approved", on="2026-02-10"))
    job = send(office, told(status="pended", on="2026-02-01", more=PENDED))
    assert noted(job) == [("line 2", "flagged", "status_older_than_held")]
    assert standing()[0] == "approved"


def test_what_an_835_decided_is_not_undone(office: Path) -> None:
    Claim.objects.update(status="paid", stated_on=date(2026, 2, 5), paid=Decimal(99))
    job = send(office, told(status="approved", on="2026-02-10"), told("C2"))
    assert noted(job) == [("line 2", "flagged", "status_does_not_follow")]
    assert standing()[0] == "paid"


def test_a_claim_that_no_837_told_of_is_added(office: Path) -> None:
    job = send(office, told("C7", status="pended", on="2026-01-28", more=PENDED))
    assert job.summary == {"rows": 1, "accepted": 1}
    claim = Claim.objects.get(claim_number="C7")
    assert (claim.line_id, claim.patient_last_name, claim.billed) == (
        "employer-ppo",
        "OKAFOR",
        Decimal("215.50"),
    )
    assert [kind for kind, *_ in events("C7")] == ["received", "pended"]


@pytest.mark.parametrize(("tax_id", "noted_on"), [("070000001", ["C1"]), ("099999999", [])])
def test_a_claim_takes_the_place_of_one_of_its_own_office(
    office: Path, tax_id: str, noted_on: list[str]
) -> None:
    Claim.objects.update(tax_id=tax_id)
    send(office, told("C7", more=",,,,,,C1"))
    replaced = ClaimEvent.objects.filter(kind="replaced").values_list("claim__claim_number", flat=True)
    assert list(replaced) == noted_on


def test_its_837_fills_in_what_the_extract_did_not_know(office: Path) -> None:
    send(office, told("C7", status="pended", on="2026-01-28", more=PENDED))
    load(office, file_837(a_visit("C7"), control=2), Kind.CLAIMS_837)
    claim = Claim.objects.get(claim_number="C7")
    assert (claim.status, claim.lines.count(), claim.diagnoses) == ("pended", 2, ["J069", "R05"])
    assert [kind for kind, *_ in events("C7")] == ["received", "pended"]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (told(status="pended", on="2026-01-28"), "value_missing"),
        (told(status="pended", on="2026-01-28", more="because,,,,,,"), "value_not_known"),
        (told(status="lost"), "value_not_known"),
        (told(billed="x"), "amount_wrong"),
        (told(on="2026-13-01"), "date_wrong"),
        (told(on="2062-03-12"), "day_ahead"),
        (told(on="9999-12-31"), "day_ahead"),
        (told(member_id="NLH999"), "unknown_member"),
        (told(tax_id="099999999"), "unknown_tax_id"),
        (told("C1", tax_id="07000000"), "identifier_wrong"),
    ],
)
def test_a_bad_record_costs_only_itself(office: Path, record: str, reason: str) -> None:
    job = send(office, record, told("C8"))
    assert noted(job) == [("line 2", "quarantined", reason)]
    assert Claim.objects.filter(claim_number="C8").exists()


def test_a_load_of_the_extract_is_taken_back(office: Path) -> None:
    job = send(office, told(status="pended", on="2026-01-28", more=PENDED), told("C7"))
    loading.reverse(job)
    assert standing() == ("received", date(2026, 1, 25), "")
    assert Claim.objects.count() == 1
    assert [kind for kind, *_ in events()] == ["received"]
