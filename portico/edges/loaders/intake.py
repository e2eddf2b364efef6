"""Takes a file in: staged once, unread if it is too large, and given the job that loads it.

The file is kept as it came, under its SHA-256 in the folder `feeds` of the installation's files, readable
by the portal's own account alone: a load's quarantined rows are taken from it later. The list of exclusions
is kept without the birth dates it has (birth_dates). The same content and options again answer the first
job: nothing is loaded twice.
"""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from portico.domains.jobs import kept_files, queue, steering
from portico.domains.jobs.rules import State
from portico.domains.jobs.steering import JobView
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import days
from portico.domains.registration import list_loading
from portico.edges.loaders.birth_dates import WithoutBirthDates
from portico.edges.loaders.csv_rows import MOST_LINE
from portico.edges.loaders.refusals import FeedRefused, RefusalCode

_CHUNK = 1 << 20
_MOST_NAME = 80
Keep = Callable[[bytes], bytes]


class Kind(StrEnum):
    """What a file is; the values are the job kinds."""

    ENROLMENT = "load_834"
    PROVIDERS = "load_providers"
    BENEFITS = "load_benefits"
    ACCUMULATORS = "load_accumulators"
    REMITTANCES = "load_835"
    CLAIMS_837 = "load_837"
    CLAIM_EXTRACT = "load_claims"
    LICENCES = "load_licences"
    EXCLUSIONS = "load_exclusions"
    LIBRARY = "load_library"
    ZIP_CODES = "load_zip_codes"
    REQUIREMENTS = "load_requirements"


_LISTS = (Kind.LICENCES, Kind.EXCLUSIONS)


@dataclass(frozen=True, slots=True)
class Taken:
    """The job of a file; `is_new` is false where the same content was taken in before."""

    job: UUID
    is_new: bool
    view: JobView


def take_in(
    *, actor: Actor, kind: Kind, path: Path, line: str = "", name: str = "", is_dry: bool = False
) -> Taken:
    """Stage the file and queue its job; one that failed or was cancelled is tried again, a reversed one anew.

    `line` is the line of business of coverage that names no plan, `name` what the file is called if not by
    its own. `is_dry`: a job that only judges, every time anew. Raises FeedRefused, NotPermitted.
    """
    latest = actor.today if kind in _LISTS else None
    digest, written_at = _stage(path, WithoutBirthDates() if kind is Kind.EXCLUSIONS else None, latest)
    payload = {
        "file": digest,
        "name": printable((name or path.name)[:_MOST_NAME]),
        "as_of": written_at.isoformat(),
        "line": line or settings.DEFAULT_LINE_834,
    }
    with permit(actor, Function.LOADING) as given:
        taken = _queued_dry(given, kind, payload) if is_dry else _queued(given, kind, payload)
        given.conclude("queued" if taken.is_new else "known")
    return taken


def take_in_again(*, actor: Actor, job: UUID) -> Taken | None:
    """Queue a job for the rows that were quarantined in a load.

    None where there is no such load, it has not ended, or it was taken back. Raises NotPermitted.
    """
    with permit(actor, Function.LOADING) as given:
        view = steering.of(given=given, job=job)
        if view is None or view.kind not in set(Kind) or view.state is not State.DONE or view.reversed_at:
            given.conclude("not_found")
            return None
        payload = {**view.payload, "again_of": str(job)}
        new = queue.enqueue(actor=actor, kind=view.kind, payload=payload)
        given.conclude("queued")
        return Taken(new, True, _view(given, new))


def staged(digest: str) -> Path:
    """Where the file of that SHA-256 is kept."""
    return kept_files.path(digest)


