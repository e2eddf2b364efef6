"""What a whole day of use leaves behind holds no patient: addresses, logs, mails, cookies, sessions, titles.

The values looked for are those of `tests.support.patients`; pages and documents themselves may show them.
"""

import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse

from portico.domains.members import benefits, receipts
from portico.domains.plan import catalogue
from portico.edges.mail import rendering
from tests.support import files_of_patients, patients, visiting
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import World

BIRTH = "05/06/1984"
SPOKEN = f"{patients.ZEPHYRINE} Zephyrine Quillfeather {BIRTH}"


class Watched(Client):
    """A browser that remembers every address it was sent to and every title it saw."""

    def __init__(self) -> None:
        super().__init__(raise_request_exception=False)
        self.addresses: list[str] = []
        self.titles: list[str] = []
        self.cookies_seen: list[str] = []

    def request(self, **request: Any) -> Any:
        """Ask, and note what a proxy, a history or a bookmark would keep."""
        answer = super().request(**request)
        self.addresses += [
            f"{request['PATH_INFO']}?{request.get('QUERY_STRING', '')}",
            answer.get("Location", ""),
        ]
        self.addresses.append(answer.get("Content-Disposition", ""))
        self.cookies_seen.append(self.cookies.output())
        if "html" in answer.get("Content-Type", ""):
            self.titles += re.findall(r"(?s)<title>.*?</title>", answer.content.decode())
            self.addresses += re.findall(r'(?:href|src|action)="([^"]*)"', answer.content.decode())
        return answer


@pytest.fixture
def day(
    world: World, clock: time_machine.Traveller, logs: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> Watched:
    """A day at the front desk and at the plan: found, missed, chosen, printed, kept, refused, crashed."""
    browser = Watched()
    visiting.sign_in(world["front_desk"], browser)
    _search(browser)
    page = visiting.search(browser, member_id=patients.ZEPHYRINE).headers["Location"]
    for address in ("", "card.pdf", "card.png"):
        browser.get(f"{page}{address}")
    receipt = browser.post(f"{page}receipt/").headers["Location"]
    for address in (receipt, f"{receipt}receipt.pdf", reverse("receipts"), reverse("notices")):
        browser.get(address)
    _send_files(browser)
    browser.post(f"{page}as-of/", {"as_of": "04/01/2025"})
    browser.post(f"{page}as-of/", {"as_of": "never"})
    _change(world)
    _break(browser, page, monkeypatch)
    worlds.end_grants(world["front_desk"])
    browser.get(page)
    browser.post(reverse("sign_out"))
    _at_the_plan(browser, world, clock)
    return browser


def _search(browser: Client) -> None:
    for by, asked in (
        ("ssn", {"ssn": "900-45-6789", "birth_date": BIRTH}),
        ("ssn", {"ssn": "900-45-67", "birth_date": BIRTH}),
        ("name", {"last_name": "Quillfeather", "first_name": "Zephyrine", "birth_date": BIRTH}),
        ("name", {"last_name": "Quillfeatherstone", "birth_date": BIRTH}),
        ("member_id", {"member_id": f"{patients.ZEPHYRINE}#"}),
    ):
        answer = visiting.search(browser, by, **asked)
        if answer.status_code == 302:
            browser.get(answer.headers["Location"])
    family = visiting.search(browser, member_id=patients.SUBSCRIBER).headers["Location"]
    browser.get(family)
    browser.get(browser.post(family, {"member": "1"}).headers["Location"])


def _send_files(browser: Client) -> None:
    files_of_patients.send(browser, "no header that anybody knows", SPOKEN)
    for rows in ((files_of_patients.UNREADABLE,), (files_of_patients.ZEPHYRINE, files_of_patients.NOBODY)):
        batch = files_of_patients.asked(browser, *rows)
        browser.get(reverse("batch", args=[batch]))
        for kind in ("csv", "xlsx", "271"):
            browser.get(reverse(f"batch_{kind}", args=[batch]))
    browser.get(reverse("batches"))


def _change(world: World) -> None:
    member = world.members[patients.ZEPHYRINE]
    member.coverages.update(last_on=TODAY - timedelta(days=20))
    with worlds.loading() as given:
        receipts.note_retroactive_change(given, [member.pk])


def _break(browser: Client, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*asked: object, **more: object) -> None:
        raise RuntimeError(SPOKEN)

    with monkeypatch.context() as broken:
        broken.setattr(benefits, "services", fail)
        broken.setattr(receipts, "_held", fail)
        browser.get(page)
        browser.get(reverse("receipts"))


def _at_the_plan(browser: Client, world: World, clock: time_machine.Traveller) -> None:
    clock.shift(30)
    visiting.sign_in(world["operations"], browser)
    browser.post(reverse("audit"), {"by": "member", "text": patients.ZEPHYRINE})
    for reference in (*world.receipts.values(), "0" * 17):
        browser.post(reverse("verify_receipt"), {"reference": reference})
    browser.get(reverse("feed", args=[world.job]))


def test_addresses_file_names_and_links_hold_no_patient(day: Watched) -> None:
    assert len(day.addresses) > 200
    assert patients.shown_in("\n".join(_without_ids(each) for each in day.addresses)) == []


def test_titles_hold_no_patient(day: Watched) -> None:
    assert len(day.titles) > 15
    assert patients.shown_in("\n".join(day.titles)) == []


def test_logs_hold_no_patient_though_a_crash_spoke_of_one(day: Watched, logs: io.StringIO) -> None:
    del day
    lines = logs.getvalue()
    assert "panel_failed" in lines
    assert "request_failed" in lines
    assert "RuntimeError" in lines
    assert patients.shown_in(_without_ids(lines)) == []


def test_cookies_and_sessions_hold_no_patient(day: Watched) -> None:
    assert patients.shown_in(_without_ids("\n".join(day.cookies_seen))) == []
    kept = [
        json.dumps(each.get_decoded(), default=str)
        for each in apps.get_model("accounts", "Session").objects.all()
    ]
    assert kept
    assert patients.shown_in("\n".join(kept)) == []


def test_mails_and_what_waits_to_be_mailed_hold_no_patient(day: Watched) -> None:
    del day
    waiting = list(apps.get_model("notifications", "Message").objects.values("to", "template", "context"))
    assert waiting
    assert patients.shown_in(json.dumps(waiting)) == []
    for message in waiting:
        letter = rendering.render(
            template=message["template"], context=message["context"], plan=catalogue.identity()
        )
        assert patients.shown_in(f"{letter.subject}\n{letter.body}") == []
    assert mail.outbox == []


def test_audit_rows_hold_identifiers_and_nothing_else_of_a_patient(day: Watched) -> None:
    del day
    rows = [vars(row) for row in worlds.uses()]
    assert patients.shown_in(_without_ids(json.dumps(rows, default=str))) == []
    subjects = apps.get_model("audit", "Subject").objects.filter(kind="member")
    assert {each.identifier for each in subjects} <= {*_ids()}


def test_notices_hold_references_only(day: Watched) -> None:
    del day
    notices = list(apps.get_model("notifications", "Notice").objects.values_list("context", flat=True))
    assert notices
    assert {key for notice in notices for key in notice} == {"reference"}


def _ids() -> Iterator[str]:
    yield from apps.get_model("members", "Member").objects.values_list("member_id", flat=True)


def _without_ids(text: str) -> str:
    """Without random ids, hashes, tokens and instants, in which four digits may stand by chance."""
    random = (
        r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{32,64}\b|\b[0-9A-HJKMNP-TV-Z]{12,17}\b"
        r"|portico(_csrf|_device)?=\S+"
    )
    return re.sub(random, "", text)
