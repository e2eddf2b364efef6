"""Accepted encounters go to the core once each, and what it never heard of as if it had never been."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from portico.domains.claims.facts.submitted import Form, SentClaim
from portico.domains.encounters import handing_on, mending, models, reading, reports, submissions
from portico.domains.encounters.handing_on import HandoverNotFound, HandoverView, Target
from portico.domains.encounters.tests import sending
from portico.domains.encounters.tests.sending import a_file, a_stay, desk, on_day, send
from portico.domains.members.tests import factories
from portico.domains.permits.actors import system_actor
from portico.domains.permits.permit import NotPermitted, Permit

pytestmark = pytest.mark.usefixtures("world")
CLOCK = system_actor("hand-on", asked_at=factories.AT, today=factories.TODAY)


class Crash(Exception):
    """A worker dies here."""


class Core:
    """What the core system is told."""

    def __init__(self) -> None:
        self.told: list[SentClaim] = []

    def write(self, target: Target, claims: Iterable[SentClaim], control_number: int) -> None:
        """One line a claim."""
        target.write(f"ISA*{control_number}\n".encode())
        for claim in claims:
            self.told.append(claim)
            target.write(f"CLM*{claim.tracking_number}\n".encode())


def hand_on(core: Core, form: Form = Form.PROFESSIONAL, most: int = 5_000) -> HandoverView | None:
    """A file for the core."""
    return handing_on.make(
        actor=CLOCK, form=form, write=core.write, settle=lambda given, made: None, most=most
    )


def test_what_was_accepted_goes_once_under_our_number() -> None:
    _, found = send(on_day(3), on_day(4, billed=Decimal(1)), a_stay())
    core = Core()
    made = hand_on(core)
    assert made is not None
    assert [claim.tracking_number for claim in core.told] == [found[0].number]
    assert core.told[0] == replace(on_day(3), tracking_number=found[0].number)
    content = handing_on.content(actor=CLOCK, control_number=made.control_number).read()
    assert content.decode().splitlines() == [f"ISA*{int(made.control_number)}", f"CLM*{found[0].number}"]
    assert (made.record_count, made.size) == (1, len(content))
    assert hand_on(core) is None
    assert hand_on(core, Form.INSTITUTIONAL) is not None
    assert reports.record(actor=desk(), encounter=found[0].id).handed_on


def test_files_are_filled_one_after_the_other() -> None:
    send(*(on_day(day) for day in range(3, 8)))
    core = Core()
    sizes = [made.record_count for made in (hand_on(core, most=2) for _ in range(4)) if made]
    assert sizes == [2, 2, 1]
    assert len({claim.tracking_number for claim in core.told}) == 5


def test_what_a_file_in_the_midst_of_reading_brought_stays_here() -> None:
    receipt = submissions.take_in(actor=desk(), file=a_file())
    sending.read(desk(), receipt.id, [on_day(3)])
    assert hand_on(Core()) is None
    reading.finish(actor=desk(), submission=receipt.id, answers=sending.ANSWERS, settle=lambda given: None)
    assert hand_on(Core()) is not None


def test_a_replacement_of_what_the_core_has_names_it_and_one_it_never_heard_of_is_new() -> None:
    core = Core()
    _, (first,) = send(on_day(3))
    hand_on(core)
    _, (second,) = send(on_day(4, frequency="7", original_number=first.number), interchange="000000002")
    _, (third,) = send(on_day(5, frequency="7", original_number=second.number), interchange="000000003")
    _, (new,) = send(on_day(6), interchange="000000004")
    send(on_day(7, frequency="7", original_number=new.number), interchange="000000005")
    hand_on(core)
    told = [(claim.frequency, claim.original_number) for claim in core.told]
    assert told == [("1", ""), ("7", first.number), ("1", "")]
    assert core.told[1].tracking_number == third.number


def test_a_void_of_what_the_core_has_goes_and_one_it_never_heard_of_does_not() -> None:
    core = Core()
    _, (first, second) = send(on_day(3), on_day(4))
    mending.void(actor=desk(), encounter=second.id)
    hand_on(core)
    mending.void(actor=desk(), encounter=first.id)
    hand_on(core)
    told = [(claim.frequency, claim.original_number) for claim in core.told]
    assert told == [("1", ""), ("8", first.number)]
    assert hand_on(core) is None


def test_nothing_but_what_the_core_never_heard_of_makes_no_file() -> None:
    _, (first,) = send(on_day(3))
    mending.void(actor=desk(), encounter=first.id)
    assert hand_on(Core()) is None
    assert not models.Handover.objects.exists()
    assert not models.FilePart.objects.filter(handover__isnull=False).exists()


def test_a_file_that_does_not_settle_was_never_made() -> None:
    send(on_day(3))

    def crash(given: Permit, made: HandoverView | None) -> None:
        raise Crash

    with pytest.raises(Crash):
        handing_on.make(actor=CLOCK, form=Form.PROFESSIONAL, write=Core().write, settle=crash)
    assert not models.Handover.objects.exists()
    assert hand_on(Core()) is not None


def test_the_core_says_that_it_has_a_file_and_the_first_receipt_stays() -> None:
    send(on_day(3))
    made = hand_on(Core())
    assert made is not None
    assert [each.id for each in handing_on.unreceived(actor=CLOCK)] == [made.id]
    for receipt in ("R-1", "R-2"):
        noted = handing_on.note_receipt(actor=CLOCK, control_number=made.control_number, receipt=receipt)
        assert (noted.receipt, noted.received_at) == ("R-1", factories.AT)
    assert handing_on.unreceived(actor=CLOCK) == ()
    with pytest.raises(HandoverNotFound):
        handing_on.note_receipt(actor=CLOCK, control_number="999999999", receipt="R-3")
    with pytest.raises(HandoverNotFound):
        handing_on.content(actor=CLOCK, control_number="999999999")


class Choosy(Core):
    """It cannot be told of one encounter."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number

    def write(self, target: Target, claims: Iterable[SentClaim], control_number: int) -> None:
        """The same, until that one comes."""
        for claim in claims:
            if claim.tracking_number == self._number:
                raise ArithmeticError
            target.write(f"CLM*{claim.tracking_number}\n".encode())


def test_one_that_cannot_be_written_waits_and_holds_up_no_other() -> None:
    _, found = send(*(on_day(day) for day in range(3, 6)))
    bad = found[1].number
    left_out: list[str] = []

    def make() -> HandoverView | None:
        write, settle = Choosy(bad).write, lambda given, made: None
        return handing_on.make(
            actor=CLOCK, form=Form.PROFESSIONAL, write=write, settle=settle, left_out=left_out.append
        )

    made = make()
    assert made is not None
    content = handing_on.content(actor=CLOCK, control_number=made.control_number).read().decode()
    assert set(content.splitlines()) == {f"CLM*{each.number}" for each in (found[0], found[2])}
    assert (made.record_count, left_out) == (2, [bad])
    assert models.Handover.objects.count() == 1
    assert make() is None
    assert models.Encounter.objects.get(number=bad).handover is None


def test_nobody_of_an_office_hands_on() -> None:
    with pytest.raises(NotPermitted):
        handing_on.unreceived(actor=desk())
