"""What the operator reads about a load: a sentence for each file and each row to look at, and a table of
counts.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from rich import box
from rich.console import Console
from rich.table import Table

from portico.domains.jobs import results
from portico.domains.jobs.results import RowView
from portico.domains.jobs.rules import RowOutcome, State
from portico.domains.jobs.steering import JobView
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import days
from portico.edges.loaders import running

FIRST = 5
_LOOK_AT = (RowOutcome.QUARANTINED, RowOutcome.FLAGGED)
_COUNTED = ("rows", "accepted", "unchanged", "flagged", "quarantined")
_ENDS = {
    State.DONE: "was loaded",
    State.CANCELLED: "was cancelled; what was loaded stays",
    State.QUEUED: "stopped; what was loaded stays, and the same command goes on from there",
    State.RUNNING: "is being loaded by another process",
}
_DRY = "was read through and nothing was kept"
_REVERSALS = {
    "touched_later": "A later load built on this one: take that one back first. Nothing more was put back.",
    "still_referenced": "What this load added is in use, as by a receipt. Nothing more was put back.",
}


def tell(console: Console, view: JobView, *, most: int | None = FIRST) -> None:
    """Prints how a load ended, and the sentence of each row to look at: `most` of each kind."""
    name = view.payload.get("name", "The file")
    if view.state is State.FAILED:
        why = next(
            (row.message for row in _read(view.public_id, RowOutcome.QUARANTINED) if not row.position), ""
        )
        console.print(f"{name} was refused. {why or view.error} Job {view.public_id}.", markup=False)
        return
    taken_back = f" It was taken back on {_at(view.reversed_at)}." if view.reversed_at else ""
    ends = _DRY if view.state is State.DONE and view.payload.get("dry") else _ENDS[view.state]
    console.print(f"{name} {ends}. Job {view.public_id}.{taken_back}", markup=False)
    for outcome in _LOOK_AT:
        _tell_rows(console, view.public_id, outcome, most)
    if view.summary.get(RowOutcome.QUARANTINED) and not view.payload.get("dry"):
        console.print(f"  Once mended, take those rows in: portico load again {view.public_id}", markup=False)


def already(console: Console, view: JobView) -> None:
    """Prints the sentence for a file that was loaded before."""
    when = f" on {_at(view.finished_at)}" if view.finished_at else ""
    name = view.payload.get("name", "This file")
    console.print(f"{name} was already loaded{when}: nothing was done. Job {view.public_id}.", markup=False)


def counts(console: Console, views: Iterable[JobView]) -> None:
    """Prints one table: a line for each file, how many of its rows had which outcome, and how long it
    took.
    """
    table = Table("File", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in (*_COUNTED, "seconds"):
        table.add_column(name.capitalize(), justify="right", min_width=len(name))
    for view in views:
        numbers = (f"{view.summary.get(name, 0):,}" for name in _COUNTED)
        table.add_row(view.payload.get("name", ""), *numbers, _seconds(view))
    if table.rows:
        console.print(table)


def reversal(view: JobView) -> str:
    """The sentence for how a reversal ended."""
    if view.state is State.DONE:
        return "The load was taken back: everything is as it was before."
    if view.state is State.FAILED:
        return _REVERSALS.get(view.error, f"The load could not be taken back ({view.error}).")
    return "Stopped; the same command goes on from there."


def _tell_rows(console: Console, job: UUID, outcome: RowOutcome, most: int | None) -> None:
    for number, row in enumerate(_read(job, outcome)):
        if number == most:
            console.print(f"  More were {outcome}: portico load show {job}", markup=False)
            return
        taken_in = " (taken in since)" if row.is_settled else ""
        console.print(f"  {outcome.capitalize()}. {row.message}{taken_in}", markup=False)


def _read(job: UUID, outcome: RowOutcome) -> Iterator[RowView]:
    """The rows of one outcome, page by page, a permit each."""
    key: str | None = ""
    while key is not None:
        with permit(running.operator(), Function.FEED_REVIEW) as given:
            page = results.page(given=given, job=job, outcome=outcome, key=key)
            given.conclude("read")
        yield from page.rows
        key = page.next_key


def _seconds(view: JobView) -> str:
    if view.started_at is None or view.finished_at is None:
        return ""
    return f"{(view.finished_at - view.started_at).total_seconds():.1f}"


def _at(instant: datetime) -> str:
    here = days.local(instant)
    return f"{here.day} {here:%B %Y at %H:%M}"
