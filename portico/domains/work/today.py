"""Today: one list of what whoever asks owes and is owed, over everything that waits for somebody.

Each source is asked by its own function, one after the other. What is not open to whoever asks is not asked,
and a source that fails leaves the others complete: it is named, with the reference that support looks up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import structlog

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, require
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.plan import days
from portico.domains.work import today_rules, today_sources
from portico.domains.work.today_rules import Kind, Side, Task
from portico.domains.work.today_sources import Source, Told
from portico.shared import identifiers

SIZE: Final = 50
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Failed:
    """A source that could not be asked, and the reference of what happened."""

    kind: Kind
    reference: str


@dataclass(frozen=True, slots=True)
class Today:
    """The tasks, what is over first; how many each kind has in all; and what could not be asked.

    Of a kind with more than were asked for, the ones due first are there.
    """

    tasks: tuple[Task, ...]
    counts: tuple[tuple[Kind, int], ...]
    failed: tuple[Failed, ...] = ()

    @property
    def count(self) -> int:
        """How many there are, shown or not."""
        return sum(number for _, number in self.counts)

    @property
    def hidden(self) -> int:
        """How many there are beside those shown."""
        return self.count - len(self.tasks)

    def of(self, side: Side) -> tuple[Task, ...]:
        """Those at which it is this side's turn."""
        return tuple(task for task in self.tasks if task.side is side)


def of(*, actor: Actor, size: int = SIZE) -> Today:
    """What there is to do; at most `size` of each source. What is closed to whoever asks is left out.

    Raises NotPermitted for somebody who has no account of their own here.
    """
    require(actor, Function.OWN_ACCOUNT)
    found: list[Told] = []
    failed: list[Failed] = []
    for source in _sources(actor):
        answer = _asked(source, actor, size)
        if isinstance(answer, Told):
            found.append(answer)
        elif answer is not None:
            failed.append(answer)
    tasks = today_rules.ordered(_timed(actor, task) for told in found for task in told.tasks)
    return Today(tasks, _counted(found), tuple(failed))


def kinds(actor: Actor) -> tuple[Kind, ...]:
    """The kinds of what may stand on the list of whoever asks. No query."""
    return tuple(dict.fromkeys(source.kind for source in _sources(actor)))


def _sources(actor: Actor) -> Iterator[Source]:
    is_plan = actor.office_id is None
    every = today_sources.OF_PLAN if is_plan else today_sources.OF_OFFICE
    return (source for source in every if decide(actor, Question(source.function)).allowed)


def _asked(source: Source, actor: Actor, size: int) -> Told | Failed | None:
    """What a source tells; None where it was closed since the actor was looked up."""
    try:
        return source.ask(actor, size)
    except NotPermitted:
        return None
    except Exception as error:
        reference = getattr(error, "reference", None) or identifiers.new_reference()
        _log.exception("today_source_failed", source=source.kind, reference=reference)
        return Failed(source.kind, reference)


def _timed(actor: Actor, task: Task) -> tuple[datetime, Task]:
    """A task with how near it is, beside the instant at which it ends."""
    ends, on = task.due_at, task.due_on
    if ends is not None:
        on = days.of(ends)
    elif on is not None:
        ends = days.begins(min(on, _LAST) + timedelta(days=1))
    is_over = ends is not None and ends <= actor.asked_at
    near = today_rules.near(due_on=on, is_over=is_over, today=actor.today)
    return ends or _NEVER, replace(task, near=near)


_LAST: Final = date(9000, 1, 1)
"""A feed may name a day after which the calendar has none."""
_NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)


def _counted(found: list[Told]) -> tuple[tuple[Kind, int], ...]:
    counts: dict[Kind, int] = {}
    for told in found:
        counts[told.kind] = counts.get(told.kind, 0) + told.count
    return tuple(counts.items())
