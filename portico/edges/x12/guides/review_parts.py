"""What the four 278s share: people, providers, what is asked for, and how it is told.

Segments of care that this portal takes and does not read (ambulance, chiropractic, oxygen, home health) are
described by their shape alone.
"""

from portico.shared.x12.grammar_parts import Composite, Element, Loop, Segment
from portico.transactions.guides.notation import N, R, S, composite, unused

REQUEST_CATEGORIES = "AR HS IN SC"
CERTIFICATION_TYPES = "1 2 3 4 5 6 I N R S"
LEVELS_OF_SERVICE = "03 E U"
ACTIONS = "A1 A2 A3 A4 A6 C CT NA"
_ROLES_OF_EVENT = "71 72 73 77 AAJ DD DK DN FA G3 P3 QB QV SJ"
_ROLES_OF_SERVICE = "1T 72 73 77 DD DK DQ FA G3 P3 QB SJ"
_PROVIDER_ROLES = "AD AS AT OP OR OT PC PE RF"
_PROCEDURES = "AD HC IV N4 WK"
_QUANTITIES = "DY FL HS MN VS"

_NAME = S("1036"), S("1037"), N, S("1039")
_IDENTIFIED = "24 34 46 PI XV XX"


def level(code: str, parent: Element, children: Element) -> Segment:
    """The HL of a level."""
    return Segment("HL", 10, "R", 1, (R("628"), parent, R("735", code), children))


def named(roles: str, kinds: str, *identified: Element, last: Element | None = None) -> Segment:
    """The NM1 that opens a loop."""
    numbered = identified or (S("66", _IDENTIFIED), S("67"))
    elements = R("98", roles), R("1065", kinds), last or S("1035"), *_NAME, *numbered, *unused(3)
    return Segment("NM1", 10, "R", 1, elements, ("P0809",))


def reference(at: int, most: int, qualifiers: str) -> Segment:
    """REFs of these kinds."""
    return Segment("REF", at, "S", most, (R("128", qualifiers), R("127"), S("352"), N))


def trace(most: int, kinds: str) -> Segment:
    """TRN: whose number for an event or a service."""
    return Segment("TRN", 20, "S", most, (R("481", kinds), R("127"), R("509"), S("127")))


def rejected(at: int, codes: str) -> Segment:
    """AAA: why a level is not answered."""
    return Segment("AAA", at, "S", 9, (R("1073", "N Y"), N, S("901", codes), S("889", "C N R P S W X Y")))


def dates(at: int, qualifiers: str, most: int, formats: str = "D8 RD8") -> Segment:
    """DTPs of these kinds."""
    return Segment("DTP", at, "S", most, (R("374", qualifiers), R("1250", formats), R("1251")))


STREET = Segment("N3", 30, "S", 1, (R("166"), S("166")))
TOWN = Segment("N4", 40, "S", 1, (R("19"), S("156"), S("116"), S("26"), N, N, S("1715")))
CONTACT = Segment(
    "PER",
    50,
    "S",
    3,
    (R("366", "IC"), S("93"), *(S("365", "EM EX FX TE UR"), S("364")) * 3, N),
    ("P0304", "P0506", "P0708"),
)
SPECIALTY = Segment(
    "PRV", 70, "S", 1, (R("1221", _PROVIDER_ROLES), S("128", "PXC"), S("127"), *unused(3)), ("P0203",)
)
BIRTH_AND_SEX = Segment(
    "DMG", 60, "S", 1, (R("1250", "D8"), R("1251"), S("1068", "F M U"), *unused(8)), ("P0102",)
)


def relationship(is_subscriber: str) -> Segment:
    """INS of the subscriber or of a dependent."""
    elements = R("1073", is_subscriber), R("1069"), *unused(14), S("1470")
    return Segment("INS", 80, "S", 1, elements)


_PLACE = composite("C023", "S", R("1331"), R("1332", "A B"), N)
_CAUSES = composite(
    "C024", "S", R("1362", "AA AP EM"), S("1362", "AA AP EM"), S("1362", "AA AP EM"), S("156"), S("26")
)


def review(usage: str, certification: Element) -> Segment:
    """UM: what kind of review, of what service, where, how soon."""
    return Segment(
        "UM",
        40,
        usage,
        1,
        (
            *(R("1525", REQUEST_CATEGORIES), certification, S("1365"), _PLACE, _CAUSES),
            *(S("1338", LEVELS_OF_SERVICE), S("1213"), S("923"), S("1363", "I M N O Y"), S("1514")),
        ),
    )


