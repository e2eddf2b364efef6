"""005010X222A1, the 837P: what professionals send for their services.

HEADER      BHT
1000A       NM1*41 PER                who sends; 1000B NM1*40 who receives
2000A       HL*20 PRV CUR             the billing provider
  2010AA    NM1*85 N3 N4 REF PER      2010AB NM1*87 N3 N4; 2010AC NM1*PE N3 N4 REF
  2000B     HL*22 SBR PAT             the subscriber
    2010BA  NM1*IL N3 N4 DMG REF PER  2010BB NM1*PR N3 N4 REF
    2300    CLM DTP PWK CN1 AMT REF K3 NTE CR1 CR2 CRC HI HCP      a claim
      2310  NM1 PRV N3 N4 REF PER     its providers and places
      2320  SBR CAS AMT OI MOA        another payer, 2330 its parties
      2400  LX SV1 SV5 PWK CR1 CR3 CRC DTP QTY MEA CN1 REF AMT K3 NTE PS1 HCP   a service line
        2410 LIN CTP REF              2420 its providers; 2430 SVD CAS DTP AMT; 2440 LQ FRM
    2000C   HL*23 PAT                 the patient, where it is not the subscriber
      2010CA NM1*QC N3 N4 DMG REF PER, 2300 as above
"""

from portico.shared.x12.grammar_parts import ANY, Element, Guide, Loop, Segment
from portico.transactions.guides import parts_of_837 as parts
from portico.transactions.guides.notation import N, R, S, composite, unused

VERSION = "005010X222A1"

_OWN_IDS = "0B 1G G2"
_CODES = "ER HC IV WK"
_INSURANCE_TYPES = S("1336", "12 13 14 15 16 41 42 43 47")
_PATIENT = S("1250", "D8"), S("1251"), S("355", "01"), S("81"), S("1073", "Y")
_PATIENT_RULES = "P0506", "P0708"
_POINTERS = composite("C004", "R", R("1328"), S("1328"), S("1328"), S("1328"))
_PROPERTY_CONTACT = parts.contact("S", 1, "TE", "EX")
_YES = S("1073", "Y")


def _provider(
    name: str, role: str, kinds: str, *rest: Segment, names: tuple[Element, ...] = parts.PERSON, most: int = 1
) -> Loop:
    return Loop(name, 2500, "S", most, (parts.party(role, kinds, names), *rest))


def _place(name: str, at: int, role: str, names: tuple[Element, ...]) -> Loop:
    opening = parts.party(role, "2", names, parts.NO_IDENTIFIER)
    return Loop(name, at, "S", 1, (opening, *parts.ADDRESS))


def _of_claim(most: int, numbers: str) -> Segment:
    return parts.reference(350, "S", most, numbers)


def _crc(at: int, most: int, kinds: str, answers: str, conditions: str, more: int = 4) -> Segment:
    others = *(S("1321", conditions),) * more, *unused(4 - more)
    return Segment(
        "CRC", at, "S", most, (R("1136", kinds), R("1073", answers), R("1321", conditions), *others)
    )


def _transport(at: int) -> Segment:
    elements = S("355", "LB"), S("81"), N, R("1317", "A B C D E"), R("355", "DH"), R("380"), N, N
    return Segment("CR1", at, "S", 1, (*elements, S("352"), S("352")), ("P0102",))


_AMBULANCE = "01 04 05 06 07 08 09 12"
_VISION = "L1 L2 L3 L4 L5"

_LINE_PROVIDERS = (
    Loop(
        "2420A",
        5000,
        "S",
        1,
        (
            parts.party("82", "1 2", parts.PERSON),
            parts.taxonomy("PE"),
            parts.payers_reference(20, f"{_OWN_IDS} LU"),
        ),
    ),
    Loop(
        "2420B", 5000, "S", 1, (parts.party("QB", "1 2", parts.NO_NAME), parts.payers_reference(20, _OWN_IDS))
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
        (parts.party("DQ", "1", parts.PERSON), parts.payers_reference(20, f"{_OWN_IDS} LU")),
    ),
    Loop(
        "2420E",
        5000,
        "S",
        1,
        (
            *(parts.party("DK", "1", parts.PERSON), *parts.MAYBE_ADDRESS),
            *(parts.payers_reference(20, _OWN_IDS), parts.contact("S", 1, "EM FX TE", "EM EX FX TE")),
        ),
    ),
    Loop(
        "2420F", 5000, "S", 2, (parts.party("DN P3", "1", parts.PERSON), parts.payers_reference(20, _OWN_IDS))
    ),
    _place("2420G", 5000, "PW", parts.NO_NAME),
    _place("2420H", 5000, "45", (S("1035"), *unused(4))),
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

_LINE = Loop(
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
        _transport(4250),
        Segment("CR3", 4350, "S", 1, (R("1322", "I R S"), R("355", "MO"), R("380"), N, N)),
        _crc(4500, 3, "07", "N Y", _AMBULANCE),
        _crc(4500, 1, "70", "N Y", "65", 0),
        _crc(4500, 1, "09", "N Y", "38 ZV", 1),
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
        parts.decided_line(parts.procedure("R", _CODES), N),
        _FORM,
    ),
)

