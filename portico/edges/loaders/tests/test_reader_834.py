"""A file is trusted or refused as a whole, with the place at fault; a bad segment costs one member."""

from contextlib import suppress
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.edges.loaders import reader_834
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.refusals import FeedRefused, RefusalCode
from portico.edges.loaders.tests.building import file_834, person

ZONE = ZoneInfo("America/Los_Angeles")
GOOD = file_834(person(), person(ins="N*19*021*20*A", own_id="NLH102", name="OKAFOR*CHIDI"))


def survey(content: bytes) -> reader_834.Survey:
    return reader_834.survey(BytesIO(content), zone=ZONE)


def test_a_file_says_who_sent_it_and_when() -> None:
    assert survey(GOOD) == reader_834.Survey(
        "PLANSYSTEM", ("000000001",), datetime(2026, 3, 12, 4, 0, tzinfo=ZONE)
    )


def test_members_come_with_the_place_of_their_first_segment() -> None:
    found = list(reader_834.members(BytesIO(GOOD)))
    assert [(loops.place, loops.locator) for loops in found] == [(6, "segment 6"), (14, "segment 14")]
    assert found[1].read(allow_demo=True).name.first_name == "CHIDI"


def test_members_of_a_second_interchange_say_so() -> None:
    found = list(reader_834.members(BytesIO(GOOD + file_834(person(), control=2))))
    assert found[-1].locator == "interchange 2, segment 6"


def test_reading_goes_on_at_a_bookmark() -> None:
    source = BytesIO(file_834(*(person(own_id=f"NLH1{number:02d}") for number in range(5))))
    first = next(reader_834.members(source))
    assert first.bookmark is None or first.bookmark().number == 14
    source.seek(0)
    for loops in reader_834.members(source):
        if loops.bookmark is None:
            break
        mark = loops.bookmark()
        rest = [
            one.read(allow_demo=True).own_id
            for one in reader_834.members(BytesIO(source.getvalue()), begin=mark)
        ]
        assert rest == [f"NLH1{number:02d}" for number in range(5 - len(rest), 5)]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (GOOD.replace(b"SE*20", b"SE*19"), RefusalCode.BROKEN_ENVELOPE, "segment 22 (SE01)"),
        (GOOD.replace(b"GE*1", b"GE*2"), RefusalCode.BROKEN_ENVELOPE, "segment 23 (GE01)"),
        (GOOD.replace(b"IEA*1*000000001", b"IEA*1*000000009"), RefusalCode.BROKEN_ENVELOPE, "(IEA02)"),
        (GOOD[: len(GOOD) // 2], RefusalCode.BROKEN_ENVELOPE, "the file ends"),
        (GOOD.replace(b"~", b"\n").replace(b"\n\n", b"\n"), None, ""),
        (GOOD.replace(b"~\n", b"\n")[:-1] + b"x", RefusalCode.BROKEN_ENVELOPE, ""),
        (b"hello", RefusalCode.BROKEN_ENVELOPE, "begin with ISA"),
        (GOOD.decode().encode("utf-16"), RefusalCode.BROKEN_ENVELOPE, "UTF-16"),
        (GOOD.replace(b"ADAEZE", b"ADA\x00EZE"), RefusalCode.BROKEN_ENVELOPE, "U+0000"),
        (GOOD.replace(b"ADAEZE", b"ADA~EZE"), RefusalCode.BROKEN_ENVELOPE, "SE01"),
        (GOOD.replace(b"*BE*", b"*HS*"), RefusalCode.NOT_AN_834, "HS 005010X220A1"),
        (GOOD.replace(b"005010X220A1", b"005010X279A1"), RefusalCode.NOT_AN_834, "X279A1"),
        (GOOD.replace(b"ST*834", b"ST*835"), RefusalCode.NOT_AN_834, "834"),
        (GOOD.replace(b"*20260312*0400*1*X", b"*x*9999*1*X"), RefusalCode.FILE_DATE_WRONG, "GS04"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_its_place(
    content: bytes, code: RefusalCode | None, words: str
) -> None:
    if code is None:
        assert survey(content).sender == "PLANSYSTEM"
        return
    with pytest.raises(FeedRefused) as error:
        survey(content)
    assert error.value.code is code
    assert words in error.value.words


def test_a_refusal_names_no_person() -> None:
    with pytest.raises(FeedRefused) as error:
        survey(GOOD.replace(b"ADAEZE", b"ADA~EZE"))
    assert "OKAFOR" not in error.value.words
    assert "EZE" not in error.value.words


def test_latin_1_names_are_read() -> None:
    content = file_834(person(name="MUÑOZ*JOSÉ")).decode().encode("latin-1")
    assert survey(content).sender == "PLANSYSTEM"
    assert next(reader_834.members(BytesIO(content))).read(allow_demo=True).name.last_name == "MUÑOZ"


def test_an_empty_segment_costs_the_member_it_stands_in() -> None:
    damaged = person(own_id="NLH102")
    damaged.insert(3, "")
    found = list(reader_834.members(BytesIO(file_834(person(), damaged, person(own_id="NLH103")))))
    assert [loops.bad is None for loops in found] == [True, False, True]
    with pytest.raises(BadRow) as error:
        found[1].read(allow_demo=True)
    assert (error.value.reason, error.value.place) == (ReadReason.SEGMENT_UNEXPECTED, 17)


def test_a_member_without_end_is_not_kept_in_memory() -> None:
    (loops,) = reader_834.members(BytesIO(file_834(person(coverage=["AMT*P3*1"] * 5000))))
    assert len(loops.segments) == reader_834.MOST_SEGMENTS
    with pytest.raises(BadRow) as error:
        loops.read(allow_demo=True)
    assert error.value.reason is ReadReason.TOO_MANY_SEGMENTS


@given(st.binary(max_size=60), st.integers(0, len(GOOD)))
def test_whatever_is_written_into_a_file_it_is_read_or_refused(noise: bytes, place: int) -> None:
    content = GOOD[:place] + noise + GOOD[place:]
    try:
        survey(content)
    except FeedRefused:
        return
    for loops in reader_834.members(BytesIO(content)):
        with suppress(BadRow):
            loops.read(allow_demo=True)
