"""The plan's entrances, as `portico plan` reads and writes them: tables [[entrances]] of its file."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from portico.domains.plan import entrance_rules, entrances
from portico.domains.plan.entrance_rules import Audience, Entrance
from portico.domains.plan.rules import CannotConfigure
from portico.edges.cli import asking, speaking

NAME: Final = "entrances"
_TEXTS: Final = ("slug", "audience", "line", "name", "says", "url")


def wrong_with(said: object, *, lines: Collection[str]) -> str:
    """What is wrong with the rows as they stand in the file; empty where nothing is.

    `lines` are the plan's lines of business once the file is set.
    """
    if not isinstance(said, list) or not all(map(_is_row, said)):
        return f"{NAME} must be tables, each with texts for some of {', '.join(_TEXTS)}"
    try:
        entrance_rules.check([_entrance(row) for row in said], lines=lines)
    except CannotConfigure as error:
        return str(error)
    return ""


def put(said: Sequence[Mapping[str, str]]) -> None:
    """Put these rows in place of all there are; none: back to the default."""
    entrances.replace(actor=asking.actor(), entrances=[_entrance(row) for row in said])
    speaking.say(f"Entrances: {len(said)}." if said else "Entrances: the default.")


def show() -> None:
    """Print the rows as the file has them; nothing where the plan has written none."""
    for entrance in entrances.written():
        speaking.say(f"\n[[{NAME}]]")
        for name in _TEXTS:
            value = str(getattr(entrance, name))
            if value:
                speaking.say(f"{name} = {json.dumps(value, ensure_ascii=False)}")


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and all(
        name in _TEXTS and isinstance(value, str) for name, value in row.items()
    )


def _entrance(row: Mapping[str, str]) -> Entrance:
    said = {name: row.get(name, "") for name in _TEXTS}
    audience = said.pop("audience") or Audience.PROVIDER
    if audience not in set(Audience):
        raise CannotConfigure(f"entrance {said['slug']!r}: {audience!r} is no audience; {_audiences()} are")
    return Entrance(audience=Audience(audience), **said)


def _audiences() -> str:
    return ", ".join(Audience)
