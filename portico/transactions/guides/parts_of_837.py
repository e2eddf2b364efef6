"""What the 837P and the 837I have in common, in the notation of guides: parties, references, other payers.

Every HI of a claim is one segment here, with the qualifiers of all its kinds: which of them may come, and
how often, is judged where claims are (the edits), not by the guide.
"""

from collections.abc import Callable
from functools import partial

from portico.shared.x12.grammar_parts import ANY, Composite, Element, Kind, Loop, Segment
from portico.transactions.guides.notation import N, R, S, composite, unused

RANKS = "A B C D E F G H P S T U"
RELATIONSHIPS = "01 18 19 20 21 39 40 53 G8"
FILINGS = "11 12 13 14 15 16 17 AM BL CH CI DS FI HM LM MA MB MC OF TV VA WC ZZ"
PLAN_NUMBERS = "2U EI FY NF"
_ATTACHMENTS = (
    "03 04 05 06 07 08 09 10 11 13 15 21 A3 A4 AM AS B2 B3 B4 BR BS BT CB CK CT D2 DA DB DG DJ DS EB HC HR "
    "I5 IR LA M1 MT NN OB OC OD OE OX OZ P4 P5 PE PN PO PQ PY PZ RB RR RT RX SG V5 XP"
)
PERSON = R("1035"), S("1036"), S("1037"), N, S("1039")
ORGANIZATION = R("1035"), *unused(4)
NO_NAME = unused(5)
NPI = S("66", "XX"), S("67")
NO_IDENTIFIER = N, N
ID_REQUIRED = R("66", "PI XV"), R("67")
MEMBER_ID = S("66", "II MI"), S("67")
STREET = Segment("N3", 250, "R", 1, (R("166"), S("166")))
TOWN = Segment("N4", 300, "R", 1, (R("19"), S("156"), S("116"), S("26"), N, N, S("1715")), ("E0207", "C0704"))
ADDRESS = STREET, TOWN
MAYBE_ADDRESS = (
    Segment("N3", 250, "S", 1, STREET.elements),
    Segment("N4", 300, "S", 1, TOWN.elements, TOWN.rules),
)
TEXT_PERIOD = Element("1251", Kind.TEXT, 1, 35, "R")


def level(code: str, parent: Element, children: str) -> Segment:
    """Answers the HL that opens a level."""
    return Segment("HL", 10, "R", 1, (R("628"), parent, R("735", code), R("736", children)))


def party(
    role: str, kinds: str, names: tuple[Element, ...], identified: tuple[Element, ...] = NPI
) -> Segment:
    """Answers the NM1 that opens a party's loop."""
    elements = R("98", role), R("1065", kinds), *names, *identified, *unused(3)
    return Segment("NM1", 150, "R", 1, elements, ("P0809",))


def reference(at: int, usage: str, most: int, qualifiers: str) -> Segment:
    """Answers a REF."""
    return Segment("REF", at, usage, most, (R("128", qualifiers), R("127"), N, N))


def payers_reference(most: int, qualifiers: str) -> Segment:
    """Answers a line's REF that may name the payer it belongs to."""
    whose = composite("C040", "S", R("128", "2U"), R("127"), *unused(4))
    return Segment("REF", 350, "S", most, (R("128", qualifiers), R("127"), N, whose))


def each(make: Callable[[str], Segment], qualifiers: str) -> tuple[Segment, ...]:
    """Answers a segment for each qualifier, where each of them may come so often."""
    return tuple(make(qualifier) for qualifier in qualifiers.split())


def references(at: int, qualifiers: str) -> tuple[Segment, ...]:
    """Answers a REF for each qualifier, once each."""
    return each(partial(reference, at, "S", 1), qualifiers)


def dates(qualifiers: str, *, at: int = 1350, usage: str = "S", most: int = 1) -> tuple[Segment, ...]:
    """Answers a DTP of one day for each qualifier, once each."""
    return each(
        lambda q: Segment("DTP", at, usage, most, (R("374", q), R("1250", "D8"), R("1251"))), qualifiers
    )


def span(qualifier: str, *, at: int, usage: str, formats: str = "D8 RD8") -> Segment:
    """Answers a DTP of one day or of several."""
    return Segment("DTP", at, usage, 1, (R("374", qualifier), R("1250", formats), R("1251")))


def amounts(at: int, qualifiers: str) -> tuple[Segment, ...]:
    """Answers an AMT for each qualifier, once each."""
    return each(lambda q: Segment("AMT", at, "S", 1, (R("522", q), R("782"), N)), qualifiers)


def contact(usage: str, most: int, first: str, more: str) -> Segment:
    """Answers a PER with one channel, and two more where `more` names some."""
    rest = (S("365", more), S("364")) * 2 if more != "EX" else (S("365", "EX"), S("364"), N, N)
    elements = R("366", "IC"), S("93"), R("365", first), R("364"), *rest, N
    return Segment("PER", 400, usage, most, elements, ("P0506", "P0708"))


def taxonomy(role: str, at: int = 200) -> Segment:
    """Answers a PRV."""
    return Segment("PRV", at, "S", 1, (R("1221", role), R("128", "PXC"), R("127"), *unused(3)))


def procedure(usage: str, qualifiers: str) -> Composite:
    """Answers a procedure code with its modifiers and its description."""
    return composite("C003", usage, R("235", qualifiers), R("234"), *(S("1339"),) * 4, S("352"), N)


