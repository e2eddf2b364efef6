"""A small guide, made up, that has one of everything; and sets to read under it."""

from portico.shared.x12 import envelopes, grammar
from portico.shared.x12.delimiters import STANDARD, Delimiters
from portico.shared.x12.grammar_faults import Fault
from portico.shared.x12.grammar_parts import ANY, Composite, Element, Guide, Kind, Loop, Segment
from portico.shared.x12.tests import files

_N = Element("", Kind.TEXT, 0, 0, "N")


def _id(number: str, usage: str, codes: str, least: int = 1, most: int = 3, *, repeats: int = 1) -> Element:
    return Element(number, Kind.ID, least, most, usage, frozenset(codes.split()), repeats)


def _text(number: str, usage: str, least: int = 1, most: int = 10) -> Element:
    return Element(number, Kind.TEXT, least, most, usage)


def _level(level: str) -> Segment:
    above = _N if level == "20" else _text("734", "R")
    return Segment(
        "HL", 10, "R", 1, (_text("628", "R"), above, _id("735", "R", level), _id("736", "S", "0 1"))
    )


def _amount(kind: str) -> Segment:
    return Segment("AMT", 40, "S", 1, (_id("522", "R", kind), Element("782", Kind.DECIMAL, 1, 8, "R"), _N))


_PERIOD = Element("1251", Kind.PERIOD, 1, 35, "R")
_PROCEDURE = Composite("C003", "S", (_id("235", "R", "HC"), _text("234", "R"), _text("1339", "S", 2, 2), _N))
_ASKED = Loop(
    "2110B",
    50,
    "S",
    3,
    (
        Segment("EQ", 10, "R", 1, (_id("1365", "S", "1 30 98", repeats=3), _PROCEDURE, _N), ("R0102",)),
        Segment("III", 20, "S", 1, (_id("1270", "R", "ZZ"), _text("1271", "R"))),
    ),
)
_PERSON = Loop(
    "2100B",
    30,
    "R",
    1,
    (
        Segment(
            "NM1",
            10,
            "R",
            1,
            (_id("98", "R", "IL", 2), _text("1035", "S"), _id("66", "S", "MI"), _text("67", "S", 2)),
            ("P0304",),
        ),
        Segment("DTP", 20, "S", 2, (_id("374", "R", "291"), _id("1250", "R", "D8 RD8"), _PERIOD)),
        *(_amount("R"), _amount("PB")),
        _ASKED,
    ),
)
_TRACE = Segment("TRN", 20, "S", 2, (_id("481", "R", "1"), _text("127", "R")))
_ADJUSTMENT = Segment(
    "PLB",
    70,
    "S",
    ANY,
    (
        Element("554", Kind.WHOLE, 1, 3, "R"),
        *(_text("1", "S"), _text("2", "S"), _text("3", "S"), _text("4", "S"), _text("5", "S")),
    ),
    ("L020304", "C0302", "C0402", "E0106", "C0605"),
)
SMALL = Guide(
    functional_id="ZZ",
    version="005010TEST",
    code="900",
    references=frozenset({""}),
    unused=frozenset({"MPI"}),
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
                10,
                "R",
                1,
                (
                    *(_id("1005", "R", "0022", 4, 4), _text("127", "S", 1, 5)),
                    *(Element("373", Kind.DAY, 8, 8, "R"), Element("337", Kind.TIME, 4, 8, "S")),
                ),
            ),
            Segment("REF", 20, "S", 2, (_id("128", "R", "1L 1W"), _text("127", "R", 2), _N)),
            Loop(
                "1000A",
                30,
                "R",
                1,
                (
                    Segment("N1", 10, "R", 1, (_id("98", "R", "PR"), _text("93", "R"))),
                    Segment("PER", 20, "R", ANY, (_id("366", "R", "BL"),)),
                    Segment("PER", 20, "S", 1, (_id("366", "R", "IC"),)),
                ),
            ),
            Loop(
                "2000A",
                40,
                "R",
                ANY,
                (
                    _level("20"),
                    Loop("2100A", 20, "R", 1, (Segment("NM1", 10, "R", 1, (_id("98", "R", "PR 2B", 2),)),)),
                    Loop("2000B", 30, "S", ANY, (_level("22"), _TRACE, _PERSON)),
                ),
            ),
            _ADJUSTMENT,
        ),
    ),
)

GOOD = (
    "BHT*0022*A1*20260301*1200~REF*1L*AB~N1*PR*NORTHLAKE~PER*IC~PER*BL~HL*1**20*1~NM1*PR~"
    "HL*2*1*22*0~TRN*1*T2~NM1*IL*RIVERA*MI*N0001~DTP*291*D8*20260301~AMT*R*12.50~EQ*30^98~III*ZZ*11~"
    "HL*3*1*22*0~TRN*1*T3~NM1*IL~EQ**HC:99213:25~EQ*1~PLB*7*A*B~"
)


def read(
    body: str, delimiters: Delimiters = STANDARD, *, most: int = 50, mark: str = "%"
) -> tuple[list[tuple[str, str]], list[Fault]]:
    """Answers what each segment of a set was labelled with, and the faults.

    The set is written with other delimiters first; `mark` then takes the place of each percent sign.
    """
    faults: list[Fault] = []
    wrapped = files.ISA.decode() + f"GS*ZZ*A*B*20260301*1200*1*X*005010TEST~ST*900*0001~{body}"
    count = body.count("~") + 2
    text = f"{wrapped}SE*{count}*0001~GE*1*1~IEA*1*000000001~"
    table: dict[str, str | int | None] = {"*": delimiters.element, "^": delimiters.repetition or "U"}
    table |= {":": delimiters.component, "~": delimiters.terminator}
    file = text.translate(str.maketrans(table)).replace("%", mark).encode()
    transaction = next(next(envelopes.read(file)).transactions())
    labels = grammar.labelled(transaction, SMALL, faults.append, most_faults=most)
    return [(loop, segment[0]) for loop, _, segment in labels], faults
