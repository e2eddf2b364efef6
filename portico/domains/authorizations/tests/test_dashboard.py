"""The office's desk for requests, with its notes and assignments."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from portico.domains.authorizations import assigning, dashboard, models, office_notes, opening, reading
from portico.domains.authorizations.dashboard import ME, NOBODY, Dashboard, Shelf
from portico.domains.authorizations.tests.asking import clerk
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from tests.support import authorizations, delegating, patients, world
from tests.support.actors import NOW
from tests.support.cast import FOREIGN, OWN, SECOND
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> World:
    """Two offices with people."""
    return world.build()


def of(actor: Actor, shelf: Shelf, **facts: Any) -> Dashboard:
    """A list of the desk of our tax ID."""
    return dashboard.of(actor=actor, **{"tax_id": OWN, "shelf": shelf, **facts})


def numbers(told: Dashboard) -> list[str]:
    """The numbers of the requests of a list."""
    return [row.number for row in told.rows]


def approved(number: str, ago: timedelta) -> None:
    """A request that was approved so long ago."""
    row = authorizations.approved(number)
    row.decided_at = NOW - ago
    row.save()


def desk(small: World) -> Actor:
    """The front desk of Lakeside."""
    return world.actor(small["front_desk"])


def test_each_request_stands_where_it_waits(small: World) -> None:
    authorizations.in_review("A000000001")
    authorizations.pended("A000000002")
    authorizations.approved("A000000003")
    authorizations.expedited("A000000004", hours_left=6)
    authorizations.cancelled("A000000005")
    authorizations.in_review("A000000006", parties={"requesting": (SECOND, patients.NPI)})
    told = {shelf: numbers(of(desk(small), shelf)) for shelf in Shelf}
    assert told == {
        Shelf.DUE_TODAY: ["A000000004"],
        Shelf.WAITING_ON_US: ["A000000002"],
        Shelf.WAITING_ON_PLAN: ["A000000004", "A000000001"],
        Shelf.ANSWERED: ["A000000003"],
    }
    counts: Mapping[Shelf, int] = of(desk(small), Shelf.ANSWERED).counts
    assert counts == {shelf: len(rows) for shelf, rows in told.items()}


def test_what_is_due_by_midnight_here_is_due_today(small: World) -> None:
    midnight = NOW.replace(hour=7, minute=0) + timedelta(days=1)
    authorizations.pended("A000000001", due_at=midnight - timedelta(minutes=1))
    authorizations.pended("A000000002", due_at=midnight)
    authorizations.pended("A000000003", due_at=NOW - timedelta(days=2))
    assert numbers(of(desk(small), Shelf.DUE_TODAY)) == ["A000000003", "A000000001"]


def test_the_office_of_the_pcp_reads_along_and_owes_nothing(small: World) -> None:
    parties = {"requesting": (FOREIGN, patients.NPI_ELSEWHERE), "pcp": (OWN, patients.NPI)}
    authorizations.pended(parties=parties, due_at=NOW)
    assert of(desk(small), Shelf.WAITING_ON_US).counts == dict.fromkeys(Shelf, 0)


def test_what_was_answered_weeks_ago_is_no_longer_news(small: World) -> None:
    approved("A000000001", timedelta(days=13))
    approved("A000000002", timedelta(days=15))
    assert numbers(of(desk(small), Shelf.ANSWERED)) == ["A000000001"]


@pytest.mark.parametrize("shelf", [Shelf.WAITING_ON_US, Shelf.ANSWERED])
def test_pages_follow_each_other(small: World, monkeypatch: pytest.MonkeyPatch, shelf: Shelf) -> None:
    monkeypatch.setattr(dashboard, "PAGE", 2)
    for place in range(5):
        at = NOW + timedelta(hours=place // 2)
        authorizations.pended(f"A00000000{place}", due_at=at)
        approved(f"A00000001{place}", timedelta(hours=place // 2))
    seen, after = [], ""
    for _ in range(3):
        told = of(desk(small), shelf, after=after)
        seen += numbers(told)
        after = told.next_key or ""
    assert (len(seen), len(set(seen)), after) == (5, 5, "")


@pytest.mark.parametrize("key", ["rubbish", "0f6b5d0e-8c1f-4a86-9e0b-5d5c1f0f7a11"])
def test_a_key_that_is_none_begins_anew(small: World, key: str) -> None:
    authorizations.in_review("A000000001")
    assert numbers(of(desk(small), Shelf.WAITING_ON_PLAN, after=key)) == ["A000000001"]


def test_it_is_narrowed_to_mine_to_nobodys_and_to_a_colleagues(small: World) -> None:
    mine = authorizations.in_review("A000000001")
    theirs = authorizations.in_review("A000000002")
    authorizations.in_review("A000000003")
    other = small["two_tax_ids"].persona_id
    assigning.assign(
        actor=desk(small), authorization=mine.public_id, persona_id=small["front_desk"].persona_id
    )
    assigning.assign(actor=desk(small), authorization=theirs.public_id, persona_id=other)
    wanted = {ME: ["A000000001"], NOBODY: ["A000000003"], str(other): ["A000000002"], "999999": [], "x": []}
    for whose, expected in wanted.items():
        assert numbers(of(desk(small), Shelf.WAITING_ON_PLAN, whose=whose)) == expected


def test_what_somebody_had_who_left_is_nobodys(small: World) -> None:
    row = authorizations.in_review("A000000001")
    other = small["two_tax_ids"]
    assigning.assign(actor=desk(small), authorization=row.public_id, persona_id=other.persona_id)
    told = of(desk(small), Shelf.WAITING_ON_PLAN)
    assert told.rows[0].assigned_to
    assert other.persona_id in dict(told.people)
    world.disable(other)
    told = of(desk(small), Shelf.WAITING_ON_PLAN, whose=NOBODY)
    assert (numbers(told), told.rows[0].assigned_to) == (["A000000001"], "")
    assert other.persona_id not in dict(told.people)


def test_a_tax_id_that_is_not_granted_is_refused(small: World) -> None:
    with pytest.raises(NotPermitted):
        of(desk(small), Shelf.ANSWERED, tax_id=FOREIGN)


def test_a_list_costs_the_same_however_long(
    small: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = desk(small)
    authorizations.pended("A000000001")
    of(actor, Shelf.WAITING_ON_US)
    with django_assert_num_queries(15):
        of(actor, Shelf.WAITING_ON_US)
    for place in range(2, 9):
        row = authorizations.pended(f"A00000000{place}")
        assigning.assign(actor=actor, authorization=row.public_id, persona_id=small["front_desk"].persona_id)
    with django_assert_num_queries(15):
        of(actor, Shelf.WAITING_ON_US)


def test_a_request_is_assigned_within_the_office_and_told(small: World) -> None:
    row, other = authorizations.in_review(), small["two_tax_ids"]
    assigning.assign(actor=desk(small), authorization=row.public_id, persona_id=other.persona_id)
    told = reading.read(actor=desk(small), authorization=row.public_id)
    assert told.listed.assigned_to == dict(told.coworkers)[other.persona_id]
    assert world.uses()[-2].conclusion == "assigned"
    assigning.assign(actor=desk(small), authorization=row.public_id, persona_id=None)
    told = reading.read(actor=desk(small), authorization=row.public_id)
    assert told.listed.assigned_to == ""


@pytest.mark.parametrize(
    "who", ["colleague", "outsider", "medi_cal_only", "eligibility_only", "administrator"]
)
def test_it_is_assigned_to_nobody_who_cannot_read_it(small: World, who: str) -> None:
    row = authorizations.in_review()
    with pytest.raises(assigning.CannotAssign):
        assigning.assign(actor=desk(small), authorization=row.public_id, persona_id=small[who].persona_id)


@pytest.mark.parametrize(("npi", "may"), [(patients.NPI, True), (patients.NPI_ELSEWHERE, False)])
def test_whoever_reads_for_one_provider_is_given_only_that_ones(small: World, npi: str, may: bool) -> None:
    row, other = authorizations.in_review(), small["two_tax_ids"]
    delegating.for_one_provider(other.persona_id, npi)
    coworkers = reading.read(actor=desk(small), authorization=row.public_id).coworkers
    assert (other.persona_id in dict(coworkers)) is may


def test_each_office_assigns_for_itself(small: World) -> None:
    parties = {"requesting": (OWN, patients.NPI), "servicing": (FOREIGN, patients.NPI_ELSEWHERE)}
    row = authorizations.in_review(parties=parties)
    assigning.assign(
        actor=desk(small), authorization=row.public_id, persona_id=small["front_desk"].persona_id
    )
    told = reading.read(actor=world.actor(small["outsider"]), authorization=row.public_id)
    assert told.listed.assigned_to == ""
    assert small["front_desk"].persona_id not in dict(told.coworkers)


def test_notes_are_read_by_colleagues_alone(small: World) -> None:
    parties = {"requesting": (OWN, patients.NPI), "servicing": (FOREIGN, patients.NPI_ELSEWHERE)}
    row = authorizations.in_review(parties=parties)
    office_notes.add(actor=desk(small), authorization=row.public_id, text="  Call the therapist.  ")
    office_notes.add(
        actor=world.actor(small["two_tax_ids"]), authorization=row.public_id, text="Called: back on Monday."
    )
    told = reading.read(actor=desk(small), authorization=row.public_id)
    assert [note.text for note in told.notes] == ["Called: back on Monday.", "Call the therapist."]
    assert all(note.author for note in told.notes)
    other = reading.read(actor=world.actor(small["outsider"]), authorization=row.public_id)
    assert other.notes == ()
    assert b"therapist" not in bytes(models.Note.objects.first().text_sealed)  # type: ignore[union-attr]


@pytest.mark.parametrize(("text", "code"), [("", "empty"), ("  \n", "empty"), ("x" * 2_001, "too_long")])
def test_a_note_says_something_and_not_too_much(small: World, text: str, code: str) -> None:
    row = authorizations.in_review()
    with pytest.raises(office_notes.NoteWrong) as wrong:
        office_notes.add(actor=desk(small), authorization=row.public_id, text=text)
    assert wrong.value.code == code
    assert not models.Note.objects.exists()


def test_nobody_notes_or_assigns_what_they_cannot_read(small: World) -> None:
    row = authorizations.in_review()
    outsider = world.actor(small["outsider"])
    with pytest.raises(opening.AuthorizationNotFound):
        office_notes.add(actor=outsider, authorization=row.public_id, text="Hello")
    with pytest.raises(opening.AuthorizationNotFound):
        assigning.assign(actor=outsider, authorization=row.public_id, persona_id=None)


def test_a_clerk_of_no_rows_sees_an_empty_desk(plan: None) -> None:
    told = of(clerk(), Shelf.DUE_TODAY)
    assert (told.rows, told.drafts, told.next_key) == ((), 0, None)
