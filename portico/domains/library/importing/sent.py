"""Documents as files have them, before anybody has judged them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from portico.domains.library.files import File
from portico.domains.library.wording import About, Fault, Wording

MOST_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class SentTopic:
    """A topic, and the code of the one above it."""

    code: str
    name: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A version of a document as a file has it. `faults`: why its file could not be read whole.

    `publish_at` None: at once; where its first day is past, since that day began.
    """

    place: int
    key: str
    about: About
    wording: Wording
    files: tuple[File, ...] = ()
    publish_at: datetime | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def begins_on(self) -> date:
        """Its first day; one without is refused before anybody asks."""
        if self.wording.first_on is None:
            raise ValueError(f"{self.key} has no first day")
        return self.wording.first_on
