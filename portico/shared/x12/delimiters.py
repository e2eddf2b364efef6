"""The four delimiters of an interchange, and finding them in its ISA.

An ISA is 106 bytes, whatever it says: the element separator is its 4th byte, the repetition separator its
83rd, the component separator its 105th, the terminator its 106th.

    ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260301*1200*^*00501*000000001*0*P*:~
       |                                                                              |                     ||
       element                                                               repetition  component, terminator
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter

from portico.shared.x12.faults import FaultCode, SyntaxFault, X12Error

ISA_BYTES = 106
ISA_WIDTHS = (3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1)
_REPETITION_AT, _COMPONENT_AT, _TERMINATOR_AT = 82, 104, 105
_NO_REPETITION = "U"
_NAMES = ("element separator", "repetition separator", "component separator", "segment terminator")
_separators = itemgetter(*(end + place for place, end in enumerate(accumulate(ISA_WIDTHS))))


class DelimiterReused(ValueError):
    """One character was given two roles."""


def _may_delimit(character: str, name: str) -> bool:
    if len(character) != 1 or not character.isascii() or character.isalnum() or character in " \x00\x7f":
        return False
    return character not in "\r\n" or name == _NAMES[-1]


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The separators of one interchange, each one ASCII character and all different.

    `repetition` is None where the ISA carries the letter U in its place, as before version 00402: nothing
    repeats then. A delimiter is no letter, digit, space, NUL or DEL, and only the terminator may be a line
    end; anything else raises ValueError.
    """

    element: str = "*"
    repetition: str | None = "^"
    component: str = ":"
    terminator: str = "~"

    def __post_init__(self) -> None:
        for name, character in zip(_NAMES, self._all(), strict=True):
            if character is not None and not _may_delimit(character, name):
                raise ValueError(f"the {name} is a character that cannot delimit")
        used = self.characters
        if len(set(used)) != len(used):
            raise DelimiterReused("one character stands for two delimiters")

    @property
    def characters(self) -> str:
        """Answers all delimiters as one string."""
        return "".join(character for character in self._all() if character is not None)

    def components(self, element: str) -> list[str]:
        """Answers the components of one element: "AD:99213" gives ["AD", "99213"]."""
        return element.split(self.component)

    def repeats(self, element: str) -> list[str]:
        """Answers the repetitions of one element: "1^33" gives ["1", "33"]."""
        return [element] if self.repetition is None else element.split(self.repetition)

    def _all(self) -> tuple[str, str | None, str, str]:
        return self.element, self.repetition, self.component, self.terminator


STANDARD = Delimiters()
_made = lru_cache(maxsize=64)(Delimiters)


def detect(isa: bytes, *, interchange: int = 1) -> Delimiters:
    """Answers the delimiters of an interchange from its first 106 bytes.

    `isa` holds those bytes, or fewer where the file ends sooner. Raises X12Error when it is too short, when
    an element has not its fixed width, or when the characters found cannot delimit.
    """
    if len(isa) < ISA_BYTES or not _has_its_widths(isa):
        raise _header_error(*_wrong_width(isa), interchange=interchange)
    text = isa.decode("latin-1")
    repetition = None if text[_REPETITION_AT] == _NO_REPETITION else text[_REPETITION_AT]
    try:
        answer = _made(text[3], repetition, text[_COMPONENT_AT], text[_TERMINATOR_AT])
        if text.index(answer.terminator) < _TERMINATOR_AT:
            raise DelimiterReused("the segment terminator also stands inside the ISA")
    except ValueError as error:
        reused = isinstance(error, DelimiterReused)
        code = FaultCode.DELIMITER_REUSED if reused else FaultCode.DELIMITER_NOT_ALLOWED
        message = f"{error}. Send an ISA with four different separators, such as * ^ : ~"
        raise _header_error(code, message, None, interchange=interchange) from None
    return answer


def _has_its_widths(isa: bytes) -> bool:
    separator = isa[3]
    return set(_separators(isa)) == {separator} and isa.count(separator, 0, _COMPONENT_AT) == len(ISA_WIDTHS)


def _wrong_width(isa: bytes) -> tuple[FaultCode, str, int | None]:
    *complete, last = isa.split(isa[3:4]) if len(isa) > len(b"ISA") else [isa]
    for place, (width, field) in enumerate(zip(ISA_WIDTHS, complete, strict=False)):
        if len(field) != width:
            message = (
                f"ISA{place:02d} is {len(field)} characters wide, not {width} as it must; pad it with spaces"
            )
            return FaultCode.INTERCHANGE_HEADER_WIDTH, message, place or None
    if len(isa) < ISA_BYTES:
        message = f"the file ends inside the ISA, which is {ISA_BYTES} bytes. Send the whole file again"
        return FaultCode.INTERCHANGE_HEADER_SHORT, message, None
    place = len(complete)
    message = f"ISA{place:02d} runs past the {ISA_BYTES} bytes of an ISA ({len(last)} characters and more)"
    return FaultCode.INTERCHANGE_HEADER_WIDTH, message, place


def _header_error(code: FaultCode, message: str, element: int | None, *, interchange: int) -> X12Error:
    return X12Error(SyntaxFault(code, message, 1, "ISA", element, interchange))
