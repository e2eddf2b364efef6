"""`portico load`: load files from the plan's core system, look at a load, take one back.

portico load 834 FILE ...            enrolment            exit code 0: every row was taken in
portico load 835 FILE ...            payments
portico load providers FILE ...      the provider file              1: a row was quarantined, or it stopped
portico load benefits FILE ...       the benefit catalogue          2: a file was refused
portico load accumulators FILE ...   what members have used
portico load 837 FILE ...            claims as they were submitted
portico load claims FILE ...         where claims stand
portico load licences FILE ...       the states' boards
portico load exclusions FILE ...     who is excluded, whole each time
portico load library DIR             documents of the library; --dry-run: only say what would become of them
portico load zip-codes FILE ...      where ZIP codes lie
portico load requirements FILE ...   what needs an authorization: a draft, published by the desk
portico load show JOB                what became of its rows
portico load again JOB               take its quarantined rows in, once what kept them out is mended
portico load reverse JOB             take it back
"""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from portico.domains.jobs import queue, undo
from portico.domains.jobs.rules import ENDED, State
from portico.domains.jobs.steering import JobView
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.loaders import intake, reporting, running
from portico.edges.loaders.handling import Watch
from portico.edges.loaders.intake import Kind, Taken
from portico.edges.loaders.library import packing
from portico.edges.loaders.refusals import FeedRefused

