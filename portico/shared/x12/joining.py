"""Values joined to a segment: nothing in a value is ever taken for a delimiter.

A value is text, None for an empty element, a tuple for a composite, a list for a repeating element of either:

    ["SV1", ("HC", "99213", "25"), "125", "UN", "1"]      SV1*HC:99213:25*125*UN*1~
    ["EB", "1", None, ["1", "33"]]                        EB*1**1^33~

Empty elements and components at the end are left out.
"""

from collections.abc import Sequence

from portico.shared.x12 import charset
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.splitting import SEGMENT_ID

Composite = tuple[str | None, ...]
Value = str | None | Composite | Sequence[str | Composite]


class DelimiterInValue(ValueError):
    """A value holds a delimiter or a character no value may hold; the message never repeats it."""

    def __init__(self, segment_id: str, element: int, character: str) -> None:
        super().__init__(
            f"{segment_id}{element:02d} holds U+{ord(character):04X}, which would not be read back"
        )
        self.segment_id = segment_id
        self.element = element
        self.character = character


class Joiner:
    """Joins values by one interchange's delimiters.

    A value that holds a delimiter, or a character that `charset` refuses, raises DelimiterInValue; with
    `replace`, a space takes that character's place.
    """

    def __init__(self, delimiters: Delimiters, *, replace: bool = False) -> None:
        self.delimiters = delimiters
        self._replace = replace
        self._spaces = str.maketrans(dict.fromkeys(delimiters.characters, " "))
        self._known: set[Value] = set()
        self._inner = [d for d in (delimiters.repetition, delimiters.component, delimiters.terminator) if d]

    def segment(self, values: Sequence[Value]) -> str:
        """Answers the segment's text, terminator and all; the first value is its ID."""
        element, terminator = self.delimiters.element, self.delimiters.terminator
        text = self._plain(values)
        if text is None:
            name = str(values[0])
            parts = [self._element(value, name, place) for place, value in enumerate(values)]
            text = element.join(parts)
        if values[0] not in self._known:
            self._know(values[0])
        return text.rstrip(element) + terminator

    def clean(self, text: str, name: str, place: int) -> str:
        """Answers one value as it may be written; `name` and `place` say which it is, for the error."""
        if text.isalnum():  # neither a delimiter nor anything refused is a letter or a digit
            return text
        if self._replace:
            return charset.blanked(text.translate(self._spaces))
        wrong = next((character for character in text if character in self.delimiters.characters), "")
        at = charset.refused_at(text)
        if wrong or at >= 0:
            raise DelimiterInValue(name, place, wrong or text[at])
        return text

    def _know(self, segment_id: Value) -> None:
        if not isinstance(segment_id, str) or not SEGMENT_ID.fullmatch(segment_id):
            raise ValueError("a segment begins with an ID of two or three capital letters or digits")
        self._known.add(segment_id)

    def _plain(self, values: Sequence[Value]) -> str | None:
        """Answers the joined text where all values are text and none needs a second look; else None."""
        try:
            text = self.delimiters.element.join(values)  # type: ignore[arg-type]
        except TypeError:
            return None
        if not text.isprintable() or text.count(self.delimiters.element) != len(values) - 1:
            return None
        for delimiter in self._inner:
            if delimiter in text:
                return None
        return text

    def _element(self, value: Value, name: str, place: int) -> str:
        if isinstance(value, tuple):
            component = self.delimiters.component
            return component.join(self.clean(part or "", name, place) for part in value).rstrip(component)
        if value is None or isinstance(value, str):
            return self.clean(value or "", name, place)
        repetition = self.delimiters.repetition
        if repetition is None:
            raise ValueError(f"{name}{place:02d} repeats, but the interchange has no repetition separator")
        return repetition.join(self._element(part, name, place) for part in value)
