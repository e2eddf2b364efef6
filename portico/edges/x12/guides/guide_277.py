"""005010X212, the 277: how the claims stand that a 276 asked about.

HEADER          BHT
2000A           HL*20                       the plan
  2100A         NM1 PER
  2000B         HL*21                       who asked
    2100B       NM1
    2200B       TRN STC                     why none of it is answered
    2000C       HL*19                       for which provider
      2100C     NM1
      2200C     TRN STC                     why nothing of this provider is answered
      2000D     HL*22                       the subscriber
        2100D   NM1
        2200D   TRN STC REF DTP             a claim of the subscriber
          2220D SVC STC REF DTP             a service line of it
        2000E   HL*23                       a dependent
          2100E NM1
          2200E TRN STC REF DTP             a claim of the dependent
            2220E SVC STC REF DTP
"""

from portico.shared.x12.grammar_parts import ANY, Element, Guide, Loop, Segment
from portico.transactions.guides.notation import N, R, S, composite, unused

VERSION = "005010X212"

_NAME = S("1036"), S("1037"), N, S("1039")
_REFERENCES = "1K BLT EJ XZ VV D9"
_CHANNELS = R("365", "ED EM FX TE"), R("364"), *(S("365", "EM EX FX TE"), S("364")) * 2
_PROCEDURE = composite(
    "C003", "R", R("235", "AD ER HC HP IV N4 NU WK"), R("234"), *(S("1339"),) * 4, *unused(2)
)
_STANDS = R("1271"), R("1271"), S("98"), S("1270", "RX")


def _level(code: str, parent: Element, children: Element) -> Segment:
    return Segment("HL", 10, "R", 1, (R("628"), parent, R("735", code), children))


def _named(role: str, kinds: str, last: Element, *identified: Element) -> Segment:
    elements = R("98", role), R("1065", kinds), last, *_NAME, *identified, *unused(3)
    return Segment("NM1", 50, "R", 1, elements, ("P0809",))


def _status(*amounts: Element) -> Segment:
    more = composite("C043", "S", *_STANDS)
    dated = composite("C043", "R", *_STANDS), R("373"), N
    return Segment("STC", 100, "R", ANY, (*dated, *amounts, more, more, N))


_BARE = unused(6)
_OF_CLAIM = R("782"), S("782"), S("373"), N, S("373"), S("429")
_OF_LINE = N, N, N, N, N, N


def _served(at: int, usage: str) -> Segment:
    return Segment("DTP", at, usage, 1, (R("374", "472"), R("1250", "D8 RD8"), R("1251")))


def _reference(at: int, most: int, qualifiers: str) -> Segment:
    return Segment("REF", at, "S", most, (R("128", qualifiers), R("127"), N, N))


def _trace(kind: str) -> Segment:
    return Segment("TRN", 90, "R", 1, (R("481", kind), R("127"), N, N))


def _refused(name: str, kind: str) -> Loop:
    return Loop(name, 90, "S", 1, (_trace(kind), _status(*_BARE)))


def _claim(level: str) -> Loop:
    charge = R("782"), R("782"), S("234"), N, N, R("380")
    line = (
        Segment("SVC", 90, "R", 1, (_PROCEDURE, *charge)),
        _status(*_OF_LINE),
        _reference(110, 1, "FJ"),
        _served(120, "R"),
    )
    return Loop(
        f"2200{level}",
        90,
        "S",
        ANY,
        (
            _trace("2"),
            _status(*_OF_CLAIM),
            _reference(110, len(_REFERENCES.split()), _REFERENCES),
            _served(120, "S"),
            Loop(f"2220{level}", 180, "S", ANY, line),
        ),
    )


def _party(name: str, *segments: Segment) -> Loop:
    return Loop(name, 50, "R", 1, segments)


_DEPENDENT = Loop(
    "2000E",
    100,
    "S",
    ANY,
    (
        _level("23", R("734"), N),
        _party("2100E", _named("QC", "1", R("1035"), N, N)),
        _claim("E"),
    ),
)
_SUBSCRIBER = Loop(
    "2000D",
    100,
    "S",
    ANY,
    (
        _level("22", R("734"), R("736", "0 1")),
        _party("2100D", _named("IL", "1 2", R("1035"), R("66", "24 II MI"), R("67"))),
        _claim("D"),
        _DEPENDENT,
    ),
)
_PROVIDER = Loop(
    "2000C",
    100,
    "S",
    ANY,
    (
        _level("19", R("734"), R("736", "0 1")),
        _party("2100C", _named("1P", "1 2", S("1035"), R("66", "FI SV XX"), R("67"))),
        _refused("2200C", "1"),
        _SUBSCRIBER,
    ),
)
_RECEIVER = Loop(
    "2000B",
    100,
    "R",
    ANY,
    (
        _level("21", R("734"), R("736", "0 1")),
        _party("2100B", _named("41", "1 2", S("1035"), R("66", "46"), R("67"))),
        _refused("2200B", "2"),
        _PROVIDER,
    ),
)
_PLAN = (
    _named("PR", "2", R("1035"), R("66", "PI XV"), R("67")),
    Segment("PER", 80, "S", 1, (R("366", "IC"), S("93"), *_CHANNELS, N), ("P0304", "P0506", "P0708")),
)

GUIDE_277 = Guide(
    functional_id="HN",
    version=VERSION,
    code="277",
    references=frozenset({VERSION}),
    unit=("TRN", 2),
    numbers_levels=True,
    root=Loop(
        "HEADER",
        0,
        "R",
        1,
        (
            Segment(
                "BHT",
                20,
                "R",
                1,
                (R("1005", "0010"), R("353", "08"), R("127"), R("373"), R("337"), R("640", "DG")),
            ),
            Loop(
                "2000A",
                30,
                "R",
                ANY,
                (_level("20", N, R("736", "1")), _party("2100A", *_PLAN), _RECEIVER),
            ),
        ),
    ),
)
