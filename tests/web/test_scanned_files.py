"""Files that are scanned for viruses, in the browser: refused, held in sight of both sides, given back."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from portico.edges.cli.main import main
from tests.support import proving, scanning, visiting
from tests.support.proving import FILE
from tests.support.scanning import VIRUS
from tests.support.visiting import seen
from tests.support.world import World

BY_DOCUMENTS = "/account/identity/documents/"


@pytest.fixture(autouse=True)
def _scanner(world: World, settings: Any) -> None:
    del world  # which is built with every kind of job
    settings.UPLOAD_SCANNER = scanning.SETTING
    settings.JOB_HANDLERS = {"scan_uploads": "portico.edges.cli.rounds.ScanUploads"}
    settings.JOB_SCHEDULE = {"scan_uploads": 60}


@pytest.fixture
def unverified(world: World) -> Client:
    """The browser of somebody who has proven nothing."""
    return visiting.sign_in(world["unverified"])


def add(browser: Client, content: bytes = FILE) -> Any:
    """The answer to one file."""
    sent = {"kind": "licence", "file": proving.attached(content, "licence.pdf")}
    return browser.post(BY_DOCUMENTS, sent)


def handed_in(browser: Client, content: bytes) -> str:
    """The desk's page of a file that was handed in while the scanner was down."""
    with scanning.down():
        add(browser, content)
    browser.post(f"{BY_DOCUMENTS}hand-in/")
    return f"/staff/identity/{apps.get_model('accounts', 'Proof').objects.latest('pk').pk}/"


def scan() -> None:
    """The recurring job runs."""
    assert main(["worker", "--once"]) == 0


def last() -> tuple[str, str, str]:
    """The latest use: of what function, by whom, how it ended."""
    use: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    return use.function, use.actor_name, use.conclusion


def test_a_file_with_a_virus_is_not_taken_and_says_what_to_do(unverified: Client) -> None:
    answer = add(unverified, VIRUS)
    assert answer.status_code == 422
    assert "A virus was found in the file, so it was not kept. Check your computer" in seen(answer)
    assert not apps.get_model("accounts", "ProofDocument").objects.exists()


def test_a_clean_file_is_taken_without_a_word_of_it(unverified: Client) -> None:
    said = seen(unverified.get(add(unverified).headers["Location"]))
    assert "The file is added. Hand it in when all are there." in said
    assert "virus" not in said


def test_while_the_scanner_is_down_both_sides_see_that_the_file_is_being_checked(
    unverified: Client, operations: Client
) -> None:
    with scanning.down():
        added = unverified.get(add(unverified).headers["Location"])
    assert "It is still to be checked for viruses; you can hand it in meanwhile." in seen(added)
    unverified.post(f"{BY_DOCUMENTS}hand-in/")
    assert "Being checked for viruses. The plan can open it afterwards." in seen(unverified.get(BY_DOCUMENTS))
    document = apps.get_model("accounts", "ProofDocument").objects.get()
    case = f"/staff/identity/{document.proof_id}/"
    page = operations.get(case)
    assert "Being checked for viruses" in seen(page)
    assert "Download" not in seen(page)
    assert operations.get(f"{case}files/{document.pk}/").status_code == 404


def test_the_recurring_job_scans_what_waits_and_the_desk_can_open_it(
    unverified: Client, operations: Client
) -> None:
    case = handed_in(unverified, FILE)
    scan()
    assert last() == ("housekeeping", "upload-scanner", "document_clean")
    [address] = re.findall(rf'href="({case}files/\d+/)"', operations.get(case).content.decode())
    assert operations.get(address).content == FILE


def test_a_virus_found_later_gives_the_task_back_and_says_why(unverified: Client, operations: Client) -> None:
    case = handed_in(unverified, VIRUS)
    scan()
    assert last() == ("housekeeping", "upload-scanner", "document_infected")
    assert operations.get(case).status_code == 404
    said = seen(unverified.get(BY_DOCUMENTS))
    assert "A virus was found, and the file is deleted. Take it back and send another." in said
    assert "Add a file" in said
    assert "A virus was found in a file you sent" in seen(unverified.get("/notices/"))


def test_the_desk_sees_of_an_infected_file_beside_a_clean_one_that_it_is_gone(
    unverified: Client, operations: Client
) -> None:
    handed_in(unverified, VIRUS)
    scan()
    add(unverified)
    unverified.post(f"{BY_DOCUMENTS}hand-in/")
    case = f"/staff/identity/{apps.get_model('accounts', 'Proof').objects.get().pk}/"
    page = operations.get(case)
    assert "Deleted: a virus was found" in seen(page)
    assert len(re.findall(rf'href="{case}files/\d+/"', page.content.decode())) == 1


def test_an_idle_round_writes_nothing(world: World) -> None:
    del world
    entries = apps.get_model("audit", "Entry").objects
    before = entries.filter(function="housekeeping").count()
    scan()
    assert entries.filter(function="housekeeping").count() == before
