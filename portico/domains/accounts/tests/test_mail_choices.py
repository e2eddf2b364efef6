"""Mails people do without: at addresses they have, while everybody who has them says so."""

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.own import mail_choices
from portico.domains.accounts.tests import people

pytestmark = pytest.mark.django_db
OFFICE = "Office@example.org"
MAIL = "new_notices"


def somebody(username: str, *off: str, email: str = OFFICE, state: str = "active") -> None:
    user = people.make(username, state=state)
    models.User.objects.filter(pk=user.pk).update(email=email, mails_off=list(off))


def test_an_address_whose_owner_switched_a_mail_off_is_left_out_whatever_the_case() -> None:
    somebody("fay.desk", MAIL, email="office@EXAMPLE.org")
    assert mail_choices.unwanted(MAIL, [OFFICE, "other@example.org"]) == {"office@example.org"}


def test_an_address_that_nobody_has_wants_every_mail() -> None:
    assert mail_choices.unwanted(MAIL, [OFFICE]) == frozenset()


def test_of_several_who_share_an_address_one_who_wants_the_mail_is_enough() -> None:
    somebody("fay.desk", MAIL)
    somebody("ray.desk")
    assert mail_choices.unwanted(MAIL, [OFFICE]) == frozenset()


def test_a_closed_account_chooses_for_nobody() -> None:
    somebody("fay.desk", MAIL, state="disabled")
    assert mail_choices.unwanted(MAIL, [OFFICE]) == frozenset()


def test_a_mail_that_always_comes_is_switched_off_by_nobody() -> None:
    somebody("fay.desk", "machine_changed", "address_changed")
    assert mail_choices.unwanted("machine_changed", [OFFICE]) == frozenset()
    assert mail_choices.unwanted("address_changed", [OFFICE]) == frozenset()
