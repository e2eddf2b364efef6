"""270 files made by hand: an inquiry about a subscriber, one about a dependent, and what carries them."""

from collections.abc import Iterator, Sequence

ISA = (
    "ISA*00*          *00*          *ZZ*CORE           *ZZ*NORTHLAKE      "
    "*260312*0900*^*00501*000000011*0*P*:~"
)
GS = "GS*HS*CORE*NORTHLAKE*20260312*0900*7*X*005010X279A1~"
ASKER = (
    "BHT*0022*13*REF1*20260312*0900~HL*1**20*1~NM1*PR*2*NORTHLAKE HEALTH PLAN*****PI*NORTHLAKE~"
    "HL*2*1*21*1~NM1*1P*2*SEASIDE CLINIC*****XX*2000000009~"
)
SUBSCRIBER = (
    "HL*3*2*22*0~TRN*1*TRACE3*9CLINIC123~NM1*IL*1*RIVERA*ANA****MI*N000112233~REF*6P*G1~N3*1 MAIN ST~"
    "N4*SEASIDE*CA*92008~DMG*D8*19700228*F~DTP*291*D8*20260312~EQ*30^98~III*ZZ*11~"
)
WITH_DEPENDENT = (
    "HL*3*2*22*1~NM1*IL*1*RIVERA*ANA****MI*N000112233~"
    "HL*4*3*23*0~TRN*1*TRACE4*9CLINIC123~NM1*03*1*RIVERA*LEO~"
    "DMG*D8*20150301~INS*N*19~HI*ABK:J45*ABF:E11~DTP*291*RD8*20260301-20260331~EQ**HC:99213~REF*G1*A1~"
    "DTP*291*D8*20260305~"
)
ONE = ASKER + SUBSCRIBER
TWO_IN_ONE = ONE + SUBSCRIBER.replace("HL*3*2", "HL*4*2").replace("TRACE3", "TRACE4")


def transaction(
    body: str = ONE, number: str = "0001", *, code: str = "270", guide: str = "005010X279A1"
) -> str:
    """Answers a transaction set, its trailer right."""
    return f"ST*{code}*{number}*{guide}~{body}SE*{body.count('~') + 2}*{number}~"


def group(*sets: str, header: str = GS) -> str:
    """Answers a functional group, its trailer right."""
    return f"{header}{''.join(sets)}GE*{len(sets)}*{header.split('*')[6]}~"


def interchange(*groups: str, header: str = ISA) -> str:
    """Answers an interchange, its trailer right."""
    return f"{header}{''.join(groups)}IEA*{len(groups)}*{header.split('*')[13]}~"


GOOD = interchange(group(transaction()))


class Stream:
    """A file that is made up as it is read and can go back to its start: no large one need be held."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._all = pieces
        self.seek(0)

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, place: int, /) -> int:
        self._pieces: Iterator[bytes] = iter(self._all)
        self._held, self._at = b"", 0
        return len(self.read(place))

    def read(self, size: int, /) -> bytes:
        while len(self._held) < size and (piece := next(self._pieces, b"")):
            self._held += piece
        answer, self._held = self._held[:size], self._held[size:]
        self._at += len(answer)
        return answer
