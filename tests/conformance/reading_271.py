"""A 271 cut and put so that linuxforhealth-x12 can judge it: one patient at a time, its own gaps allowed for.

That reader takes a level for the child of the one just before, so it refuses the second patient of a
transaction. Each patient is therefore read with the levels above as a transaction of its own. Whether the
transaction as it was sent keeps its counts and the order of its levels is asked of pyx12.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.conformance import levels
from tests.conformance.gaps import GAPS, MOST_TRACES, NONE
from tests.conformance.levels import Segment
from tests.support import oracles

LETTER = {"20": "A", "21": "B", "22": "C", "23": "D"}


@dataclass(frozen=True, slots=True)
class Separators:
    """What ends an element, a repetition and a segment, as the ISA says."""

    element: str
    repetition: str
    terminator: str


def faults(text: str) -> list[str]:
    """What is wrong with the 271s of an interchange, patient by patient, and with what its HLs say."""
    header = text[:106].ljust(106)
    separators = Separators(header[3], header[82], header[105])
    transactions = list(_transactions(text, separators))
    found = [] if transactions else [f"no 271 in {text[:200]!r}"]
    for envelope, transaction in transactions:
        found += levels.faults_of_children(transaction)
        for number, patient in enumerate(levels.patients(transaction), 1):
            verdict = oracles.linuxforhealth(_joined(envelope, _put(patient, separators), separators))
            found += [f"patient {number}: {fault}" for fault in verdict.faults]
    return found


def _transactions(text: str, separators: Separators) -> Iterator[tuple[list[Segment], list[Segment]]]:
    """Each transaction from ST up to its SE, with the ISA and GS above it."""
    envelope: list[Segment] = []
    transaction: list[Segment] = []
    for line in text.split(separators.terminator):
        segment = line.strip("\r\n").split(separators.element)
        if segment[0] in {"ISA", "GS"}:
            envelope = [segment] if segment[0] == "ISA" else [*envelope[:1], segment]
        elif segment[0] == "SE":
            yield envelope, transaction
        else:
            transaction = [segment] if segment[0] == "ST" else [*transaction, segment]


def _put(segments: list[Segment], separators: Separators) -> Iterator[Segment]:
    """The segments with stand-ins for what the reader does not know, less the trace it has no room for."""
    letter, depth, traces = "", "2000", 0
    for segment in segments:
        name = segment[0]
        if name == "HL":
            letter, depth, traces = LETTER.get([*segment, "", ""][3], ""), "2000", 0
        depth = {"EB": "2110", "LS": "2120", "LE": "2110"}.get(name, depth)
        depth = "2100" if (name, depth) == ("NM1", "2000") else depth
        traces += name == "TRN"
        if name != "TRN" or traces != MOST_TRACES + 1 or not _is_whole_trace(segment):
            yield _with_stand_ins(segment, depth + letter, separators)


def _is_whole_trace(segment: Segment) -> bool:
    """Whether nothing is lost when the reader is not shown this trace: it would find no fault in it."""
    return len(segment) in {4, 5} and segment[1] in {"1", "2"} and len(segment[3]) == 10


def _with_stand_ins(segment: Segment, loop: str, separators: Separators) -> Segment:
    put = list(segment)
    for gap in GAPS:
        if gap.segment == segment[0] and loop in gap.loops:
            if NONE in gap.values and gap.segment == "NM1":
                put += [""] * (gap.element + 1 - len(put))
            if gap.element < len(put):
                said = put[gap.element].split(separators.repetition)
                heard = [gap.stand_in if value in gap.values else value for value in said]
                put[gap.element] = separators.repetition.join(heard)
    return put


def _joined(envelope: list[Segment], segments: Iterator[Segment], separators: Separators) -> str:
    """One interchange with one group of one transaction, its segments counted anew."""
    body = list(segments)
    end = [["SE", str(len(body) + 1), "0001"], ["GE", "1", "1"], ["IEA", "1", "1"]]
    lines = [separators.element.join(one) for one in (*envelope, *body, *end)]
    return "".join(line + separators.terminator for line in lines)
