"""Finding in the library: what answers a question best, for whoever asks, in force on a day.

Nothing is found that is not published at the instant of asking; nothing but what is public by those who are
not signed in, or whose account is not open. The words that were asked stand in no row and no log.
"""

from dataclasses import replace
from datetime import datetime

from portico.domains.library import rows, shelf
from portico.domains.library.search import keeping, numbers, phrasing, synonyms
from portico.domains.library.search.asked import LONGEST, SHORTEST, Asked, Found, Hit
from portico.domains.library.search.keeping import Opened
from portico.domains.library.search.looking import Look
from portico.domains.library.search.matching import Narrowed
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


def find(*, actor: Actor, asked: Asked) -> Found:
    """What answers the question best, or, without words, what there is of the kind, topic or place asked for.

    The first index of a node is built by the first who ask: until it is, the answer is not ready.
    """
    function = shelf.opened_by(actor)
    public_only = function is Function.PUBLIC_PAGES
    opened = keeping.node().opened(at=actor.asked_at, public_only=public_only)
    same = synonyms.known()
    with permit(actor, function) as given:
        asked = replace(asked, on=asked.on or actor.today)
        found = _found(asked, opened, same, at=actor.asked_at, public_only=public_only)
        found = _readable(found, shelf.reader(actor, function))
        found = replace(found, topics=rows.topic_names())
        given.conclude(_conclusion(found))
    return found


def _found(
    asked: Asked, opened: Opened | None, same: phrasing.Synonyms, *, at: datetime, public_only: bool
) -> Found:
    whole = " ".join(asked.text.split())
    text = whole[:LONGEST].rstrip()
    blank = Found(text, asked.on or at.date(), is_cut=len(whole) > LONGEST)
    if opened is None:
        return replace(blank, is_ready=False)
    read = phrasing.of(text, words=opened.words, synonyms=same, is_being_typed=asked.is_being_typed)
    to = Narrowed(asked.on, at, public_only, asked.codes())
    look = Look(opened.searcher, asked, to, read, numbers.within(text))
    by_number = look.by_number(numbers.alone(text))
    if text and len(text) < SHORTEST and by_number.is_nothing and not look.is_known():
        return replace(blank, is_too_short=True)
    return replace(blank, mended=read.mended, **by_number.fields(), **look.answers())


def _readable(found: Found, who: shelf.Reader) -> Found:
    """Without what was withdrawn or archived since the index was written: the shelf has the last word."""
    keys = {hit.key for hit in _told(found)}
    if not keys:
        return found
    there = shelf.readable(keys, who)
    if all((hit.key, hit.number) in there for hit in _told(found)):
        return found
    hits, near = (
        tuple(hit for hit in each if (hit.key, hit.number) in there) for each in (found.hits, found.near)
    )
    exact, elsewhere = (
        hit if hit and (hit.key, hit.number) in there else None
        for hit in (found.exact, found.exact_elsewhere)
    )
    count = found.count - len(found.hits) + len(hits)
    return replace(found, hits=hits, near=near, exact=exact, exact_elsewhere=elsewhere, count=count)


def _told(found: Found) -> list[Hit]:
    """Every hit that is shown."""
    return [*found.hits, *found.near, *filter(None, (found.exact, found.exact_elsewhere))]


def _conclusion(found: Found) -> str:
    if not found.is_ready:
        return "not_ready"
    if found.is_too_short:
        return "too_short"
    if found.exact:
        return "found_by_number"
    return "found" if found.count else "nothing_found"
