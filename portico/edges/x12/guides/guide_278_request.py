"""The 278s that offices send: 005010X217, a request for review, and 005010X215, an inquiry.

HEADER              BHT
2000A               HL*20                               the plan
  2010A             NM1
  2000B             HL*21                               who asks
    2010B           NM1 REF N3 N4 PER PRV
    2000C           HL*22                               the subscriber
      2010C         NM1 REF N3 N4 DMG INS
      2000D         HL*23                               a dependent
        2010D       NM1 REF N3 N4 DMG INS
      2000E         HL*EV TRN UM REF DTP HI HSD CRC     what is asked for, under the patient
                    CL1 CR1 CR2 CR5 CR6 PWK MSG
        2010EA      NM1 REF N3 N4 PER PRV               who does it, where
        2000F       HL*SS TRN UM REF DTP SV1 SV2 SV3    one service of it
                    HSD PWK MSG
          2010F     NM1 REF N3 N4 PER PRV

An event stands under the subscriber, or under the dependent (2000D) whose event it is. The guide has one
event in a set; more are taken, and each is answered.
"""

from portico.edges.x12.guides import review_parts as parts
from portico.shared.x12.grammar_parts import ANY, Guide, Loop, Segment
from portico.transactions.guides.notation import N, R, S

REVIEW, INQUIRY = "005010X217", "005010X215"
_EVENT_DATES = "439 484 ABC 431 AAH 435 096"
_OF_REVIEW, _OF_INQUIRY = "01 13 36", "28"


def _service(certification: str) -> Loop:
    return Loop(
        "2000F",
        170,
        "S",
        ANY,
        (
            parts.level("SS", R("734"), S("736", "0")),
            parts.trace(3, "1"),
            parts.review("S", S("1322", certification)),
            parts.reference(60, 2, "BB NT"),
            parts.dates(70, "472", 1),
            *parts.SERVICES,
            parts.DELIVERY,
            parts.PAPERS,
            parts.MESSAGE,
            parts.of_service(12),
        ),
    )


def _event(certification: str, usage: str) -> Loop:
    return Loop(
        "2000E",
        170,
        "S",
        ANY,
        (
            parts.level("EV", R("734"), S("736", "0 1")),
            parts.trace(3, "1"),
            parts.review(usage, S("1322", certification)),
            parts.reference(60, 2, "BB NT"),
            parts.dates(70, _EVENT_DATES, 9, "D8 DT RD8"),
            parts.diagnoses(80),
            parts.DELIVERY,
            parts.untouched("CRC", 120, 9, 7),
            Segment("CL1", 125, "S", 1, (S("1315"), S("1314"), S("1352"), S("1345"))),
            *(parts.untouched(name, 130, 1, size) for name, size in _OTHER_CARE),
            parts.PAPERS,
            parts.MESSAGE,
            parts.of_event(14),
            _service(certification),
        ),
    )


_OTHER_CARE = ("CR1", 10), ("CR2", 12), ("CR5", 18), ("CR6", 21)


def _guide(version: str, purposes: str, certification: str, usage: str) -> Guide:
    event = _event(certification, usage)
    dependent = Loop(
        "2000D", 180, "S", ANY, (parts.level("23", R("734"), S("736", "0 1")), parts.dependent(), event)
    )
    subscriber = Loop(
        "2000C",
        30,
        "R",
        ANY,
        (parts.level("22", R("734"), R("736", "0 1")), parts.subscriber(), event, dependent),
    )
    requester = Loop(
        "2000B",
        30,
        "R",
        ANY,
        (parts.level("21", R("734"), R("736", "1")), parts.party("2010B", 20, "1P FA", 1), subscriber),
    )
    plan = Loop("2010A", 20, "R", 1, (parts.named("X3", "1 2", R("66", "24 34 46 PI XV XX"), R("67")),))
    beginning = R("1005", "0007"), R("353", purposes), R("127"), R("373"), R("337"), S("640", "RU")
    return Guide(
        functional_id="HI",
        version=version,
        code="278",
        references=frozenset({version}),
        unit=("TRN", 2),
        numbers_levels=True,
        root=Loop(
            "HEADER",
            0,
            "R",
            1,
            (
                Segment("BHT", 20, "R", 1, beginning),
                Loop("2000A", 30, "R", ANY, (parts.level("20", N, R("736", "1")), plan, requester)),
            ),
        ),
    )


GUIDE_278_REQUEST = _guide(REVIEW, _OF_REVIEW, parts.CERTIFICATION_TYPES, "R")
GUIDE_278_INQUIRY = _guide(INQUIRY, _OF_INQUIRY, parts.CERTIFICATION_TYPES, "S")
