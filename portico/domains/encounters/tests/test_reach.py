"""What somebody given some providers alone cannot touch, and what a file cannot do to others' records."""

from dataclasses import replace
from decimal import Decimal

import pytest

from portico.domains.claims.edits.codes import Code
from portico.domains.claims.edits.places import Segment
from portico.domains.claims.facts.submitted import Party, Patient, SentClaim
from portico.domains.encounters import mending, models, reading, reports, sealing, submissions
from portico.domains.encounters.submissions import Answers, FileEdit
from portico.domains.encounters.tests import sending
from portico.domains.encounters.tests.sending import a_claim, a_file, codes, desk, in_force, on_day, send
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Actor, Held
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted

pytestmark = pytest.mark.usefixtures("world")
SECOND = "000000002"


def limited(npi: str) -> Actor:
    """Who reaches one provider's encounters."""
    grant = replace(factories.grant(Function.ENCOUNTERS), providers=frozenset({npi}))
    return replace(desk(persona_id=17), held=Held([grant]))


@pytest.mark.parametrize("frequency", ["7", "8"])
def test_what_lies_out_of_reach_is_neither_replaced_nor_voided(frequency: str) -> None:
    factories.a_provider(sending.OTHER_NPI, factories.OURS)
    _, (theirs,) = send(on_day(3))
    mine = Party(name="LEE", npi=sending.OTHER_NPI, is_person=True)
    told = on_day(4, frequency=frequency, original_number=theirs.number, rendering=mine)
    never_was = replace(told, original_number="E0000")
    _, found = send(told, never_was, actor=limited(sending.OTHER_NPI), interchange=SECOND)
    assert [codes(each) for each in found] == [[Code.ORIGINAL_UNKNOWN]] * 2
    assert models.Encounter.objects.get(number=theirs.number).state == "accepted"


@pytest.mark.parametrize("frequency", ["7", "8"])
def test_a_void_is_neither_replaced_nor_voided_by_a_file(frequency: str) -> None:
    _, (first,) = send(on_day(3))
    void = mending.void(actor=desk(), encounter=first.id)
    _, (again,) = send(on_day(4, frequency=frequency, original_number=void.number), interchange=SECOND)
    assert codes(again) == [Code.ORIGINAL_NOT_IN_FORCE]
    assert models.Encounter.objects.get(number=void.number).state == "accepted"


def test_a_void_answers_for_no_record_that_waits_to_be_mended() -> None:
    _, (first, broken) = send(on_day(3), None)
    nameless = on_day(3, frequency="8", original_number=first.number, patient_control_number="", services=())
    _, (void,) = send(nameless, interchange=SECOND)
    assert void.is_accepted
    assert models.Encounter.objects.get(public_id=broken.id).state == "rejected"


def test_segments_of_sets_that_were_refused_show_to_whoever_reaches_all_or_sent_them() -> None:
    receipt = submissions.take_in(actor=desk(), file=a_file())
    segment = Segment(9, ("NM1", "IL", "1", "OKAFOR"), "2010BA")
    edit = FileEdit("ik304_8", segment, None, "2010BA")
    reading.begin(actor=desk(), submission=receipt.id)
    reading.withdraw(
        actor=desk(), submission=receipt.id, code="no_set_taken", answers=Answers(), edits=[edit]
    )
    told = {
        who: reports.control_summary(actor=actor, submission=receipt.id).file_edits[0].segment
        for who, actor in {
            "sender": desk(),
            "colleague": desk(persona_id=18),
            "limited": limited(sending.NPI),
        }.items()
    }
    assert told == {"sender": segment, "colleague": segment, "limited": None}


def test_what_was_replaced_is_back_unless_the_same_came_meanwhile() -> None:
    _, (first,) = send(on_day(3))
    receipt = submissions.take_in(actor=desk(), file=a_file(b"ISA*2", interchange=SECOND))
    changed = on_day(4, frequency="7", original_number=first.number)
    sending.read(desk(), receipt.id, [changed])
    _, (same,) = send(on_day(3), interchange="000000003")
    assert same.is_accepted
    reading.withdraw(actor=desk(), submission=receipt.id, code="no_record", answers=Answers())
    states = dict(models.Encounter.objects.values_list("number", "state"))
    assert (states, in_force()) == ({first.number: "replaced", same.number: "accepted"}, 1)


def test_a_record_of_another_of_the_senders_tax_ids_is_mended_and_voided_under_its_own() -> None:
    """A machine's file may bring what several offices bill; each office mends its own."""
    _, (rejected, accepted) = send(on_day(3, billed=Decimal(1)), on_day(4))
    submission = models.Submission.objects.get()
    submission.tax_id = factories.STRANGERS
    submission.save()
    mended = mending.mend(actor=desk(), encounter=rejected.id, values={"billed": "120"})
    assert mended.is_accepted
    void = mending.void(actor=desk(), encounter=accepted.id)
    assert void.is_accepted
    new = models.Submission.objects.filter(source="mended").values_list("tax_id", flat=True)
    assert set(new) == {factories.OURS}


def test_a_void_that_is_not_taken_says_so() -> None:
    _, (first,) = send(a_claim())
    row = models.Encounter.objects.get()
    claim = replace(a_claim(), is_encounter=True, billing=replace(a_claim().billing, tax_id="000000000"))
    row.content_sealed = sending_content(row, claim)
    row.save()
    void = mending.void(actor=desk(), encounter=first.id)
    assert not void.is_accepted
    assert void.misfits
    assert models.Encounter.objects.get().state == "accepted"


def sending_content(row: models.Encounter, claim: SentClaim) -> bytes | None:
    """The claim as it is kept of a row."""
    return sealing.content(row.submission.public_id, row.position, claim)


def test_a_record_has_no_more_edits_than_anybody_reads() -> None:
    services = tuple(sending.a_service(number, code="?", units=Decimal(0)) for number in range(1, 400))
    _, (found,) = send(a_claim(services=services, subscriber=Patient()))
    assert 100 <= len(found.misfits) <= 200


def test_what_names_people_leaves_the_portal_with_whoever_showed_lately_that_it_is_they() -> None:
    submission, _ = send(on_day(3, billed=Decimal(1)))
    since_long = replace(desk(), account=replace(desk().account, proven_lately=False))
    assert submissions.answers(actor=since_long, submission=submission).of_records == b"277CA"
    with pytest.raises(NotPermitted):
        submissions.answers(actor=since_long, submission=submission, to_take=True)
    with pytest.raises(NotPermitted):
        reports.rejections(actor=since_long, submission=submission, to_take=True)
