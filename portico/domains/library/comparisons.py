"""Two versions of a document beside each other: what was added, removed and changed from one to the other."""

from collections.abc import Mapping
from dataclasses import dataclass

from portico.domains.library import reading, shelf
from portico.domains.library.comparing import differences
from portico.domains.library.comparing.differences import Fate, Passed
from portico.domains.library.models import Version
from portico.domains.library.reading import Wording
from portico.domains.library.rows import DOCUMENT, UnknownDocument
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import permit


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions, the passages of both in order, how many differ, and the files that came and went."""

    key: str
    before: Wording
    after: Wording
    passages: tuple[Passed, ...]
    counts: Mapping[Fate, int]
    files_added: tuple[str, ...]
    files_removed: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Do both say the same?"""
        return not any((*self.counts.values(), self.files_added, self.files_removed))


def between(*, actor: Actor, key: str, before: int, after: int) -> Comparison:
    """From one published version to another, by their numbers. Raises UnknownDocument, NotPermitted."""
    with permit(actor, shelf.function_for(actor, key)) as given:
        who = shelf.reader(actor, given.question.function)
        rows = shelf.published(who.at).filter(document__key=key).defer("body")
        versions = list(rows.order_by("first_on", "publish_at"))
        shown = {row.number: row for row in versions if row.is_public or not who.is_public}
        found = None
        if before in shown and after in shown:
            given.note_subject(DOCUMENT, key)
            wordings = {each.number: each for each in reading.wordings(versions, who)}
            found = _compared(key, shown[before], shown[after], wordings)
        given.conclude("compared" if found else "not_found")
    if found is None:
        raise UnknownDocument(key)
    return found


def _compared(key: str, old: Version, new: Version, wordings: Mapping[int, Wording]) -> Comparison:
    passages = differences.between(f"# {old.title}\n\n{old.body}", f"# {new.title}\n\n{new.body}")
    files = [dict(row.attachments.values_list("name", "digest")) for row in (old, new)]
    ours, theirs = (set(each.items()) for each in files)
    return Comparison(
        key,
        wordings[old.number],
        wordings[new.number],
        passages,
        differences.counted(passages),
        tuple(sorted(name for name, _ in theirs - ours)),
        tuple(sorted(name for name, _ in ours - theirs)),
    )
