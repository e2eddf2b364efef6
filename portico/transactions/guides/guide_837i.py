"""005010X223A2, the 837I: what hospitals and other institutions send for their services.

HEADER      BHT
1000A       NM1*41 PER                who sends; 1000B NM1*40 who receives
2000A       HL*20 PRV CUR             the billing provider
  2010AA    NM1*85 N3 N4 REF PER      2010AB NM1*87 N3 N4; 2010AC NM1*PE N3 N4 REF
  2000B     HL*22 SBR                 the subscriber
    2010BA  NM1*IL N3 N4 DMG REF      2010BB NM1*PR N3 N4 REF
    2300    CLM DTP CL1 PWK CN1 AMT REF K3 NTE CRC HI HCP      a claim
      2310  NM1 PRV N3 N4 REF         its providers and place
      2320  SBR CAS AMT OI MIA MOA    another payer, 2330 its parties
      2400  LX SV2 PWK DTP REF AMT NTE HCP                     a service line
        2410 LIN CTP REF              2420 its providers; 2430 SVD CAS DTP AMT
    2000C   HL*23 PAT                 the patient, where it is not the subscriber
      2010CA NM1*QC N3 N4 DMG REF, 2300 as above
"""

from portico.shared.x12.grammar_parts import ANY, Element, Guide, Loop, Segment
from portico.transactions.guides import parts_of_837 as parts
from portico.transactions.guides import payers_of_837 as payers
from portico.transactions.guides.notation import N, R, S, composite, unused

VERSION = "005010X223A2"

_OWN_IDS = "0B 1G G2 LU"
_CODES = "ER HC HP IV WK"
_METHODS = "00 01 02 03 04 05 06 07 08 09 10 11 12 13 14"


def _provider(name: str, role: str, numbers: str, *rest: Segment) -> Loop:
    opening = parts.party(role, "1", parts.PERSON)
    return Loop(name, 2500, "S", 1, (opening, *rest, parts.reference(350, "S", 4, numbers)))


def _of_line(name: str, role: str, numbers: str) -> Loop:
    opening = parts.party(role, "1", parts.PERSON)
    return Loop(name, 5000, "S", 1, (opening, parts.payers_reference(20, numbers)))


def _period(qualifier: str, formats: str) -> Segment:
    """A DTP whose period is a time of day, or a day with one."""
    elements = R("374", qualifier), R("1250", formats), parts.TEXT_PERIOD
    return Segment("DTP", 1350, "S", 1, elements)


def _notes(at: int, most: int, kinds: str) -> Segment:
    return Segment("NTE", at, "S", most, (R("363", kinds), R("352")))


_LINE = Loop(
    "2400",
    3650,
    "R",
    999,
    (
        Segment("LX", 3650, "R", 1, (R("554"),)),
        Segment(
            "SV2",
            3750,
            "R",
            1,
            (
                *(R("234"), parts.procedure("S", _CODES), R("782"), R("355", "DA UN"), R("380"), N),
                *(S("782"), N, N, N),
            ),
        ),
        Segment("PWK", 4200, "S", 10, parts.ATTACHMENT.elements, parts.ATTACHMENT.rules),
        parts.span("472", at=4550, usage="S"),
        *parts.references(4700, "6R 9B 9D"),
        *parts.amounts(4750, "GT N8"),
        _notes(4850, 1, "TPO"),
        parts.pricing(4920, _METHODS, *(S("234"), S("235", _CODES), S("234"), S("355", "DA UN"), S("380"))),
        parts.drug("N4"),
        *(_of_line(*of) for of in (("2420A", "72", _OWN_IDS), ("2420B", "ZZ", _OWN_IDS))),
        *(_of_line(*of) for of in (("2420C", "82", _OWN_IDS), ("2420D", "DN", "0B 1G G2"))),
        payers.decided_line(parts.procedure("S", _CODES), R("234")),
    ),
)

