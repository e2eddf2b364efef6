"""Which row of the directory is which listing of the provider file, and which place it stands at. Pure."""

from collections.abc import Hashable, Sequence
from typing import Any

from portico.domains.directory.compiling import Whose, digest
from portico.domains.directory.overlay import ADDRESS, Fields


def matched(wanted: Sequence[tuple[Whose, str]], held: Sequence[tuple[Whose, str]]) -> list[int | None]:
    """For each listing wanted the place of its row among `held`, None for a new one.

    Both are given by whose they are and by the address in the file. A listing whose address nobody holds
    takes a row whose address the file no longer has: its provider moved.
    """
    by_address = {key: place for place, key in enumerate(held)}
    found = [by_address.get(key) for key in wanted]
    left: dict[Hashable, list[int]] = {}
    for place in sorted(set(range(len(held))) - set(found), reverse=True):
        left.setdefault(held[place][0], []).append(place)
    for at, (whose, _) in enumerate(wanted):
        if found[at] is None and left.get(whose):
            found[at] = left[whose].pop()
    return found


def apart(whose: Sequence[Whose], sent: Sequence[Fields], says: Sequence[Fields]) -> list[dict[str, Any]]:
    """What each listing says, with its address as sent where another of the same provider stands already.

    No change puts a provider twice at one place under one tax ID.
    """
    stood = {
        (who, digest(fields[ADDRESS])): at for at, (who, fields) in enumerate(zip(whose, sent, strict=True))
    }
    found = []
    for at, (who, before, after) in enumerate(zip(whose, sent, says, strict=True)):
        is_free = stood.setdefault((who, digest(after[ADDRESS])), at) == at
        found.append(dict(after) if is_free else {**after, ADDRESS: before[ADDRESS]})
    return found
