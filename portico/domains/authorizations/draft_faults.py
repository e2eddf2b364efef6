"""Why nothing is done with a draft."""

from uuid import UUID


class UnknownDraft(LookupError):
    """Whoever asks reaches no open draft of this id."""

    def __init__(self, sent_as: UUID | None = None) -> None:
        super().__init__("no such draft")
        self.sent_as = sent_as


class NotYours(ValueError):
    """Somebody else has the draft now; who wants to write in it takes it over first."""


class Outdated(ValueError):
    """The draft was saved elsewhere meanwhile."""


class TooLong(ValueError):
    """More was typed than a draft holds."""


class UnknownColleague(LookupError):
    """Nobody of this office who may send such requests has this number."""


def code(fault: Exception) -> str:
    """The stable code the use ends with."""
    return {UnknownDraft: "not_found", NotYours: "not_yours", Outdated: "draft_outdated"}[type(fault)]