def printable(name: str) -> str:
    """A file's name in signs that a page, a terminal and a database can show; others are replaced."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)


def _queued(given: Permit, kind: Kind, payload: dict[str, str]) -> Taken:
    option = f":{payload['line']}" if kind is Kind.ENROLMENT else ""
    for generation in count(1):
        key = f"{kind}:{payload['file']}{option}:{generation}"
        job = queue.enqueue(actor=given.actor, kind=kind, payload=payload, idempotency_key=key)
        view = _view(given, job)
        if view.reversed_at is None:
            break
    if view.state in (State.FAILED, State.CANCELLED):
        steering.try_again(given=given, job=job)
        view = _view(given, job)
    return Taken(job, view.state is State.QUEUED and view.started_at is None, view)


def _queued_dry(given: Permit, kind: Kind, payload: dict[str, str]) -> Taken:
    job = queue.enqueue(actor=given.actor, kind=kind, payload={**payload, "dry": "yes"})
    return Taken(job, True, _view(given, job))


def _view(given: Permit, job: UUID) -> JobView:
    view = steering.of(given=given, job=job)
    if view is None:
        raise LookupError(job)
    return view


def _stage(path: Path, keep: Keep | None, latest: date | None) -> tuple[str, datetime]:
    """Its SHA-256 and when it was written, at the latest on `latest`."""
    try:
        source = open(path, "rb", opener=_without_waiting)  # noqa: SIM115 - closed below
    except OSError as error:
        why = (error.strerror or "it is no file").lower()
        words = f"{printable(str(path))} cannot be read: {why}."
        raise FeedRefused(RefusalCode.NOT_FOUND, words) from None
    with source:
        status = os.fstat(source.fileno())
        _check(path, status)
        written_at = datetime.fromtimestamp(status.st_mtime, UTC)
        if latest is not None:
            _check_day(written_at, latest)
        return _copy(source, keep), written_at


def _without_waiting(path: str, flags: int) -> int:
    """Opens a pipe that nobody writes to at once, so that it is refused instead of waited for."""
    return os.open(path, flags | os.O_NONBLOCK)


def _check(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise FeedRefused(RefusalCode.NOT_FOUND, f"{printable(str(path))} is no ordinary file.")
    if status.st_size > settings.MAX_FEED_BYTES:
        raise _too_large(f"The file has {status.st_size:,} bytes", "it was not read")
    if not status.st_size:
        raise FeedRefused(RefusalCode.EMPTY, "The file is empty. Send it again.")


def _check_day(written_at: datetime, latest: date) -> None:
    """A list of a day to come would count before its day, and keep every true one out until then."""
    try:
        list_loading.check_day(written_at, today=latest)
    except list_loading.ListToCome:
        words = (
            f"The file is dated {days.of(written_at)}, which is still to come. Give it the day on which the "
            "list was true, as its time of last change, and load it again."
        )
        raise FeedRefused(RefusalCode.FILE_DATE_WRONG, words) from None


def _copy(source: BinaryIO, keep: Keep | None) -> str:
    """Copy the file into its place, or what is kept of each line, all or nothing; answers its SHA-256."""
    folder = staged("")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    waiting = folder / f".{os.getpid()}-{os.urandom(8).hex()}"
    digest = hashlib.sha256()
    try:
        with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            for chunk in _chunks(source, by_line=keep is not None):
                digest.update(chunk)
                target.write(keep(chunk) if keep else chunk)
            target.flush()
            os.fsync(target.fileno())
        waiting.replace(staged(digest.hexdigest()))
    finally:
        with suppress(FileNotFoundError):
            waiting.unlink()
    return digest.hexdigest()


def _chunks(source: BinaryIO, *, by_line: bool) -> Iterator[bytes]:
    """The file in pieces, or line by line; one that grew past the limit while it was read is refused, never
    cut.
    """
    left = settings.MAX_FEED_BYTES
    while chunk := source.readline(MOST_LINE + 1) if by_line else source.read(_CHUNK):
        left -= len(chunk)
        if left < 0:
            raise _too_large("More bytes came while the file was read", "it was not kept")
        yield chunk


def _too_large(what: str, so: str) -> FeedRefused:
    words = f"{what}; at most {settings.MAX_FEED_BYTES:,} are taken: {so}."
    return FeedRefused(RefusalCode.TOO_LARGE, words)
