"""005010X279A1, the 270: an inquiry about eligibility and benefits.

HEADER      BHT
2000A       HL*20                   the plan
  2100A     NM1
  2000B     HL*21                   who asks
    2100B   NM1 REF N3 N4 PRV
    2000C   HL*22 TRN               the subscriber
      2100C NM1 REF N3 N4 PRV DMG INS HI DTP
        2110C EQ AMT III REF DTP    what is asked of the subscriber
      2000D HL*23 TRN               a dependent
        2100D NM1 REF N3 N4 PRV DMG INS HI DTP
          2110D EQ III REF DTP      what is asked of the dependent
"""

from portico.shared.x12.grammar_parts import ANY, Element, Guide, Loop, Segment
from portico.transactions.guides.notation import N, R, S, composite, unused

VERSION = "005010X279A1"

_PROVIDER_ROLES = "AD AT BI CO CV H HH LA OT P1 P2 PC PE R RF SB SK SU"
_SERVICE_TYPES = (
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 30 32 33 34 35 36 37 38 "
    "39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 "
    "72 73 74 75 76 77 78 79 80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99 A0 A1 A2 A3 A4 "
    "A5 A6 A7 A8 A9 AA AB AC AD AE AF AG AH AI AJ AK AL AM AN AO AQ AR B1 B2 B3 BA BB BC BD BE BF BG BH "
    "BI BJ BK BL BM BN BP BQ BR BS BT BU BV BW BX BY BZ C1 CA CB CC CD CE CF CG CH CI CJ CK CL CM CN CO "
    "CP CQ DG DM DS GF GN GY IC MH NI ON PT PU RN RT TC TN UC"
)
_MOST_SERVICE_TYPES = 99


def _level(level: str, parent: Element, children: str) -> Segment:
    return Segment("HL", 10, "R", 1, (R("628"), parent, R("735", level), R("736", children)))


def _party(roles: str, kinds: str, identified_by: str) -> Segment:
    identified = R("66", identified_by), R("67")
    return Segment("NM1", 30, "R", 1, (R("98", roles), R("1065", kinds), *_NAME, *identified, *unused(3)))


_NAME = S("1035"), S("1036"), S("1037"), N, S("1039")
_TRACE = Segment("TRN", 20, "S", 2, (R("481", "1"), R("127"), R("509"), S("127")))
_STREET = Segment("N3", 60, "S", 1, (R("166"), S("166")))
_TOWN = Segment("N4", 70, "S", 1, (S("19"), S("156"), S("116"), S("26"), N, N, S("1715")), ("E0207", "C0704"))
_BIRTH_AND_SEX = Segment(
    "DMG", 100, "S", 1, (S("1250", "D8"), S("1251"), S("1068", "F M"), *unused(8)), ("P0102",)
)
_DATES = Segment("DTP", 120, "S", 2, (R("374", "102 291"), R("1250", "D8 RD8"), R("1251")))
_PROVIDER = Segment(
    "PRV",
    90,
    "S",
    1,
    (R("1221", _PROVIDER_ROLES), S("128", "9K D3 EI HPI PXC SY TJ"), S("127"), *unused(3)),
    ("P0203",),
)
_DIAGNOSES = Segment(
    "HI",
    115,
    "S",
    1,
    (
        composite("C022", "R", R("1270", "ABK BK"), R("1271"), *unused(7)),
        *(composite("C022", "S", R("1270", "ABF BF"), R("1271"), *unused(7)),) * 7,
        *unused(4),
    ),
)
_PROCEDURE = composite("C003", "S", R("235", "AD CJ HC ID IV N4 ZZ"), R("234"), *(S("1339"),) * 4, *unused(2))
_POINTERS = composite("C004", "S", R("1328"), S("1328"), S("1328"), S("1328"))


def _references(qualifiers: str, most: int, at: int, state: Element = N) -> Segment:
    return Segment("REF", at, "S", most, (R("128", qualifiers), R("127"), state, N))


