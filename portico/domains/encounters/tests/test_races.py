"""What must hold when the same is asked many times at the same moment: one comes of it."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from portico.domains.claims.edits.codes import Code
from portico.domains.claims.facts.submitted import Form
from portico.domains.encounters import handing_on, mending, models, submissions
from portico.domains.encounters.mending import NotInForce, NotMendable
from portico.domains.encounters.reading import Judged
from portico.domains.encounters.submissions import NewFile, Taken
from portico.domains.encounters.tests import sending
from portico.domains.encounters.tests.sending import a_claim, a_file, desk, on_day, send
from portico.domains.encounters.tests.test_handing_on import CLOCK, Core
from tests.support.racing import together

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


@pytest.fixture(autouse=True)
def _world() -> None:
    sending.a_world()


def taken(file: NewFile, persona_id: int) -> Taken:
    """What became of a file."""
    return submissions.take_in(actor=desk(persona_id=persona_id), file=file).taken


def test_the_same_file_at_once_is_one_submission() -> None:
    found = Counter(together([partial(taken, a_file(), 20 + n) for n in range(AT_ONCE)]))
    assert found == {Taken.NEW: 1, Taken.AGAIN: AT_ONCE - 1}
    assert models.Submission.objects.count() == 1


def test_other_bytes_under_one_control_number_at_once_are_one_and_duplicates() -> None:
    files = [a_file(f"ISA*{n}".encode()) for n in range(AT_ONCE)]
    found = Counter(together([partial(taken, file, 20 + n) for n, file in enumerate(files)]))
    assert found == {Taken.NEW: 1, Taken.DUPLICATE: AT_ONCE - 1}


def test_files_with_the_same_encounters_at_once_bring_each_in_once() -> None:
    asked = [
        submissions.take_in(actor=desk(), file=a_file(f"ISA{n}".encode(), interchange=f"{n:09d}")).id
        for n in range(4)
    ]
    days = [3, 4, 5, 6, 7]
    orders = [days, days[::-1], days[2:] + days[:2], days]
    reads: list[Callable[[], tuple[Judged, ...]]] = [
        partial(sending.read, desk(), submission, [on_day(day) for day in order])
        for submission, order in zip(asked, orders, strict=True)
    ]
    found = [judged for records in together(reads) for judged in records]
    assert sending.in_force() == len(days)
    wrong = Counter(code for judged in found for code in sending.codes(judged))
    assert wrong == {Code.DUPLICATE: 3 * len(days)}
    rows = models.Submission.objects.values_list("received_count", "accepted_count", "rejected_count")
    assert all(received == accepted + rejected == 5 for received, accepted, rejected in rows)


def test_replacements_of_one_encounter_at_once_leave_one_in_force() -> None:
    _, (first,) = send(a_claim())
    asked = [
        submissions.take_in(actor=desk(), file=a_file(f"ISA{n}".encode(), interchange=f"1{n:08d}")).id
        for n in range(4)
    ]
    claims = [on_day(10 + n, frequency="7", original_number=first.number) for n in range(4)]
    reads: list[Callable[[], tuple[Judged, ...]]] = [
        partial(sending.read, desk(), submission, [claim])
        for submission, claim in zip(asked, claims, strict=True)
    ]
    together(reads)
    assert sending.in_force() == 1


def test_an_encounter_mended_many_times_at_once_is_mended_once() -> None:
    _, (rejected,) = send(a_claim(diagnoses=()))

    def mend() -> str:
        try:
            mended = mending.mend(actor=desk(), encounter=rejected.id, values={"diagnoses.1": "J06.9"})
        except NotMendable:
            return "not_mendable"
        return "mended" if mended.is_accepted else "wrong"

    assert Counter(together([mend] * AT_ONCE)) == {"mended": 1, "not_mendable": AT_ONCE - 1}
    assert sending.in_force() == 1
    assert models.Submission.objects.count() == 2


def test_an_encounter_voided_many_times_at_once_is_voided_once() -> None:
    _, (accepted,) = send(a_claim())

    def void() -> str:
        try:
            mending.void(actor=desk(), encounter=accepted.id)
        except NotInForce:
            return "not_in_force"
        return "voided"

    assert Counter(together([void] * AT_ONCE)) == {"voided": 1, "not_in_force": AT_ONCE - 1}


def test_nothing_is_handed_on_twice_by_two_at_once() -> None:
    send(*(on_day(day) for day in range(3, 9)))
    cores = [Core() for _ in range(4)]

    def hand_on(core: Core) -> None:
        handing_on.make(
            actor=CLOCK, form=Form.PROFESSIONAL, write=core.write, settle=lambda given, made: None
        )

    together([partial(hand_on, core) for core in cores])
    told = [claim.tracking_number for core in cores for claim in core.told]
    handed_on = models.Encounter.objects.filter(handover__isnull=False)
    assert handed_on.count() == 6
    assert sum(made.record_count for made in models.Handover.objects.all()) == 6
    assert set(told) == set(handed_on.values_list("number", flat=True))


def test_the_database_itself_lets_no_second_one_in() -> None:
    send(a_claim())
    row = models.Encounter.objects.get()
    row.pk, row.public_id, row.position, row.number = None, uuid4(), 2, "E2"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    submission = models.Submission.objects.get()
    submission.pk, submission.public_id = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        submission.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Submission.objects.update(received_count=7)
