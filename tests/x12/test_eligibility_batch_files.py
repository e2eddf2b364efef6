"""A file of 270s as a batch, and a batch of any source as 271s."""

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.test import override_settings

from portico.domains.members import batch_asking, batch_reading, batches, inquiries, models
from portico.domains.members.answers import Answered
from portico.domains.members.asked import (
    ByFacts,
    ByMemberId,
    ByName,
    BySsn,
    Facts,
    Inquiry,
    NotAnswered,
    SearchBy,
)
from portico.domains.members.batches import BatchView, CannotRead, NewRow, Outcome, RowView, TooManyRows
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.edges.x12.eligibility import batch_files
from tests.conformance import x12
from tests.support import world
from tests.x12 import partners
from tests.x12.partners import OURS, a_270, dependent, interchange, patient

pytestmark = pytest.mark.django_db

TODAY = factories.TODAY
FAMILY = ["NM1*IL*1*OKAFOR*ADAEZE****MI*N1001"], dependent(), dependent("OBI", trace="D2")
NPI_WRONG = partners.NPI[:-1] + str((int(partners.NPI[-1]) + 1) % 10)


@pytest.fixture(autouse=True)
def _world() -> None:
    partners.a_world()


def read(content: bytes, actor: Actor | None = None, tax_id: str = OURS) -> batches.NewFile:
    """The rows of a file."""
    return batch_files.read(content, actor=actor or partners.partner(), tax_id=tax_id, as_of=TODAY)


def kept(file: batches.NewFile, actor: Actor) -> UUID:
    """The file as a batch, each row asked as the job asks it."""
    batch = batches.create(actor=actor, source=file.source, rows=file.rows, frame=file.frame, tax_id=OURS)
    row = models.Batch.objects.get(pk=batch)
    for each in row.rows.filter(outcome=Outcome.WAITING).order_by("position"):
        batch_asking._ask(actor, row, each)
    return batch


def written(file: batches.NewFile, actor: Actor | None = None, viewer: Actor | None = None) -> list[str]:
    """The segments of the 271s of a file that was kept, asked and read again."""
    asker = actor or partners.partner()
    batch = kept(file, asker)
    owner = viewer or asker
    content = batch_files.write(
        batch_reading.progress(actor=owner, batch=batch),
        batch_reading.page(actor=owner, batch=batch, with_benefits=True).rows,
        frame=batch_reading.frame(actor=owner, batch=batch),
    )
    x12.assert_271_parses(content.decode())
    return partners.segments(content)


def body(found: list[str]) -> list[str]:
    """What is inside the envelopes, less what is new in each answer."""
    return [line for line in found if not line.startswith(("ISA", "GS", "GE", "IEA", "TRN*1", "BHT"))]


def test_each_request_is_a_row_that_says_where_it_stands() -> None:
    sets = a_270(FAMILY, patient(), number="0007"), a_270(number="0008")

    file = read(interchange(*sets, groups=2))

    assert file.source == "x12"
    assert [(row.position, row.locator) for row in file.rows] == [
        (1, "set 0007, HL 4"),
        (2, "set 0007, HL 5"),
        (3, "set 0007, HL 6"),
        (4, "set 0008, HL 3"),
    ]
    first = file.rows[0]
    assert first.inquiry == Inquiry(
        OURS,
        TODAY,
        ByFacts(Facts("N1001", "", "OKAFOR", "ADAEZE"), Facts("", "", "OKAFOR", "ADA", date(2015, 3, 4))),
    )
    shown = [first.echo[name] for name in ("member_id", "last_name", "first_name", "birth_date")]
    assert shown == ["N1001", "OKAFOR", "ADA", "03/04/2015"]


def test_a_batch_says_what_real_time_says() -> None:
    wrong = f"NM1*1P*2*LAKESIDE*****XX*{NPI_WRONG}"
    payload = interchange(
        a_270(FAMILY, patient(wanted="AE^35"), patient(number="N9"), patient("DTP*291*D8*20200101")),
        a_270(number="0002", reference="LAKE-2", receiver=wrong),
        a_270(number="0003", reference="LAKE-3", receiver="NM1*1P*2*X*****FI*003333333"),
        groups=2,
    )

    at_once = partners.segments(partners.asked(payload).write(7))
    later = written(read(payload))

    assert body(later) == body(at_once)
    assert [line for line in later if line.startswith("BHT")] == [
        *("BHT*0022*11*LAKE-1*20260312*1000", "BHT*0022*11*LAKE-2*20260312*1000"),
        "BHT*0022*11*LAKE-3*20260312*1000",
    ]
    assert [line.split("*")[:7] for line in later if line.startswith("GS")] == [
        ["GS", "HB", "99999", "LAKESIDE", "20260312", "1000", "1"],
        ["GS", "HB", "99999", "LAKESIDE", "20260312", "1000", "2"],
    ]