def _relationship(is_subscriber: str, relationships: str, order: Element) -> Segment:
    return Segment(
        "INS", 110, "S", 1, (R("1073", is_subscriber), R("1069", relationships), *unused(14), order)
    )


def _inquiry(level: Element, *amounts: Segment) -> tuple[Segment, ...]:
    what = S("1365", _SERVICE_TYPES, repeats=_MOST_SERVICE_TYPES), _PROCEDURE, level, N, _POINTERS
    return (
        Segment("EQ", 130, "R", 1, what, ("R0102",)),
        *amounts,
        Segment("III", 170, "S", 1, (R("1270", "ZZ"), R("1271"), *unused(7))),
        _references("9F G1", 1, 190),
        Segment("DTP", 200, "S", 1, (R("374", "291"), R("1250", "D8 RD8"), R("1251"))),
    )


def _spend_down(kind: str) -> Segment:
    return Segment("AMT", 135, "S", 1, (R("522", kind), R("782"), N))


_DEPENDENT = Loop(
    "2000D",
    40,
    "S",
    ANY,
    (
        _level("23", R("734"), "0"),
        _TRACE,
        Loop(
            "2100D",
            30,
            "R",
            1,
            (
                Segment("NM1", 30, "R", 1, (R("98", "03"), R("1065", "1"), *_NAME, *unused(5))),
                _references("18 1L 1W 3H 6P CT EA EJ F6 GH HJ IF IG MRC N6 SY Y4", 9, 40),
                *(_STREET, _TOWN, _PROVIDER, _BIRTH_AND_SEX),
                _relationship("N", "01 19 34", S("1470")),
                *(_DIAGNOSES, _DATES),
                Loop("2110D", 130, "R", 99, _inquiry(N)),
            ),
        ),
    ),
)

_SUBSCRIBER = Loop(
    "2000C",
    40,
    "R",
    ANY,
    (
        _level("22", R("734"), "0 1"),
        _TRACE,
        Loop(
            "2100C",
            30,
            "R",
            1,
            (
                Segment(
                    "NM1",
                    30,
                    "R",
                    1,
                    (R("98", "IL"), R("1065", "1 2"), *_NAME, S("66", "II MI"), S("67"), *unused(3)),
                    ("P0809",),
                ),
                _references("18 1L 1W 3H 6P CT EA EJ F6 GH HJ IG N6 NQ SY Y4", 9, 40),
                *(_STREET, _TOWN, _PROVIDER, _BIRTH_AND_SEX),
                _relationship("Y", "18", R("1470")),
                *(_DIAGNOSES, _DATES),
                Loop("2110C", 130, "S", 99, _inquiry(S("1207", "FAM"), _spend_down("R"), _spend_down("PB"))),
            ),
        ),
        _DEPENDENT,
    ),
)

_RECEIVER = Loop(
    "2000B",
    40,
    "R",
    ANY,
    (
        _level("21", R("734"), "1"),
        Loop(
            "2100B",
            30,
            "R",
            1,
            (
                _party("1P 2B 36 80 FA GP P5 PR", "1 2", "24 34 FI PI PP SV XV XX"),
                _references("0B 1C 1D 1J 4A CT EL EO HPI JD N5 N7 Q4 SY TJ", 9, 40, S("352")),
                *(_STREET, _TOWN, _PROVIDER),
            ),
        ),
        _SUBSCRIBER,
    ),
)

GUIDE_270 = Guide(
    functional_id="HS",
    version=VERSION,
    code="270",
    references=frozenset({VERSION, VERSION.removesuffix("A1")}),
    unused=frozenset("MPI N2 PDP PDR PER VEH".split()),
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
                (R("1005", "0022"), R("353", "01 13"), S("127"), R("373"), R("337"), S("640", "RT")),
            ),
            Loop(
                "2000A",
                30,
                "R",
                ANY,
                (
                    _level("20", N, "1"),
                    Loop("2100A", 30, "R", 1, (_party("2B 36 GP P5 PR", "1 2", "24 46 FI NI PI XV XX"),)),
                    _RECEIVER,
                ),
            ),
        ),
    ),
)
