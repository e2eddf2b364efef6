"""The daily job that hands accepted encounters on: 837 files in a folder, where the core system fetches them.

    make -> encounters-000000042.837 in the folder ENCOUNTERS_OUT_DIR, professional ones first

A file stands in the folder whole or not at all. Killed between making and writing one, the job writes it when
it goes on. Encounters that cannot be written wait on; the job's summary names them. What the core says of a
file comes back by `portico encounters receipts`.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings

from portico.domains.claims.facts.submitted import Form, SentClaim
from portico.domains.encounters import handing_on
from portico.domains.encounters.handing_on import HandoverView, Target
from portico.domains.jobs import queue
from portico.domains.jobs.leases import Leased, Stopping
from portico.domains.permits.permit import Permit
from portico.domains.plan import catalogue
from portico.transactions.claims import writer
from portico.transactions.claims.ends import Ends

HANDER = "encounter-hander"
MOST_TOLD = 50  # numbers of encounters that cannot be written; the summary says how many there are
_UNWRITTEN = "unwritten"
_LONGEST_ID, _UNNAMED = 15, "PLAN"


class HandOnEncounters:
    """The handler of the recurring job `hand_on_encounters`."""

    def run(self, leased: Leased) -> None:
        """Makes files until nothing waits. Raises LeaseLost, Stopping."""
        if _UNWRITTEN in leased.cursor:
            _put(leased, leased.cursor[_UNWRITTEN])
        done, left_out = 0, set[str]()
        for form in Form:
            while (made := _made(leased, form, done, left_out.add)) is not None:
                done += made.record_count
                _put(leased, made.control_number)
                if leased.worker.is_stopping():
                    raise Stopping
        numbers = sorted(left_out)[:MOST_TOLD]
        more = {"left_out": len(left_out), "left_out_numbers": numbers} if left_out else {}
        queue.finish(leased, summary={"encounters": done, **more})


def ends() -> Ends:
    """The plan as sender, its core system as receiver."""
    plan = catalogue.identity()
    return Ends(
        sender=(plan.payer_id or _UNNAMED)[:_LONGEST_ID],
        sender_name=plan.name[:60],
        receiver=settings.CORE_SYSTEM_ID,
        receiver_name=plan.name[:60],
        contact=plan.short_name[:60],
        telephone="".join(sign for sign in plan.telephone if sign.isdigit())[-10:],
    )


def _made(leased: Leased, form: Form, done: int, left_out: Callable[[str], None]) -> HandoverView | None:
    at = leased.now().astimezone(leased.worker.zone)

    def write(target: Target, claims: Iterable[SentClaim], number: int) -> None:
        writer.write(target, claims, form=form, ends=ends(), at=at, control_number=number)

    def settle(given: Permit, made: HandoverView | None) -> None:
        del given
        if made is not None:
            cursor = {_UNWRITTEN: made.control_number}
            queue.checkpoint(leased, cursor=cursor, done=done + made.record_count)

    actor = leased.actor(HANDER)
    return handing_on.make(actor=actor, form=form, write=write, settle=settle, left_out=left_out)


def _put(leased: Leased, control_number: str) -> None:
    """The file, into the folder; then the job forgets it."""
    source = handing_on.content(actor=leased.actor(HANDER), control_number=control_number)
    folder = Path(settings.ENCOUNTERS_OUT_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"encounters-{control_number}.837"
    half = path.with_suffix(".part")
    with half.open("wb") as target:
        os.chmod(half, 0o600)
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())
    half.replace(path)
    queue.checkpoint(leased, cursor={}, done=leased.done)
