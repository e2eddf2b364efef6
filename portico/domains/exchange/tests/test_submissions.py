"""Submissions: handed in once whatever happens, their partner's alone, sealed for their place."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from portico.domains.exchange import housekeeping, models, submissions, working
from portico.domains.exchange.entries import Entry, Operation, Result
from portico.domains.exchange.submissions import AnotherContent, File, Kind, Receipt, UnknownSubmission
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.shared.vault import CannotOpen
from tests.support import actors, racing
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db
OURS, THEIRS = actors.machine(), actors.machine(machine_id=42)
POOR = actors.machine(actors.grant(Function.BENEFITS))
NAME = "f81d4fae-7dec-41d0-a765-00a0c91e6bf6"
FILE = File("X12_270_Request_005010X279A1", b"ISA*M\xdcLLER~")
ENTRY = Entry(operation=Operation.BATCH_SUBMIT, envelope="soap", received_at=NOW, result=Result.ACCEPTED)


def hand_in(actor: Actor = OURS, name: str = NAME, file: File = FILE) -> Receipt:
    return submissions.hand_in(
        actor=actor, function=Function.ELIGIBILITY, job="x12_batch", payload_id=name, file=file, entry=ENTRY
    )


def fetch(actor: Actor = OURS, name: str = NAME, kind: Kind = Kind.RECEIVED) -> submissions.Fetched:
    return submissions.fetch(actor=actor, function=Function.ELIGIBILITY, name=name, kind=kind, entry=ENTRY)


def test_what_is_handed_in_is_kept_with_its_exchange_and_its_job() -> None:
    receipt = hand_in()
    row = models.Submission.objects.get()
    assert (receipt.public_id, receipt.received_at, receipt.is_repeated) == (row.public_id, NOW, False)
    assert (row.machine_id, row.payload_id, row.function) == (41, NAME, "eligibility")
    assert row.job is not None
    assert row.exchange.operation == "batch_submit"
    assert row.keep_until == NOW + timedelta(days=30)
    assert fetch() == submissions.Fetched(row.public_id, FILE)


def test_the_same_again_is_the_same_and_another_is_refused() -> None:
    first, again = hand_in(), hand_in()
    assert (again.public_id, again.is_repeated) == (first.public_id, True)
    with pytest.raises(AnotherContent):
        hand_in(file=File(FILE.payload_type, b"ISA*OTHER~"))
    assert models.Submission.objects.count() == models.Payload.objects.count() == 1
    assert models.Exchange.objects.count() == 2


def test_each_partner_has_its_own_names() -> None:
    assert hand_in().public_id != hand_in(THEIRS).public_id


@pytest.mark.parametrize("name", [NAME, NAME.upper(), "x", "", str(UUID(int=0)), "' or 1=1"])
def test_what_is_anothers_is_unknown(name: str) -> None:
    hand_in()
    with pytest.raises(UnknownSubmission):
        fetch(THEIRS, name)
    with pytest.raises(UnknownSubmission):
        submissions.acknowledge_results(
            actor=THEIRS, function=Function.ELIGIBILITY, name=name, our_interchange="", entry=ENTRY
        )
    assert models.Exchange.objects.count() == 1


def test_somebody_without_the_function_neither_hands_in_nor_fetches() -> None:
    hand_in()
    for attempt in (lambda: hand_in(POOR, str(uuid4())), lambda: fetch(POOR)):
        with pytest.raises(NotPermitted):
            attempt()
    assert models.Submission.objects.count() == 1


def test_a_person_has_no_submissions() -> None:
    hand_in()
    with pytest.raises(UnknownSubmission):
        fetch(actors.front_desk())


def test_a_submission_is_worked_on_for_its_partner_alone() -> None:
    submission = hand_in().public_id
    assert working.owner(submission) == working.Owner(41, Function.ELIGIBILITY)
    assert working.received(actor=OURS, submission=submission).file == FILE
    for actor, number in ((THEIRS, submission), (OURS, uuid4())):
        with pytest.raises(UnknownSubmission):
            working.received(actor=actor, submission=number)
    assert working.owner(uuid4()) is None


@pytest.mark.parametrize("content", [b"", b"ISA*00*~", bytes(range(256)), "ISA*MÜLLER~".encode()])
def test_a_file_opens_as_it_was_sealed_and_only_in_its_place(content: bytes) -> None:
    submission = uuid4()
    sealed = submissions.seal(submission, Kind.RESULTS, content)
    assert submissions.unseal(submission, Kind.RESULTS, sealed) == content
    for other, kind in ((uuid4(), Kind.RESULTS), (submission, Kind.RECEIVED)):
        with pytest.raises(CannotOpen):
            submissions.unseal(other, kind, sealed)


def test_what_is_over_its_time_goes_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "AT_A_TIME", 2)
    for _ in range(5):
        hand_in(name=str(uuid4()))
    later = actors.system()
    late = NOW + timedelta(days=30, seconds=1)
    later = type(later)(later.kind, later.door, late, late.date(), name="tidier")
    assert housekeeping.forget(actor=actors.system()) == 0
    dropped = [housekeeping.forget(actor=later) for _ in range(4)]
    assert dropped == [4, 4, 2, 0]  # the log has no partner here, so its rows go as well
    assert not models.Submission.objects.exists()


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_handed_in_eight_times_at_once_it_is_one() -> None:
    receipts = racing.together([hand_in] * 8)
    assert len({receipt.public_id for receipt in receipts}) == 1
    assert sum(not receipt.is_repeated for receipt in receipts) == 1
    assert models.Submission.objects.count() == models.Payload.objects.count() == 1
    assert models.Exchange.objects.count() == 8
