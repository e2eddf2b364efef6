"""What linuxforhealth-x12 0.57.0 gets wrong about 005010X279A1, and how the same is put for its ears.

It shares one list of reject reasons among provider, subscriber and dependent; misses a few codes; takes EB09
for a number, a quantity of 0 for none, and an empty EB03 for a code; wants names and numbers that the echo of
a bad request may lack. The reader hears a stand-in for each such value. For values that it lets pass though
the guide has no such code there, it hears one that it refuses. The lists are facts of the guide;
`test_gaps.py` shows that the reader needs what is said here.
"""

from dataclasses import dataclass

REFUSED = "??"
NONE = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """In these loops, for these values of an element, the reader hears `stand_in`; `NONE` is no value."""

    loops: frozenset[str]
    segment: str
    element: int
    values: frozenset[str]
    stand_in: str


def _gap(loops: str, place: str, values: str, stand_in: str) -> Gap:
    segment, element = place[:-2], int(place[-2:])
    return Gap(frozenset(loops.split()), segment, element, frozenset(values.split() or [NONE]), stand_in)


PEOPLE = "2100C 2100D"
BENEFITS = "2110C 2110D"
RELATED = "2120C 2120D"

GAPS = (
    _gap("2100C", "AAA03", "35 42 49 52 56 57 58 60 61 62 63 71 72 73 74 75 76 78", "15"),
    _gap("2100D", "AAA03", "35 42 49 52 56 57 58 60 61 62 63 64 65 66 67 68 71 77", "15"),
    _gap(PEOPLE, "AAA03", "41 44 46 50 79 97 T4", REFUSED),
    _gap(PEOPLE, "NM104", NONE, "X"),
    _gap("2100D", "NM103", NONE, "X"),
    _gap(PEOPLE, "DMG03", "U", "F"),
    _gap("2100C", "REF01", "49 CE IF Q4", "18"),
    _gap(BENEFITS, "REF01", "1L", "18"),
    _gap(BENEFITS, "REF01", "IL", REFUSED),
    _gap(BENEFITS, "EB03", "A0 A8 CI CJ", "98"),
    _gap(BENEFITS, "EB03", "C2", REFUSED),
    _gap(BENEFITS, "EB03", NONE, "30"),
    _gap(BENEFITS, "EB04", "PS", "HM"),
    _gap(BENEFITS, "EB04", "POS", REFUSED),
    _gap(BENEFITS, "EB09", "8H CA CE D3 DB DY HS LA LE M2 MN P6 QA S7 S8 VS YY", "99"),
    _gap(BENEFITS, "EB10", "0", "1"),
    _gap(RELATED, "NM101", "1I", "13"),
    _gap(RELATED, "NM101", "11", REFUSED),
    _gap(RELATED, "NM108", NONE, "PI"),
    _gap(RELATED, "NM109", NONE, "1"),
)
MOST_TRACES = 2  # the guide has room for three


def reject_reasons(loop: str) -> frozenset[str]:
    """The AAA03 codes that the guide has in a loop and the reader lacks there."""
    return next(gap.values for gap in GAPS if loop in gap.loops and gap.segment == "AAA")
