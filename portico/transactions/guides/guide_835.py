"""005010X221A1, the 835: a payment and the claims it pays.

HEADER  BPR TRN CUR REF DTM           the payment; PLB at the end
1000A   N1*PR N3 N4 REF PER           the plan; PER*BL is required
1000B   N1*PE N3 N4 REF RDM           who is paid
2000    LX TS3 TS2                    a bundle of claims
  2100  CLP CAS NM1 MIA MOA REF DTM PER AMT QTY     a claim
    2110 SVC DTM CAS REF AMT QTY LQ   a service line
"""

from portico.shared.x12.grammar_parts import ANY, Composite, Element, Guide, Loop, Segment
from portico.transactions.guides.notation import N, R, S, composite, unused

VERSION = "005010X221A1"

FILINGS = "12 13 14 15 16 17 AM CH DS HM LM MA MB MC OF TV VA WC ZZ"
_ACCOUNT_RULES = ("P0607", "C0809", "P1213", "C1415")
_PAIRS_OF_PER = ("P0304", "P0506", "P0708")
_MORE_CHANNELS = S("365", "EM EX FX TE"), S("364"), S("365", "EX"), S("364")
_NAMES = S("1035"), S("1036"), S("1037"), N, S("1039")
_OWN_IDS = "0B 1A 1B 1C 1D 1G 1H 1J D3 G2"


def _ref(at: int, most: int, qualifiers: str) -> Segment:
    return Segment("REF", at, "S", most, (R("128", qualifiers), R("127"), N, N))


def _dtm(at: int, most: int, qualifiers: str) -> Segment:
    return Segment("DTM", at, "S", most, (R("374", qualifiers), R("373"), *unused(4)))


def _per(at: int, usage: str, most: int, kind: str, *channels: Element) -> Segment:
    return Segment("PER", at, usage, most, (R("366", kind), *channels, N), _PAIRS_OF_PER)


def _nm1(usage: str, role: str, kinds: str, names: tuple[Element, ...], *identified: Element) -> Segment:
    elements = R("98", role), R("1065", kinds), *names, *identified, *unused(3)
    return Segment("NM1", 300, usage, 1, elements, ("P0809",))


def _amt(at: int, most: int, qualifiers: str) -> Segment:
    return Segment("AMT", at, "S", most, (R("522", qualifiers), R("782"), N))


def _qty(at: int, most: int, qualifiers: str) -> Segment:
    return Segment("QTY", at, "S", most, (R("673", qualifiers), R("380"), N, N))


def _procedure(usage: str, qualifiers: str, description: Element) -> Composite:
    return composite("C003", usage, R("235", qualifiers), R("234"), *(S("1339"),) * 4, description, N)


_TOWN = Segment(
    "N4", 110, "R", 1, (R("19"), S("156"), S("116"), S("26"), N, N, S("1715")), ("E0207", "C0704")
)
_ADJUSTMENTS = (
    *(R("1033", "CO OA PI PR"), R("1034"), R("782"), S("380")),
    *(S("1034"), S("782"), S("380")) * 5,
)
_ADJUSTMENT_RULES = tuple(
    rule
    for reason in range(5, 20, 3)
    for rule in (
        f"L{reason:02d}{reason + 1:02d}{reason + 2:02d}",
        f"C{reason + 1:02d}{reason:02d}",
        f"C{reason + 2:02d}{reason:02d}",
    )
)


def _cas(at: int) -> Segment:
    return Segment("CAS", at, "S", 99, _ADJUSTMENTS, _ADJUSTMENT_RULES)


_PAYMENT = Segment(
    "BPR",
    20,
    "R",
    1,
    (
        *(R("305", "C D H I P U X"), R("782"), R("478", "C D"), R("591", "ACH BOP CHK FWT NON")),
        *(S("812", "CCP CTX"), S("506", "01 04"), S("507"), S("569", "DA"), S("508"), S("509"), S("510")),
        *(S("506", "01 04"), S("507"), S("569", "DA SG"), S("508"), R("373"), *unused(5)),
    ),
    _ACCOUNT_RULES,
)

_PLAN = Loop(
    "1000A",
    80,
    "R",
    1,
    (
        Segment("N1", 80, "R", 1, (R("98", "PR"), R("93"), S("66", "XV"), S("67"), N, N), ("P0304",)),
        Segment("N3", 100, "R", 1, (R("166"), S("166"))),
        _TOWN,
        _ref(120, 4, "2U EO HI NF"),
        _per(
            *(130, "S", 1, "CX"),
            *(S("93"), S("365", "EM FX TE"), S("364"), *_MORE_CHANNELS),
        ),
        _per(
            *(130, "R", ANY, "BL"),
            *(S("93"), S("365", "EM TE UR"), S("364"), S("365", "EM EX FX TE UR"), S("364")),
            *(S("365", "EM EX FX UR"), S("364")),
        ),
        _per(130, "S", 1, "IC", N, R("365", "UR"), R("364"), *unused(4)),
    ),
)

_PAYEE = Loop(
    "1000B",
    140,
    "R",
    1,
    (
        Segment("N1", 80, "R", 1, (R("98", "PE"), R("93"), R("66", "FI XV XX"), R("67"), N, N)),
        Segment("N3", 100, "S", 1, (R("166"), S("166"))),
        Segment("N4", 110, "S", 1, _TOWN.elements, _TOWN.rules),
        _ref(120, ANY, "0B D3 PQ TJ"),
        Segment("RDM", 140, "S", 1, (R("756", "BM EM FT OL"), S("93"), S("364"), N, N)),
    ),
)

