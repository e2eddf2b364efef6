"""Pages of the plan's own people: receipts verified, work items closed, feeds looked at, the audit read."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.support import cast, patients, visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

VERIFY, WORK, FEEDS, AUDIT = "/staff/receipts/", "/staff/work/", "/staff/feeds/", "/staff/audit/"


def test_a_receipt_of_any_office_is_verified(operations: Client, world: World) -> None:
    for reference in world.receipts.values():
        said = visiting.seen(operations.post(VERIFY, {"reference": reference}))
        assert "This receipt is ours and unaltered" in said
        assert "Zephyrine Quillfeather" in said


def test_look_alike_signs_and_dashes_do_not_matter(operations: Client, world: World) -> None:
    typed = world.receipts[cast.OWN].replace("0", "o").replace("1", "l")
    said = visiting.seen(operations.post(VERIFY, {"reference": f" {typed[:5]}-{typed[5:]} "}))
    assert "This receipt is ours and unaltered" in said


def test_an_altered_receipt_is_not_confirmed(operations: Client, world: World) -> None:
    reference = world.receipts[cast.OWN]
    kept = apps.get_model("members", "Receipt").objects.get(reference=reference)
    kept.content["verdict"] = "terminated"
    kept.save(update_fields=["content"])
    said = visiting.seen(operations.post(VERIFY, {"reference": reference}))
    assert "The kept content no longer has its digest" in said
    assert "unaltered" not in said
    [row] = worlds.uses(conclusion="receipt_altered")
    assert row.function == "receipt_verification"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter the reference number."),
        ("0000", "No receipt has this reference."),
        ("#", "No receipt has"),
    ],
)
def test_what_is_no_reference_is_said_so(operations: Client, typed: str, says: str) -> None:
    answer = operations.post(VERIFY, {"reference": typed})
    assert answer.status_code == 422
    assert says in visiting.seen(answer)


def test_a_mistyped_sign_finds_no_other_receipt(operations: Client, world: World) -> None:
    reference = world.receipts[cast.OWN]
    wrong = ("A" if reference[0] != "A" else "B") + reference[1:]
    assert operations.post(VERIFY, {"reference": wrong}).status_code == 422


def test_an_item_is_closed_and_gone_from_the_list(operations: Client, world: World) -> None:
    assert world.work_item in visiting.seen(operations.get(WORK))
    answer = operations.post(reverse("work_item_done", args=[world.work_item]), follow=True)
    said = visiting.seen(answer)
    assert f"Item {world.work_item} is done." in said
    assert "Nothing is owed" in said


def test_closing_twice_changes_nothing(operations: Client, world: World) -> None:
    done = reverse("work_item_done", args=[world.work_item])
    operations.post(done)
    assert operations.post(done).headers["Location"] == WORK
    [item] = apps.get_model("work", "Item").objects.all()
    assert (item.state, item.done_at) == ("done", NOW)


def test_a_load_is_shown_with_the_rows_that_were_held_back(operations: Client, world: World) -> None:
    job = apps.get_model("jobs", "Job").objects.get(public_id=world.job)
    job.summary = {"accepted": 7, "quarantined": 1}
    job.save(update_fields=["summary"])
    apps.get_model("jobs", "RowResult").objects.create(
        job=job,
        position=12,
        locator="segment 12",
        outcome="quarantined",
        reason="unknown_line",
        message="The plan has no such line of business.",
    )
    assert "Enrolment (834)" in visiting.seen(operations.get(FEEDS))
    said = visiting.seen(operations.get(reverse("feed", args=[world.job])))
    assert "Quarantined 1" in said
    assert "segment 12 Held back The plan has no such line of business. unknown_line" in said


def test_the_audit_finds_a_use_by_its_reference_and_a_member_by_its_id(
    operations: Client, world: World
) -> None:
    [given] = worlds.uses(conclusion="given", persona_id=world["outsider"].persona_id)
    by_reference = operations.post(AUDIT, {"by": "reference", "text": given.reference})
    said = visiting.seen(by_reference).lower()
    assert "outsider tester web eligibility allowed given member nlqx7731" in said
    by_member = operations.post(AUDIT, {"by": "member", "text": "nlqx-7731"})
    assert len(by_member.context["rows"]) == 3
    nothing = operations.post(AUDIT, {"by": "member", "text": "NOBODY77"})
    assert "Nothing was found" in visiting.seen(nothing)


def test_reading_the_audit_is_audited(operations: Client) -> None:
    before = worlds.last_use()
    operations.post(AUDIT, {"by": "member", "text": patients.ZEPHYRINE})
    [row] = worlds.uses(pk__gt=before)
    assert (row.function, row.conclusion) == ("audit_reading", "rows_shown")


@pytest.mark.parametrize(
    "form", [{}, {"by": "reference", "text": ""}, {"by": "name", "text": "Quillfeather"}]
)
def test_an_incomplete_audit_search_shows_no_rows(operations: Client, form: dict[str, str]) -> None:
    answer = operations.post(AUDIT, form)
    assert answer.context["rows"] == ()
