"""What to make of a segment that does not fit where it stands: which fault it is, and how to read on."""

from portico.shared.x12.grammar_faults import SegmentCode
from portico.shared.x12.grammar_parts import Segment
from portico.shared.x12.grammar_tables import Move, Place, Tables, codes_at, here, shared

# Segments of the standard's health care sets: one of these elsewhere is misplaced, another is no segment.
_OF_THE_STANDARD = frozenset(
    "AAA ACT ADX AK1 AK2 AK9 AMT BGN BHT BPR CAS CLM CLP CN1 COB CR1 CR2 CR3 CR5 CR6 CR7 CR8 CRC CTP CTX CUR "
    "DMG DN1 DN2 DSB DTM DTP EB EC ENT EQ FRM HCP HCR HD HI HL HLH HSD ICM IDC III IK3 IK4 IK5 INS K3 LE LIN "
    "LQ LS LUI LX MEA MIA MOA MPI MSG N1 N2 N3 N4 NM1 NTE OI PAT PDP PDR PER PLA PLB PRV PS1 PWK QTY RDM REF "
    "RMR SBR STC SV1 SV2 SV3 SV4 SV5 SV6 SV7 SVC SVD TA1 TOO TRN TS2 TS3 UM VEH".split()
)


def judge(tables: Tables, place: Place, segment: list[str]) -> Move | SegmentCode:
    """Answers the move that reads on past a segment nobody expected, or the fault it is.

    It reads on where a qualifier is a code the guide does not have, and where one loop's opening segment
    was left out: the move's own trouble tells of that.
    """
    name = segment[0]
    alike = tables.named.get(name)
    if alike is None:
        return _stranger(tables, name)
    fitting = [other for other in alike if _qualifies(other.spec, segment)]
    if name in place.moves and not fitting:
        _, choices = place.moves[name]
        return next(iter(choices.values()))
    if any(_stood_before(place, other) for other in fitting):
        return SegmentCode.OUT_OF_ORDER
    repairs = [other for other in fitting if _lacks_one(place, other)]
    if repairs:
        return tables.link(place, max(repairs, key=lambda other: len(other.chain)))
    return SegmentCode.UNEXPECTED


def over(place: Place) -> SegmentCode:
    """Answers which fault it is that a place is reached too often."""
    return SegmentCode.LOOP_OVER_MAXIMUM if place.opens else SegmentCode.OVER_MAXIMUM


def _stranger(tables: Tables, name: str) -> SegmentCode:
    if name in tables.guide.unused:
        return SegmentCode.NOT_USED
    return SegmentCode.NOT_IN_SET if name in _OF_THE_STANDARD else SegmentCode.UNRECOGNIZED


def _qualifies(spec: Segment, segment: list[str]) -> bool:
    """Answers whether the first required code of a segment is one of the place's."""
    for at, part in enumerate(spec.elements, 1):
        codes = codes_at(spec, at)
        if codes and part.usage == "R":
            return at < len(segment) and segment[at] in codes
    return True


def _stood_before(place: Place, other: Place) -> bool:
    """Answers whether a place belongs to a loop that is open, before what has been reached in it."""
    around = other.chain[:-1] if other.opens else other.chain
    if len(around) > len(place.chain) or shared(place, other) != len(around):
        return False
    at = other.chain[-1].at if other.opens else other.spec.at
    return at < here(place, len(around) - 1).at


def _lacks_one(place: Place, other: Place) -> bool:
    """Answers whether a place could follow if one segment came first: the one that opens its loop."""
    kept = shared(place, other)
    opened = other.chain[kept:]
    return len(opened) - other.opens == 1 and opened[0].at >= here(place, kept - 1).at
