"""Many people from one sheet: what can be read, what each row comes to, and that it may be sent again."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import granting, models
from portico.domains.access.delegating import bulk, suspending
from portico.domains.access.delegating.bulk import CannotRead, Outcome, RowResult, SheetRow
from portico.domains.access.delegating.sets import AccessSet, Where
from portico.domains.access.tests import handing, looking, making
from portico.domains.access.tests.handing import BOTH, HMO, OWN, House
from portico.domains.offices.offices import UnknownOffice
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people

HEAD = "first_name,last_name,email"
NORA = "Nora,New,nora@example.org"


def read(*lines: str) -> tuple[SheetRow, ...]:
    return bulk.read("\n".join(lines) + "\n")


# ---------------------------------------------------------------- reading


def test_a_row_says_who_and_what() -> None:
    head = f"{HEAD},username,role,functions,tax_ids,providers,lines,regions,last_on"
    cells = f"{NORA},nora,front_desk,remittance;reports,17-1234567;171234568,{making.NPI},employer-hmo,north"
    [row] = read(head, f"{cells},2026-12-31")
    assert (row.person.username, row.person.telephone, row.faults) == ("nora", "", ())
    assert row.access == AccessSet(
        Where(BOTH, frozenset({making.NPI}), frozenset({making.NORTH}), handing.YEAR_END),
        dict.fromkeys(
            (
                Function.ELIGIBILITY,
                Function.BENEFITS,
                Function.AUTHORIZATION_INQUIRY,
                Function.REMITTANCE,
                Function.REPORTS,
            ),
            HMO,
        ),
    )


def test_what_is_left_empty_is_open_and_eligibility_is_always_on() -> None:
    [row] = read(HEAD, NORA)
    assert row.access == AccessSet(Where(frozenset()), {Function.ELIGIBILITY: None})


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeff{HEAD}\r\n{NORA}\r\n",
        "Last name;First Name;EMAIL\nNew;Nora;nora@example.org",
        f"\n{HEAD}\n\n,,\n{NORA}\n\n",
        f'{HEAD}\n"Nora","New",nora@example.org',
    ],
    ids=["of_a_spreadsheet", "semicolons", "empty_lines", "quoted"],
)
def test_what_spreadsheets_write_is_read(text: str) -> None:
    [row] = bulk.read(text)
    assert (row.person.first_name, row.person.last_name, row.person.email) == (
        "Nora",
        "New",
        "nora@example.org",
    )


def test_each_row_knows_its_line() -> None:
    assert [row.line for row in read(HEAD, NORA, "", NORA)] == [2, 4]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (HEAD, "empty"),
        ("x" * 1_000_001, "too_long"),
        ("\n".join([HEAD, *[NORA] * 501]), "too_many_rows"),
        (f'{HEAD}\n"Nora,New', "not_csv"),
        (f"first_name,last_name\n{NORA}", "missing_column"),
        (f"{HEAD},password\n{NORA},x", "unknown_column"),
        (f"{HEAD},email\n{NORA},x", "unknown_column"),
    ],
    ids=["empty", "no_row", "long", "many", "open_quote", "no_mail_column", "stranger", "twice"],
)
def test_what_is_no_sheet_is_refused(text: str, code: str) -> None:
    with pytest.raises(CannotRead) as refused:
        bulk.read(text)
    assert refused.value.code == code


def test_the_most_rows_are_read() -> None:
    assert len(read(HEAD, *[NORA] * 500)) == 500


@pytest.mark.parametrize(
    ("columns", "cells", "fault"),
    [
        ("role", "boss", "unknown_role"),
        ("functions", "everything", "unknown_function"),
        ("functions", "provisioning", "unknown_function"),
        ("last_on", "12/31/2026", "bad_date"),
        ("role", "front_desk,more", "too_many_cells"),
        ("username", "no\x00ra", "bad_signs"),
        ("username", "x" * 5_001, "cell_too_long"),
        ("providers", ";", "nothing_named"),
        ("lines", " ; ; ", "nothing_named"),
        ("regions", ";", "nothing_named"),
        ("tax_ids", ";", "nothing_named"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(columns: str, cells: str, fault: str) -> None:
    [row] = read(f"{HEAD},{columns}", f"{NORA},{cells}")
    assert row.faults == (fault,)


# ---------------------------------------------------------------- checking and making


@pytest.fixture
def house(db: None) -> House:
    return handing.a_house()


def users() -> int:
    return int(apps.get_model("accounts", "User").objects.count())


def outcomes(results: Sequence[RowResult]) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(each.outcome), each.reasons) for each in results]


MIXED = read(
    f"{HEAD},username,functions,tax_ids,providers,lines",
    f"{NORA},,remittance,,,",
    "Fay,Desk,other@example.org,fay.desk,,,,",
    "Hil,Admin,hil@example.org,hil.admin,,,,",
    "Otto,Foreign,otto@example.org,,,181234567,,",
    "Lina,Line,lina@example.org,,,,,no-such-line",
    "Mona,Nomail,mona,,,,,",
    "Nora,New,NORA@example.org,,,,,",
    "Pia,Provider,pia@example.org,,,171234567,2000000024,",
    "Gus,Good,gus@example.org,,,,,",
)
EXPECTED = [
    ("would_create", ()),
    ("already_here", ()),
    ("refused", ("username_taken",)),
    ("refused", ("unknown_tax_id",)),
    ("refused", ("unknown_line",)),
    ("refused", ("email_bad",)),
    ("already_here", ()),
    ("refused", ("unknown_provider",)),
    ("would_create", ()),
]


def test_a_dry_run_tells_each_row_and_makes_nobody(house: House) -> None:
    before = users()
    results = bulk.check(actor=house.as_("ann"), rows=MIXED)
    assert outcomes(results) == EXPECTED
    assert [each.line for each in results] == list(range(2, 11))
    assert results[1].username == "fay.desk"
    assert looking.last_use() == ("manage_users", "allowed", "people_sheet_checked", [])
    rows = apps.get_model("notifications", "Message").objects
    assert (users(), rows.count(), models.AccessChange.objects.count()) == (before, 0, 0)


def test_good_rows_are_made_whatever_becomes_of_the_others(house: House) -> None:
    chunk = bulk.commit(actor=house.as_("ann"), rows=MIXED)
    made = [("created" if what == "would_create" else what, why) for what, why in EXPECTED]
    assert (outcomes(chunk.results), chunk.next_start) == (made, None)
    assert [each.username for each in chunk.results if each.outcome is Outcome.CREATED] == [
        "nora.new",
        "gus.good",
    ]
    nora = apps.get_model("accounts", "User").objects.get(username="nora.new")
    [persona] = making.personas_of(nora.pk)
    assert handing.held(persona).main == AccessSet(
        Where(BOTH), {Function.ELIGIBILITY: None, Function.REMITTANCE: None}
    )
    sent = apps.get_model("notifications", "Message").objects.order_by("pk").values_list("to", flat=True)
    assert list(sent) == ["nora@example.org", "gus@example.org"]
    function, outcome, conclusion, subjects = looking.last_use()
    assert (function, outcome, conclusion) == ("manage_users", "allowed", "people_made")
    shown = [number for kind, number in subjects if kind == "user"]
    of_made = apps.get_model("accounts", "User").objects.filter(email__in=sent).order_by("pk")
    assert shown == [str(number) for number in of_made.values_list("pk", flat=True)]
    assert handing.changes(persona) == [("created", house["ann"], False)]


def test_the_same_sheet_again_makes_nobody_twice(house: House) -> None:
    bulk.commit(actor=house.as_("ann"), rows=MIXED)
    before = users()
    again = bulk.commit(actor=house.as_("ann"), rows=MIXED)
    assert Outcome.CREATED not in {each.outcome for each in again.results}
    assert (again.results[0].outcome, again.results[0].username) == (Outcome.ALREADY_HERE, "nora.new")
    assert users() == before
    assert looking.last_use()[2] == "nobody_made"


def test_who_was_taken_away_is_not_made_anew(house: House) -> None:
    suspending.suspend(actor=house.as_("ann"), persona_id=house.persona("fay"))
    rows = read(
        f"{HEAD},username", "Fay,Desk,fay.desk@example.org,fay.desk", "fay,DESK,fay.desk@example.org,"
    )
    assert {each.outcome for each in bulk.commit(actor=house.as_("ann"), rows=rows).results} == {
        Outcome.ALREADY_HERE
    }


def test_a_sheet_is_made_chunk_by_chunk_by_whoever_may_by_then(house: House) -> None:
    rows = read(HEAD, *(f"Num{chr(97 + n)},New,n{n}@example.org" for n in range(26)))
    first = bulk.commit(actor=house.as_("ann"), rows=rows)
    assert (len(first.results), first.next_start) == (25, 25)
    number = models.Grant.objects.filter(persona=house.persona("ann")).values_list("pk", flat=True)[0]
    granting.end_grant(actor=people.system(), grant_id=number)
    with pytest.raises(NotPermitted):
        bulk.commit(actor=house.as_("ann"), rows=rows, start=25)
    last = bulk.commit(actor=house.as_("cal"), rows=rows, start=25)
    assert (outcomes(last.results), last.next_start) == ([("created", ())], None)


def test_every_row_keeps_within_the_ceiling(house: House) -> None:
    rows = read(
        f"{HEAD},functions,tax_ids,lines,last_on",
        f"{NORA},claims_inquiry,,employer-hmo,2026-12-31",
        "Abe,One,abe@example.org,remittance,,employer-hmo,2026-12-31",
        "Abe,Two,abe@example.org,,171234568,employer-hmo,2026-12-31",
        "Abe,Three,abe@example.org,,,,2026-12-31",
        "Abe,Four,abe@example.org,,,employer-hmo,",
    )
    expected = [
        ("would_create", ()),
        ("refused", ("function_beyond_yours",)),
        ("refused", ("tax_id_beyond_yours",)),
        ("refused", ("line_beyond_yours",)),
        ("refused", ("day_beyond_yours",)),
    ]
    assert outcomes(bulk.check(actor=house.as_("bea"), rows=rows)) == expected
    made = bulk.commit(actor=house.as_("bea"), rows=rows).results
    assert outcomes(made) == [("created", ()), *expected[1:]]
    [persona] = making.personas_of(apps.get_model("accounts", "User").objects.get(username="nora.new").pk)
    main = handing.held(persona).main
    assert main is not None
    assert main.where == Where(OWN, last_on=handing.YEAR_END)


def test_the_plan_makes_people_of_the_office_it_names(house: House) -> None:
    rows = read(HEAD, NORA)
    for ask in (bulk.check, bulk.commit):
        with pytest.raises(UnknownOffice):
            ask(actor=house.as_("sue"), rows=rows)
    made = bulk.commit(actor=house.as_("sue"), rows=rows, office=making.HILLCREST).results
    assert outcomes(made) == [("created", ())]
    offices = models.Persona.objects.filter(user__username="nora.new").values_list("office__key", flat=True)
    assert list(offices) == [making.HILLCREST]


@pytest.mark.parametrize("ask", [bulk.check, bulk.commit], ids=["check", "commit"])
def test_whoever_lacks_the_function_or_a_fresh_proof_is_refused(house: House, ask: Any) -> None:
    actors: tuple[Actor, ...] = (house.as_("fay"), house.as_("ann", proven_at=None))
    for actor in actors:
        with pytest.raises(NotPermitted):
            ask(actor=actor, rows=read(HEAD, NORA))
        assert looking.last_use()[1] == "denied"


def test_made_people_wait_where_the_plan_wants_a_second_word(house: House) -> None:
    handing.ask(confirmed_by="administrator")
    bulk.commit(actor=house.as_("ann"), rows=read(HEAD, NORA))
    assert set(models.Grant.objects.filter(persona__user__username="nora.new").values_list("state")) == {
        ("proposed",)
    }
