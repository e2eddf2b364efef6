"""`portico jobs`: list jobs, look at one, cancel it, have it tried again."""

import argparse
import json
from uuid import UUID

from portico.domains.jobs import results, steering
from portico.domains.jobs.rules import State
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.cli import asking, speaking


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `jobs list`, `jobs show`, `jobs cancel` and `jobs retry`."""
    jobs = commands.add_parser("jobs", help="list and steer long work").add_subparsers(required=True)
    list_ = jobs.add_parser("list", help="the newest first")
    list_.add_argument("--kind", action="append", default=[], help="only this kind (may be given again)")
    list_.add_argument("--state", action="append", default=[], type=State, choices=list(State))
    list_.add_argument("--number", type=int, default=20, help="how many at most")
    list_.set_defaults(run=list_jobs)
    for name, run, help_ in (
        ("show", show, "how one job stands"),
        ("cancel", cancel, "end a job that waits or runs"),
        ("retry", retry, "have a failed or cancelled job go on"),
    ):
        parser = jobs.add_parser(name, help=help_)
        parser.add_argument("job", type=UUID)
        parser.set_defaults(run=run)


def list_jobs(arguments: argparse.Namespace) -> int:
    """Prints one line a job."""
    with permit(asking.actor(), Function.FEED_REVIEW) as given:
        page = steering.page(
            given=given, kinds=tuple(arguments.kind), states=tuple(arguments.state), size=arguments.number
        )
    for view in page.rows:
        speaking.say(_line(view))
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Prints a job with its summary and how many rows had which outcome."""
    with permit(asking.actor(), Function.FEED_REVIEW) as given:
        view = steering.of(given=given, job=arguments.job)
        counted = results.counts(given=given, job=arguments.job)
        given.conclude("found" if view else "not_found")
    if view is None:
        raise speaking.Refused(f"there is no job {arguments.job}")
    speaking.say(_line(view))
    speaking.say(json.dumps({"summary": view.summary, "rows": dict(sorted(counted.items()))}, indent=2))
    return 0


def cancel(arguments: argparse.Namespace) -> int:
    """Ends a job; says so where there was none to end."""
    with permit(asking.actor(), Function.FEED_REVIEW) as given:
        done = steering.cancel(given=given, job=arguments.job)
        given.conclude("cancelled" if done else "not_open")
    if not done:
        raise speaking.Refused(f"job {arguments.job} neither waits nor runs")
    speaking.say("Cancelled.")
    return 0


def retry(arguments: argparse.Namespace) -> int:
    """Has a job go on; says so where there was none that had failed."""
    with permit(asking.actor(), Function.FEED_REVIEW) as given:
        done = steering.try_again(given=given, job=arguments.job)
        given.conclude("queued" if done else "not_ended")
    if not done:
        raise speaking.Refused(f"job {arguments.job} neither failed nor was cancelled")
    speaking.say("Queued again.")
    return 0


def _line(view: steering.JobView) -> str:
    done = f"{view.done}/{view.total}" if view.total else str(view.done)
    share = "" if view.share is None else f" ({view.share:.0%})"
    error = f" {view.error}" if view.error else ""
    started = view.created_at.strftime("%Y-%m-%d %H:%M")
    return f"{view.public_id}  {started}  {view.kind:<18} {view.state:<9} {done}{share}{error}"
