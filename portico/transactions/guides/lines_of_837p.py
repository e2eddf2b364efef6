"""2400 of the 837P: a service line, its providers, and what other payers decided of it."""

from portico.shared.x12.grammar_parts import ANY, Element, Loop, Segment
from portico.transactions.guides import parts_of_837 as parts
from portico.transactions.guides import payers_of_837 as payers
from portico.transactions.guides.notation import N, R, S, composite, unused

OWN_IDS = "0B 1G G2"
AMBULANCE = "01 04 05 06 07 08 09 12"
_CODES = "ER HC IV WK"
_POINTERS = composite("C004", "R", R("1328"), S("1328"), S("1328"), S("1328"))
_YES = S("1073", "Y")


def place(name: str, at: int, role: str, names: tuple[Element, ...]) -> Loop:
    """Answers the loop of a place that has no identifier."""
    opening = parts.party(role, "2", names, parts.NO_IDENTIFIER)
    return Loop(name, at, "S", 1, (opening, *parts.ADDRESS))


def conditions(at: int, most: int, kinds: str, answers: str, allowed: str, more: int = 4) -> Segment:
    """Answers a CRC."""
    others = *(S("1321", allowed),) * more, *unused(4 - more)
    return Segment("CRC", at, "S", most, (R("1136", kinds), R("1073", answers), R("1321", allowed), *others))


def transport(at: int) -> Segment:
    """Answers a CR1."""
    elements = S("355", "LB"), S("81"), N, R("1317", "A B C D E"), R("355", "DH"), R("380"), N, N
    return Segment("CR1", at, "S", 1, (*elements, S("352"), S("352")), ("P0102",))


_LINE_PROVIDERS = (
    Loop(
        "2420A",
        5000,
        "S",
        1,
        (
            parts.party("82", "1 2", parts.PERSON),
            parts.taxonomy("PE"),
            parts.payers_reference(20, f"{OWN_IDS} LU"),
        ),
    ),
    Loop(
        "2420B", 5000, "S", 1, (parts.party("QB", "1 2", parts.NO_NAME), parts.payers_reference(20, OWN_IDS))
    ),
    Loop(
        "2420C",
        5000,
        "S",
        1,
        (parts.party("77", "2", parts.ORGANIZATION), *parts.ADDRESS, parts.payers_reference(3, "G2 LU")),
    ),
    Loop(
        "2420D",
        5000,
        "S",
        1,
        (parts.party("DQ", "1", parts.PERSON), parts.payers_reference(20, f"{OWN_IDS} LU")),
    ),
    Loop(
        "2420E",
        5000,
        "S",
        1,
        (
            *(parts.party("DK", "1", parts.PERSON), *parts.MAYBE_ADDRESS),
            *(parts.payers_reference(20, OWN_IDS), parts.contact("S", 1, "EM FX TE", "EM EX FX TE")),
        ),
    ),
    Loop(
        "2420F", 5000, "S", 2, (parts.party("DN P3", "1", parts.PERSON), parts.payers_reference(20, OWN_IDS))
    ),
    place("2420G", 5000, "PW", parts.NO_NAME),
    place("2420H", 5000, "45", (S("1035"), *unused(4))),
)

_FORM = Loop(
    "2440",
    5510,
    "S",
    ANY,
    (
        Segment("LQ", 5510, "R", 1, (R("1270", "AS UT"), R("1271"))),
        Segment(
            "FRM", 5520, "R", 99, (R("350"), S("1073", "N W Y"), S("127"), S("373"), S("332")), ("R02030405",)
        ),
    ),
)

LINE = Loop(
    "2400",
    3650,
    "R",
    50,
    (
        Segment("LX", 3650, "R", 1, (R("554"),)),
        Segment(
            "SV1",
            3700,
            "R",
            1,
            (
                *(
                    parts.procedure("R", _CODES),
                    R("782"),
                    R("355", "MJ UN"),
                    R("380"),
                    S("1331"),
                    N,
                    _POINTERS,
                ),
                *(N, _YES, N, _YES, _YES, N, N, S("1327", "0"), *unused(6)),
            ),
        ),
        Segment(
            "SV5",
            4000,
            "S",
            1,
            (
                composite("C003", "R", R("235", "HC"), R("234"), *unused(6)),
                *(R("355", "DA"), R("380"), R("782"), R("782"), R("594", "1 4 6"), N),
            ),
        ),
        Segment("PWK", 4200, "S", 10, parts.ATTACHMENT.elements, parts.ATTACHMENT.rules),
        Segment("PWK", 4200, "S", 1, (R("755", "CT"), R("756", "AB AD AF AG NS"), *unused(7))),
        transport(4250),
        Segment("CR3", 4350, "S", 1, (R("1322", "I R S"), R("355", "MO"), R("380"), N, N)),
        conditions(4500, 3, "07", "N Y", AMBULANCE),
        conditions(4500, 1, "70", "N Y", "65", 0),
        conditions(4500, 1, "09", "N Y", "38 ZV", 1),
        parts.span("472", at=4550, usage="R"),
        *parts.dates("471 607 463 461 304 011 455 454", at=4550),
        *parts.dates("738 739", at=4550),
        *parts.each(lambda q: Segment("QTY", 4600, "S", 1, (R("673", q), R("380"), N, N)), "PT FL"),
        Segment("MEA", 4620, "S", 5, (R("737", "OG TR"), R("738", "HT R1 R2 R3 R4"), R("739"), *unused(9))),
        Segment("CN1", 4650, "S", 1, parts.CONTRACT.elements),
        *parts.references(4700, "9B 9D 6R EW X4 F4 BT"),
        *(Segment("REF", 4700, "S", 5, parts.payers_reference(5, q).elements) for q in ("G1", "9F")),
        *parts.amounts(4750, "T F4"),
        Segment("K3", 4800, "S", 10, parts.FIXED_FORM.elements),
        *(Segment("NTE", 4850, "S", 1, (R("363", q), R("352"))) for q in ("ADD DCP", "TPO")),
        Segment("PS1", 4880, "S", 1, (R("127"), R("782"), N)),
        parts.pricing(
            *(4920, "00 01 02 03 04 05 06 07 08 09 10 11 12 13 14"),
            *(N, S("235", _CODES), S("234"), S("355", "MJ UN"), S("380")),
        ),
        parts.drug("EN EO HI N4 ON UK UP"),
        *_LINE_PROVIDERS,
        payers.decided_line(parts.procedure("R", _CODES), N),
        _FORM,
    ),
)