_OTHER_PAYER = parts.other_coverage(
    _INSURANCE_TYPES,
    Segment("MOA", 3200, "S", 1, (S("954"), S("782"), *(S("127"),) * 5, S("782"), S("782"))),
    providers=(
        parts.other_provider("2330C", 3250, "DN P3", "1", most=2, numbers=_OWN_IDS),
        parts.other_provider("2330D", 3250, "82", "1 2", numbers=f"{_OWN_IDS} LU"),
        parts.other_provider("2330E", 3250, "77", "2", numbers="0B G2 LU"),
        parts.other_provider("2330F", 3250, "DQ", "1", numbers=f"{_OWN_IDS} LU"),
        parts.other_provider("2330G", 3250, "85", "1 2", numbers="G2 LU"),
    ),
)

_CAUSES = composite("C024", "S", R("1362", "AA EM OA"), S("1362", "AA EM OA"), N, S("156"), S("26"))
_OPENING = Segment(
    "CLM",
    1300,
    "R",
    1,
    (
        *(R("1028"), R("782"), N, N, composite("C023", "R", R("1331"), R("1332", "B"), R("1325"))),
        *(R("1073", "N Y"), R("1359", "A B C"), R("1073", "N W Y"), R("1363", "I Y"), S("1351", "P")),
        _CAUSES,
        *(S("1366", "02 03 05 09"), *unused(7), S("1514", "1 2 3 4 5 6 7 8 9 10 11 15")),
    ),
)


def _claim(usage: str) -> Loop:
    return Loop(
        "2300",
        1300,
        usage,
        100,
        (
            *(_OPENING, *parts.dates("431 454 304 453 439 484 455 471 297 296 435 096 090 091 444 050")),
            *(parts.span(q, at=1350, usage="S") for q in ("314", "360", "361")),
            *(parts.ATTACHMENT, parts.CONTRACT, *parts.amounts(1750, "F5")),
            *parts.references(1800, "4N F5 EW 9F G1 F8 X4 9A 9C LX D9 EA P4 1J"),
            *(parts.FIXED_FORM, Segment("NTE", 1900, "S", 1, (R("363", "ADD CER DCP DGN TPO"), R("352")))),
            _transport(1950),
            Segment("CR2", 2000, "S", 1, (*unused(7), R("1342", "A C D E F G M"), N, S("352"), S("352"), N)),
            _crc(2200, 3, "07", "N Y", _AMBULANCE),
            *(_crc(2200, 3, q, "N Y", _VISION) for q in ("E1", "E2", "E3")),
            _crc(2200, 1, "75", "Y", "IH", 0),
            _crc(2200, 1, "ZZ", "N Y", "AV NU S2 ST", 2),
            parts.codes_of_claim("ABK BK BP", "ABF BF BO BG", 4),
            parts.pricing(2410, "00 01 02 03 04 05 07 08 09 10 11 12 13 14", *unused(5)),
            _provider("2310A", "DN P3", "1", _of_claim(3, _OWN_IDS), most=2),
            _provider("2310B", "82", "1 2", parts.taxonomy("PE"), _of_claim(4, f"{_OWN_IDS} LU")),
            _provider(
                *("2310C", "77", "2", *parts.ADDRESS, _of_claim(3, "0B G2 LU"), _PROPERTY_CONTACT),
                names=parts.ORGANIZATION,
            ),
            _provider("2310D", "DQ", "1", _of_claim(4, f"{_OWN_IDS} LU")),
            _place("2310E", 2500, "PW", parts.NO_NAME),
            _place("2310F", 2500, "45", (S("1035"), *unused(4))),
            *(_OTHER_PAYER, _LINE),
        ),
    )


_PROPERTY = *parts.references(350, "Y4"), _PROPERTY_CONTACT

GUIDE_837P = Guide(
    functional_id="HC",
    version=VERSION,
    code="837",
    references=frozenset({VERSION}),
    unused=frozenset(),
    unit=("CLM", 1),
    numbers_levels=True,
    root=Loop(
        "HEADER",
        0,
        "R",
        1,
        (
            *(parts.beginning("31 CH RP"), *parts.SUBMITTER),
            parts.levels(
                (
                    *(parts.taxonomy("BI", 30), parts.CURRENCY),
                    Loop(
                        "2010AA",
                        150,
                        "R",
                        1,
                        (
                            *(parts.party("85", "1 2", parts.PERSON), *parts.ADDRESS),
                            *(parts.reference(350, "R", 1, "EI SY"), parts.reference(350, "S", 2, "0B 1G")),
                            parts.contact("S", 2, "EM FX TE", "EM EX FX TE"),
                        ),
                    ),
                    Loop(
                        *("2010AB", 150, "S", 1),
                        (parts.party("87", "1 2", parts.NO_NAME, parts.NO_IDENTIFIER), *parts.ADDRESS),
                    ),
                    parts.PAY_TO_PLAN,
                ),
                (
                    parts.policy(_INSURANCE_TYPES),
                    Segment("PAT", 70, "S", 1, (*unused(4), *_PATIENT), _PATIENT_RULES),
                    parts.subscriber(parts.birth("S"), *parts.references(350, "SY"), *_PROPERTY),
                    *(parts.PAYER, _claim("S")),
                ),
                Loop(
                    "2000C",
                    1400,
                    "S",
                    ANY,
                    (
                        parts.level("23", R("734"), "0"),
                        Segment(
                            *("PAT", 70, "R", 1),
                            (R("1069", "01 19 20 21 39 40 53 G8"), *unused(3), *_PATIENT),
                            _PATIENT_RULES,
                        ),
                        parts.patient(parts.reference(350, "S", 1, "1W SY"), *_PROPERTY),
                        _claim("R"),
                    ),
                ),
            ),
        ),
    ),
)
