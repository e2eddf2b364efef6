"""Loading 837s: what a claim becomes, what a second file changes, what a bad one costs, the way back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from portico.domains.audit.models import Entry
from portico.domains.claims import submission_loading
from portico.domains.claims.facts.submitted import Patient, SentClaim
from portico.domains.claims.models import Claim, ClaimEvent, ClaimLine
from portico.domains.jobs import queue
from portico.domains.jobs.models import Job
from portico.domains.offices.models import TaxId
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.edges.loaders import claims_837, handling, intake
from portico.edges.loaders.intake import Kind
from portico.edges.loaders.tests.building import NPI, file_834, person
from portico.transactions.remittances.tests import sent
from tests.loads import claims, loading
from tests.loads.claims import a_stay, a_visit, file_837
from tests.loads.loading import load, told
from tests.support import public_files

KIND = Kind.CLAIMS_837


@pytest.fixture
def office(plan: Path) -> Path:
    """A plan that knows the member and the office of the claims."""
    claims.known(plan)
    return plan


def send(inbox: Path, *told_of: SentClaim, control: int = 1) -> Job:
    return load(inbox, file_837(*told_of, control=control), KIND, name=f"{control}.837")


def test_a_claim_is_there_with_its_lines_and_its_beginning(office: Path) -> None:
    job = send(office, a_visit())
    assert job.summary == {"rows": 1, "accepted": 1}
    claim = Claim.objects.get()
    assert (claim.claim_number, claim.patient_control_number) == ("C1", "ACC-C1")
    assert (claim.line_id, claim.member_id, claim.subscriber_number) == ("employer-ppo", "NLH101", "NLH1")
    assert (claim.tax_id, claim.provider_npi) == (claims.TAX_ID, NPI)
    assert (claim.first_on, claim.last_on) == (date(2026, 1, 20), date(2026, 1, 22))
    assert (claim.status, claim.received_on, claim.billed) == (
        "received",
        date(2026, 1, 25),
        Decimal("215.50"),
    )
    assert claim.diagnoses == ["J069", "R05"]
    lines = claim.lines.values_list("number", "code", "modifiers", "billed", "units")
    assert list(lines) == [
        (1, "99214", ["25"], Decimal("150.00"), Decimal("1.000")),
        (2, "J0696", [], Decimal("65.50"), Decimal("2.500")),
    ]
    assert list(claim.events.values_list("kind", "on")) == [("received", date(2026, 1, 25))]


def test_an_institutional_claim_is_billed_by_the_house(office: Path) -> None:
    send(office, a_stay())
    claim = Claim.objects.get()
    assert (claim.form, claim.drg, claim.facility) == ("institutional", "871", "11")
    assert claim.provider_npi == claim.billing_npi
    assert list(claim.lines.values_list("revenue_code", flat=True)) == ["0120", "0305"]


def test_a_load_says_how_fresh_claims_are(office: Path) -> None:
    send(office, a_visit())
    assert f"{freshness.of()[Feed.CLAIMS]:%Y-%m-%d}" == "2026-03-12"


def test_a_chunk_is_one_permit_and_one_audit_row(office: Path) -> None:
    before = Entry.objects.filter(actor_name="loader").count()
    send(office, *(a_visit(f"C{number}") for number in range(20)))
    assert Entry.objects.filter(actor_name="loader").count() == before + 1


def test_the_same_file_again_is_loaded_once(office: Path) -> None:
    first = send(office, a_visit())
    assert send(office, a_visit()).public_id == first.public_id


def test_the_same_claims_in_another_file_change_nothing(office: Path) -> None:
    send(office, a_visit())
    assert send(office, a_visit(), control=2).summary == {"rows": 1, "unchanged": 1}
    assert ClaimEvent.objects.count() == 1


def test_what_was_decided_stays_when_a_claim_is_sent_again(office: Path) -> None:
    send(office, a_visit())
    Claim.objects.update(status="paid", paid=Decimal(90))
    ClaimLine.objects.filter(number=1).update(paid=Decimal(90))
    changed = replace(
        a_visit(), patient_control_number="OTHER", services=a_visit().services[:1], billed=Decimal(150)
    )
    send(office, changed, control=2)
    claim = Claim.objects.get()
    assert (claim.status, claim.paid, claim.patient_control_number) == ("paid", Decimal(90), "OTHER")
    assert list(claim.lines.values_list("number", "paid")) == [(1, Decimal(90))]


def test_a_claim_that_replaces_another_is_noted_with_it(office: Path) -> None:
    send(office, a_visit())
    send(office, a_visit("C2", frequency="7", original_number="C1"), control=2)
    assert Claim.objects.get(claim_number="C2").replaces == "C1"
    events = ClaimEvent.objects.filter(claim__claim_number="C1").values_list("kind", "code")
    assert list(events) == [("received", ""), ("replaced", "C2")]


def test_an_office_says_nothing_of_the_claims_of_another(office: Path) -> None:
    send(office, a_visit())
    Claim.objects.update(tax_id="099999999")
    job = send(office, a_visit("C2", frequency="7", original_number="C1"), control=2)
    assert [reason for *_, reason in told(job)] == ["original_unknown"]
    assert not ClaimEvent.objects.filter(kind="replaced").exists()


def test_a_dependent_is_found_by_name_and_birth_date(office: Path) -> None:
    child = person(ins="N*19*021*28*A", own_id="NLH102", name="OKAFOR*CHIDI****34*900110002", born="20150503")
    load(office, file_834(person(), child, control=2))
    patient = Patient("OKAFOR", "CHIDI", birth_date=date(2015, 5, 3), sex="M", relationship="19")
    send(office, a_visit(patient=replace(patient, address=a_visit().subscriber.address)))
    assert Claim.objects.get().member_id == "NLH102"


QUARANTINED = {
    "claim_number_missing": a_visit(""),
    "charges_do_not_add_up": a_visit(billed=Decimal(200)),
    "unknown_member": a_visit(subscriber=replace(a_visit().subscriber, member_id="NLH999")),
    "unknown_tax_id": a_visit(billing=replace(a_visit().billing, tax_id="099999999")),
    "identifier_wrong": a_visit(
        rendering=replace(a_visit().rendering or a_visit().billing, npi="2000000003")
    ),
    "service_number_twice": a_visit(
        services=(a_visit().services[0], replace(a_visit().services[1], number=1))
    ),
}


@pytest.mark.parametrize("reason", QUARANTINED)
def test_a_bad_claim_costs_only_itself(office: Path, reason: str) -> None:
    job = send(office, a_visit("GOOD1"), QUARANTINED[reason], a_visit("GOOD2"))
    ((where, outcome, found),) = told(job)
    assert (outcome, found) == ("quarantined", reason)
    assert where.startswith("segment ")
    assert job.summary == {"rows": 3, "accepted": 2, "quarantined": 1}
    assert set(Claim.objects.values_list("claim_number", flat=True)) == {"GOOD1", "GOOD2"}


def test_by_how_much_the_charges_differ_is_said(office: Path) -> None:
    job = send(office, a_visit(billed=Decimal(200)))
    assert "differ by -15.50" in job.results.get().message


def test_a_claim_number_of_somebody_else_is_not_taken_over(office: Path) -> None:
    load(office, file_834(person(), person(number="NLH2", own_id="NLH201", name="LIN*GRACE"), control=2))
    send(office, a_visit())
    other = Patient("LIN", "GRACE", member_id="NLH201", address=a_visit().subscriber.address)
    job = send(office, a_visit(subscriber=other), control=2)
    assert [row[2] for row in told(job)] == ["claim_of_another"]
    assert Claim.objects.get().member_id == "NLH101"


def test_a_day_without_coverage_is_flagged_and_taken_in(office: Path) -> None:
    early = replace(a_visit().services[0], first_on=date(2025, 3, 1), last_on=date(2025, 3, 1))
    job = send(office, a_visit(services=(early,), billed=early.billed))
    assert told(job)[0][1:] == ("flagged", "not_covered_on_day")
    assert Claim.objects.get().line_id == "employer-ppo"


def test_what_the_guide_does_not_want_is_flagged_where_it_costs_nothing(office: Path) -> None:
    raw = file_837(a_visit()).replace(b"*Y*A*Y*Y~", b"*Y*A*Y*Q~")
    job = load(office, raw, KIND)
    assert told(job)[0][1:] == ("flagged", "guide_not_followed")
    assert "CLM09" in job.results.get().message


def test_a_value_that_cannot_be_relied_on_holds_a_claim_back(office: Path) -> None:
    raw = file_837(a_visit()).replace(b"DTP*472*D8*20260120", b"DTP*472*D8*20261320")
    job = load(office, raw, KIND)
    assert told(job)[0][1:] == ("quarantined", "date_wrong")
    assert "DTP03" in job.results.get().message


def test_a_segment_that_is_none_costs_the_claim_it_stands_in(office: Path) -> None:
    raw = file_837(a_visit("C1"), a_visit("C2"), a_visit("C3"))
    second = raw.index(b"ACC-C2")
    at = raw.index(b"LX*1", second)
    wrong = raw[:at] + b"WHAT IS THIS~" + raw[at:]
    count = int(raw[raw.index(b"~SE*") + 4 :].split(b"*")[0])
    wrong = wrong.replace(b"~SE*%d" % count, b"~SE*%d" % (count + 1))
    job = load(office, wrong, KIND)
    assert [row[1:] for row in told(job)] == [("quarantined", "segment_unexpected")]
    assert set(Claim.objects.values_list("claim_number", flat=True)) == {"C1", "C3"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((b"*HC*", b"*HP*"), "not_an_837"),
        ((b"X222A1", b"X224A2"), "not_an_837"),
        ((b"IEA*1", b"IEA*2"), "broken_envelope"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_whole(
    office: Path, change: tuple[bytes, bytes], code: str
) -> None:
    job = load(office, file_837(a_visit()).replace(*change), KIND)
    assert (job.state, job.error) == ("failed", code)
    assert not Claim.objects.exists()


def test_held_back_claims_are_taken_in_once_their_member_is_known(office: Path) -> None:
    stranger = replace(a_visit().subscriber, member_id="NLH201", last_name="LIN", first_name="GRACE")
    job = send(office, a_visit("C1"), a_visit("C2", subscriber=stranger))
    load(office, file_834(person(number="NLH2", own_id="NLH201", name="LIN*GRACE", born=""), control=2))
    taken = intake.take_in_again(actor=loading.actor(), job=job.public_id)
    assert taken
    loading.run(KIND)
    assert Claim.objects.count() == 2


def test_a_load_is_taken_back_whole(office: Path) -> None:
    send(office, a_visit("C1"))
    second = send(office, a_visit("C1", note="", patient_control_number="NEW"), a_visit("C2"), control=2)
    loading.reverse(second)
    claim = Claim.objects.get()
    assert (claim.claim_number, claim.patient_control_number) == ("C1", "ACC-C1")
    assert ClaimLine.objects.count() == 2
    assert ClaimEvent.objects.count() == 1


MANY = 2_000


def test_many_claims_killed_between_chunks_go_on_where_they_stopped(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two thousand claims, one in a hundred bad; killed after each of the first chunks."""

    class Killed(BaseException):
        """The process dies."""

    loads = submission_loading.load
    calls = 0

    def load_once(**arguments: Any) -> None:
        nonlocal calls
        calls += 1
        if calls % 2 == 0:
            raise Killed
        loads(**arguments)

    monkeypatch.setattr(submission_loading, "load", load_once)
    path = office / "many.837"
    path.write_bytes(claims.many(range(1, MANY + 1), bad=100))
    taken = intake.take_in(actor=loading.actor(), kind=KIND, path=path)
    for _ in range(MANY):
        job = Job.objects.get(public_id=taken.job)
        if job.state == "done":
            break
        Job.objects.filter(pk=job.pk).update(state="queued", lease_until=None)
        leased = queue.lease(worker=loading.worker(), kinds=[KIND])
        assert leased
        try:
            claims_837.Handler().run(leased)
        except Killed:
            continue
    assert calls > MANY / handling.CHUNK
    assert job.summary == {"rows": MANY, "accepted": MANY - MANY // 100, "quarantined": MANY // 100}
    assert Claim.objects.count() == MANY - MANY // 100
    assert ClaimLine.objects.count() == 2 * Claim.objects.count()
    assert ClaimEvent.objects.count() == Claim.objects.count()


def test_a_claim_that_comes_after_its_payment_is_joined_to_it(office: Path) -> None:
    lines = (
        sent.service(1, "150.00", "120", sent.off("CO", "45", "30"), code="99214"),
        sent.service(2, "65.50", "60", sent.off("PR", "2", "5.50"), code="J0696"),
    )
    paid = sent.claim("215.50", "180", *lines, claim_number="C1")
    payee = replace(sent.PAYEE, tax_id=claims.TAX_ID)
    content = sent.written(sent.payment(paid, payee=payee), control_number=5)
    load(office, content, Kind.REMITTANCES, name="paid.835")
    send(office, a_visit())
    claim = Claim.objects.get()
    assert (claim.status, claim.paid, claim.member_share) == ("paid", Decimal(180), Decimal("5.50"))
    assert list(claim.lines.values_list("paid", flat=True)) == [Decimal(120), Decimal(60)]
    assert claim.payment is not None


_OTHER_SEPARATOR = ("value_too_long", "CLM05-1")
_NO_NPI = ("identifier_wrong", "NM109")
_NO_NUMBER = ("claim_number_missing", "REF*D9")
HELD_BACK = {
    "837_demo.ambulance.example5.837": _NO_NPI,
    "837_demo.autoaccident.837": _NO_NPI,
    "837_demo.cob.2ndary.example4.837": _OTHER_SEPARATOR,
    "837_demo.cob.example3.A.837": _NO_NPI,
    "837_demo.cob.example3.B.837": _NO_NPI,
    "837_demo.cob.example3.C.837": _NO_NPI,
    "837_demo.cob.example4.837": _NO_NPI,
    "837_demo.drug.example10.1.837": _NO_NUMBER,
    "837_demo.drug.example10.2.837": _NO_NUMBER,
    "837_demo.drug.example10.3.837": _NO_NUMBER,
    "837_demo.example1.837": ("unknown_member", ""),
    "837_demo.example11.837": _OTHER_SEPARATOR,
    "837_demo.example12.837": _OTHER_SEPARATOR,
    "837_demo.example2.837": _NO_NPI,
    "837_demo.example7.837": _NO_NPI,
    "837_demo.example8.837": _NO_NUMBER,
    "837_demo.example9.837": _OTHER_SEPARATOR,
    "837_institutional-claim.837i": _NO_NPI,
    "837_out-of-network-repriced-claim.837i": _OTHER_SEPARATOR,
    "837_ppo-repriced-claim.837i": _OTHER_SEPARATOR,
    "837_two-claims-single-provider.837i": _NO_NPI,
}
"""Why the claims of each public file wait, in a plan that knows none of their members."""


@pytest.mark.parametrize("path", public_files.each("837"))
def test_each_public_file_says_why_its_claims_are_held_back(office: Path, path: Path) -> None:
    job = load(office, path.read_bytes(), KIND, name=path.name)
    reason, about = HELD_BACK[path.name]
    assert job.state == "done"
    assert {(outcome, found) for _, outcome, found in told(job)} == {("quarantined", reason)}
    assert all(about in message for message in job.results.values_list("message", flat=True))


@public_files.needed
def test_a_public_file_is_loaded_where_its_member_and_office_are_known(office: Path) -> None:
    policy = {"number": "JS00111223333", "coverage": ("HD*021**PPO*7QX*EMP", "DTP*348*D8*20060101")}
    jane = person(own_id="", name="SMITH*JANE", **policy)  # type: ignore[arg-type]
    ted = person(ins="N*19*021*28*A", own_id="", name="SMITH*TED", born="19730501", **policy)  # type: ignore[arg-type]
    load(office, file_834(jane, ted, control=2))
    TaxId.objects.create(number="587654321", name="Ben Kildare Service")
    job = load(office, (public_files.FOLDER / "837" / "837_demo.example1.837").read_bytes(), KIND)
    assert job.summary == {"rows": 1, "accepted": 1}
    claim = Claim.objects.get()
    assert (claim.patient_first_name, claim.subscriber_number) == ("TED", "JS00111223333")
    assert (claim.billed, claim.lines.count()) == (Decimal("100.00"), 4)
