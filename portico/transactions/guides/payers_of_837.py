"""2320, 2330 and 2430 of both 837s: other payers, whom they insure, and what they decided."""

from portico.shared.x12.grammar_parts import Composite, Element, Loop, Segment
from portico.transactions.guides import parts_of_837 as parts
from portico.transactions.guides.notation import N, R, S, unused

OTHER_SUBSCRIBER = Loop(
    "2330A",
    3250,
    "R",
    1,
    (
        parts.party("IL", "1 2", parts.PERSON, parts.MEMBER_ID),
        *parts.MAYBE_ADDRESS,
        parts.reference(350, "S", 2, "SY"),
    ),
)
OTHER_PAYER = Loop(
    "2330B",
    3250,
    "R",
    1,
    (
        *(
            parts.party("PR", "2", parts.ORGANIZATION, parts.ID_REQUIRED),
            *parts.MAYBE_ADDRESS,
            *parts.dates("573", at=320),
        ),
        *(parts.reference(350, "S", 2, parts.PLAN_NUMBERS), *parts.references(350, "G1 9F T4 F8")),
    ),
)


def other_coverage(insurance_types: Element, *outcomes: Segment, providers: tuple[Loop, ...]) -> Loop:
    """Answers 2320: another payer's coverage, and what it did; `outcomes` are its MIA and MOA."""
    opening = (
        *(R("1138", parts.RANKS), R("1069", parts.RELATIONSHIPS), S("127"), S("93"), insurance_types),
        *(*unused(3), S("1032", parts.FILINGS)),
    )
    consents = N, N, R("1073", "N W Y"), S("1351", "P"), N, R("1363", "I Y")
    inside: tuple[Segment | Loop, ...] = (
        *(Segment("SBR", 2900, "R", 1, opening), parts.ADJUSTMENTS, *parts.amounts(3000, "D EAF A8")),
        *(Segment("OI", 3100, "R", 1, consents), *outcomes),
        *(OTHER_SUBSCRIBER, OTHER_PAYER, *providers),
    )
    return Loop("2320", 2900, "S", 10, inside)


def other_provider(name: str, at: int, role: str, kinds: str, *, most: int = 1, numbers: str) -> Loop:
    """Answers a loop of 2330: a provider as another payer numbers it."""
    return Loop(
        name,
        at,
        "S",
        most,
        (parts.party(role, kinds, parts.NO_NAME, parts.NO_IDENTIFIER), parts.reference(350, "R", 4, numbers)),
    )


def decided_line(code: Composite, revenue_code: Element) -> Loop:
    """Answers 2430: what another payer decided of a line."""
    decided = R("67"), R("782"), code, revenue_code, R("380"), S("554")
    return Loop(
        "2430",
        5400,
        "S",
        15,
        (
            Segment("SVD", 5400, "R", 1, decided),
            Segment("CAS", 5450, "S", 5, parts.ADJUSTMENTS.elements, parts.ADJUSTMENTS.rules),
            *parts.dates("573", at=5500, usage="R"),
            *parts.amounts(5505, "EAF"),
        ),
    )
