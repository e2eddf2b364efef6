"""The clock and the actors of the command line: here the instant of asking comes from."""

import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from portico.domains.jobs.leases import LEASE_FOR, Worker, never
from portico.domains.permits.actors import Actor, Door, system_actor
from portico.domains.plan import days

OPERATOR = "operator"


def now() -> datetime:
    """This instant, aware and in UTC."""
    return datetime.now(UTC)


def actor(name: str = OPERATOR) -> Actor:
    """The operator, or a part of the system by its name, asking now through the command line."""
    at = now()
    return system_actor(name, asked_at=at, today=days.of(at), door=Door.CLI)


def worker(
    *, is_stopping: Callable[[], bool] = never, lease_for: timedelta = LEASE_FOR, lane: str = ""
) -> Worker:
    """This process as a worker, named by host, process and lane."""
    name = f"{socket.gethostname()[:40]}:{os.getpid()}{lane and ':' + lane}"
    return Worker(name=name, now=now, zone=days.zone(), is_stopping=is_stopping, lease_for=lease_for)
