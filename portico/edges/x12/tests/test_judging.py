"""A file judged first and read afterwards: what is handed on, and that no damage gets through or crashes."""

import io
import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portico.edges.x12 import judging
from portico.edges.x12.acknowledgements import Mode
from portico.edges.x12.guides.guide_270 import GUIDE_270
from portico.edges.x12.reviews import Review
from portico.edges.x12.tests import inquiries, remittances
from portico.edges.x12.tests.answering import ENVELOPES, findings, judge, written
from portico.shared.x12.limits import Limits
from portico.transactions.guides.guide_835 import GUIDE_835

BAD = inquiries.ONE.replace("EQ*30^98", "EQ*9Z")


def numbers(file: bytes, review: Review) -> list[str]:
    return [taken.header.control_number for taken in judging.accepted_sets(file, review)]


def test_taken_sets_are_read_again_with_their_labels() -> None:
    file = inquiries.GOOD.encode()
    (taken,) = judging.accepted_sets(file, judge(file))
    assert (taken.place, taken.group.control_number, taken.interchange.sender) == (1, "7", "CORE")
    labels = [loop for loop, _, _ in taken.segments]
    assert labels[:2] == ["HEADER", "2000A"]
    assert labels[-2:] == ["2110C", "2110C"]


def test_refused_sets_groups_and_interchanges_are_passed_over() -> None:
    sets = [
        inquiries.transaction(body, f"000{n}") for n, body in enumerate([inquiries.ONE, BAD, inquiries.ONE])
    ]
    good = inquiries.group(*sets)
    broken = inquiries.group(
        inquiries.transaction(number="0008"), header=inquiries.GS.replace("*7*X", "*8*X")
    )
    other = inquiries.ISA.replace("000000011", "000000012")
    last = inquiries.ISA.replace("000000011", "000000013")
    file = (
        inquiries.interchange(good, broken.replace("GE*1", "GE*2"))
        + inquiries.interchange(good, header=other).replace("IEA*1", "IEA*2")
        + inquiries.interchange(inquiries.group(inquiries.transaction(number="0009")), header=last)
    ).encode()
    review = judge(file)
    assert [one.status for one in review.interchanges] == ["A", "R", "A"]
    assert numbers(file, review) == ["0000", "0002", "0009"]


def test_what_was_not_read_of_one_set_does_not_disturb_the_next() -> None:
    sets = [inquiries.transaction(number=f"000{n}") for n in range(3)]
    file = inquiries.interchange(inquiries.group(*sets)).encode()
    assert [next(taken.segments)[2][0] for taken in judging.accepted_sets(file, judge(file))] == ["BHT"] * 3


def test_two_kinds_travel_in_one_file() -> None:
    file = (inquiries.GOOD + remittances.interchange()).encode()
    review = judging.judge(file, guides=(GUIDE_270, GUIDE_835))
    assert [taken.header.code for taken in judging.accepted_sets(file, review)] == ["270", "835"]


def test_a_file_is_judged_from_where_it_stands() -> None:
    file = io.BytesIO(b"before" + inquiries.GOOD.encode())
    file.seek(6)
    review = judging.judge(file, guides=(GUIDE_270,))
    assert review.interchanges[0].status == "A"
    file.seek(6)
    assert len(list(judging.accepted_sets(file, review))) == 1


def test_another_file_than_the_one_judged_is_noticed() -> None:
    review = judge(inquiries.GOOD)
    other = inquiries.interchange(inquiries.group(inquiries.transaction(number="0002"))).encode()
    with pytest.raises(judging.SourceChanged):
        list(judging.accepted_sets(other, review))
    spoilt = inquiries.interchange(inquiries.group(inquiries.transaction(BAD))).encode()
    with pytest.raises(judging.SourceChanged):
        [list(taken.segments) for taken in judging.accepted_sets(spoilt, review)]


def test_limits_are_the_callers() -> None:
    sets = [inquiries.transaction(number=f"000{n}") for n in range(3)]
    file = inquiries.interchange(inquiries.group(*sets)).encode()
    review = judging.judge(file, guides=(GUIDE_270,), limits=Limits(segments=40))
    assert (review.interchanges[0].status, review.interchanges[0].note) == ("R", "022")
    assert numbers(file, review) == []


