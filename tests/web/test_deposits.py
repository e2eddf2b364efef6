"""Deposits, what is missing, and trends in the browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portico.domains.claims.models import Deposit, Payment
from tests.support import claims, remittances, visiting
from tests.support.cast import FOREIGN, OWN, SECOND
from tests.support.visiting import seen
from tests.support.world import World

DEPOSITS, MISSING, TRENDS = "/remittances/deposits/", "/remittances/missing/", "/remittances/trends/"
ONE = {"number": "EFT0000117", "amount": "$175.00", "deposited_on": "02/04/2026", "tax_id": OWN}


@pytest.fixture(autouse=True)
def payments(world: World) -> dict[str, Payment]:
    """What was paid."""
    return remittances.of_world(world)


def sent(browser: Client, content: str | bytes) -> str:
    """What is read after a file of these lines was sent."""
    held = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("statement.csv", held, "text/csv")
    return seen(browser.post(f"{DEPOSITS}file/", {"file": file, "tax_id": OWN}, follow=True))


def test_a_deposit_is_noted_and_matched(front_desk: Client, payments: dict[str, Payment]) -> None:
    said = seen(front_desk.post(DEPOSITS, ONE, follow=True))
    assert "1 deposit is noted." in said
    assert "EFT0000117 02/04/2026 17-1234567 Matched $175.00" in said
    assert "In your bank" in seen(front_desk.get("/remittances/"))
    assert "Since 02/04/2026" in seen(front_desk.get(f"/remittances/{payments[OWN].public_id}/"))


def test_another_amount_is_said_with_what_the_plan_paid(front_desk: Client) -> None:
    said = seen(front_desk.post(DEPOSITS, {**ONE, "amount": "170"}, follow=True))
    assert "Another amount $5.00 less than the $175.00 that the plan paid on 02/03/2026" in said


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"number": ""}, "Enter the payment number."),
        ({"amount": "much"}, "The amount is no number of dollars."),
        ({"number": "ß" * 50}, "1 to 50 signs"),
        ({"amount": "0"}, "The amount is more than nothing"),
        ({"amount": "-5"}, "The amount is more than nothing"),
        ({"amount": "NaN"}, "The amount is more than nothing"),
        ({"amount": "1.234"}, "no more than two digits after the point"),
        ({"deposited_on": "03/13/2026"}, "The day lies ahead."),
        ({"deposited_on": ""}, "Enter the day."),
        ({"tax_id": ""}, "Choose the tax ID."),
    ],
)
def test_a_deposit_that_cannot_be_is_not_noted(front_desk: Client, wrong: dict[str, str], says: str) -> None:
    answer = front_desk.post(DEPOSITS, {**ONE, **wrong})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Deposit.objects.exists()


def test_a_number_noted_twice_stays_as_it_is(front_desk: Client) -> None:
    front_desk.post(DEPOSITS, ONE)
    said = seen(front_desk.post(DEPOSITS, {**ONE, "amount": "1"}, follow=True))
    assert "The payment number was noted before, and stays as it is." in said
    assert Deposit.objects.get().amount == claims.PAID


def test_a_file_is_noted_whatever_its_columns_stand_beside(front_desk: Client) -> None:
    said = sent(
        front_desk,
        'Date,Description,Check Number,Credit\n02/04/2026,HCCLAIMPMT,EFT0000117,"$175.00"\n'
        '2026-02-05,Transfer,4711,"1,080.50"\n\n',
    )
    assert "2 deposits are noted." in said
    assert "4711 02/05/2026 17-1234567 Remittance overdue $1,080.50" in said


def test_lines_that_cannot_be_read_are_told_and_the_others_noted(front_desk: Client) -> None:
    said = sent(
        front_desk, "payment_number,amount,day\n1,x,02/04/2026\n2,5\n3,5,soon\n,5,02/04/2026\n4,5,02/04/2026"
    )
    assert "Line 2: The amount is no number of dollars." in said
    assert "Line 3: The line has too few columns." in said
    assert "Line 4: The day is not written as mm/dd/yyyy." in said
    assert "Line 5: The payment number has 1 to 50 signs." in said
    assert [each.trace_number for each in Deposit.objects.all()] == ["4"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("number,credit\n1,5", "This one lacks: day."),
        (b"\x50\x4b\x03\x04\0\0", "This is no CSV file."),
        ("number,credit,day\n" + "x" * 300_000, "larger than 256 KB"),
        (
            "number,credit,day\n" + "".join(f"{n},5,02/04/2026\n" for n in range(1001)),
            "more than 1,000 deposits",
        ),
    ],
)
def test_a_file_that_will_not_do_is_refused_whole(
    front_desk: Client, content: str | bytes, says: str
) -> None:
    assert says in sent(front_desk, content)
    assert not Deposit.objects.exists()


def test_a_mistake_is_taken_back_and_nobody_elses(world: World, front_desk: Client) -> None:
    mine = remittances.deposit_of(world, OWN)
    for tax_id in (SECOND, FOREIGN):
        theirs = remittances.deposit_of(world, tax_id)
        assert front_desk.post(f"{DEPOSITS}{theirs}/remove/").status_code == 404
    before = Deposit.objects.count()
    said = seen(front_desk.post(f"{DEPOSITS}{mine}/remove/", follow=True))
    assert "The deposit is taken back." in said
    assert Deposit.objects.count() == before - 1


def test_what_is_missing_is_said(world: World, front_desk: Client) -> None:
    claims.decided("26015A0777")
    remittances.deposit_of(world, OWN)
    claims.payment(trace_number="EFT0000200", amount="12.00", paid_on="2026-03-02")
    said = seen(front_desk.get(MISSING))
    assert "Money without its remittance" in said
    assert "CHK0000001 02/03/2026 17-1234567 Remittance overdue $80.00" in said
    assert "Remittance without its money Paid under 17-1234567" in said
    assert "EFT0000200 03/02/2026" in said
    assert "26015A0777 Your number PC-0777 Zephyrine Quillfeather" in said


def test_nothing_missing_says_what_to_do_first(front_desk: Client) -> None:
    said = seen(front_desk.get(MISSING))
    assert "Nothing is missing Note what comes into your bank under Deposits" in said


def test_trends_are_a_picture_and_a_table(front_desk: Client) -> None:
    answer = front_desk.get(TRENDS)
    said = seen(answer)
    assert "February 2026 $175.00 2 1 19.0 2 of 2" in said
    assert "April 2025 $0.00 0 0" in said
    assert answer.content.decode().count("pt-column__whole") == 36


def test_trends_of_one_tax_id(world: World) -> None:
    browser = visiting.sign_in(world["two_tax_ids"])
    assert "February 2026 $350.00 3 1" in seen(browser.get(TRENDS))
    assert "February 2026 $175.00 1 0" in seen(browser.post(TRENDS, {"tax_id": SECOND}))
    assert browser.post(TRENDS, {"tax_id": FOREIGN}).status_code == 403
    assert browser.post(TRENDS, {"tax_id": "x"}).status_code == 422


def test_a_number_that_grows_in_capitals_is_told_in_a_file_too(front_desk: Client) -> None:
    said = sent(front_desk, f"payment_number,amount,deposited_on\n{'ß' * 26},1.00,02/04/2026\n")
    assert "Line 2: The payment number has 1 to 50 signs." in said
    assert not Deposit.objects.exists()


@pytest.mark.parametrize("number", ["0\u200b" * 3, "\u00a0 \u2003"])
def test_a_number_of_nothing_that_shows_is_none(front_desk: Client, number: str) -> None:
    answer = front_desk.post(DEPOSITS, {**ONE, "number": number})
    assert answer.status_code in (302, 422)


@pytest.mark.parametrize("day", ["01/01/0001", "12/31/9999", "02/29/2025", "02/29/2024"])
def test_a_day_at_the_ends_of_the_calendar_breaks_nothing(front_desk: Client, day: str) -> None:
    answer = front_desk.post(DEPOSITS, {**ONE, "deposited_on": day}, follow=True)
    assert answer.status_code in (200, 422)
    for page in (DEPOSITS, MISSING, TRENDS, "/remittances/"):
        assert front_desk.get(page).status_code == 200