WELL, NOT_ALL, REFUSED = 0, 1, 2
_KINDS = {
    "834": (Kind.ENROLMENT, "load 834 enrolment files"),
    "835": (Kind.REMITTANCES, "load 835 files: payments and the claims they pay"),
    "providers": (Kind.PROVIDERS, "load the provider file"),
    "benefits": (Kind.BENEFITS, "load the benefit catalogue"),
    "accumulators": (Kind.ACCUMULATORS, "load what members have used"),
    "837": (Kind.CLAIMS_837, "load claims as they were submitted"),
    "claims": (Kind.CLAIM_EXTRACT, "load where claims stand"),
    "licences": (Kind.LICENCES, "load licences as the states' boards have them"),
    "exclusions": (Kind.EXCLUSIONS, "load the list of excluded individuals and entities"),
    "requirements": (Kind.REQUIREMENTS, "load what needs an authorization, as a draft"),
    "zip-codes": (Kind.ZIP_CODES, "load where ZIP codes lie"),
}
_REVERSE = "reverse_load"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `load` with its subcommands."""
    load = commands.add_parser("load", help="load files from the plan's core system")
    kinds = load.add_subparsers(required=True, metavar="WHAT")
    for name, (kind, help_) in _KINDS.items():
        parser = kinds.add_parser(name, help=help_)
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        if kind is Kind.ENROLMENT:
            parser.add_argument("--line", default="", help="the line of coverage that names no plan code")
        parser.set_defaults(run=load_files, kind=kind, line="")
    library = kinds.add_parser("library", help="load a folder of documents into the library")
    library.add_argument("folder", type=Path, metavar="DIR")
    library.add_argument(
        "--dry-run", action="store_true", help="say what would become of it, and keep nothing"
    )
    library.set_defaults(run=load_library)
    for name, run, help_ in (
        ("show", show, "what became of a load's rows"),
        ("again", again, "take a load's quarantined rows in"),
        ("reverse", reverse, "take a load back"),
    ):
        parser = kinds.add_parser(name, help=help_)
        parser.add_argument("job", type=UUID, metavar="JOB")
        parser.set_defaults(run=run)


def load_files(arguments: argparse.Namespace) -> int:
    """Loads the files one after the other; a file that is refused does not keep the next from being
    loaded.
    """
    console, worst, loaded = _console(), WELL, []
    for path in arguments.files:
        code, view = _load(console, path, arguments.kind, arguments.line)
        worst = max(worst, code)
        loaded += [view] if view and view.state is State.DONE else []
    reporting.counts(console, loaded)
    return worst


def load_library(arguments: argparse.Namespace) -> int:
    """Loads a folder of documents; each is taken in whole or not at all."""
    console, folder = _console(), arguments.folder
    try:
        taken = take_folder(actor=running.operator(), folder=folder, is_dry=arguments.dry_run)
    except FeedRefused as refused:
        console.print(f"{intake.printable(str(folder))} was refused. {refused.words}", markup=False)
        return REFUSED
    if taken.view.state is State.DONE:
        reporting.already(console, taken.view)
        return WELL
    code, view = _do(console, taken)
    reporting.counts(console, [view])
    return code


def take_folder(*, actor: Actor, folder: Path, is_dry: bool = False) -> Taken:
    """Packs a folder of documents and takes it in. Raises FeedRefused, NotPermitted."""
    with tempfile.TemporaryDirectory() as beside:
        packed = Path(beside, "library")
        packing.pack(folder, packed)
        name = folder.resolve().name
        return intake.take_in(actor=actor, kind=Kind.LIBRARY, path=packed, name=name, is_dry=is_dry)


def show(arguments: argparse.Namespace) -> int:
    """Prints how a load ended, and every row that was flagged or quarantined."""
    console = _console()
    try:
        view = running.look(arguments.job)
    except LookupError:
        console.print(f"There is no job {arguments.job}.", markup=False)
        return REFUSED
    reporting.tell(console, view, most=None)
    reporting.counts(console, [view])
    return _code(view)


def again(arguments: argparse.Namespace) -> int:
    """Loads the rows of a load that were quarantined, and only those."""
    console = _console()
    taken = intake.take_in_again(actor=running.operator(), job=arguments.job)
    if taken is None:
        console.print("Only a load that ended and was not taken back can be loaded again.")
        return REFUSED
    code, view = _do(console, taken)
    reporting.counts(console, [view])
    return code


def reverse(arguments: argparse.Namespace) -> int:
    """Takes a load back, unless a later one built on it; says which."""
    console = _console()
    words = _cannot_reverse(arguments.job)
    if words:
        console.print(words, markup=False)
        return REFUSED
    with permit(running.operator(), Function.LOADING) as given:
        job = queue.enqueue(actor=given.actor, kind=_REVERSE, payload={"job": str(arguments.job)})
        given.conclude("queued")
    with _bar("Taking back") as watch:
        view = running.do(job=job, kind=_REVERSE, watch=watch)
    console.print(reporting.reversal(view), markup=False)
    return WELL if view.state is State.DONE else NOT_ALL


def _load(console: Console, path: Path, kind: Kind, line: str) -> tuple[int, JobView | None]:
    try:
        taken = intake.take_in(actor=running.operator(), kind=kind, path=path, line=line)
    except FeedRefused as refused:
        console.print(f"{intake.printable(path.name)} was refused. {refused.words}", markup=False)
        return REFUSED, None
    if taken.view.state is State.DONE:
        reporting.already(console, taken.view)
        return WELL, None
    return _do(console, taken)


def _do(console: Console, taken: Taken) -> tuple[int, JobView]:
    with _bar(taken.view.payload.get("name", "")) as watch:
        view = running.do(job=taken.job, kind=taken.view.kind, watch=watch)
    reporting.tell(console, view)
    return _code(view), view


def _code(view: JobView) -> int:
    if view.state is State.FAILED:
        return REFUSED
    if view.state is not State.DONE or view.summary.get("quarantined"):
        return NOT_ALL
    return WELL


def _cannot_reverse(job: UUID) -> str:
    try:
        view = running.look(job)
    except LookupError:
        return f"There is no job {job}."
    if view.kind not in set(Kind):
        return "Only a load can be taken back."
    if view.kind == Kind.REQUIREMENTS:
        return "A list is not taken back: drop its draft on the page Rules of authorizations."
    if view.reversed_at is not None:
        return "This load was taken back already."
    if view.state not in ENDED:
        return "This load has not ended. Cancel it first: portico jobs cancel JOB."
    touch = undo.touched_later(job)
    return (
        f"A later load built on this one. Take that one back first: portico load reverse {touch.job}"
        if touch
        else ""
    )


def _console() -> Console:
    return Console(soft_wrap=True, highlight=False)


@contextmanager
def _bar(name: str) -> Iterator[Watch]:
    """A progress bar on standard error, gone when it is full; nothing where nobody looks."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(name, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total or None)
