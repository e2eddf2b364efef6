"""Reads the whole chain again and finds the first row that was changed, removed, inserted or moved.

Rows come in chunks by key, so memory stays flat however long the audit is.

    links, by position:  place follows place -> entry exists -> mark holds -> hash holds
    heads, as they pass: the hash at that position is the one signed
    the end:             the last link is signed; an exported head is still part of the chain
    the rest:            entries not sealed yet bear a right mark
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef

from portico.domains.audit import heads, keys, rows, rules
from portico.domains.audit.models import Entry, Head, Link

CHUNK = 1000


class What(StrEnum):
    """What was found."""

    INTACT = "intact"
    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    UNSIGNED = "unsigned"
    CUT = "cut"


_WORDS = {
    What.INTACT: "Every row is as it was recorded.",
    What.CHANGED: "This row is not as it was sealed.",
    What.REMOVED: "A row that was sealed is gone.",
    What.INSERTED: "This row is not one the portal wrote: it bears no right mark.",
    What.REORDERED: "The chain does not follow here: a link was moved, removed or rewritten.",
    What.UNSIGNED: "The chain bears no right signature here: a head was changed, removed or forged.",
    What.CUT: "The chain no longer holds the exported head: its tail was cut or rewritten.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing wrong, or `intact`: at which position of the chain, on which entry, in plain words.

    `sealed` counts the links that held, `waiting` the recorded rows not sealed yet.
    """

    what: What
    words: str
    sealed: int
    waiting: int = 0
    position: int | None = None
    entry_id: int | None = None

    @property
    def is_intact(self) -> bool:
        """Is nothing wrong?"""
        return self.what is What.INTACT


@dataclass(slots=True)
class _Chain:
    """How far the reading has come."""

    position: int = 0
    hash: bytes = rules.GENESIS
    head: int = 0
    exported: rules.HeadFacts | None = None


def verify(*, exported_head: str | None = None, progress: Callable[[int], None] | None = None) -> Finding:
    """The first thing wrong with the audit, if anything.

    `exported_head` is the text of `heads.export`, kept elsewhere: with it, a cut tail is found too.
    `progress` is told the position reached after every chunk. Raises heads.UnreadableHead.
    """
    chain = _Chain()
    if exported_head is not None:
        chain.exported, key_id, signature = heads.read(exported_head)
        if not heads.is_signed(chain.exported, key_id=key_id, signature=signature):
            return _finding(What.UNSIGNED, chain)
    return _first_broken_link(chain, progress) or _broken_end(chain) or _unsealed(chain)


def _first_broken_link(chain: _Chain, progress: Callable[[int], None] | None) -> Finding | None:
    for links in _chunks():
        signed = {head.position: head for head in _heads_within(links)}
        stored = rows.stored([link.entry_id for link in links])
        for link in links:
            finding = _judge(link, chain, stored) or _judge_heads(link, chain, signed.get(link.position))
            if finding:
                return finding
        if progress:
            progress(chain.position)
    return None


def _judge(link: Link, chain: _Chain, stored: dict[int, tuple[Entry, bytes]]) -> Finding | None:
    place = chain.position + 1
    if link.position != place:
        return _finding(What.REORDERED, chain, position=place)
    if link.entry_id not in stored:
        return _finding(What.REMOVED, chain, position=place, entry_id=link.entry_id)
    entry, row = stored[link.entry_id]
    hash_ = rules.link_hash(chain.hash, position=place, entry_id=link.entry_id, row=row)
    if hash_ != bytes(link.hash):
        what = What.REORDERED if _is_marked(entry, row) else What.CHANGED
        return _finding(what, chain, position=place, entry_id=link.entry_id)
    if not _is_marked(entry, row):
        return _finding(What.INSERTED, chain, position=place, entry_id=link.entry_id)
    chain.position, chain.hash = place, hash_
    return None


def _judge_heads(link: Link, chain: _Chain, head: Head | None) -> Finding | None:
    if head is not None:
        if not _is_signed(head, chain):
            return _finding(What.UNSIGNED, chain, position=link.position, entry_id=link.entry_id)
        chain.head = head.position
    exported = chain.exported
    if exported is not None and exported.position == link.position and exported.hash != chain.hash:
        return _finding(What.CUT, chain, position=link.position, entry_id=link.entry_id)
    return None


def _broken_end(chain: _Chain) -> Finding | None:
    last = Head.objects.order_by("position").last()
    signed_to = last.position if last else 0
    if signed_to < chain.position:
        return _finding(What.UNSIGNED, chain, position=chain.position)
    if signed_to > chain.position and not Link.objects.filter(pk=signed_to).exists():
        return _finding(What.REMOVED, chain, position=chain.position + 1)
    if chain.exported is not None and chain.exported.position > chain.position:
        return _finding(What.CUT, chain, position=chain.position + 1)
    return None


def _unsealed(chain: _Chain) -> Finding:
    waiting, after = 0, -(2**63)
    sealed = Link.objects.filter(entry_id=OuterRef("id"))
    while True:
        unsealed = Entry.objects.filter(~Exists(sealed), id__gt=after).order_by("id")
        numbers = list(unsealed.values_list("id", flat=True)[:CHUNK])
        if not numbers:
            return _finding(What.INTACT, chain, waiting=waiting)
        for number, (entry, row) in rows.stored(numbers).items():
            if not _is_marked(entry, row):
                return _finding(What.INSERTED, chain, entry_id=number)
        waiting, after = waiting + len(numbers), numbers[-1]


def _chunks() -> Iterator[list[Link]]:
    after = -(2**63)
    while links := list(Link.objects.filter(position__gt=after).order_by("position")[:CHUNK]):
        yield links
        after = links[-1].position


def _heads_within(links: list[Link]) -> list[Head]:
    return list(Head.objects.filter(position__range=(links[0].position, links[-1].position)))


def _is_marked(entry: Entry, row: bytes) -> bool:
    key = keys.known().get(entry.key_id)
    return key is not None and rules.is_same(entry.mark, rules.mark(key.secret, row))


def _is_signed(head: Head, chain: _Chain) -> bool:
    facts = rules.HeadFacts(head.position, head.previous, bytes(head.hash), head.top_entry, head.sealed_at)
    follows = facts.hash == chain.hash and facts.previous == chain.head
    return follows and heads.is_signed(facts, key_id=head.key_id, signature=head.signature)


def _finding(
    what: What, chain: _Chain, *, position: int | None = None, entry_id: int | None = None, waiting: int = 0
) -> Finding:
    return Finding(what, _WORDS[what], chain.position, waiting, position, entry_id)
