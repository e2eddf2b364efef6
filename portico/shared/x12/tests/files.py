"""Small X12 files made by hand, so that reading is tested without the writer."""

from collections.abc import Iterator

ISA = (
    b"ISA*00*          *00*          *ZZ*NORTHLAKE      *ZZ*CORE           "
    b"*260301*1200*^*00501*000000001*0*P*:~"
)
GS = b"GS*BE*CORE*NORTHLAKE*20260301*1200*1*X*005010X220A1~"
ST = b"ST*834*0001*005010X220A1~"
BGN = b"BGN*00*1*20260301*1200****2~"
MEMBERS = b"INS*Y*18*030*XN*A***FT~REF*0F*N0001~NM1*IL*1*RIVERA*ANA~INS*N*19*030*XN*A~REF*0F*N0001~"
BODY = BGN + MEMBERS
SE = b"SE*8*0001~"
GE = b"GE*1*1~"
IEA = b"IEA*1*000000001~"
WHOLE = ISA + GS + ST + BODY + SE + GE + IEA
ISA_AS_U = ISA.replace(b"*^*", b"*U*")


def numbered(interchange: bytes, number: int) -> bytes:
    """Answers an interchange under another control number."""
    return interchange.replace(b"000000001", f"{number:09d}".encode())


def delimited(file: bytes, element: bytes, repetition: bytes, component: bytes, terminator: bytes) -> bytes:
    """Answers a file with other delimiters."""
    return file.translate(bytes.maketrans(b"*^:~", element + repetition + component + terminator))


class Endless:
    """A file that never ends: `start`, then `pattern` again and again; `given` counts the bytes it gave."""

    def __init__(self, start: bytes, pattern: bytes) -> None:
        self.given = 0
        self._chunks = self._generate(start, pattern)
        self._held = b""

    def read(self, size: int, /) -> bytes:
        """Answers exactly `size` bytes."""
        while len(self._held) < size:
            self._held += next(self._chunks)
        answer, self._held = self._held[:size], self._held[size:]
        self.given += size
        return answer

    @staticmethod
    def _generate(start: bytes, pattern: bytes) -> Iterator[bytes]:
        yield start
        block = pattern * (65_536 // len(pattern) + 1)
        while True:
            yield block
