"""The words of the catalogue: what a row says, and what is different from one version to the next."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from portico.domains.registration.catalogue_rows import Holds, Offer, Path
from portico.edges.web.register.words import ACCOUNT_TYPES, NEEDS, account_type

PATHS: Final[Mapping[Path, str]] = {
    Path.INSTANT: "At once, where everything agrees",
    Path.QUEUE: "The plan's desk looks first",
}
HOLDS: Final[Mapping[Holds, str]] = {
    Holds.BOTH: "Administrator and end user",
    Holds.ADMINISTRATOR: "Administrator",
    Holds.NOBODY: "Nobody: is told who invites them",
}
TYPES: Final = [(str(each), said[0]) for each, said in ACCOUNT_TYPES.items()]
NEED_NAMES: Final = [(str(each), said[0]) for each, said in NEEDS.items()]
_FIELDS: Final = {
    "name": "name",
    "says": "line",
    "path": "way",
    "holds": "acts as",
    "needs": "needs",
    "four_eyes": "two yeses needed",
}


def called(offer: Offer) -> str:
    """The name of a row."""
    return f"{account_type(offer.account_type)}, {offer.code}"


def differences(before: Sequence[Offer], after: Sequence[Offer]) -> list[str]:
    """What was added, taken out and changed, a sentence each."""
    return list(_differences(before, after)) or ["The same rows, in another order"]


def _differences(before: Sequence[Offer], after: Sequence[Offer]) -> Iterator[str]:
    was = {(each.account_type, each.code): each for each in before}
    now = {(each.account_type, each.code): each for each in after}
    for key in (each for each in now if each not in was):
        yield f"Added: {called(now[key])}, {_path(now[key])}"
    for key in (each for each in was if each not in now):
        yield f"Taken out: {called(was[key])}"
    for key, offer in now.items():
        if key in was and was[key] != offer:
            yield f"{called(offer)}: {'; '.join(_changed(was[key], offer))}"


def _changed(was: Offer, now: Offer) -> Iterator[str]:
    for field, name in _FIELDS.items():
        old, new = getattr(was, field), getattr(now, field)
        if old != new:
            yield f"{name} “{_said(new)}”, before “{_said(old)}”"


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Path):
        return PATHS[value]
    if isinstance(value, Holds):
        return HOLDS[value]
    if isinstance(value, tuple):
        return ", ".join(NEEDS[each][0] for each in value) or "nothing"
    return str(value)


def _path(offer: Offer) -> str:
    return PATHS[offer.path]
