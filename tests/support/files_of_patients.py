"""Files of patients sent through the pages, the worker that asks them, and batches that lie there already."""

from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from portico.domains.jobs import queue
from portico.domains.jobs.leases import Worker
from portico.domains.members import batch_rows, batches
from portico.domains.members import models as tables
from portico.domains.members.asked import ByFacts, Facts, Inquiry
from portico.domains.members.batches import NewRow, Outcome
from portico.edges.cli import lane
from portico.edges.web import asking
from tests.support import cast, patients, visiting
from tests.support.actors import NOW, TODAY
from tests.support.world import Signer

HEAD = "member_id,last_name,first_name,birth_date,ssn,as_of"
ZEPHYRINE = f"{patients.ZEPHYRINE},Quillfeather,Zephyrine,05/06/1984,,"
NOBODY = "NLQX0000,Nobody,,01/01/1990,,"
UNREADABLE = "NLQX1111,Quillfeather,,13/45/1984,,"


def file(*rows: str, name: str = "schedule.csv", head: str = HEAD) -> SimpleUploadedFile:
    """A CSV of these rows."""
    return SimpleUploadedFile(name, "\n".join((head, *rows, "")).encode())


def send(browser: Client, *rows: str, sent: Any = None, tax_id: str = cast.OWN, **more: str) -> Any:
    """The answer to a file of these rows, asked for a tax ID as of today."""
    form = {"as_of": f"{TODAY:%m/%d/%Y}", "tax_id": tax_id, **more}
    return browser.post(reverse("batch_new"), {"file": sent or file(*rows), **form})


def draft(browser: Client, *rows: str) -> UUID:
    """The batch that a file made."""
    answer = send(browser, *rows)
    assert answer.status_code == 302, answer.content.decode()
    batch: UUID = resolve(answer.headers["Location"]).kwargs["batch"]
    return batch


def act(browser: Client, what: str, batch: UUID, **form: str) -> Any:
    """The answer to something done to a batch: start, rerun, cancel, save, again, discard."""
    return browser.post(reverse(f"batch_{what}", args=[batch]), form)


def work() -> None:
    """Does every batch that waits, as a worker does."""
    worker = Worker(name="tests", now=asking.now, zone=ZoneInfo("America/Los_Angeles"))
    while leased := queue.lease(worker=worker, kinds=[batches.ASK_BATCH]):
        lane.perform(leased)


def asked(browser: Client, *rows: str) -> UUID:
    """A batch that was asked to its end."""
    batch = draft(browser, *rows)
    act(browser, "start", batch)
    work()
    return batch


def page(browser: Client, batch: UUID, query: str = "") -> str:
    """What the page of a batch says."""
    answer = browser.get(f"{reverse('batch', args=[batch])}{query}")
    assert answer.status_code == 200
    return visiting.seen(answer)


def lying_there(signer: Signer, *, is_asked: bool = True) -> UUID:
    """A batch somebody made earlier for the tax ID worked for; asked without an answer, or a draft."""
    person = signer.person
    batch = tables.Batch(
        persona_id=signer.persona_id,
        user_id=signer.user_id,
        source="csv",
        tax_id=person.tax_ids[0] if person.tax_ids else cast.OWN,
        row_count=1,
        created_at=NOW,
        started_at=NOW if is_asked else None,
        finished_at=NOW if is_asked else None,
        keep_until=NOW + timedelta(days=1),
    )
    question = ByFacts(Facts(member_id=patients.ZEPHYRINE, last_name="Quillfeather"))
    (row,), _ = batch_rows.made(batch, [NewRow(2, "row 2", Inquiry("", TODAY, question))])
    if is_asked:
        row.outcome, row.reason = Outcome.NOT_ANSWERED, "member_id_not_found"
    batch.save(force_insert=True)
    row.save()
    return batch.pk
