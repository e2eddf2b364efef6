"""Values no form of ours sends: each is told why it is refused, and none reaches the audit as typed."""

import pytest
from django.apps import apps
from django.test import Client

from tests.support import visiting
from tests.support.world import World

SCHEDULES = "/schedules/"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("tax_id", "Zephyrine Quillfeather"),
        ("tax_id", "1" * 100_000),
        ("tax_id", "①７４２０４４１７"),
        ("line", "Quillfeather, Zephyrine"),
        ("line", "x" * 65),
    ],
)
def test_what_is_no_tax_id_and_no_line_is_not_asked_and_not_recorded(
    front_desk: Client, field: str, typed: str
) -> None:
    answer = visiting.search(front_desk, member_id="NLQX7731", **{field: typed})
    assert answer.status_code == 422
    entries = apps.get_model("audit", "Entry").objects
    assert not entries.filter(**{field: typed}).exists()


def test_a_foreign_tax_id_is_still_refused_by_the_permit_and_recorded(front_desk: Client) -> None:
    assert visiting.search(front_desk, member_id="NLQX7731", tax_id="99-9999999").status_code == 403
    denied = apps.get_model("audit", "Entry").objects.filter(tax_id="999999999", outcome="denied")
    assert denied.count() == 1


@pytest.mark.parametrize("code", ["7QX%0A", "7QX%00", "%C2%B2QX", "7QX%0D"])
def test_a_plan_code_with_a_sign_too_many_is_told_so(front_desk: Client, code: str) -> None:
    assert front_desk.get(f"{SCHEDULES}?code={code}&on=01/01/2026").status_code == 422


@pytest.mark.parametrize("typed", ["-", "' '", "…", "()"])
def test_a_last_name_without_letters_finds_nobody_whose_name_is_unknown(
    front_desk: Client, typed: str
) -> None:
    answer = visiting.search(front_desk, "name", last_name=typed, birth_date="05/06/1984")
    assert answer.status_code == 422
    assert "Enter the last name." in visiting.seen(answer)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_work_item_is_opened_for_a_day_far_off(front_desk: Client, world: World, day: str) -> None:
    items = apps.get_model("work", "Item").objects
    before = items.count()
    assert front_desk.get(f"{SCHEDULES}7QX/{day}/").status_code == 404
    assert items.count() == before
