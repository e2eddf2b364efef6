"""Drafts: back to the same person as the same persona, while the form is open to them, for seven days."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.accounts import models
from portico.domains.accounts.own import drafts
from portico.domains.accounts.own.drafts import Draft, Form, TooLong
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Actor, Held
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted
from portico.shared.vault import CannotOpen
from tests.support import actors

pytestmark = pytest.mark.django_db
FORM = Form("note_about", Function.ELIGIBILITY, "7f3a")
TYPED = {"name": ["Quillfeather"], "lines": ["hmo", "ppo"]}
DAY = timedelta(days=1)


@pytest.fixture
def desk() -> Actor:
    """An end user of an office, whose user there is."""
    return actors.front_desk(user_id=people.make().pk)


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("-pk").first()


def later(actor: Actor, by: timedelta) -> Actor:
    return replace(actor, asked_at=actor.asked_at + by)


def test_what_was_typed_comes_back_as_it_was(desk: Actor) -> None:
    drafts.save(actor=desk, form=FORM, fields=TYPED)
    use = last_use()
    assert (use.function, use.outcome, use.conclusion) == ("eligibility", "allowed", "draft_kept")
    assert drafts.kept_at(actor=desk, form=FORM) == desk.asked_at
    assert last_use().pk == use.pk
    assert drafts.read(actor=desk, form=FORM) == Draft(desk.asked_at, TYPED)
    assert last_use().conclusion == "draft_restored"


def test_what_is_typed_later_takes_the_place_of_the_earlier(desk: Actor) -> None:
    drafts.save(actor=desk, form=FORM, fields=TYPED)
    drafts.save(actor=later(desk, DAY), form=FORM, fields={"name": [""]})
    assert drafts.read(actor=desk, form=FORM) == Draft(desk.asked_at + DAY, {"name": [""]})
    assert models.Draft.objects.count() == 1


def test_nothing_of_it_lies_open_in_the_database(desk: Actor) -> None:
    drafts.save(actor=desk, form=FORM, fields=TYPED)
    row = models.Draft.objects.get()
    assert b"Quillfeather" not in bytes(row.sealed)
    assert "Quillfeather" not in repr([vars(last_use()), row.form])


def test_each_form_and_what_it_is_about_has_a_draft_of_its_own(desk: Actor) -> None:
    drafts.save(actor=desk, form=FORM, fields=TYPED)
    for other in (replace(FORM, about="9b1c"), replace(FORM, about=""), replace(FORM, name="other")):
        assert drafts.read(actor=desk, form=other) is None
    assert last_use().conclusion == "no_draft"


@pytest.mark.parametrize("changed", ["user_id", "persona_id"])
def test_another_person_and_another_persona_find_nothing(desk: Actor, changed: str) -> None:
    drafts.save(actor=desk, form=FORM, fields=TYPED)
    own: int = getattr(desk, changed)
    other = replace(desk, **{changed: own + 1})  # type: ignore[arg-type]
    assert drafts.kept_at(actor=other, form=FORM) is None
    assert drafts.read(actor=other, form=FORM) is None
    assert not drafts.discard(actor=other, form=FORM)
    assert models.Draft.objects.count() == 1


def test_a_row_given_to_another_persona_does_not_open(desk: Actor) -> None:
    drafts.save(actor=desk, form=FORM, fields=TYPED)
    models.Draft.objects.update(persona=99)
    with pytest.raises(CannotOpen):
        drafts.read(actor=replace(desk, persona_id=99), form=FORM)


def test_whoever_may_no_longer_use_the_form_finds_nothing_of_it(desk: Actor) -> None:
    drafts.save(actor=desk, form=FORM, fields=TYPED)
    revoked = replace(desk, held=Held([actors.grant(Function.BENEFITS)]))
    assert drafts.kept_at(actor=revoked, form=FORM) is None
    for use in (drafts.read, drafts.discard):
        with pytest.raises(NotPermitted):
            use(actor=revoked, form=FORM)
        assert last_use().outcome == "denied"
    assert drafts.kept_at(actor=desk, form=FORM) == desk.asked_at


@pytest.mark.parametrize(
    "who",
    [actors.visitor(), actors.administrator(), actors.plan_staff(Desk.SUPPORT)],
    ids=lambda who: who.kind,
)
def test_nobody_keeps_a_draft_of_a_form_that_is_not_open_to_them(who: Actor) -> None:
    with pytest.raises(NotPermitted):
        drafts.save(actor=who, form=FORM, fields=TYPED)
    assert last_use().outcome == "denied"
    assert not models.Draft.objects.exists()


def test_a_discarded_draft_is_gone(desk: Actor) -> None:
    drafts.save(actor=desk, form=FORM, fields=TYPED)
    assert drafts.discard(actor=desk, form=FORM)
    assert last_use().conclusion == "draft_discarded"
    assert not models.Draft.objects.exists()
    assert not drafts.discard(actor=desk, form=FORM)
    assert last_use().conclusion == "no_draft"


@pytest.mark.parametrize(("bytes_kept", "is_kept"), [(65_536, True), (65_537, False)], ids=["64 KB", "more"])
def test_a_draft_holds_64_kilobytes(desk: Actor, bytes_kept: int, is_kept: bool) -> None:
    empty = len('{"name": [""]}')
    fields = {"name": ["x" * (bytes_kept - empty)]}
    if is_kept:
        drafts.save(actor=desk, form=FORM, fields=fields)
    else:
        with pytest.raises(TooLong):
            drafts.save(actor=desk, form=FORM, fields=fields)
    assert models.Draft.objects.exists() is is_kept


def test_a_draft_is_restored_for_seven_days_and_then_forgotten(desk: Actor) -> None:
    drafts.save(actor=desk, form=FORM, fields=TYPED)
    week, second = timedelta(days=7), timedelta(seconds=1)
    assert drafts.kept_at(actor=later(desk, week), form=FORM) == desk.asked_at
    assert drafts.kept_at(actor=later(desk, week + second), form=FORM) is None
    assert drafts.read(actor=later(desk, week + second), form=FORM) is None
    assert drafts.forget(actor=later(actors.system(), week)) == 0
    assert last_use().conclusion == "nothing_old"
    assert drafts.forget(actor=later(actors.system(), week + second)) == 1
    assert (last_use().function, last_use().conclusion) == ("housekeeping", "forgotten")
    assert not models.Draft.objects.exists()


def test_of_one_person_the_newest_twenty_are_kept(desk: Actor) -> None:
    for place in range(22):
        at = later(desk, timedelta(minutes=place))
        drafts.save(actor=at, form=replace(FORM, about=f"a{place}"), fields=TYPED)
    kept = set(models.Draft.objects.values_list("form", flat=True))
    assert kept == {f"note_about.a{place}" for place in range(2, 22)}


def test_only_the_system_forgets(desk: Actor) -> None:
    with pytest.raises(NotPermitted):
        drafts.forget(actor=desk)
