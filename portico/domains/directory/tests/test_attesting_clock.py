"""The clock of attestation: it begins, reminds 30, 14 and 7 days before, once each, and marks the rest."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import keepers
from portico.domains.directory import attesting, attesting_clock, models
from portico.domains.directory.tests import keeping
from portico.domains.directory.tests.keeping import clock, entry, keeper, last_use
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import directory as building
from tests.support.actors import NOW, TODAY

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 6, 10)
DUE = ("office17@lake.example", "directory_attestation", "due")
LAPSED = ("office17@lake.example", "directory_attestation", "lapsed")


def keep(days: float) -> None:
    attesting_clock.keep(actor=clock(days=days))


def listed() -> models.Listing:
    return models.Listing.objects.get()


def test_the_ninety_days_begin_once_the_office_has_an_account() -> None:
    entry()
    keep(0)
    assert listed().attest_by is None
    assert last_use() == ("allowed", "no_attestation_to_keep")
    keeping.office()
    keep(1)
    assert listed().attest_by == UNTIL + timedelta(days=1)
    assert last_use() == ("allowed", "directory_attestation_kept")


def test_an_office_is_reminded_three_times_and_each_time_once() -> None:
    keeping.office()
    entry()
    for days, mails in ((0, 0), (59, 0), (60, 1), (61, 1), (75, 1), (76, 2), (82, 2), (83, 3), (90, 3)):
        keep(days)
        assert keeping.mails() == [DUE] * mails, days
    rows = models.Reminder.objects.order_by("pk").values_list("tax_id", "attest_by", "days")
    assert list(rows) == [(building.TAX_ID, UNTIL, days) for days in (30, 14, 7)]


def test_a_clock_that_stood_still_reminds_once_for_all_it_missed() -> None:
    keeping.office()
    entry()
    keep(0)
    keep(84)
    keep(85)
    assert keeping.mails() == [DUE]
    assert models.Reminder.objects.count() == 3


def test_an_office_with_several_tax_ids_gets_one_mail() -> None:
    own = keeping.office()
    building.affiliated(building.NADIA, "171234568")
    apps.get_model("offices", "TaxId").objects.filter(number="171234568").update(office=own)
    building.affiliated()
    building.refresh()
    keep(0)
    keep(60)
    assert keeping.mails() == [DUE]
    assert models.Reminder.objects.count() == 2


def test_who_confirms_is_not_reminded_until_ninety_days_later() -> None:
    keeping.office()
    entry()
    keep(0)
    shown = {one.entry.number: one.digest for one in attesting.sheet(actor=keeper(days=59)).page.rows}
    attesting.confirm(actor=keeper(days=59), shown=shown)
    for days in (60, 83, 91, 118):
        keep(days)
    assert keeping.mails() == []
    keep(119)
    assert keeping.mails() == [DUE]


def test_what_nobody_confirmed_is_marked_the_day_after_and_the_office_is_told_once() -> None:
    keeping.office()
    entry()
    for days in (0, 60, 76, 83, 90):
        keep(days)
    assert listed().unverified_since is None
    keep(91)
    assert listed().unverified_since == UNTIL + timedelta(days=1)
    assert keeping.mails() == [DUE] * 3 + [LAPSED]
    keep(92)
    assert keeping.mails() == [DUE] * 3 + [LAPSED]
    assert attesting_clock.unconfirmed() == {building.TAX_ID: UNTIL + timedelta(days=1)}


def test_what_nobody_was_reminded_of_is_not_marked_but_given_a_week() -> None:
    keeping.office()
    entry()
    keep(0)
    keep(120)
    assert (listed().unverified_since, listed().attest_by) == (None, TODAY + timedelta(days=127))
    keep(121)
    assert keeping.mails() == [DUE]
    keep(128)
    assert listed().unverified_since == TODAY + timedelta(days=128)


def test_an_entry_whose_office_gave_up_its_account_is_asked_no_more() -> None:
    own = keeping.office()
    entry()
    for days in (0, 60, 76, 83):
        keep(days)
    own.tax_ids.update(office=None)
    keep(91)
    assert (listed().unverified_since, listed().attest_by) == (None, None)


def test_an_entry_that_is_over_is_not_asked_for() -> None:
    keeping.office()
    entry(last_on=TODAY + timedelta(days=70))
    for days in (0, 71, 91):
        keep(days)
    assert keeping.mails() == [DUE] * 0
    assert listed().unverified_since is None


def test_nobody_but_the_system_runs_the_clock() -> None:
    with pytest.raises(NotPermitted):
        attesting_clock.keep(actor=keeper())


def test_those_who_keep_entries_and_administrators_are_told_and_nobody_else() -> None:
    own = keeping.office()
    chief, kept = _person("chief", own, "administrator"), _person("kept", own, "end_user")
    other, gone = _person("other", own, "end_user"), _person("gone", own, "end_user")
    _grant(kept, "directory_maintenance", building.TAX_ID)
    _grant(other, "directory_maintenance", "171234568")
    _grant(gone, "directory_maintenance", building.TAX_ID, last_on=TODAY - timedelta(days=1))
    found = keepers.of(own.pk, [building.TAX_ID], function=Function.DIRECTORY_MAINTENANCE, on=TODAY)
    assert set(found) == {chief.user_id, kept.user_id}
    entry()
    keep(0)
    keep(60)
    assert sorted(keeping.notices()) == sorted(
        (user_id, "directory_attestation_due") for user_id in (chief.user_id, kept.user_id)
    )
    assert [to for to, _, _ in keeping.mails()] == [
        "chief@lake.example",
        "kept@lake.example",
        "office17@lake.example",
    ]


def _person(name: str, office: Any, kind: str) -> Any:
    user = apps.get_model("accounts", "User").objects.create(
        username=name,
        email=f"{name}@lake.example",
        state="active",
        activated_at=NOW,
        created_at=NOW,
    )
    personas = apps.get_model("access", "Persona").objects
    return personas.create(user=user, office=office, kind=kind, created_at=NOW)


def _grant(persona: Any, function: str, tax_id: str, *, last_on: date | None = None) -> None:
    begins = TODAY - timedelta(days=30)
    grant = apps.get_model("access", "Grant").objects.create(
        persona=persona, function=function, first_on=begins, last_on=last_on, granted_at=NOW
    )
    apps.get_model("access", "GrantLimit").objects.create(grant=grant, dimension="tax_id", value=tax_id)
