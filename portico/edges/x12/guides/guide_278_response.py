"""The 278s that go back: 005010X217, what became of a request, and 005010X215, how requests stand.

HEADER              BHT
2000A               HL*20 AAA                           the plan, and why none of it is answered
  2010A             NM1 PER AAA
  2000B             HL*21                               who asked
    2010B           NM1 REF N3 N4 PER AAA PRV
    2000C           HL*22                               the subscriber
      2010C         NM1 REF N3 N4 DMG AAA INS
      2000D         HL*23                               a dependent
        2010D       NM1 REF N3 N4 DMG AAA INS
      2000E         HL*EV TRN AAA UM HCR REF DTP HI     what was asked for, under the patient
                    HSD PWK MSG
        2010EA      NM1 REF N3 N4 PER AAA PRV
        2000F       HL*SS TRN AAA UM HCR REF DTP        one service of it
                    SV1 SV2 SV3 HSD PWK MSG
          2010F     NM1 REF N3 N4 PER AAA PRV

Words longer than one MSG go on in the next.
"""

from portico.edges.x12.guides import review_parts as parts
from portico.edges.x12.guides.guide_278_request import INQUIRY, REVIEW
from portico.shared.x12.grammar_parts import ANY, Guide, Loop, Segment
from portico.transactions.guides.notation import N, R, S

_OF_PROVIDER = "15 33 35 41 43 44 45 46 47 49 50 51 52 79 97"
_OF_PERSON = "15 33 42 57 58 62 63 64 65 66 67 68 71 72 73 74 75 76 77 78 79 95"
_OF_EVENT = "15 33 42 52 56 57 60 61 62 63 AA AF AG AM AN CI T5"
_CERTIFIED = "007 036 102"


def _service() -> Loop:
    return Loop(
        "2000F",
        170,
        "S",
        ANY,
        (
            parts.level("SS", R("734"), S("736", "0")),
            parts.trace(3, "1 2"),
            parts.rejected(30, _OF_EVENT),
            parts.review("S", S("1322")),
            parts.DECISION,
            parts.reference(60, 2, "BB NT"),
            parts.dates(70, f"472 {_CERTIFIED}", 4),
            *parts.SERVICES,
            parts.DELIVERY,
            parts.PAPERS,
            parts.MESSAGE,
            parts.of_service(12, parts.rejected(60, _OF_PROVIDER)),
        ),
    )


def _event() -> Loop:
    return Loop(
        "2000E",
        170,
        "S",
        ANY,
        (
            parts.level("EV", R("734"), S("736", "0 1")),
            parts.trace(4, "1 2"),
            parts.rejected(30, _OF_EVENT),
            parts.review("S", S("1322")),
            parts.DECISION,
            parts.reference(60, 2, "BB NT"),
            parts.dates(70, f"439 484 ABC 431 AAH 435 096 {_CERTIFIED}", 10, "D8 DT RD8"),
            parts.diagnoses(80),
            parts.DELIVERY,
            parts.PAPERS,
            parts.MESSAGE,
            parts.of_event(14, parts.rejected(60, _OF_PROVIDER)),
            _service(),
        ),
    )


def _guide(version: str, purpose: str, *types: str) -> Guide:
    event = _event()
    who = parts.dependent(parts.rejected(70, _OF_PERSON))
    dependent = Loop("2000D", 180, "S", ANY, (parts.level("23", R("734"), S("736", "0 1")), who, event))
    whose = parts.subscriber(parts.rejected(70, _OF_PERSON))
    subscriber = Loop(
        "2000C", 30, "S", ANY, (parts.level("22", R("734"), R("736", "0 1")), whose, event, dependent)
    )
    who_asked = parts.party("2010B", 20, "1P FA", 1, parts.rejected(60, _OF_PROVIDER))
    requester = Loop(
        "2000B", 30, "S", ANY, (parts.level("21", R("734"), R("736", "0 1")), who_asked, subscriber)
    )
    named = parts.named("X3", "1 2", R("66", "24 34 46 PI XV XX"), R("67"))
    plan = Loop("2010A", 20, "R", 1, (named, parts.CONTACT, parts.rejected(60, "42 79 80 T4")))
    level = parts.level("20", N, R("736", "0 1"))
    beginning = R("1005", "0007"), R("353", purpose), R("127"), R("373"), R("337"), R("640", " ".join(types))
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
                Loop("2000A", 30, "R", ANY, (level, parts.rejected(15, "04 41 42 79"), plan, requester)),
            ),
        ),
    )


GUIDE_278_RESPONSE = _guide(REVIEW, "11", "18", "19", "AT")
GUIDE_278_STANDING = _guide(INQUIRY, "49", "18", "19", "AT", "RD")
