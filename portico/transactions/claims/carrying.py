"""What an 837 says beside the facts: segments nothing here asks for, kept as text so that none is lost.

    "2300 CRC*07*Y*04*06"        the loop, a space, the segment in standard delimiters

A segment that facts hold only in part (an SBR with the group's name) is kept too, where the rest of it is
not what the writer would put there.
"""

from collections.abc import Mapping
from functools import lru_cache

from portico.domains.claims.facts.submitted import Form
from portico.shared.x12.delimiters import STANDARD, Delimiters
from portico.transactions.claims import values

Segment = list[str]
Positions = frozenset[int]

_STANDARD = f"{STANDARD.element}{STANDARD.component}{STANDARD.repetition}{STANDARD.terminator}"
_WHOLE: Mapping[str, frozenset[str]] = {
    "HEADER": frozenset({"BHT"}),
    "1000A": frozenset({"NM1", "PER"}),
    "1000B": frozenset({"NM1"}),
    "2000A": frozenset({"HL", "PRV"}),
    "2010AA": frozenset({"N3", "N4", "PER"}),
    "2010AB": frozenset({"NM1", "N3", "N4"}),
    "2000B": frozenset({"HL"}),
    "2010BA": frozenset({"NM1", "N3", "N4", "DMG"}),
    "2010BB": frozenset({"NM1", "N3", "N4"}),
    "2000C": frozenset({"HL"}),
    "2010CA": frozenset({"NM1", "N3", "N4", "DMG"}),
    "2300": frozenset({"CL1"}),
    "2320": frozenset({"CAS"}),
    "2330B": frozenset({"NM1", "DTP"}),
    "2400": frozenset({"LX"}),
}
_QUALIFIED: Mapping[tuple[str, str], frozenset[str]] = {
    ("2010AA", "REF"): frozenset({"EI", "SY"}),
    ("2300", "DTP"): frozenset({"434", "439"}),
    ("2300", "AMT"): frozenset({"F5"}),
    ("2300", "REF"): frozenset({"F8", "D9", "G1", "9F"}),
    ("2300", "NTE"): frozenset({"ADD"}),
    ("2320", "AMT"): frozenset({"D"}),
    ("2400", "DTP"): frozenset({"472"}),
    ("2400", "REF"): frozenset({"6R"}),
}
PROVIDERS = tuple(f"{loop}{letter}" for loop in ("2310", "2420") for letter in "ABCDEF")
_HI = frozenset("ABK BK ABF BF ABJ BJ APR PR ABN BN DR BP BO".split())
PROCEDURES = frozenset("BBR BR CAH BBQ BQ".split())

FACTS: Mapping[tuple[str, str], Positions] = {
    **{(loop, "NM1"): frozenset({1, 2, 3, 4, 8, 9}) for loop in ("2010AA", *PROVIDERS)},
    ("2330A", "NM1"): frozenset({1, 8, 9}),
    ("2000B", "SBR"): frozenset({1, 2, 3, 9}),
    ("2000C", "PAT"): frozenset({1}),
    ("2300", "CLM"): frozenset({1, 2, 5}),
    ("2320", "SBR"): frozenset({1, 9}),
    ("2320", "OI"): frozenset(),
    ("2400", "SV1"): frozenset({1, 2, 3, 4, 5, 7}),
    ("2400", "SV2"): frozenset({1, 2, 3, 4, 5}),
}
"""Segments that facts hold in part: which elements."""

_PUT: Mapping[tuple[str, str], Mapping[int, str]] = {
    ("2300", "CLM"): {6: "Y", 7: "A", 8: "Y", 9: "Y"},
    ("2320", "SBR"): {2: "18"},
    ("2320", "OI"): {3: "Y", 6: "Y"},
}
_PUT_BY_INSTITUTIONS: Mapping[int, str] = {7: "A", 8: "Y", 9: "Y"}


def text(loop: str, segment: Segment, delimiters: Delimiters, *, is_whole: bool = False) -> str:
    """A segment as it is carried, without what facts say of it (an NM1 keeps its role), or whole."""
    table = _table(delimiters)
    elements = segment if table is None else [element.translate(table) for element in segment]
    facts = FACTS.get((loop, segment[0]))
    if facts and not is_whole:
        kept = {0, 1} if segment[0] == "NM1" else {0}
        elements = [e if at in kept or at not in facts else "" for at, e in enumerate(elements)]
    return f"{loop} {STANDARD.element.join(elements)}".rstrip(STANDARD.element)


def is_told(form: Form, loop: str, segment: Segment, delimiters: Delimiters) -> bool:
    """Whether facts say all of a segment of a claim's own loops or of the levels above it.

    Of what else has to be known to tell, `draft_carrying` judges.
    """
    name = segment[0]
    if name in _WHOLE.get(loop, ()):
        return True
    key = loop, name
    if key in _QUALIFIED:
        return values.text(segment, 1) in _QUALIFIED[key]
    if key in FACTS:
        put = (
            _PUT_BY_INSTITUTIONS
            if key == ("2300", "CLM") and form is Form.INSTITUTIONAL
            else _PUT.get(key, {})
        )
        others = (at for at in range(1, max(len(segment), 10)) if at not in FACTS[key])
        return all(values.text(segment, at) == put.get(at, "") for at in others)
    if key == ("2300", "HI"):
        kinds = {values.parts(segment, at, delimiters, 1)[0] for at in range(1, len(segment))} - {""}
        return kinds <= _HI
    return False


@lru_cache(maxsize=64)
def _table(delimiters: Delimiters) -> Mapping[int, str] | None:
    if delimiters == STANDARD:
        return None
    table = {ord(sign): " " for sign in _STANDARD}
    table[ord(delimiters.component)] = STANDARD.component
    if delimiters.repetition:
        table[ord(delimiters.repetition)] = str(STANDARD.repetition)
    return table


def is_procedures(carried: str) -> bool:
    """Whether a carried segment is an HI of procedures."""
    loop, _, segment = carried.partition(" ")
    return loop == "2300" and segment[:3] == "HI*" and segment[3:].partition(":")[0] in PROCEDURES
