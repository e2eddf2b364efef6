"""Batch eligibility through the pages: sent, checked, asked, run again, stopped, saved, discarded."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portico.domains.access import granting
from portico.domains.members import batch_asking, batches, inquiries, models
from portico.domains.members.batches import Outcome
from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import Reason
from portico.edges.web.batches import sending, tables
from portico.edges.web.batches.tests import sheets
from tests.support import cast, patients, visiting
from tests.support import files_of_patients as files
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.files_of_patients import NOBODY, UNREADABLE, ZEPHYRINE
from tests.support.world import World


def test_a_file_is_checked_before_anything_is_asked(front_desk: Client) -> None:
    before = worlds.last_use()
    batch = files.draft(front_desk, ZEPHYRINE, UNREADABLE, ZEPHYRINE.lower(), ",,,,,", "NLQX1,,,,,")
    said = files.page(front_desk, batch)
    assert "2 of 4 rows can be asked" in said
    assert "1 row asks what an earlier row asks" in said
    assert "Row 3 Quillfeather NLQX1111 Birth date “13/45/1984”: The birth date is no day." in said
    assert "Row 6 NLQX1 Too little to search by." in said
    assert "Row 2 Quillfeather, Zephyrine NLQX7731 05/06/1984 03/12/2026" in said
    asked = [use for use in worlds.uses(pk__gt=before) if not use.conclusion.startswith("batch")]
    assert asked == []


def test_a_file_in_which_nothing_can_be_asked_offers_no_start(front_desk: Client) -> None:
    batch = files.draft(front_desk, UNREADABLE)
    answer = front_desk.get(reverse("batch", args=[batch]))
    assert "No row can be asked" in visiting.seen(answer)
    assert reverse("batch_start", args=[batch]) not in answer.content.decode()


def test_progress_is_a_fragment_that_asks_again_until_all_is_done(front_desk: Client) -> None:
    batch = files.draft(front_desk, ZEPHYRINE, NOBODY, UNREADABLE)
    files.act(front_desk, "start", batch)
    said = files.page(front_desk, batch)
    assert "0 of 2 rows are done" in said
    assert "Zephyrine" not in said
    fragment = front_desk.get(reverse("batch_progress", args=[batch]))
    assert (fragment.status_code, b'hx-trigger="every 2s"' in fragment.content) == (200, True)
    assert b"<html" not in fragment.content
    files.work()
    done = front_desk.get(reverse("batch_progress", args=[batch]))
    assert (done.status_code, done.content, done.headers["HX-Refresh"]) == (204, b"", "true")


def test_the_form_tells_what_is_wrong_with_a_file(front_desk: Client) -> None:
    big = SimpleUploadedFile("big.csv", b"x" * (tables.MOST_BYTES + 1))
    huge = SimpleUploadedFile("huge.csv", b"x" * (tables.MOST_BYTES + 200_000))
    for sent, words_said in (
        (files.file(head="a,b,c"), "No row names the columns."),
        (big, "The file is larger than 5 MB."),
        (huge, "The file is larger than 5 MB."),
        (SimpleUploadedFile("empty.csv", b""), "The file is empty."),
        (SimpleUploadedFile("a.csv", b"%PDF-1.7"), "This is no table."),
    ):
        answer = files.send(front_desk, sent=sent)
        assert answer.status_code == 422
        assert words_said in visiting.seen(answer)
    answer = front_desk.post(reverse("batch_new"), {"as_of": "03/12/2026", "tax_id": cast.OWN})
    assert "Choose a file." in visiting.seen(answer)
    assert not models.Batch.objects.exists()


def test_no_file_sent_in_touches_a_disk(front_desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*asked: Any, **more: Any) -> None:
        raise AssertionError("a file of patients was to be written")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", refuse)
    rows = [ZEPHYRINE.replace("7731", f"{number:05}") + " " * 700 for number in range(5000)]
    assert files.send(front_desk, *rows).status_code == 302


def test_a_day_outside_the_window_is_told_at_the_form(front_desk: Client) -> None:
    answer = files.send(front_desk, ZEPHYRINE, as_of="03/11/2025")
    assert answer.status_code == 422
    assert "The date of service lies too far back." in visiting.seen(answer)


def test_more_rows_than_the_plan_takes_are_told_at_the_form(front_desk: Client, settings: Any) -> None:
    settings.BATCH_ROWS = 1
    answer = files.send(front_desk, ZEPHYRINE, NOBODY)
    assert (answer.status_code, "more than 1 rows" in visiting.seen(answer)) == (422, True)


def test_a_person_who_keeps_too_much_is_told_to_discard(
    front_desk: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BATCH_ROWS = 1
    monkeypatch.setattr(batches, "FILES_KEPT", 1)
    batch = files.asked(front_desk, ZEPHYRINE)
    refused = files.send(front_desk, ZEPHYRINE)
    assert (refused.status_code, sending.FULL in visiting.seen(refused)) == (422, True)
    form = {"as_of": "03/31/2026"}
    again = front_desk.post(reverse("batch_again", args=[batch]), form, follow=True)
    assert sending.FULL in visiting.seen(again)


def test_a_workbook_is_taken_whatever_its_name_says(front_desk: Client) -> None:
    sheet = sheets.workbook(sheets.HEAD, (patients.ZEPHYRINE, "Quillfeather", "", date(1984, 5, 6)))
    answer = files.send(front_desk, sent=SimpleUploadedFile("schedule.csv", sheet))
    assert answer.status_code == 302
    assert "Excel workbook" in visiting.seen(front_desk.get(answer.headers["Location"]))


def test_the_template_is_a_file_that_is_taken(front_desk: Client) -> None:
    template = front_desk.get(reverse("batch_template"))
    assert template.headers["Content-Disposition"].startswith("attachment")
    sent = SimpleUploadedFile("template.csv", template.content)
    batch = files.send(front_desk, sent=sent).headers["Location"]
    assert "1 of 1 row can be asked" in visiting.seen(front_desk.get(batch))


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("administrator", Reason.ADMINISTRATOR_HAS_NO_PHI),
        ("without_function", Reason.FUNCTION_NOT_GRANTED),
        ("operations", Reason.FUNCTION_NOT_GRANTED),
        ("expired", Reason.GRANT_EXPIRED),
        ("colleague", Reason.TAX_ID_NOT_GRANTED),
    ],
)
def test_who_may_not_ask_is_told_why_and_the_audit_keeps_it(world: World, who: str, reason: Reason) -> None:
    browser = visiting.sign_in(world[who])
    before = worlds.last_use()
    answer = files.send(browser, ZEPHYRINE)
    assert answer.status_code == 403
    (use,) = worlds.uses(pk__gt=before)
    assert (use.outcome, use.reasons, use.function) == ("denied", [reason], "eligibility")
    assert use.reference in answer.content.decode()
    assert not models.Batch.objects.exists()


def test_a_visitor_is_asked_to_sign_in(world: World) -> None:
    for route in ("batches", "batch_new", "batch_template"):
        answer = Client().get(reverse(route))
        assert answer.headers["Location"].startswith(reverse("sign_in"))


def test_a_revocation_on_the_way_refuses_the_rows_that_follow(
    front_desk: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_asking, "CHUNK", 1)
    batch = files.draft(front_desk, ZEPHYRINE, NOBODY)
    files.act(front_desk, "start", batch)
    ask = inquiries.ask

    def ask_and_revoke(**asked: Any) -> Any:
        answer = ask(**asked)
        worlds.end_grants(world["front_desk"], Function.ELIGIBILITY)
        return answer

    with monkeypatch.context() as patched:
        patched.setattr(inquiries, "ask", ask_and_revoke)
        files.work()
    rows = models.BatchRow.objects.filter(batch=batch).order_by("position")
    assert list(rows.values_list("outcome", "reason")) == [
        (Outcome.ANSWERED, ""),
        (Outcome.REFUSED, Reason.GRANT_EXPIRED),
    ]
    (use,) = worlds.uses(reference=rows[1].reference)
    assert (use.outcome, use.reasons) == ("denied", [Reason.GRANT_EXPIRED])
    assert front_desk.get(reverse("batch", args=[batch])).status_code == 403


def test_a_person_who_was_disabled_on_the_way_asks_no_more(front_desk: Client, world: World) -> None:
    batch = files.draft(front_desk, ZEPHYRINE, NOBODY)
    files.act(front_desk, "start", batch)
    worlds.disable(world["front_desk"])
    files.work()
    outcomes = set(models.BatchRow.objects.filter(batch=batch).values_list("outcome", flat=True))
    assert outcomes == {Outcome.REFUSED}


def test_rows_that_failed_are_run_again_and_no_others(front_desk: Client) -> None:
    batch = files.asked(front_desk, ZEPHYRINE, NOBODY)
    assert "can be asked again" not in files.page(front_desk, batch)
    rows = models.BatchRow.objects.filter(batch=batch)
    rows.filter(position=3).update(outcome=Outcome.FAILED, reason="crashed", answer_sealed=None)
    said = files.page(front_desk, batch)
    assert "1 row can be asked again" in said
    assert "This row could not be asked." in said
    kept = rows.get(position=2).reference
    files.act(front_desk, "rerun", batch)
    files.work()
    assert rows.get(position=2).reference == kept
    assert "can be asked again" not in files.page(front_desk, batch)


def test_a_refusal_says_who_can_change_it(front_desk: Client, world: World) -> None:
    batch = files.draft(front_desk, ZEPHYRINE)
    files.act(front_desk, "start", batch)
    signer = world["front_desk"]
    worlds.end_grants(signer, Function.ELIGIBILITY)
    files.work()
    (row,) = models.BatchRow.objects.filter(batch=batch)
    assert row.outcome == Outcome.REFUSED
    again = granting.NewGrant(function=Function.ELIGIBILITY, tax_ids=(cast.OWN,), first_on=TODAY)
    granting.add_grant(actor=worlds.system(), persona_id=signer.persona_id, new=again)
    said = files.page(front_desk, batch)
    assert "Your access to Eligibility has ended." in said
    assert "Your administrator: Renews your access to Eligibility." in said


def test_a_batch_can_be_stopped_and_goes_on_later(front_desk: Client) -> None:
    batch = files.draft(front_desk, ZEPHYRINE)
    files.act(front_desk, "start", batch)
    files.act(front_desk, "cancel", batch)
    said = files.page(front_desk, batch)
    assert "Stopped" in said
    assert "1 row can be asked again" in said
    files.act(front_desk, "rerun", batch)
    files.work()
    assert "Active on 03/12/2026" in files.page(front_desk, batch)


def test_a_third_batch_waits_for_one_of_two(front_desk: Client) -> None:
    made = [files.draft(front_desk, ZEPHYRINE) for _ in range(3)]
    for batch in made[:2]:
        files.act(front_desk, "start", batch)
    answer = front_desk.post(reverse("batch_start", args=[made[2]]), follow=True)
    assert "Start this one when one of them is done." in visiting.seen(answer)
    assert "1 of 1 row can be asked" in visiting.seen(answer)


def test_a_saved_list_is_asked_for_another_day(front_desk: Client) -> None:
    batch = files.asked(front_desk, ZEPHYRINE, UNREADABLE)
    assert files.act(front_desk, "save", batch, name="").status_code == 422
    files.act(front_desk, "save", batch, name="Tuesday schedule")
    saved = visiting.seen(front_desk.get(f"{reverse('batches')}?show=saved"))
    assert "Tuesday schedule" in saved
    assert "you discard it" in files.page(front_desk, batch)
    refused = files.act(front_desk, "again", batch, as_of="01/01/2019")
    assert (refused.status_code, "lies too far back" in visiting.seen(refused)) == (422, True)
    again = files.act(front_desk, "again", batch, as_of="03/31/2026").headers["Location"]
    said = visiting.seen(front_desk.get(again))
    assert "1 of 1 row can be asked" in said
    assert "03/31/2026" in said


def test_what_is_discarded_is_gone(front_desk: Client) -> None:
    batch = files.asked(front_desk, ZEPHYRINE)
    answer = front_desk.post(reverse("batch_discard", args=[batch]), follow=True)
    assert "The batch is discarded." in visiting.seen(answer)
    assert "No files yet" in visiting.seen(answer)
    assert front_desk.get(reverse("batch", args=[batch])).status_code == 404
