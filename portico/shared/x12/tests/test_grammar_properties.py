"""What holds for any segment and any damage: the quick look and the full one agree, and reading ends."""

import re

from hypothesis import given
from hypothesis import strategies as st

from portico.shared.x12 import grammar_patterns as patterns
from portico.shared.x12 import grammar_tables, grammar_values
from portico.shared.x12.delimiters import STANDARD, Delimiters
from portico.shared.x12.grammar_parts import Composite, Element, Kind, Segment
from portico.shared.x12.tests.small_guide import GOOD, SMALL, read
from portico.shared.x12.tests.test_properties import delimiter_sets

TABLES = grammar_tables.of(SMALL)
PLACES = [place for named in TABLES.named.values() for place in named]
CHARACTERS = st.sampled_from("A1 .-^:Zé*~|!")
DAYS = st.dates().map(lambda day: f"{day:%Y%m%d}")


@st.composite
def values(draw: st.DrawFn, part: Element | Composite) -> str:
    """Answers a value that is likely to fit a part of a segment."""
    if isinstance(part, Composite):
        count = draw(st.integers(0, len(part.parts)))
        return ":".join(draw(values(one)) for one in part.parts[:count])
    likely = [st.text(CHARACTERS, max_size=part.most + 1), st.just(""), st.just("")]
    if part.codes:
        likely += [st.sampled_from(sorted(part.codes))] * 4
        likely.append(st.lists(st.sampled_from(sorted(part.codes)), min_size=1, max_size=4).map("^".join))
    if part.kind in (Kind.DAY, Kind.PERIOD):
        likely += [DAYS, st.tuples(DAYS, DAYS).map("-".join)]
    if part.kind in (Kind.WHOLE, Kind.DECIMAL):
        likely += [st.integers().map(str), st.decimals(allow_nan=False, allow_infinity=False).map(str)]
    if part.kind is Kind.TIME:
        likely.append(st.times().map(lambda time: f"{time:%H%M%S}"))
    return draw(st.one_of(likely)).replace("*", "").replace("~", "")


@st.composite
def segments(draw: st.DrawFn) -> tuple[Segment, list[str]]:
    """Answers a segment's description, and one that may or may not fit it."""
    place = draw(st.sampled_from(PLACES))
    sent = [draw(values(part)) for part in place.spec.elements[: draw(st.integers(0, 12))]]
    sent += draw(st.lists(st.sampled_from(["", "X"]), max_size=2))
    return place.spec, [place.spec.name, *sent]


@given(segments())
def test_what_the_pattern_accepts_has_no_fault(drawn: tuple[Segment, list[str]]) -> None:
    spec, segment = drawn
    if patterns.compiled(spec)(patterns.JOINT.join(segment)):
        assert list(grammar_values.faults_in(segment, spec, STANDARD, TABLES.codes)) == []


PLAIN = re.compile(r"[A-Z0-9^:*]+")


@given(segments())
def test_a_plain_segment_without_a_fault_is_accepted_at_once(drawn: tuple[Segment, list[str]]) -> None:
    spec, segment = drawn
    while not segment[-1]:
        segment.pop()
    tidy = [value for value in segment if value.rstrip(":") == value]
    is_plain = PLAIN.fullmatch("*".join(segment)) and tidy == segment and "0229" not in "".join(segment)
    if is_plain and not list(grammar_values.faults_in(segment, spec, STANDARD, TABLES.codes)):
        assert patterns.compiled(spec)(patterns.JOINT.join(segment))


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Answers the good set with segments dropped, repeated, swapped, and elements changed."""
    sent = GOOD.split("~")[:-1]
    for _ in range(draw(st.integers(1, 4))):
        at, other = (draw(st.integers(0, len(sent) - 1)) for _ in range(2))
        match draw(st.sampled_from(["drop", "repeat", "swap", "change", "add"])):
            case "drop" if len(sent) > 1:
                del sent[at]
            case "repeat":
                sent.insert(at, sent[other])
            case "swap":
                sent[at], sent[other] = sent[other], sent[at]
            case "change":
                name, *elements = sent[at].split("*")
                place = draw(st.integers(0, max(len(elements) - 1, 0)))
                elements[place : place + 1] = [draw(st.text("AB1^: ", max_size=12))]
                sent[at] = "*".join([name, *elements])
            case _:
                sent.insert(at, draw(st.sampled_from(["QQQ*1", "MPI*1", "CLM", "HL", "EQ", "NM1"])))
    return "".join(f"{segment}~" for segment in sent)


@given(damaged())
def test_any_damage_ends_in_an_answer(body: str) -> None:
    labels, faults = read(body)
    assert len(labels) <= body.count("~")
    assert len(faults) <= 50
    assert len(labels) == body.count("~") or faults
    assert all(2 <= fault.position <= body.count("~") + 2 for fault in faults)


@given(damaged(), delimiter_sets())
def test_damage_is_told_the_same_whatever_the_delimiters(body: str, delimiters: Delimiters) -> None:
    taken = set(delimiters.characters) & set(body + "SE*0123456789GTI ")
    if delimiters.repetition and not taken - set("*^:~"):
        assert read(body, delimiters) == read(body)