_LINE = Loop(
    "2110",
    700,
    "S",
    999,
    (
        Segment(
            "SVC",
            700,
            "R",
            1,
            (
                _procedure("R", "AD ER HC HP IV N4 N6 NU UI WK", N),
                *(R("782"), R("782"), S("234"), S("380")),
                _procedure("S", "AD ER HC HP IV N4 NU WK", S("352")),
                S("380"),
            ),
        ),
        _dtm(800, 2, "150 151 472"),
        _cas(900),
        _ref(1000, 8, "1S APC BB E9 G1 G3 LU RB"),
        _ref(1000, 1, "6R"),
        _ref(1000, 10, f"{_OWN_IDS} HPI SY TJ"),
        _ref(1000, 5, "0K"),
        _amt(1100, 9, "B6 KH T T2 ZK ZL ZM ZN ZO"),
        _qty(1200, 6, "ZK ZL ZM ZN ZO"),
        Segment("LQ", 1300, "S", 99, (R("1270", "HE RX"), R("1271"))),
    ),
)

_CLAIM = Loop(
    "2100",
    100,
    "R",
    ANY,
    (
        Segment(
            "CLP",
            100,
            "R",
            1,
            (
                *(R("1028"), R("1029", "1 19 2 20 21 22 23 25 3 4"), R("782"), R("782"), S("782")),
                R("1032", FILINGS),
                *(R("127"), S("1331"), S("1325"), N, S("1354"), S("380"), S("954"), N),
            ),
        ),
        _cas(200),
        _nm1("R", "QC", "1", _NAMES, S("66", "34 HN II MI MR"), S("67")),
        _nm1("S", "IL", "1 2", _NAMES, R("66", "FI II MI"), R("67")),
        _nm1("S", "74", "1 2", _NAMES, S("66", "C"), S("67")),
        _nm1("S", "82", "1 2", _NAMES, R("66", "BD BS FI MC PC SL UP XX"), R("67")),
        _nm1("S", "TT", "2", (R("1035"), *unused(4)), R("66", "AD FI NI PI PP XV"), R("67")),
        _nm1("S", "PR", "2", (R("1035"), *unused(4)), R("66", "AD FI NI PI PP XV"), R("67")),
        _nm1("S", "GB", "1 2", _NAMES, S("66", "FI II MI"), S("67")),
        Segment(
            "MIA",
            330,
            "S",
            1,
            (
                *(R("380"), S("782"), S("380"), S("782"), S("127"), *(S("782"),) * 9, S("380")),
                *(*(S("782"),) * 4, *(S("127"),) * 4, S("782")),
            ),
        ),
        Segment("MOA", 350, "S", 1, (S("954"), S("782"), *(S("127"),) * 5, S("782"), S("782"))),
        _ref(400, 5, "1L 1W 28 6P 9A 9C BB CE EA F8 G1 G3 IG SY"),
        _ref(400, 10, f"{_OWN_IDS} LU"),
        _dtm(500, 2, "232 233"),
        _dtm(500, 1, "036"),
        _dtm(500, 1, "050"),
        _per(
            *(600, "S", 2, "CX"),
            *(S("93"), R("365", "EM FX TE"), R("364"), *_MORE_CHANNELS),
        ),
        _amt(620, 13, "AU D8 DY F5 I NL T T2 ZK ZL ZM ZN ZO"),
        _qty(640, 14, "CA CD LA LE NE NR OU PS VS ZK ZL ZM ZN ZO"),
        _LINE,
    ),
)

_BUNDLE = Loop(
    "2000",
    150,
    "S",
    ANY,
    (
        Segment("LX", 30, "R", 1, (R("554"),)),
        Segment(
            "TS3",
            50,
            "S",
            1,
            (
                *(R("127"), R("1331"), R("373"), R("380"), R("782"), *unused(7), S("782"), N, S("782"), N),
                *(S("782"), S("782"), N, S("782"), S("782"), S("782"), S("380"), S("782")),
            ),
        ),
        Segment(
            "TS2",
            70,
            "S",
            1,
            (
                *(*(S("782"),) * 6, S("380"), S("782"), S("782"), *(S("380"),) * 5),
                *(S("782"), S("380"), S("782"), S("782"), S("782")),
            ),
        ),
        _CLAIM,
    ),
)

REASONS = (
    "50 51 72 90 AH AM AP B2 B3 BD BN C5 CR CS CT CV CW DM E3 FB FC GO HM IP IR IS J1 L3 L6 LE LS OA OB "
    "PI PL RA RE SL TL WO WU"
)
_OTHER_REASON = composite("C042", "S", R("426", REASONS), S("127")), S("782")
_PROVIDER_ADJUSTMENT = Segment(
    "PLB",
    200,
    "S",
    ANY,
    (
        *(R("127"), R("373"), composite("C042", "R", R("426", REASONS), S("127")), R("782")),
        *_OTHER_REASON * 5,
    ),
    ("P0506", "P0708", "P0910", "P1112", "P1314"),
)

GUIDE_835 = Guide(
    functional_id="HP",
    version=VERSION,
    code="835",
    references=frozenset({"", VERSION}),
    unused=frozenset({"N2", "NTE"}),
    root=Loop(
        "HEADER",
        0,
        "R",
        1,
        (
            _PAYMENT,
            Segment("TRN", 40, "R", 1, (R("481", "1"), R("127"), R("509"), S("127"))),
            Segment("CUR", 50, "S", 1, (R("98", "PR"), R("100"), *unused(19))),
            _ref(60, 1, "EV"),
            _ref(60, 1, "F2"),
            _dtm(70, 1, "405"),
            *(_PLAN, _PAYEE, _BUNDLE, _PROVIDER_ADJUSTMENT),
        ),
    ),
)