def test_every_row_of_its_own_question_leaves_one_audit_row() -> None:
    before = len(world.uses(function=Function.ELIGIBILITY))
    kept(read(interchange(a_270(FAMILY, patient(), patient(trace="T2")))), partners.partner())

    uses = world.uses(function=Function.ELIGIBILITY)[before:]

    assert [use.conclusion for use in uses] == ["batch_created", "active", "active", "active"]


def test_a_set_with_a_fault_is_one_row_and_its_neighbours_are_taken() -> None:
    faulty = [segment.replace("EQ*30", "EQ*ZZ") for segment in a_270(number="0002")]

    file = read(interchange(a_270(), faulty, a_270(number="0003")))

    assert [(row.locator, row.problem) for row in file.rows] == [
        ("set 0001, HL 3", ""),
        ("set 0003, HL 3", ""),
        ("set 0002", "set_refused"),
    ]
    assert [line for line in written(file) if line.startswith("ST")] == [
        *("ST*271*0001*005010X279A1", "ST*271*0002*005010X279A1")
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hello", "no X12 file"),
        (interchange(a_270())[:300], "without a fault"),
        (interchange([line.replace("EQ*30", "EQ*ZZ") for line in a_270()]), "set 0001, segment 11"),
        (interchange(a_270()).replace(b"X279A1", b"X279A9"), "without a fault"),
    ],
)
def test_a_file_without_a_set_that_can_be_taken_says_why(content: bytes, said: str) -> None:
    with pytest.raises(CannotRead) as refused:
        read(content)

    assert said in refused.value.words
    assert "OKAFOR" not in refused.value.words


@override_settings(BATCH_ROWS=2)
def test_more_requests_than_a_batch_may_have_are_refused() -> None:
    three = interchange(a_270(patient(), patient(), patient()))

    with pytest.raises(TooManyRows):
        read(three, factories.front_desk())
    assert len(read(three).rows) == 3


@override_settings(BATCH_ROWS=3)
def test_sets_with_a_fault_count_as_rows_too() -> None:
    broken = [a_270(patient(birth="20260231"), number=f"000{number}") for number in range(2, 5)]

    assert len(read(interchange(a_270(), *broken[:2]), factories.front_desk()).rows) == 3
    with pytest.raises(TooManyRows):
        read(interchange(a_270(), *broken), factories.front_desk())


def test_many_sets_with_a_fault_take_time_in_step_with_their_number() -> None:
    broken = ([f"ST*270*{number:04d}*1", f"SE*2*{number:04d}"] for number in range(9_999))
    content = interchange(a_270(number="A001"), *broken)
    began = time.process_time()
    assert len(read(content).rows) == 10_000
    assert time.process_time() - began < 5  # less than one; each compared with all the others took fifteen


def test_a_request_that_names_nobody_is_asked_for_the_tax_id_and_day_of_the_batch() -> None:
    anonymous = a_270(receiver="NM1*1P*2*LAKESIDE*****SV*77")

    file = batch_files.read(
        interchange(anonymous),
        actor=factories.front_desk(),
        tax_id=partners.ALSO_OURS,
        as_of=date(2026, 2, 1),
    )

    (row,) = file.rows
    assert row.inquiry
    assert (row.inquiry.tax_id, row.inquiry.as_of) == (partners.ALSO_OURS, date(2026, 2, 1))


def test_an_answer_that_is_no_longer_open_is_not_found() -> None:
    later = partners.partner(lines=frozenset({factories.MEDI_CAL}))

    found = written(read(interchange(a_270())), viewer=later)

    assert "AAA*Y**75*C" in found
    assert not [line for line in found if line.startswith("EB") or "Adaeze" in line]


def view(**changes: object) -> BatchView:
    """A batch of a CSV file, done."""
    batch = batches.create(actor=factories.front_desk(), source="csv", rows=[NewRow(1, "row 2", problem="x")])
    found = replace(batch_reading.progress(actor=factories.front_desk(), batch=batch), tax_id=OURS)
    return replace(found, **changes)  # type: ignore[arg-type]


