"""Records are judged and stored chunk by chunk; of one identity one is in force."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portico.domains.claims.edits.codes import Code
from portico.domains.claims.facts.submitted import Party, Patient, SentClaim
from portico.domains.encounters import models, reading, reports, submissions
from portico.domains.encounters.reading import NotReadable, SentRecord
from portico.domains.encounters.submissions import Answers
from portico.domains.encounters.tests import sending
from portico.domains.encounters.tests.sending import (
    a_claim,
    a_file,
    a_service,
    codes,
    desk,
    in_force,
    on_day,
    send,
)
from portico.domains.members.tests import factories
from portico.domains.permits.permit import NotPermitted

pytestmark = pytest.mark.usefixtures("world")


class Crash(Exception):
    """A worker dies here."""


def test_an_encounter_that_nothing_is_wrong_with_is_accepted_under_a_number() -> None:
    submission, (judged,) = send(a_claim())
    assert codes(judged) == []
    assert judged.number.startswith("E")
    row = models.Encounter.objects.get()
    assert (row.state, row.tax_id, row.line) == ("accepted", factories.OURS, factories.HMO)
    assert (row.member_id, row.provider_npi, row.lag_days) == ("N1000", sending.NPI, 37)
    view = submissions.read(actor=desk(), submission=submission)
    assert (view.received, view.accepted, view.rejected, view.stage) == (1, 1, 0, "read")


def test_a_stay_is_accepted_too() -> None:
    _, (judged,) = send(sending.a_stay())
    assert codes(judged) == []


def test_one_bad_record_is_rejected_and_its_neighbours_are_not() -> None:
    bad = on_day(4, billed=Decimal(1))
    submission, found = send(on_day(3), bad, on_day(5))
    assert [judged.is_accepted for judged in found] == [True, False, True]
    assert codes(found[1]) == [Code.CHARGES_DO_NOT_ADD_UP]
    (misfit,) = found[1].misfits
    assert (misfit.place, misfit.spot.segment, misfit.spot.element) == (20, "CLM", 2)
    view = submissions.read(actor=desk(), submission=submission)
    assert (view.received, view.accepted, view.rejected, view.outstanding) == (3, 2, 1, 1)


def test_a_record_that_could_not_be_understood_is_rejected_and_kept() -> None:
    _, (judged,) = send(None)
    assert codes(judged) == [Code.UNREADABLE]
    assert models.Encounter.objects.get().content_sealed is None


def test_an_encounter_that_is_in_force_is_not_taken_twice() -> None:
    _, (first,) = send(a_claim())
    another_number = a_claim(patient_control_number="PCN2", diagnoses=a_claim().diagnoses)
    _, (again,) = send(another_number, interchange="000000002")
    assert codes(again) == [Code.DUPLICATE]
    assert again.misfits[0].about == first.number
    assert in_force() == 1


def test_one_that_stands_twice_in_a_file_is_taken_once() -> None:
    _, (first, second) = send(a_claim(), a_claim())
    assert (codes(first), codes(second)) == ([], [Code.DUPLICATE_IN_FILE])


@pytest.mark.parametrize(
    "other",
    [
        on_day(4),
        a_claim(facility="12"),
        a_claim(services=(a_service(code="99214"),)),
        a_claim(services=(a_service(modifiers=("25",)),)),
        a_claim(services=(a_service(units=Decimal(2)),)),
    ],
    ids=["day", "place", "procedure", "modifier", "units"],
)
def test_what_was_done_elsewhere_or_otherwise_is_another_encounter(other: SentClaim) -> None:
    _, found = send(a_claim(), other)
    assert [codes(judged) for judged in found] == [[], []]


@pytest.mark.parametrize(
    "other",
    [
        a_claim(patient_control_number="ANOTHER"),
        a_claim(billed=Decimal(90), services=(a_service(billed=Decimal(90)),)),
        a_claim(services=(a_service(units=Decimal("1.0")),)),
        a_claim(subscriber=replace(a_claim().subscriber, member_id="n-1000")),
    ],
    ids=["control number", "charge", "units as written", "member ID as written"],
)
def test_another_charge_or_number_makes_no_other_encounter(other: SentClaim) -> None:
    _, found = send(a_claim(), other)
    assert codes(found[1]) == [Code.DUPLICATE_IN_FILE]


def test_a_replacement_takes_the_place_of_what_it_names() -> None:
    _, (first,) = send(a_claim())
    dearer = a_claim(
        frequency="7",
        original_number=first.number,
        billed=Decimal(150),
        services=(a_service(billed=Decimal(150)),),
    )
    _, (second,) = send(dearer, interchange="000000002")
    assert codes(second) == []
    states = dict(models.Encounter.objects.values_list("number", "state"))
    assert states == {first.number: "replaced", second.number: "accepted"}


def test_two_that_replace_the_same_one_come_one_after_the_other() -> None:
    _, (first,) = send(a_claim())
    second = a_claim(frequency="7", original_number=first.number)
    third = on_day(9, frequency="7", original_number=first.number)
    _, found = send(second, third, interchange="000000002")
    assert [codes(judged) for judged in found] == [[], [Code.ORIGINAL_NOT_IN_FORCE]]
    assert in_force() == 1


def test_a_void_takes_an_encounter_out_of_force_and_leaves_room_for_another() -> None:
    _, (first,) = send(a_claim())
    _, (void,) = send(a_claim(frequency="8", original_number=first.number), interchange="000000002")
    assert codes(void) == []
    assert models.Encounter.objects.get(number=first.number).state == "voided"
    _, (again,) = send(a_claim(), interchange="000000003")
    assert codes(again) == []


def test_nobody_replaces_what_another_office_sent() -> None:
    factories.a_provider(sending.NPI, factories.STRANGERS)
    _, (theirs,) = send(
        sending.from_elsewhere(a_claim()), actor=sending.outsider(), tax_id=factories.STRANGERS
    )
    assert theirs.is_accepted
    _, (ours,) = send(a_claim(frequency="7", original_number=theirs.number), interchange="000000002")
    assert codes(ours) == [Code.ORIGINAL_UNKNOWN]


def test_a_rejected_one_that_comes_again_in_order_waits_for_nobody_any_more() -> None:
    first, _ = send(a_claim(diagnoses=()))
    assert submissions.read(actor=desk(), submission=first).outstanding == 1
    send(a_claim(), interchange="000000002")
    view = submissions.read(actor=desk(), submission=first)
    assert (view.rejected, view.outstanding) == (1, 0)
    assert reports.control_summary(actor=desk(), submission=first).sent_again == 1


def test_a_tax_id_that_is_not_open_tells_nothing_of_members_or_providers() -> None:
    unknown = replace(a_claim().subscriber, member_id="NOBODY")
    for subscriber in (a_claim().subscriber, unknown):
        claim = sending.from_elsewhere(a_claim(subscriber=subscriber))
        number = f"00000000{len(subscriber.member_id)}"
        _, (judged,) = send(claim, interchange=number)
        assert codes(judged) == [Code.TAX_ID_NOT_OPEN]
    assert set(models.Encounter.objects.values_list("tax_id", "member_id")) == {(factories.OURS, "")}


@pytest.mark.parametrize("last_name", ["Okafor", "Somebody"])
def test_a_member_of_a_line_that_is_not_granted_is_nobody(last_name: str) -> None:
    actor = desk(lines=frozenset({factories.MEDI_CAL}))
    subscriber = replace(a_claim().subscriber, last_name=last_name)
    _, (judged,) = send(a_claim(subscriber=subscriber), actor=actor)
    assert codes(judged) == [Code.MEMBER_UNKNOWN]
    assert models.Encounter.objects.get().line == ""


def test_a_dependent_is_found_under_the_subscribers_number() -> None:
    born = date(2015, 4, 1)
    child = factories.a_member("N1000-02", subscriber_number="SN1000", first_name="Ikenna", birth_date=born)
    factories.a_coverage(child)
    claim = a_claim(
        subscriber=Patient("Okafor", "Adaeze", member_id="SN1000"),
        patient=Patient("Okafor", "I", birth_date=born, relationship="19"),
    )
    _, (judged,) = send(claim)
    assert codes(judged) == []
    assert models.Encounter.objects.get().member_id == "N1000-02"


def test_a_rendering_provider_of_a_group_is_who_counts() -> None:
    factories.a_provider(sending.OTHER_NPI, factories.OURS)
    _, (judged,) = send(a_claim(rendering=Party(name="LEE", npi=sending.OTHER_NPI)))
    assert codes(judged) == []
    assert models.Encounter.objects.get().provider_npi == sending.OTHER_NPI


def test_a_chunk_that_does_not_settle_leaves_nothing_and_is_read_again() -> None:
    receipt = submissions.take_in(actor=desk(), file=a_file())
    sending.read(desk(), receipt.id, [on_day(3)])

    def crash(*_: object) -> None:
        raise Crash

    records = [sending.record(on_day(4), 2)]
    with pytest.raises(Crash):
        reading.read(actor=desk(), submission=receipt.id, records=records, settle=crash)
    begun = reading.begin(actor=desk(), submission=receipt.id)
    assert begun.stored_to == 1
    sending.read(desk(), receipt.id, [on_day(4), on_day(5)])
    assert list(models.Encounter.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3]
    row = models.Submission.objects.get()
    assert (row.received_count, row.accepted_count) == (3, 3)


def test_a_file_withdrawn_in_the_midst_leaves_what_it_replaced_in_force() -> None:
    _, (first,) = send(a_claim())
    receipt = submissions.take_in(actor=desk(), file=a_file(b"ISA2", interchange="000000002"))
    sending.read(desk(), receipt.id, [a_claim(frequency="7", original_number=first.number), on_day(4)])
    reading.withdraw(actor=desk(), submission=receipt.id, code="no_longer_open", answers=Answers(b"TA1"))
    assert list(models.Encounter.objects.values_list("number", "state")) == [(first.number, "accepted")]
    view = submissions.read(actor=desk(), submission=receipt.id)
    assert (view.stage, view.refusal, view.received) == ("refused", "no_longer_open", 0)
    assert submissions.take_in(actor=desk(), file=a_file(b"ISA2", interchange="000000002")).id != receipt.id


def test_nothing_is_added_to_a_file_that_was_read_to_its_end() -> None:
    submission, _ = send(a_claim())
    with pytest.raises(NotReadable):
        reading.begin(actor=desk(), submission=submission)
    with pytest.raises(NotReadable):
        reading.read(
            actor=desk(),
            submission=submission,
            records=[SentRecord(2, 9, on_day(9))],
            settle=lambda given, found: None,
        )


def test_what_came_of_each_is_told_page_by_page_as_it_was_sent() -> None:
    submission, sent = send(on_day(3), on_day(4, billed=Decimal(1)), None)
    first = reading.judged(actor=desk(), submission=submission, size=2)
    rest = reading.judged(actor=desk(), submission=submission, after=first[-1].position, size=2)
    told = (*first, *rest)
    assert [judged.number for judged in told] == [judged.number for judged in sent]
    assert [judged.claim for judged in told] == [on_day(3), on_day(4, billed=Decimal(1)), None]
    assert [codes(judged) for judged in told] == [codes(judged) for judged in sent]


def test_a_file_whose_sender_may_no_longer_act_is_taken_back_by_the_system() -> None:
    receipt = submissions.take_in(actor=desk(), file=a_file())
    sending.read(desk(), receipt.id, [on_day(3)])
    system = factories.loader()
    reading.abandon(actor=system, submission=receipt.id, code="no_longer_open")
    assert not models.Encounter.objects.exists()
    assert submissions.read(actor=desk(), submission=receipt.id).refusal == "no_longer_open"
    done, _ = send(on_day(4))
    reading.abandon(actor=system, submission=done, code="no_longer_open")
    assert submissions.read(actor=desk(), submission=done).stage == "read"
    with pytest.raises(NotPermitted):
        reading.abandon(actor=desk(), submission=done, code="no_longer_open")
