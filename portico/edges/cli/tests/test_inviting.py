"""`portico person add --invite`: a mail brings the way in, and the terminal shows none of it."""

import pytest
from django.apps import apps

from portico.domains.notifications import outbox
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.cli import asking
from portico.edges.cli.main import main

pytestmark = pytest.mark.django_db
Said = pytest.CaptureFixture[str]
KIM = ["person", "add", "kim.desk", "--first-name", "Kim", "--last-name", "Desk"]
OF_LAKESIDE = [*KIM, "--office", "lakeside", "--email", "kim@lakeside.example.org", "--invite"]


@pytest.fixture(autouse=True)
def _office(capsys: Said) -> None:
    opened = ["office", "add", "lakeside", "--name", "Lakeside", "--kind", "physician"]
    assert main([*opened, "--tax-id", "171234567"]) == 0
    capsys.readouterr()


def waiting() -> tuple[outbox.Outgoing, ...]:
    with permit(asking.actor(), Function.SENDING) as given:
        return outbox.claim(given=given)


def test_an_invitation_is_mailed_and_nothing_is_printed_that_opens_anything(capsys: Said) -> None:
    assert main(OF_LAKESIDE) == 0
    (mail,) = waiting()
    assert (mail.to, mail.template) == ("kim@lakeside.example.org", "temporary_password")
    said = capsys.readouterr()
    assert said.out == "Invited kim.desk. Hand the username over yourself: the mail does not name it.\n"
    assert said.err == ""
    user = apps.get_model("accounts", "User").objects.get()
    assert (user.activated_at, user.has_usable_password()) == (None, False)
    invitation = apps.get_model("accounts", "Invitation").objects.get()
    office = apps.get_model("offices", "Office").objects.get()
    assert (invitation.office_id, invitation.invited_by) == (office.pk, None)


def test_the_plans_own_people_are_invited_for_no_office() -> None:
    assert main([*KIM, "--desk", "support", "--email", "kim@plan.example.org", "--invite"]) == 0
    assert apps.get_model("accounts", "Invitation").objects.get().office_id is None


@pytest.mark.parametrize("email", [[], ["--email", "kim at lakeside"]], ids=["none", "no address"])
def test_without_a_mail_address_nobody_is_invited(email: list[str], capsys: Said) -> None:
    assert main([*KIM, "--office", "lakeside", *email, "--invite"]) == 1
    assert "an invitation goes by mail" in capsys.readouterr().err
    assert not apps.get_model("accounts", "User").objects.exists()
    assert waiting() == ()


def test_whoever_is_invited_has_no_password_typed_for_them(capsys: Said) -> None:
    with pytest.raises(SystemExit):
        main([*OF_LAKESIDE, "--ask-password"])
    assert "not allowed with argument" in capsys.readouterr().err