DECISION = Segment("HCR", 50, "S", 1, (R("306", ACTIONS), S("127"), S("1271"), S("1073", "N Y")))


def diagnoses(at: int) -> Segment:
    """HI: up to twelve codes."""
    qualifiers = "ABF ABJ ABK APR BF BJ BK LOI PR"
    code = R("1270", qualifiers), R("1271"), S("1250", "D8"), S("1251"), *unused(5)
    return Segment("HI", at, "S", 1, (composite("C022", "R", *code), *(composite("C022", "S", *code),) * 11))


DELIVERY = Segment(
    "HSD",
    100,
    "S",
    1,
    (
        *(S("673", _QUANTITIES), S("380"), S("355", "DA MO WK"), S("1167"), S("615", "6 7 21 26 27 34 35")),
        *(S("616"), S("678"), S("679")),
    ),
    ("P0102", "C0605"),
)
PAPERS = Segment(
    "PWK",
    140,
    "S",
    10,
    (R("755"), R("756", "AA BM EL EM FX VO"), N, N, S("66", "AC"), S("67"), S("352"), N, N),
    ("P0506",),
)
MESSAGE = Segment("MSG", 150, "S", 10, (R("933"), N, N))


def untouched(name: str, at: int, most: int, elements: int) -> Segment:
    """A segment of a kind of care: taken in any content, and not read."""
    return Segment(name, at, "S", most, (S("352"),) * elements)


def _procedure(usage: str) -> Composite:
    return composite("C003", usage, R("235", _PROCEDURES), R("234"), *(S("1339"),) * 4, S("352"), S("234"))


_POINTERS = composite("C004", "S", R("1328"), S("1328"), S("1328"), S("1328"))
_COUNTED = S("782"), S("355", "F2 MJ UN"), S("380")
PROFESSIONAL = Segment(
    "SV1",
    90,
    "S",
    1,
    (_procedure("R"), *_COUNTED, N, N, _POINTERS, *unused(3), S("1073", "N Y"), *unused(8), S("1337"), N),
    ("P0304",),
)
INSTITUTIONAL = Segment(
    "SV2",
    90,
    "S",
    1,
    (
        S("234"),
        _procedure("S"),
        S("782"),
        S("355", "DA F2 UN"),
        S("380"),
        S("1371"),
        N,
        N,
        S("1345"),
        S("1337"),
    ),
    ("R0102", "P0405"),
)
DENTAL = Segment(
    "SV3",
    90,
    "S",
    1,
    (
        _procedure("R"),
        S("782"),
        N,
        composite("C006", "S", R("1361"), *(S("1361"),) * 4),
        S("1358"),
        S("380"),
        *unused(5),
    ),
)
_SURFACES = composite("C005", "S", R("1369"), *(S("1369"),) * 4)
_TOOTH = Segment("TOO", 95, "S", 32, (R("1270", "JP"), S("1271"), _SURFACES))
SERVICES = (PROFESSIONAL, INSTITUTIONAL, DENTAL, _TOOTH)


def party(name: str, at: int, roles: str, most: int, *more: Segment) -> Loop:
    """A provider of an event or of a service, with its address, telephone and specialty."""
    parts = named(roles, "1 2"), reference(20, 8, "0B 1G 1J EI G5 N5 N7 SY ZH"), STREET, TOWN, CONTACT
    return Loop(name, at, "S", most, (*parts, *more, SPECIALTY))


def of_event(most: int, *more: Segment) -> Loop:
    """The providers of a patient event."""
    return party("2010EA", 160, _ROLES_OF_EVENT, most, *more)


def of_service(most: int, *more: Segment) -> Loop:
    """The providers of one service."""
    return party("2010F", 160, _ROLES_OF_SERVICE, most, *more)


def subscriber(*more: Segment) -> Loop:
    """The subscriber by name."""
    identified = S("66", "II MI"), S("67")
    return Loop(
        "2010C",
        20,
        "R",
        1,
        (named("IL", "1", *identified), *_person("1L 1W 6P EJ HJ IG N6 NQ SY", "Y", more)),
    )


def dependent(*more: Segment) -> Loop:
    """A dependent by name."""
    return Loop("2010D", 20, "R", 1, (named("QC", "1", N, N), *_person("EJ SY 1W", "N", more)))


def _person(qualifiers: str, is_subscriber: str, more: tuple[Segment, ...]) -> tuple[Segment, ...]:
    parts = reference(20, 9, qualifiers), STREET, TOWN, BIRTH_AND_SEX, *more
    return (*parts, relationship(is_subscriber))