def row(position: int, inquiry: Inquiry | None, **changes: object) -> RowView:
    """A row of it, failed unless said otherwise."""
    base = RowView(position, f"row {position}", Outcome.FAILED, "", "", "REF9", None, inquiry, {})
    return replace(base, **changes)  # type: ignore[arg-type]


def asked(by: SearchBy) -> tuple[Inquiry, Answered | NotAnswered]:
    """A question of the front desk, and what came of it."""
    inquiry = Inquiry(OURS, TODAY, by)
    return inquiry, inquiries.ask(actor=factories.front_desk(), inquiry=inquiry, with_benefits=True)


def test_rows_of_another_source_are_written_as_if_a_270_had_asked() -> None:
    birth = date(1984, 5, 6)
    person = Facts("N1001", last_name="Okafor")
    questions: tuple[SearchBy, ...] = (
        ByMemberId("N100103"),
        ByName("Okafor", birth, "Adaeze"),
        BySsn("900123456", birth),
        ByFacts(person, Facts(first_name="Ada")),
        ByMemberId("N9999"),
    )
    rows: list[RowView] = []
    for position, by in enumerate(questions, 1):
        inquiry, answer = asked(by)
        rows.append(row(position, inquiry, outcome=Outcome.ANSWERED, answer=answer))
    rows.append(row(6, None, outcome=Outcome.UNREADABLE, problem="not_enough"))

    content = batch_files.write(view(), rows, frame="")

    x12.assert_271_parses(content.decode())
    found = partners.segments(content)
    assert found[0][:70] == "ISA*00*          *00*          *ZZ*99999          *30*001111111      *"
    assert "NM1*1P*2*OFFICE*****FI*001111111" in found
    assert [line for line in found if line.startswith(("NM1*IL", "NM1*03", "AAA"))] == [
        "NM1*IL*1*Okafor*Ada****MI*N100103",
        "NM1*IL*1*Okafor*Adaeze*B***MI*N1001",
        "NM1*IL*1*Okafor*Adaeze*B***MI*N1001",
        "NM1*IL*1*Okafor*****MI*N1001",
        "NM1*03*1*Okafor*Ada",
        "NM1*IL*1******MI*N9999",
        "AAA*Y**75*C",
    ]


def test_a_row_that_failed_or_still_waits_cannot_be_answered_now() -> None:
    inquiry = Inquiry(OURS, TODAY, ByMemberId("N1001"))
    rows = [row(1, inquiry), row(2, inquiry, outcome=Outcome.WAITING, reference="")]

    found = partners.segments(batch_files.write(view(), rows, frame=""))

    assert [line for line in found if line.startswith("AAA")] == ["AAA*Y**42*R", "AAA*Y**42*R"]


def test_a_row_of_somebody_who_may_no_longer_ask_says_so() -> None:
    inquiry = Inquiry(OURS, TODAY, ByMemberId("N1001"))
    refused = row(1, inquiry, outcome=Outcome.REFUSED, reason="account_disabled")

    assert "AAA*Y**41*N" in partners.segments(batch_files.write(view(), [refused], frame=""))


def test_a_refused_row_says_why() -> None:
    inquiry = Inquiry(partners.STRANGERS, TODAY, ByMemberId("N1001"))
    with pytest.raises(NotPermitted) as told:
        inquiries.ask(actor=factories.front_desk(), inquiry=inquiry)
    refused = row(1, inquiry, outcome=Outcome.REFUSED, answer=told.value.decision)

    assert "AAA*Y**50*N" in partners.segments(batch_files.write(view(), [refused], frame=""))


def test_a_batch_without_a_row_to_write_is_an_empty_interchange() -> None:
    content = batch_files.write(view(tax_id=""), [], frame="")

    assert [line[:5] for line in partners.segments(content)] == ["ISA*0", "IEA*0"]


def test_rows_are_written_as_they_come() -> None:
    inquiry = Inquiry(OURS, TODAY, ByMemberId("N1001"))
    ahead = 0

    def coming() -> Iterable[RowView]:
        nonlocal ahead
        for ahead in range(1, 51):
            yield row(ahead, inquiry)

    class File:
        seen: list[int] = []

        def write(self, data: bytes, /) -> None:
            assert data
            self.seen.append(ahead)

    batch_files.write_into(File(), view(), coming(), frame="", control_number=7)

    assert File.seen[20] < 10
    assert File.seen[-1] == 50
