"""271s and acknowledgements written by hand, so that judges are tested without the product's writer."""

ISA = (
    "ISA*00*          *00*          *ZZ*NORTHLAKE      *ZZ*LAKESIDE       "
    "*260312*1700*^*00501*000000007*0*P*:~"
)
GS_271 = "GS*HB*NORTHLAKE*LAKESIDE*20260312*1700*7*X*005010X279A1~"
GS_999 = "GS*FA*NORTHLAKE*LAKESIDE*20260312*1700*7*X*005010X231A1~"
IEA = "IEA*1*000000007~"

BHT = "BHT*0022*11*LAKE-0001*20260312*1700"
SOURCE = ("HL*1**20*1", "NM1*PR*2*NORTHLAKE HEALTH PLAN*****PI*NLHP1")
RECEIVER = ("HL*2*1*21*1", "NM1*1P*2*LAKESIDE CLINIC*****XX*2000000002")
SUBSCRIBER = (
    "HL*3*2*22*0",
    "TRN*2*LAKE-0001*9171234567",
    "TRN*1*NL-7781*9070000001",
    "NM1*IL*1*RIVERA*ANA****MI*NL0000017",
    "N3*12 SHORE ROAD",
    "N4*LAKESIDE*CA*90001",
    "DMG*D8*19800214*F",
    "DTP*346*D8*20260101",
)
COVERED = (
    "EB*1**30*HM*NORTHLAKE HMO GOLD",
    "EB*B*IND*98*HM**27*25****N*Y",
    "EB*C*IND*30*HM**23*500*****Y",
    "EB*C*IND*30*HM**29*320.55*****Y",
    "EB*L**30",
    "LS*2120",
    "NM1*P3*1*OKAFOR*BEN****XX*2000000010",
    "PER*IC**TE*8055550142",
    "LE*2120",
)
FOUND = (*SOURCE, *RECEIVER, *SUBSCRIBER, *COVERED)
NOT_FOUND = (*SOURCE, *RECEIVER, *SUBSCRIBER[:4], "AAA*N**75*C")


def interchange(group_header: str, *bodies: str) -> str:
    """One interchange with one group of the transactions given."""
    groups = f"{group_header}{''.join(bodies)}GE*{len(bodies)}*7~"
    return f"{ISA}{groups}{IEA}"


def transaction(kind: str, guide: str, number: int, *segments: str) -> str:
    """One transaction set, its segments counted."""
    lines = [f"ST*{kind}*{number:04d}*{guide}", *segments, f"SE*{len(segments) + 2}*{number:04d}"]
    return "".join(f"{line}~" for line in lines)


def answer(*segments: str) -> str:
    """An interchange with one 271 that holds these segments after its BHT."""
    return interchange(GS_271, transaction("271", "005010X279A1", 1, BHT, *segments))


def acknowledgement(*segments: str) -> str:
    """An interchange with one 999 that holds these segments."""
    return interchange(GS_999, transaction("999", "005010X231A1", 1, *segments))


def having(segments: tuple[str, ...], old: str, *new: str) -> tuple[str, ...]:
    """The segments with one of them replaced."""
    at = segments.index(old)
    return (*segments[:at], *new, *segments[at + 1 :])
