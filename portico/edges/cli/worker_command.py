"""`portico worker`: does the jobs, sends the mails, seals the audit.

Three lanes run side by side, so that a long load holds up neither a mail nor an office: one for the
recurring jobs of `JOB_SCHEDULE` and the short ones of `SHORT_JOBS`, one for the batches of `BATCH_JOBS`, one
for everything else. SIGTERM or SIGINT: the chunk under way is rolled back, the job handed back, and the
process ends.
"""

import argparse
import signal
import threading
from datetime import timedelta

from django.conf import settings
from django.db import Error, connection

from portico.domains.jobs import queue
from portico.edges.cli import asking, lane
from portico.edges.cli.lane import Lane

SCHEDULER = "scheduler"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `worker`."""
    parser = commands.add_parser("worker", help="do jobs, send mails, seal the audit")
    parser.add_argument("--once", action="store_true", help="do what is due now, and end")
    parser.add_argument(
        "--lease-seconds", type=int, default=60, help="when a dead worker's job is taken over"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Works until told to stop, or with `--once` until nothing is due; 1 when a lane broke."""
    stop = threading.Event()
    lanes = _lanes(stop, timedelta(seconds=arguments.lease_seconds))
    if arguments.once:
        _keep_schedule()
        for each in lanes:
            each.run_until_idle()
        return 0
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _keep_schedule_once_there(stop)
    _work(lanes, stop, arguments.lease_seconds)
    return int(any(each.is_broken for each in lanes))


def _lanes(stop: threading.Event, lease_for: timedelta) -> list[Lane]:
    batches, short = list(settings.BATCH_JOBS), [*settings.SHORT_JOBS, *settings.JOB_SCHEDULE]
    others = [kind for kind in settings.JOB_HANDLERS if kind not in (*batches, *short)]
    lanes = {"jobs": others, "batches": batches, "recurring": short}
    return [_lane(name, kinds, stop, lease_for) for name, kinds in lanes.items()]


def _lane(name: str, kinds: list[str], stop: threading.Event, lease_for: timedelta) -> Lane:
    worker = asking.worker(is_stopping=stop.is_set, lease_for=lease_for, lane=name)
    return Lane(worker=worker, kinds=kinds, stop=stop)


def _work(lanes: list[Lane], stop: threading.Event, lease_seconds: int) -> None:
    threads = [threading.Thread(target=each.run) for each in lanes]
    threads.append(threading.Thread(target=_renew, args=(lanes, stop, lease_seconds / 3)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _renew(lanes: list[Lane], stop: threading.Event, seconds: float) -> None:
    while not stop.wait(seconds):
        for each in lanes:
            each.renew()
    connection.close()


def _keep_schedule() -> None:
    queue.keep_schedule(actor=asking.actor(SCHEDULER))


def _keep_schedule_once_there(stop: threading.Event) -> None:
    """Begins when the database is there: at the start of a machine, the worker may be first."""
    misses = 0
    while not stop.is_set():
        try:
            return _keep_schedule()
        except Error as error:
            misses += 1
            lane.log.warning("database_away", error=type(error).__name__, misses=misses)
            connection.close()
            stop.wait(lane.wait_after(misses))
    return None
