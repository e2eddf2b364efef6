"""What an operator types, what is answered, and that each use leaves its audit row."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from portico.domains.audit import reading, sealing
from portico.domains.audit.tests import making as audit_making
from portico.domains.jobs.rules import State
from portico.domains.jobs.tests import making
from portico.domains.notifications import outbox
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.cli import asking
from portico.edges.cli.main import main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_kinds(settings: Any) -> None:
    settings.JOB_HANDLERS = {
        making.KIND: "portico.domains.jobs.tests.counting.Count",
        "seal_audit": "portico.edges.cli.rounds.SealAudit",
        "send_mail": "portico.edges.mail.sending.SendMail",
        "tidy_jobs": "portico.edges.cli.rounds.TidyJobs",
    }
    settings.JOB_SCHEDULE = {"seal_audit": 60, "send_mail": 5}


def rows_of(name: str) -> list[tuple[str, str]]:
    """(function, conclusion) of what a part of the system did, the newest first."""
    with permit(asking.actor("reader"), Function.AUDIT_READING) as given:
        return [(row.function, row.conclusion) for row in reading.of_system(given=given, name=name).rows]


def test_an_untouched_audit_verifies(capsys: pytest.CaptureFixture[str]) -> None:
    audit_making.record(3)
    assert main(["audit", "seal"]) == 0
    assert main(["audit", "verify"]) == 0
    assert "Every row is as it was recorded." in capsys.readouterr().out
    assert rows_of(asking.OPERATOR)[0] == ("audit_reading", "intact")


def test_a_tampered_audit_fails_and_the_row_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    entries = audit_making.record(3)
    main(["audit", "seal"])
    with audit_making.unguarded():
        type(entries[1]).objects.filter(pk=entries[1].pk).update(user_id=99)
    assert main(["audit", "verify"]) == 1
    assert f"audit changed, position 2, entry {entries[1].pk}" in capsys.readouterr().err


def test_an_exported_head_finds_a_cut_tail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit_making.record(2)
    main(["audit", "seal"])
    capsys.readouterr()
    assert main(["audit", "head"]) == 0
    exported = tmp_path / "head.json"
    exported.write_text(capsys.readouterr().out)
    assert main(["audit", "verify", "--head", str(exported)]) == 0
    with audit_making.unguarded():
        audit_making.forget_chain()
    assert main(["audit", "verify", "--head", str(exported)]) == 1
    assert "audit cut, position 1" in capsys.readouterr().err


@pytest.mark.parametrize("text", [None, "no head"])
def test_a_head_that_is_none_is_refused(
    text: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "head.json"
    if text is not None:
        file.write_text(text)
    assert main(["audit", "verify", "--head", str(file)]) == 1
    assert str(file) in capsys.readouterr().err


def test_there_is_no_head_before_the_first_sealing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "head"]) == 1
    assert "portico audit seal" in capsys.readouterr().err


def test_a_sweep_seals_everything(capsys: pytest.CaptureFixture[str]) -> None:
    audit_making.record(2)
    assert main(["audit", "seal", "--sweep"]) == 0
    assert "Sealed 2 rows." in capsys.readouterr().out


def test_jobs_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    job = making.enqueue()
    assert main(["jobs", "list", "--kind", making.KIND, "--state", "queued"]) == 0
    assert main(["jobs", "show", str(job)]) == 0
    said = capsys.readouterr().out
    assert said.count(str(job)) == 2
    assert '"rows": {}' in said


def test_a_job_is_cancelled_and_tried_again(capsys: pytest.CaptureFixture[str]) -> None:
    job = making.enqueue()
    assert main(["jobs", "cancel", str(job)]) == 0
    assert making.stored(job).state == State.CANCELLED
    assert main(["jobs", "cancel", str(job)]) == 1
    assert main(["jobs", "retry", str(job)]) == 0
    assert main(["jobs", "retry", str(job)]) == 1
    assert making.stored(job).state == State.QUEUED
    assert [what for _, what in rows_of(asking.OPERATOR)] == ["not_ended", "queued", "not_open", "cancelled"]


def test_a_job_that_is_not_there_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["jobs", "show", str(uuid4())]) == 1
    assert "there is no job" in capsys.readouterr().err


@pytest.mark.parametrize("typed", [[], ["nonsense"], ["jobs", "show", "x"], ["audit"]])
def test_what_is_typed_wrong_is_answered_with_usage(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ending:
        main(typed)
    assert ending.value.code == 2
    assert "usage: portico" in capsys.readouterr().err


def test_the_command_starts_by_itself() -> None:
    command = [sys.executable, "-m", "portico.edges.cli", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "worker" in done.stdout


def test_the_worker_does_jobs_sends_mails_and_seals(mailoutbox: list[Any]) -> None:
    job = making.enqueue(payload={"rows": 10, "chunk": 3, "pause": 0})
    outbox.enqueue(to="office@example.org", template="new_notices", context={"count": 1})
    audit_making.record(1)
    assert main(["worker", "--once"]) == 0
    done = making.stored(job)
    assert (done.state, done.progress_done, done.progress_total) == (State.DONE, 10, 10)
    assert len(mailoutbox) == 1
    assert rows_of("mail-sender") == [("sending", "claimed")]
    assert rows_of(sealing.SEALER) == [("sealing", "sealed")]


def test_an_idle_portal_seals_nothing() -> None:
    audit_making.record(1)
    main(["audit", "seal"])
    main(["worker", "--once"])
    assert rows_of(sealing.SEALER) == [("sealing", "sealed")]


def test_the_tidier_says_what_it_did() -> None:
    job = making.enqueue(kind="tidy_jobs")
    assert main(["worker", "--once"]) == 0
    assert making.stored(job).state == State.DONE
    assert rows_of("job-tidier") == [("loading", "nothing_old")]
