"""Loads run to their end on a clock that stands still."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from portico.domains.jobs import leases, queue
from portico.domains.jobs.leases import CannotDo, Worker
from portico.domains.jobs.models import Job
from portico.domains.permits.actors import Actor, system_actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue
from portico.domains.plan.catalogue import Identity, Named
from portico.edges.loaders import intake
from portico.edges.loaders.intake import Kind

NOW = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
LINES = ("employer-hmo", "employer-ppo")


def actor() -> Actor:
    """The operator."""
    return system_actor("operator", asked_at=NOW, today=date(2026, 3, 12))


def worker(name: str = "test") -> Worker:
    """A worker whose clock stands still."""
    return Worker(name=name, now=lambda: NOW, zone=ZoneInfo("America/Los_Angeles"))


def plan() -> None:
    """The plan's lines of business."""
    lines = [Named(code, code) for code in LINES]
    identity = Identity("Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org")
    catalogue.configure(actor=actor(), identity=identity, lines=lines, regions=[Named("north", "North")])


def load(
    folder: Path, content: bytes, kind: Kind = Kind.ENROLMENT, name: str = "feed", line: str = ""
) -> Job:
    """Take a file in and load it to its end; answers the job's row."""
    path = folder / name
    path.write_bytes(content)
    taken = intake.take_in(actor=actor(), kind=kind, path=path, line=line)
    run(taken.view.kind)
    return Job.objects.get(public_id=taken.job)


def run(kind: str) -> None:
    """Do what is due of a kind."""
    while leased := queue.lease(worker=worker(), kinds=[kind]):
        try:
            leases.handler_for(kind).run(leased)
        except CannotDo as error:
            queue.fail(leased, code=error.code, again=False)


def told(job: Job) -> list[tuple[str, str, str]]:
    """What a job noted of its rows: where, which outcome, which reason."""
    return list(job.results.order_by("id").values_list("locator", "outcome", "reason"))


def reverse(job: Job) -> None:
    """Take a load back to its end."""
    with permit(actor(), Function.LOADING) as given:
        queue.enqueue(actor=given.actor, kind="reverse_load", payload={"job": str(job.public_id)})
        given.conclude("queued")
    run("reverse_load")
    job.refresh_from_db()
    assert job.reversed_at
