"""How many rows of a file are asked in a minute, with benefits and without, and the memory it takes.

    python -m benchmarks.batch_eligibility [--rows N]

A CSV of members of the synthetic plan goes the way of an upload: read, kept sealed as a draft, started by the
demo's front desk, and asked by a worker in a process of its own. Each row is a permit, an audit entry
and a sealed result in one transaction. Timed is the job, from its first row to its last. Beside it the least
that a row could be, in one loop: a member read by its ID and a row inserted, a transaction each. Memory is
the worker's own (Linux tells it), the most ever held, beside that of a worker with nothing to do; the pages
of the database that SQLite maps are the system's to take back.
"""

import argparse
import csv
import io
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from benchmarks import serving
from benchmarks.serving import Plan

if TYPE_CHECKING:
    from portico.domains.permits.actors import Actor

AIM = 10_000  # rows a minute
FLOOR_ROWS = 2_000
LOOK_SECONDS = 0.02
WAYS = {"with benefits": True, "without benefits": False}


def main() -> None:
    """Prints rows a minute, their ratio to the floor, whether the aim is met, and memory."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--rows", type=int, default=10_000)
    rows = options.parse_args().rows
    with serving.plan(members=rows) as plan:
        _set_up(plan)
        print(f"{rows:,} rows, SQLite; load average {os.getloadavg()[0]:.1f}")
        idle = _work(plan)
        for way, with_benefits in WAYS.items():
            _measure(plan, way, rows, with_benefits=with_benefits, idle=idle)


def _set_up(plan: Plan) -> None:
    for name in [name for name in os.environ if name.startswith("PORTICO_")]:
        del os.environ[name]
    os.environ |= plan.environment
    import django

    django.setup()


def _measure(plan: Plan, way: str, rows: int, *, with_benefits: bool, idle: int) -> None:
    begun = time.perf_counter()
    batch = _started(plan, rows, with_benefits=with_benefits)
    kept = time.perf_counter() - begun
    floor = _floor_seconds(min(rows, FLOOR_ROWS))
    held = _work(plan)
    seconds, outcomes = _told(batch)
    each, rate = seconds / rows, rows / seconds * 60
    print(f"\n  {way}: {', '.join(f'{count:,} {outcome}' for outcome, count in sorted(outcomes.items()))}")
    print(f"  read and kept in {kept:.1f} s")
    print(f"  asked {rate:,.0f} rows a minute   aim {AIM:,}: {'met' if rate >= AIM else 'not met'}")
    print(f"  {each * 1000:.2f} ms a row, {each / floor:.1f} x the floor of {floor * 1000:.2f} ms")
    print(f"  most memory held {held / 1024:,.0f} MB, {idle / 1024:,.0f} MB by an idle worker")


def _started(plan: Plan, rows: int, *, with_benefits: bool) -> UUID:
    from portico.domains.members import batches
    from portico.edges.web.batches import reading

    actor = _front_desk(plan)
    tax_id = sorted(actor.standing.tax_ids)[0]
    file = reading.read(_csv(rows), actor=actor, tax_id=tax_id, as_of=actor.today)
    batch = batches.create(
        actor=actor, source=file.source, rows=file.rows, tax_id=tax_id, with_benefits=with_benefits
    )
    batches.start(actor=actor, batch=batch)
    return batch


def _front_desk(plan: Plan) -> "Actor":
    from portico.domains.access import actors, models
    from portico.domains.permits.actors import Door
    from portico.edges.cli import asking

    name = next(one["username"] for one in plan.contract["sign_ins"] if one["key"] == "front_desk")
    persona = models.Persona.objects.get(user__username=name)
    today = asking.now().astimezone(asking.zone()).date()
    actor = actors.for_job(
        persona_id=persona.pk, machine_id=None, asked_at=asking.now(), today=today, door=Door.WEB
    )
    assert actor is not None
    return actor


def _csv(rows: int) -> bytes:
    """Members by ID, last name and birth date; some of the first again where the plan has fewer."""
    from portico.domains.members import models

    known = list(models.Member.objects.values_list("member_id", "last_name", "birth_date")[:rows])
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("Member ID", "Last name", "Birth date"))
    for member_id, last_name, birth_date in (known * 2)[:rows]:
        writer.writerow((member_id, last_name, birth_date and f"{birth_date:%m/%d/%Y}"))
    return text.getvalue().encode()


def work() -> None:
    """Asks the batches that are due, as the worker does, and nothing else."""
    import django

    django.setup()
    from portico.domains.members.batches import ASK_BATCH
    from portico.edges.cli import asking
    from portico.edges.cli.lane import Lane

    Lane(worker=asking.worker(), kinds=[ASK_BATCH], stop=threading.Event()).run_until_idle()


def _work(plan: Plan) -> int:
    """Has a process do what is due; answers the most memory of its own that it held, in kilobytes."""
    call = "from benchmarks import batch_eligibility; batch_eligibility.work()"
    process = subprocess.Popen([sys.executable, "-c", call], env=plan.environment)
    most = 0
    while process.poll() is None:
        most = max(most, _held(process.pid))
        time.sleep(LOOK_SECONDS)
    assert process.returncode == 0, "the worker broke"
    return most


def _held(pid: int) -> int:
    """What a process holds now that is no file's; 0 where the system does not tell, and once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("RssAnon:")), 0)


def _told(batch: UUID) -> tuple[float, Counter[str]]:
    """The seconds from the first row asked to the end, and how many rows ended in which way."""
    from portico.domains.members import models

    row = models.Batch.objects.get(pk=batch)
    assert row.finished_at is not None, "the batch was not finished"
    asked = row.rows.order_by("asked_at").values_list("asked_at", "outcome")
    first = next(at for at, _ in asked if at is not None)
    return (row.finished_at - first).total_seconds(), Counter(outcome for _, outcome in asked)


def _floor_seconds(rows: int) -> float:
    """Seconds a row of the least there is to do."""
    from django.db import transaction

    from portico.domains.members import models
    from portico.edges.cli import asking

    member_ids = list(models.Member.objects.values_list("member_id", flat=True)[:rows])
    begun = time.perf_counter()
    for member_id in member_ids:
        with transaction.atomic():
            models.Member.objects.get(member_id=member_id)
            models.Miss.objects.create(user_id=0, by="bare", at=asking.now())
    return (time.perf_counter() - begun) / len(member_ids)


if __name__ == "__main__":
    main()
