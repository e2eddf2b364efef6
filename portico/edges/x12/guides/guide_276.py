"""005010X212, the 276: an inquiry about how claims stand.

HEADER          BHT
2000A           HL*20                       the plan
  2100A         NM1
  2000B         HL*21                       who asks
    2100B       NM1
    2000C       HL*19                       for which provider
      2100C     NM1
      2000D     HL*22 DMG                   the subscriber
        2100D   NM1
        2200D   TRN REF AMT DTP             a claim of the subscriber
          2210D SVC REF DTP                 a service line of it
        2000E   HL*23 DMG                   a dependent
          2100E NM1
          2200E TRN REF AMT DTP             a claim of the dependent
            2210E SVC REF DTP
"""

from portico.shared.x12.grammar_parts import ANY, Element, Guide, Loop, Segment
from portico.transactions.guides.notation import N, R, S, composite, unused

VERSION = "005010X212"

_NAME = S("1036"), S("1037"), N, S("1039")
_REFERENCES = "1K BLT LU 6P EJ XZ D9"
_PROCEDURE = composite(
    "C003", "R", R("235", "AD ER HC HP IV N4 NU WK"), R("234"), *(S("1339"),) * 4, *unused(2)
)


def _level(code: str, parent: Element, children: Element) -> Segment:
    return Segment("HL", 10, "R", 1, (R("628"), parent, R("735", code), children))


def _named(role: str, kinds: str, last: Element, *identified: Element) -> Segment:
    elements = R("98", role), R("1065", kinds), last, *_NAME, *identified, *unused(3)
    return Segment("NM1", 50, "R", 1, elements, ("P0809",))


def _birth_and_sex(usage: str) -> Segment:
    elements = S("1250", "D8"), S("1251"), S("1068", "F M"), *unused(8)
    return Segment("DMG", 40, usage, 1, elements, ("P0102",))


def _served(at: int, usage: str) -> Segment:
    return Segment("DTP", at, usage, 1, (R("374", "472"), R("1250", "D8 RD8"), R("1251")))


def _reference(at: int, most: int, qualifiers: str) -> Segment:
    return Segment("REF", at, "S", most, (R("128", qualifiers), R("127"), N, N))


def _claim(level: str) -> Loop:
    line = (
        Segment("SVC", 130, "R", 1, (_PROCEDURE, R("782"), N, S("234"), N, N, R("380"))),
        _reference(140, 1, "FJ"),
        _served(150, "R"),
    )
    return Loop(
        f"2200{level}",
        90,
        "S",
        ANY,
        (
            Segment("TRN", 90, "R", 1, (R("481", "1"), R("127"), N, N)),
            _reference(100, len(_REFERENCES.split()), _REFERENCES),
            Segment("AMT", 110, "S", 1, (R("522", "T3"), R("782"), N)),
            _served(120, "S"),
            Loop(f"2210{level}", 130, "S", ANY, line),
        ),
    )


def _party(name: str, *named: Segment, most: int = 1) -> Loop:
    return Loop(name, 50, "R", most, named)


_DEPENDENT = Loop(
    "2000E",
    100,
    "S",
    ANY,
    (
        _level("23", R("734"), S("736", "0")),
        _birth_and_sex("R"),
        _party("2100E", _named("QC", "1", R("1035"), N, N)),
        _claim("E"),
    ),
)
_SUBSCRIBER = Loop(
    "2000D",
    60,
    "R",
    ANY,
    (
        _level("22", R("734"), R("736", "0 1")),
        _birth_and_sex("S"),
        _party("2100D", _named("IL", "1 2", R("1035"), R("66", "24 II MI"), R("67"))),
        _claim("D"),
        _DEPENDENT,
    ),
)
_PROVIDER = Loop(
    "2000C",
    60,
    "R",
    ANY,
    (
        _level("19", R("734"), R("736", "1")),
        _party("2100C", _named("1P", "1 2", S("1035"), R("66", "FI SV XX"), R("67")), most=2),
        _SUBSCRIBER,
    ),
)
_RECEIVER = Loop(
    "2000B",
    60,
    "R",
    ANY,
    (
        _level("21", R("734"), R("736", "1")),
        _party("2100B", _named("41", "1 2", S("1035"), R("66", "46"), R("67"))),
        _PROVIDER,
    ),
)

GUIDE_276 = Guide(
    functional_id="HR",
    version=VERSION,
    code="276",
    references=frozenset({VERSION}),
    unused=frozenset("N3 N4 PER".split()),
    unit=("TRN", 2),
    numbers_levels=True,
    root=Loop(
        "HEADER",
        0,
        "R",
        1,
        (
            Segment("BHT", 20, "R", 1, (R("1005", "0010"), R("353", "13"), R("127"), R("373"), R("337"), N)),
            Loop(
                "2000A",
                30,
                "R",
                ANY,
                (
                    _level("20", N, R("736", "1")),
                    _party("2100A", _named("PR", "2", R("1035"), R("66", "PI XV"), R("67"))),
                    _RECEIVER,
                ),
            ),
        ),
    ),
)