_INPATIENT = Segment(
    "MIA",
    3150,
    "S",
    1,
    (
        *(R("380"), N, S("380"), S("782"), S("127"), *(S("782"),) * 9, S("380"), *(S("782"),) * 4),
        *(*(S("127"),) * 4, S("782")),
    ),
)
_OTHER_PAYER = payers.other_coverage(
    N,
    _INPATIENT,
    Segment("MOA", 3200, "S", 1, (S("954"), S("782"), *(S("127"),) * 5, S("782"), S("782"))),
    providers=(
        *(
            payers.other_provider(name, 3250, role, "1", numbers=_OWN_IDS)
            for name, role in (("2330C", "71"), ("2330D", "72"), ("2330E", "ZZ"))
        ),
        payers.other_provider("2330F", 3250, "77", "2", numbers="0B G2 LU"),
        payers.other_provider("2330G", 3250, "82", "1", numbers=_OWN_IDS),
        payers.other_provider("2330H", 3250, "DN", "1", numbers="0B 1G G2"),
        payers.other_provider("2330I", 3250, "85", "2", numbers="G2 LU"),
    ),
)

_OPENING = Segment(
    "CLM",
    1300,
    "R",
    1,
    (
        *(R("1028"), R("782"), N, N, composite("C023", "R", R("1331"), R("1332", "A"), R("1325"))),
        *(N, R("1359", "A B C"), R("1073", "N W Y"), R("1363", "I Y"), *unused(10)),
        S("1514", "1 2 3 4 5 6 7 8 9 10 11 15"),
    ),
)


def _claim(usage: str) -> Loop:
    return Loop(
        "2300",
        1300,
        usage,
        100,
        (
            *(_OPENING, _period("096", "TM"), parts.span("434", at=1350, usage="R", formats="RD8 D8")),
            *(_period("435", "D8 DT"), *parts.dates("050")),
            Segment("CL1", 1400, "R", 1, (S("1315"), S("1314"), R("1352"), N)),
            *(parts.ATTACHMENT, parts.CONTRACT, *parts.amounts(1750, "F3")),
            *parts.references(1800, "4N 9F G1 F8 9A 9C D9 LU EA P4 G4"),
            *(parts.reference(1800, "S", 5, "LX"), parts.FIXED_FORM),
            _notes(1900, 10, "ALG DCP DGN DME MED NTR ODT RHB RLH RNH SET SFM SPT UPI"),
            _notes(1900, 1, "ADD"),
            Segment(
                *("CRC", 2200, "S", 1),
                (R("1136", "ZZ"), R("1073", "N Y"), R("1321", "AV NU S2 ST"), S("1321"), S("1321"), N, N),
            ),
            parts.codes_of_claim(
                "ABK BK ABJ BJ DR BBR BR CAH", "APR PR ABN BN ABF BF BBQ BQ BI BH BE BG TC", 20
            ),
            parts.pricing(2410, _METHODS, *(S("234"), N, N, S("355", "DA UN"), S("380"))),
            _provider("2310A", "71", _OWN_IDS, parts.taxonomy("AT")),
            _provider("2310B", "72", _OWN_IDS),
            _provider("2310C", "ZZ", _OWN_IDS),
            _provider("2310D", "82", _OWN_IDS),
            Loop(
                *("2310E", 2500, "S", 1),
                (
                    *(parts.party("77", "2", parts.ORGANIZATION), *parts.ADDRESS),
                    parts.reference(350, "S", 3, "0B G2 LU"),
                ),
            ),
            _provider("2310F", "DN", "0B 1G G2"),
            *(_OTHER_PAYER, _LINE),
        ),
    )


def _organization(name: str, role: str, names: tuple[Element, ...], *rest: Segment, usage: str = "S") -> Loop:
    identified = parts.NPI if rest else parts.NO_IDENTIFIER
    return Loop(name, 150, usage, 1, (parts.party(role, "2", names, identified), *parts.ADDRESS, *rest))


GUIDE_837I = Guide(
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
                    _organization(
                        *("2010AA", "85", parts.ORGANIZATION, parts.reference(350, "R", 1, "EI")),
                        parts.contact("S", 2, "EM FX TE", "EM EX FX TE"),
                        usage="R",
                    ),
                    _organization("2010AB", "87", parts.NO_NAME),
                    parts.PAY_TO_PLAN,
                ),
                (
                    parts.policy(N),
                    parts.subscriber(parts.birth("S"), *parts.references(350, "SY Y4")),
                    *(parts.PAYER, _claim("S")),
                ),
                Loop(
                    "2000C",
                    1400,
                    "S",
                    ANY,
                    (
                        parts.level("23", R("734"), "0"),
                        Segment("PAT", 70, "R", 1, (R("1069", "01 19 20 21 39 40 53 G8"), *unused(8))),
                        parts.patient(*parts.references(350, "Y4"), parts.reference(350, "S", 1, "1W SY")),
                        _claim("R"),
                    ),
                ),
            ),
        ),
    ),
)
