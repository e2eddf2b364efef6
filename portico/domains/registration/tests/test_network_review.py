"""The desk that answers wishes to take part: what waits, what is on file, notes for itself, one answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.registration import (
    models,
    network,
    network_forgetting,
    network_queue,
    network_review,
    transaction_ids,
)
from portico.domains.registration.network_queue import Which, Who
from portico.domains.registration.network_review import BadNote, Case, OnFile
from portico.domains.registration.network_rules import Decline, Stage
from portico.domains.registration.tests import registering, wishing
from portico.domains.registration.tests.registering import NOW, NPI, TAX_ID, clock, desk, last_use, visitor
from portico.domains.registration.tests.wishing import ask, look, mails, number, row
from portico.shared.identifiers import BadIdentifier
from tests.support import actors

pytestmark = pytest.mark.django_db
COLLEAGUE = 999_013


@pytest.fixture(autouse=True)
def _plan() -> None:
    registering.a_plan()


def case(position: int = 0, *, actor: Actor | None = None) -> Case:
    found = network_review.case(actor=actor or desk(), number=number(position))
    assert found is not None
    return found


def shown(which: Which = Which.WAITING, *, actor: Actor | None = None, **how: Any) -> list[int]:
    return [each.number for each in network_queue.queue(actor=actor or desk(), which=which, **how).page.rows]


def assign(position: int = 0, *, takes: bool = True, actor: Actor | None = None) -> bool:
    return network_review.assign(actor=actor or desk(), number=number(position), takes=takes)


def test_what_is_due_first_stands_first_and_what_is_past_due_is_late() -> None:
    ask(actor=visitor(minutes=5))
    ask()
    found = network_queue.queue(actor=desk(days=14.001))
    assert [each.number for each in found.page.rows] == [number(1), number(0)]
    assert [each.is_late for each in found.page.rows] == [True, False]
    assert (found.waiting, found.late, found.mine) == (2, 1, 0)
    assert last_use() == ("allowed", "network_queue_shown", {})


def test_one_finds_what_one_has_taken_and_what_was_answered() -> None:
    for minutes in range(3):
        ask(actor=visitor(minutes=minutes))
    assign(1)
    assign(2, actor=desk(user_id=COLLEAGUE))
    assert shown(Which.MINE) == [number(1)]
    assert network_queue.queue(actor=desk()).mine == 1
    network_review.invite(actor=desk(), number=number(1))
    network_review.decline(actor=desk(days=1), number=number(0), reason=Decline.NO_NEED)
    assert shown() == [number(2)]
    assert shown(Which.MINE) == []
    assert shown(Which.ANSWERED) == [number(0), number(1)]


@pytest.mark.parametrize("which", [Which.WAITING, Which.ANSWERED])
def test_a_long_list_comes_in_pages_that_miss_nobody_and_repeat_nobody(which: Which) -> None:
    for turn in range(7):
        ask(actor=visitor(minutes=turn // 3), address="")
    if which is Which.ANSWERED:
        for position in range(7):
            network_review.invite(actor=desk(days=position // 3), number=number(position))
    seen: list[int] = []
    key = ""
    for _ in range(4):
        page = network_queue.queue(actor=desk(), which=which, after=key, size=2).page
        seen += [each.number for each in page.rows]
        key = page.next_key or ""
    everyone = [number(position) for position in range(7)]
    by_answer = [*everyone[6:], *reversed(everyone[3:6]), *reversed(everyone[:3])]
    assert seen == (by_answer if which is Which.ANSWERED else everyone)
    assert key == ""


@pytest.mark.parametrize("key", ["x", "1-", "-1", "1-1-1", "9" * 30 + "-1", "٣-٣"])
def test_a_key_that_is_none_shows_the_first_page(key: str) -> None:
    ask()
    assert shown(after=key) == [number()]


def test_one_is_read_whole_and_stands_in_the_audit() -> None:
    ask()
    found = case()
    assert (found.row.office_name, found.row.stage, found.row.assigned) == (
        "Riverbend Pediatrics",
        Stage.RECEIVED,
        Who.NOBODY,
    )
    assert (found.contact_name, found.email, found.telephone) == (
        "Noor Haddad",
        "noor@riverbend.example",
        "5305550168",
    )
    assert (found.regions, found.lines, found.reason) == (("north",), (registering.LINE,), None)
    assert [(each.kind, each.by) for each in found.happened] == [("asked", Who.NOBODY)]
    assert last_use() == ("allowed", "network_request_shown", {"network_request": str(number())})
    for value in (found.contact_name, found.email, found.telephone):
        assert value not in repr(found)


@pytest.mark.parametrize(
    ("npi", "tax_id", "found"),
    [
        (registering.UNKNOWN_NPI, registering.UNKNOWN_TAX_ID, OnFile(False, False, False, False)),
        (NPI, registering.UNKNOWN_TAX_ID, OnFile(True, False, False, False)),
        (NPI, TAX_ID, OnFile(True, True, True, False)),
        (registering.UNKNOWN_NPI, TAX_ID, OnFile(False, True, True, False)),
        (registering.OTHER_NPI, registering.SECOND, OnFile(True, True, False, False)),
    ],
    ids=["nothing", "npi_alone", "takes_part", "tax_id_alone", "outside"],
)
def test_the_desk_sees_what_the_provider_file_says(npi: str, tax_id: str, found: OnFile) -> None:
    registering.a_provider(registering.OTHER_NPI, registering.SECOND, participates=False)
    ask(npi=npi, tax_id=tax_id)
    assert case().on_file == found


def test_the_desk_sees_that_the_office_is_here() -> None:
    registering.an_office()
    ask(npi=NPI, tax_id=TAX_ID)
    assert case().on_file.has_account


def test_further_wishes_of_the_same_numbers_are_named() -> None:
    ask()
    ask(tax_id=TAX_ID)
    ask(npi=registering.OTHER_NPI)
    ask(npi=registering.OTHER_NPI, tax_id=TAX_ID)
    assert [each.number for each in case().others] == [number(2), number(1)]


def test_it_is_taken_from_a_colleague_too_and_handed_back_by_whoever_has_it() -> None:
    ask()
    assert assign(actor=desk(user_id=COLLEAGUE))
    assert last_use() == ("allowed", "network_request_taken", {"network_request": str(number())})
    assert case().row.assigned is Who.A_COLLEAGUE
    assert not assign(takes=False)
    assert last_use()[:2] == ("allowed", "network_not_ones_own")
    assert assign()
    assert (case().row.assigned, case().row.stage) == (Who.YOU, Stage.IN_REVIEW)
    assert assign(takes=False)
    assert last_use()[:2] == ("allowed", "network_request_handed_back")
    assert (case().row.assigned, case().row.stage) == (Who.NOBODY, Stage.RECEIVED)
    assert [(each.kind, each.by) for each in case().happened] == [
        ("asked", Who.NOBODY),
        ("taken", Who.A_COLLEAGUE),
        ("taken", Who.YOU),
        ("handed_back", Who.YOU),
    ]


def test_notes_are_sealed_and_for_the_plan_alone() -> None:
    asked = ask()
    assert network_review.note(actor=desk(), number=number(), text="  They open in May.\n")
    assert last_use() == ("allowed", "network_request_noted", {"network_request": str(number())})
    sealed = bytes(models.NetworkEvent.objects.get(kind="noted").sealed or b"")
    assert b"May" not in sealed
    noted = case().happened[-1]
    assert (noted.kind, noted.by, noted.text) == ("noted", Who.YOU, "They open in May.")
    assert "May" not in repr(noted)
    assert "May" not in repr(look(asked))
    network_review.invite(actor=desk(), number=number())
    assert network_review.note(actor=desk(), number=number(), text="Called.")


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2_001], ids=["empty", "blank", "too_long"])
def test_a_note_that_says_nothing_or_too_much_is_not_kept(text: str) -> None:
    ask()
    with pytest.raises(BadNote):
        network_review.note(actor=desk(), number=number(), text=text)
    assert models.NetworkEvent.objects.count() == 1


def test_a_note_moved_to_another_row_does_not_open() -> None:
    ask()
    network_review.note(actor=desk(), number=number(), text="one")
    network_review.note(actor=desk(), number=number(), text="two")
    one, two = models.NetworkEvent.objects.filter(kind="noted").order_by("pk")
    models.NetworkEvent.objects.filter(pk=two.pk).update(sealed=one.sealed)
    with pytest.raises(Exception, match="belongs to another row"):
        case()


def test_an_invitation_is_mailed_without_a_word_more_and_opens_nothing() -> None:
    asked = ask()
    assert network_review.invite(actor=desk(days=1), number=number())
    assert last_use() == ("allowed", "network_request_invited", {"network_request": str(number())})
    assert mails()[1:] == [("noor@riverbend.example", "network_answered", {"kind": "invited"})]
    standing = look(asked)
    assert (standing.stage, standing.decided_at, standing.reason) == (
        Stage.INVITED,
        NOW + timedelta(days=1),
        None,
    )
    assert (row().decided_by, models.Application.objects.count()) == (999_012, 0)


@pytest.mark.parametrize("reason", Decline)
def test_a_no_says_why_on_the_page_of_the_number_and_not_in_the_mail(reason: Decline) -> None:
    asked = ask()
    assert network_review.decline(actor=desk(), number=number(), reason=reason)
    assert last_use()[:2] == ("allowed", "network_request_declined")
    assert mails()[1:] == [("noor@riverbend.example", "network_answered", {"kind": "declined"})]
    assert (look(asked).stage, look(asked).reason) == (Stage.DECLINED, reason)
    assert case().reason is reason


def decline(actor: Actor, of: int) -> bool:
    return network_review.decline(actor=actor, number=of, reason=Decline.NO_NEED)


ACTS: dict[str, Callable[[Actor, int], object]] = {
    "take": lambda actor, of: network_review.assign(actor=actor, number=of, takes=True),
    "hand_back": lambda actor, of: network_review.assign(actor=actor, number=of, takes=False),
    "invite": lambda actor, of: network_review.invite(actor=actor, number=of),
    "decline": decline,
}
READS: dict[str, Callable[[Actor, int], object]] = {
    "queue": lambda actor, of: network_queue.queue(actor=actor),
    "case": lambda actor, of: network_review.case(actor=actor, number=of),
    "find": lambda actor, of: network_review.find(actor=actor, tracking_number=transaction_ids.new()),
    "note": lambda actor, of: network_review.note(actor=actor, number=of, text="a note"),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_was_answered_is_answered_once(act: str) -> None:
    ask()
    network_review.invite(actor=desk(), number=number())
    assert ACTS[act](desk(), number()) is False
    assert last_use()[:2] == ("allowed", "network_settled")
    assert (row().state, row().reason, len(mails())) == ("invited", "", 2)


@pytest.mark.parametrize("act", [*ACTS, "note", "case"])
def test_what_is_not_there_is_not_found(act: str) -> None:
    assert not (ACTS | READS)[act](desk(), 999_999)
    assert last_use() == ("allowed", "not_found", {})


def test_what_was_taken_back_waits_no_more() -> None:
    asked = ask()
    network.withdraw(actor=visitor(), tracking_number=asked.tracking_number, address=wishing.NETWORK)
    assert shown() == []
    assert shown(Which.ANSWERED) == [number()]
    assert not network_review.invite(actor=desk(), number=number())


def test_it_is_found_by_the_number_its_sender_names() -> None:
    asked = ask()
    typed = transaction_ids.shown(asked.tracking_number).lower()
    assert network_review.find(actor=desk(), tracking_number=typed) == number()
    assert last_use() == ("allowed", "network_request_found", {"network_request": str(number())})
    assert network_review.find(actor=desk(), tracking_number=transaction_ids.new()) is None
    assert last_use() == ("allowed", "not_found", {})
    with pytest.raises(BadIdentifier):
        network_review.find(actor=desk(), tracking_number="x")


def test_a_case_without_its_notes_is_read_all_the_same() -> None:
    ask()
    network_review.note(actor=desk(), number=number(), text="a note")
    network_review.invite(actor=desk(), number=number())
    network_forgetting.forget(actor=clock(days=366))
    found = case()
    assert [each.text for each in found.happened] == ["", "", ""]
    assert (found.email, found.row.office_name) == ("", "Riverbend Pediatrics")


@pytest.mark.parametrize("act", [*ACTS, *READS])
@pytest.mark.parametrize(
    "actor",
    [
        actors.visitor(),
        actors.front_desk(),
        actors.administrator(),
        actors.plan_staff(Desk.MEMBER_SERVICES),
        actors.plan_staff(Desk.SUPPORT),
    ],
    ids=["visitor", "front_desk", "administrator", "member_services", "support"],
)
def test_only_the_desk_of_the_network_answers(actor: Actor, act: str) -> None:
    ask()
    with pytest.raises(NotPermitted):
        (ACTS | READS)[act](actor, number())
    use = wishing.last_use()
    assert (use.function, use.outcome) == ("network_review", "denied")
    assert row().state == "received"