def codes_of_claim(first: str, others: str, most: int) -> Segment:
    """Answers the HI of a claim: `first` may open it, `others` may open and follow."""
    parts = S("1250", "D8 RD8"), Element("1251", Kind.TEXT, 1, 35, "S"), S("782"), N, N, N
    opening = composite("C022", "R", R("1270", f"{first} {others}"), R("1271"), *parts, S("1073", "N U W Y"))
    following = composite("C022", "S", R("1270", others), R("1271"), *parts, S("1073", "N U W Y"))
    return Segment("HI", 2310, "R", most, (opening, *(following,) * 11))


def pricing(at: int, methods: str, *codes: Element) -> Segment:
    """Answers an HCP; `codes` are its elements 8 to 12."""
    elements = (
        *(R("1473", methods), R("782"), S("782"), S("127"), S("118"), S("127"), S("782"), *codes),
        *(S("901", "T1 T2 T3 T4 T5 T6"), S("1526", "1 2 3 4 5"), S("1527", "1 2 3 4 5 6")),
    )
    return Segment("HCP", at, "S", 1, elements, ("R0113",))


def drug(qualifiers: str) -> Loop:
    """Answers 2410: which drug, and how much of it."""
    unit = composite("C001", "R", R("355", "F2 GR ME ML UN"), *unused(14))
    return Loop(
        "2410",
        4940,
        "S",
        1,
        (
            Segment("LIN", 4930, "R", 1, (N, R("235", qualifiers), R("234"), *unused(28))),
            Segment("CTP", 4940, "R", 1, (N, N, N, R("380"), unit, *unused(6))),
            reference(4950, "S", 1, "VY XZ"),
        ),
    )


_REASON = S("1034"), S("782"), S("380")
_REASON_RULES = tuple(
    rule
    for at in range(5, 20, 3)
    for rule in (f"L{at:02d}{at + 1:02d}{at + 2:02d}", f"C{at + 1:02d}{at:02d}", f"C{at + 2:02d}{at:02d}")
)
ADJUSTMENTS = Segment(
    "CAS",
    2950,
    "S",
    5,
    (R("1033", "CO CR OA PI PR"), R("1034"), R("782"), S("380"), *_REASON * 5),
    _REASON_RULES,
)
ATTACHMENT = Segment(
    "PWK",
    1550,
    "S",
    10,
    (R("755", _ATTACHMENTS), R("756", "AA BM EL EM FT FX"), N, N, S("66", "AC"), S("67"), *unused(3)),
    ("P0506",),
)
CONTRACT = Segment(
    "CN1", 1600, "S", 1, (R("1166", "01 02 03 04 05 06 09"), S("782"), S("332"), S("127"), S("338"), S("799"))
)
FIXED_FORM = Segment("K3", 1850, "S", 10, (R("449"), N, N))
BIRTH_AND_SEX = R("1250", "D8"), R("1251"), R("1068", "F M U"), *unused(8)
PAY_TO_PLAN = Loop(
    "2010AC",
    150,
    "S",
    1,
    (
        *(party("PE", "2", ORGANIZATION, ID_REQUIRED), *ADDRESS),
        *(reference(350, "S", 1, "2U FY NF"), reference(350, "R", 1, "EI")),
    ),
)
CURRENCY = Segment("CUR", 60, "S", 1, (R("98", "85"), R("100"), *unused(19)))
PAYER = Loop(
    "2010BB",
    150,
    "R",
    1,
    (
        *(party("PR", "2", ORGANIZATION, ID_REQUIRED), *MAYBE_ADDRESS),
        *(reference(350, "S", 3, PLAN_NUMBERS), reference(350, "S", 2, "G2 LU")),
    ),
)
SUBMITTER = (
    Loop(
        "1000A",
        200,
        "R",
        1,
        (
            party("41", "1 2", (R("1035"), S("1036"), S("1037"), N, N), (R("66", "46"), R("67"))),
            contact("R", 2, "EM FX TE", "EM EX FX TE"),
        ),
    ),
    Loop("1000B", 250, "R", 1, (party("40", "2", ORGANIZATION, (R("66", "46"), R("67"))),)),
)


def beginning(kinds: str) -> Segment:
    """Answers the BHT."""
    codes = R("1005", "0019"), R("353", "00 18"), R("127"), R("373"), R("337"), R("640", kinds)
    return Segment("BHT", 100, "R", 1, codes)


def subscriber(*parts: Segment) -> Loop:
    """Answers 2010BA."""
    return Loop("2010BA", 150, "R", 1, (party("IL", "1 2", PERSON, MEMBER_ID), *MAYBE_ADDRESS, *parts))


def birth(usage: str) -> Segment:
    """Answers a DMG."""
    return Segment("DMG", 320, usage, 1, BIRTH_AND_SEX)


def patient(*parts: Segment) -> Loop:
    """Answers 2010CA."""
    return Loop(
        "2010CA", 150, "R", 1, (party("QC", "1", PERSON, NO_IDENTIFIER), *ADDRESS, birth("R"), *parts)
    )


def policy(insurance_types: Element) -> Segment:
    """Answers the SBR of 2000B."""
    elements = R("1138", RANKS), S("1069", "18"), S("127"), S("93"), insurance_types, *unused(3)
    return Segment("SBR", 50, "R", 1, (*elements, S("1032", FILINGS)))


def levels(billing: tuple[Segment | Loop, ...], subscribed: tuple[Segment | Loop, ...], of: Loop) -> Loop:
    """Answers 2000A with what is below it: `of` is the 2000C."""
    insured = Loop("2000B", 200, "R", ANY, (level("22", R("734"), "0 1"), *subscribed, of))
    return Loop("2000A", 300, "R", ANY, (level("20", N, "1"), *billing, insured))