def test_faults_that_are_kept_are_bounded_over_the_whole_file() -> None:
    body = inquiries.ASKER + inquiries.SUBSCRIBER.replace("EQ*30^98", "EQ*" + "^".join(["9Z"] * 90))
    sets = [inquiries.transaction(body, f"{n:04d}") for n in range(150)]
    (one,) = judge(inquiries.interchange(inquiries.group(*sets))).interchanges
    assert one.groups[0].received == 150
    assert one.groups[0].accepted == 0
    kept = sum(len(told.faults) for told in one.groups[0].sets)
    assert kept <= judging.MOST_FAULTS_OF_A_FILE + 150
    assert all(told.codes == ("5",) and told.faults for told in one.groups[0].sets)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Answers a good file with segments dropped, repeated, swapped, and elements or characters changed."""
    bodies = draw(st.lists(st.sampled_from([inquiries.ONE, inquiries.TWO_IN_ONE]), min_size=1, max_size=2))
    sets = [inquiries.transaction(body, f"000{n}") for n, body in enumerate(bodies)]
    sent = inquiries.interchange(inquiries.group(*sets)).split("~")[:-1]
    for _ in range(draw(st.integers(1, 3))):
        at, other = (draw(st.integers(0, len(sent) - 1)) for _ in range(2))
        match draw(st.sampled_from(["drop", "repeat", "swap", "change", "character"])):
            case "drop" if len(sent) > 1:
                del sent[at]
            case "repeat":
                sent.insert(at, sent[other])
            case "swap":
                sent[at], sent[other] = sent[other], sent[at]
            case "change":
                parts = sent[at].split("*")
                place = draw(st.integers(0, len(parts) - 1))
                parts[place] = draw(st.text("AZ019^:é. -", max_size=20))
                sent[at] = "*".join(parts)
            case _:
                place = draw(st.integers(0, len(sent[at])))
                sent[at] = sent[at][:place] + draw(st.text(max_size=2)) + sent[at][place + 1 :]
    return "".join(f"{segment}~" for segment in sent)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(damaged())
def test_any_damage_ends_in_taking_or_in_an_answer(file: str) -> None:
    raw = file.encode("utf-8", "replace")
    review = judge(raw)
    assert review.interchanges or review.unanswerable
    taken = numbers(raw, review)
    for one in review.interchanges:
        for mode in Mode:
            reply = written(one, mode)
            assert judge(reply).unanswerable is None or not reply
        is_whole = one.status == "A" and all(group.status == "A" for group in one.groups)
        assert is_whole or one.groups == () or written(one, Mode.REAL_TIME)
    assert len(taken) == sum(
        group.accepted for one in review.interchanges if one.is_accepted for group in one.groups
    )


@pytest.mark.drill
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=300)
@given(damaged())
def test_an_independent_reader_takes_every_answer(file: str) -> None:
    for one in judge(file.encode("utf-8", "replace")).interchanges:
        reply = written(one)
        assert not reply or findings(reply) == []


@given(damaged())
def test_only_what_may_be_given_back_is(file: str) -> None:
    for one in judge(file.encode("utf-8", "replace")).interchanges:
        for segment in written(one).decode().split("~")[:-1]:
            name, *elements = segment.split("*")
            if name not in ENVELOPES:
                assert not [
                    value for value in elements if value in ("RIVERA", "ANA", "N000112233", "19700228")
                ]


@pytest.mark.drill
def test_a_batch_of_25_000_sets_is_judged_in_bounded_memory_and_time() -> None:
    body = inquiries.ONE
    pieces = [(inquiries.ISA + inquiries.GS).encode()]
    pieces += [
        "".join(inquiries.transaction(body, f"{n:05d}") for n in range(first, first + 500)).encode()
        for first in range(0, 25_000, 500)
    ]
    pieces.append(b"GE*25000*7~IEA*1*000000011~")
    began = time.perf_counter()
    review = judging.judge(inquiries.Stream(pieces), guides=(GUIDE_270,))
    assert time.perf_counter() - began < 20
    assert review.interchanges[0].groups[0].accepted == 25_000
    tracemalloc.start()
    seen = 0
    for taken in judging.accepted_sets(inquiries.Stream(pieces), review):
        seen += sum(1 for _ in taken.segments) > 0
        if taken.place == 2_000:
            break
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seen == 2_000
    assert peak < 4_000_000


LYING = {
    "a set that counts a million": (inquiries.GOOD.replace("SE*17", "SE*1000000"), "R"),
    "a group that counts a million": (inquiries.GOOD.replace("GE*1*7", "GE*1000000*7"), "R"),
    "a number of 5,000 digits": (inquiries.GOOD.replace("GE*1*7", f"GE*{'9' * 5_000}*7"), "R"),
    "a control number of 5,000 digits": (inquiries.GOOD.replace("*7", "*" + "7" * 5_000), "R"),
}


@pytest.mark.parametrize("name", LYING)
def test_counts_that_lie_cost_nothing(name: str) -> None:
    file, status = LYING[name]
    (one,) = judge(file).interchanges
    assert one.groups[0].status == status
    assert findings(written(one)) == []


@pytest.mark.drill
@pytest.mark.parametrize("segment", ["DTP*291*D8*20260312~", "QQQ~", "EQ*9Z~", "III*ZZ~", "TRN~"])
def test_a_set_of_a_million_segments_is_refused_soon(segment: str) -> None:
    body = inquiries.ONE + segment * 1_000_000
    file = inquiries.interchange(inquiries.group(inquiries.transaction(body))).encode()
    began = time.perf_counter()
    (one,) = judge(file).interchanges
    assert time.perf_counter() - began < 20
    assert one.groups[0].status == "R"
    assert len(written(one)) < 10_000


def test_what_is_only_noted_leaves_a_set_taken() -> None:
    sets = [inquiries.transaction(body, f"000{n}") for n, body in enumerate([inquiries.ONE, BAD])]
    file = inquiries.interchange(inquiries.group(*sets)).encode()
    (told,) = judging.judge(file, guides=(GUIDE_270,), notes=("5", "I5")).interchanges
    (group,) = told.groups
    assert [(one.status, one.is_accepted) for one in group.sets] == [("A", True), ("E", True)]
    assert (group.status, group.accepted) == ("E", 2)
    said = written(told)
    assert b"IK5*E*" in said
    assert b"AK9*E*2*2*2" in said
    assert findings(said) == []


def test_what_is_not_among_the_notes_refuses_still() -> None:
    broken = inquiries.transaction(inquiries.ONE, "0001").replace("SE*", "SE*9")
    file = inquiries.interchange(inquiries.group(broken)).encode()
    (told,) = judging.judge(file, guides=(GUIDE_270,), notes=("5", "I5")).interchanges
    assert [one.status for one in told.groups[0].sets] == ["R"]


def test_a_set_says_where_it_begins() -> None:
    file = inquiries.interchange(inquiries.group(inquiries.transaction(number="0001"))).encode()
    (one,) = judge(file).interchanges[0].groups[0].sets
    assert one.number == 3
