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
from portico.transactions.guides import lines_of_837p as lines
from portico.transactions.guides import parts_of_837 as parts
from portico.transactions.guides import payers_of_837 as payers
from portico.transactions.guides.notation import N, R, S, composite, unused

VERSION = "005010X222A1"

_INSURANCE_TYPES = S("1336", "12 13 14 15 16 41 42 43 47")
_PATIENT = S("1250", "D8"), S("1251"), S("355", "01"), S("81"), S("1073", "Y")
_PATIENT_RULES = "P0506", "P0708"
_PROPERTY_CONTACT = parts.contact("S", 1, "TE", "EX")


def _provider(
    name: str, role: str, kinds: str, *rest: Segment, names: tuple[Element, ...] = parts.PERSON, most: int = 1
) -> Loop:
    return Loop(name, 2500, "S", most, (parts.party(role, kinds, names), *rest))


def _of_claim(most: int, numbers: str) -> Segment:
    return parts.reference(350, "S", most, numbers)


_VISION = "L1 L2 L3 L4 L5"

_OTHER_PAYER = payers.other_coverage(
    _INSURANCE_TYPES,
    Segment("MOA", 3200, "S", 1, (S("954"), S("782"), *(S("127"),) * 5, S("782"), S("782"))),
    providers=(
        payers.other_provider("2330C", 3250, "DN P3", "1", most=2, numbers=lines.OWN_IDS),
        payers.other_provider("2330D", 3250, "82", "1 2", numbers=f"{lines.OWN_IDS} LU"),
        payers.other_provider("2330E", 3250, "77", "2", numbers="0B G2 LU"),
        payers.other_provider("2330F", 3250, "DQ", "1", numbers=f"{lines.OWN_IDS} LU"),
        payers.other_provider("2330G", 3250, "85", "1 2", numbers="G2 LU"),
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
            lines.transport(1950),
            Segment("CR2", 2000, "S", 1, (*unused(7), R("1342", "A C D E F G M"), N, S("352"), S("352"), N)),
            lines.conditions(2200, 3, "07", "N Y", lines.AMBULANCE),
            *(lines.conditions(2200, 3, q, "N Y", _VISION) for q in ("E1", "E2", "E3")),
            lines.conditions(2200, 1, "75", "Y", "IH", 0),
            lines.conditions(2200, 1, "ZZ", "N Y", "AV NU S2 ST", 2),
            parts.codes_of_claim("ABK BK BP", "ABF BF BO BG", 4),
            parts.pricing(2410, "00 01 02 03 04 05 07 08 09 10 11 12 13 14", *unused(5)),
            _provider("2310A", "DN P3", "1", _of_claim(3, lines.OWN_IDS), most=2),
            _provider("2310B", "82", "1 2", parts.taxonomy("PE"), _of_claim(4, f"{lines.OWN_IDS} LU")),
            _provider(
                *("2310C", "77", "2", *parts.ADDRESS, _of_claim(3, "0B G2 LU"), _PROPERTY_CONTACT),
                names=parts.ORGANIZATION,
            ),
            _provider("2310D", "DQ", "1", _of_claim(4, f"{lines.OWN_IDS} LU")),
            lines.place("2310E", 2500, "PW", parts.NO_NAME),
            lines.place("2310F", 2500, "45", (S("1035"), *unused(4))),
            *(_OTHER_PAYER, lines.LINE),
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
