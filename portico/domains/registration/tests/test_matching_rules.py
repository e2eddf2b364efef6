"""Which of what is claimed agrees, and what the applicant is told: every reason, and nothing more."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from portico.domains.offices.listed import Listed, Roster
from portico.domains.registration import matching_rules
from portico.domains.registration.catalogue_rows import Holds, Path
from portico.domains.registration.claims import Claim, Field, Finding, Reason
from portico.domains.registration.matching_rules import NAMED, Facts
from portico.domains.registration.tests.registering import (
    CLAIM,
    GROUP_NPI,
    GROUP_TAX_ID,
    HOSPITAL,
    LICENCE,
    NPI,
    OTHER_NPI,
    SECOND,
    TAX_ID,
    UNKNOWN_TAX_ID,
)

AGREES, DIFFERS, NOT_FOUND, NOT_ACTIVE = (
    Finding.AGREES,
    Finding.DIFFERS,
    Finding.NOT_FOUND,
    Finding.NOT_ACTIVE,
)
ALL_AGREE = dict.fromkeys((*NAMED, Field.PARTICIPATION, Field.LICENCE_LIST, Field.EXCLUSIONS), Finding.AGREES)
FACTS = Facts(ALL_AGREE, is_claimed=False, office_id=None, path=Path.INSTANT)
MEI = Listed(
    *(NPI, False, "Tran", "Mei", "Lan", "A-12345", "CA"),
    billed=frozenset({TAX_ID, SECOND}),
    in_force=frozenset({TAX_ID}),
    participating=frozenset({TAX_ID}),
)
LAKESIDE = Listed(
    *(GROUP_NPI, True, "Lakeside Hospital, Inc.", "", "", "", ""),
    billed=frozenset({GROUP_TAX_ID}),
    in_force=frozenset({GROUP_TAX_ID}),
    participating=frozenset({GROUP_TAX_ID}),
)
ROSTER = Roster((MEI, LAKESIDE), {TAX_ID: "Clinic 1", SECOND: "Clinic 2", GROUP_TAX_ID: "Lakeside Care, LLC"})


def reason(*, findings: dict[Field, Finding] | None = None, **changes: Any) -> Reason | None:
    facts = replace(FACTS, findings=ALL_AGREE | (findings or {}), **changes)
    return matching_rules.reason(facts)


@pytest.mark.parametrize(
    ("findings", "told"),
    [
        ({}, None),
        ({Field.LICENCE: DIFFERS}, Reason.LICENCE_DIFFERS),
        ({Field.NPI: NOT_FOUND}, Reason.NPI_DIFFERS),
        ({Field.NPI: DIFFERS}, Reason.NPI_DIFFERS),
        ({Field.TAX_ID: DIFFERS}, Reason.TAX_ID_DIFFERS),
        ({Field.TAX_ID: NOT_FOUND}, Reason.TAX_ID_DIFFERS),
        ({Field.NAME: DIFFERS}, Reason.NAME_DIFFERS),
        ({Field.TAX_ID: NOT_ACTIVE}, Reason.NOT_PARTICIPATING),
        ({Field.PARTICIPATION: NOT_ACTIVE}, Reason.NOT_PARTICIPATING),
        ({Field.LICENCE: DIFFERS, Field.PARTICIPATION: NOT_ACTIVE}, Reason.LICENCE_DIFFERS),
        ({Field.LICENCE_LIST: NOT_ACTIVE}, Reason.LICENCE_NOT_ACTIVE),
        ({Field.LICENCE_LIST: NOT_FOUND}, Reason.BEING_CHECKED),
        ({Field.LICENCE_LIST: DIFFERS}, Reason.BEING_CHECKED),
        ({Field.LICENCE_LIST: Finding.NOT_LOADED}, None),
        ({Field.LICENCE_LIST: NOT_ACTIVE, Field.NPI: NOT_FOUND}, Reason.NPI_DIFFERS),
        ({Field.EXCLUSIONS: Finding.NOT_LOADED}, None),
        ({Field.EXCLUSIONS: Finding.EXCLUDED}, Reason.BEING_CHECKED),
        ({Field.EXCLUSIONS: Finding.EXCLUDED, Field.PARTICIPATION: NOT_ACTIVE}, Reason.BEING_CHECKED),
        ({Field.EXCLUSIONS: Finding.EXCLUDED, Field.NAME: DIFFERS}, Reason.NAME_DIFFERS),
        (
            {Field.EXCLUSIONS: Finding.EXCLUDED, Field.NAME: DIFFERS, Field.NPI: NOT_FOUND},
            Reason.NOTHING_MATCHES,
        ),
    ],
    ids=[
        *("all agree", "licence", "npi unknown", "npi of another", "tax id of another", "tax id unknown"),
        *("name", "tax id over", "no line", "licence and no line", "licence not active", "not on the list"),
        *("another's licence", "no list", "npi and licence not active", "no exclusions", "excluded"),
        *("excluded and in no line", "excluded under another name", "excluded and nothing together"),
    ],
)
def test_what_is_told(findings: dict[Field, Finding], told: Reason | None) -> None:
    assert reason(findings=findings) is told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"path": Path.QUEUE}, Reason.ALWAYS_REVIEWED),
        ({"is_claimed": True}, Reason.LICENCE_CLAIMED),
        ({"office_id": 7}, Reason.OFFICE_EXISTS),
        ({"office_id": 7, "path": Path.QUEUE}, Reason.OFFICE_EXISTS),
        ({"office_id": 7, "is_claimed": True}, Reason.LICENCE_CLAIMED),
        ({"is_shared": True}, Reason.TAX_ID_SHARED),
        ({"is_shared": True, "path": Path.QUEUE}, Reason.ALWAYS_REVIEWED),
        ({"is_shared": True, "office_id": 7}, Reason.OFFICE_EXISTS),
        ({"is_company": True}, Reason.ALWAYS_REVIEWED),
        ({"is_company": True, "office_id": 7}, Reason.ALWAYS_REVIEWED),
        ({"is_company": True, "is_shared": True}, Reason.ALWAYS_REVIEWED),
        ({"is_company": True, "findings": {Field.EXCLUSIONS: Finding.EXCLUDED}}, Reason.ALWAYS_REVIEWED),
    ],
    ids=[
        *("queue", "claimed", "office", "office in the queue", "claimed in an office"),
        *("shared", "shared in the queue", "shared in an office"),
        *("company", "company in an office", "company that shares", "company excluded"),
    ],
)
def test_what_is_told_of_what_is_here_already(changes: dict[str, Any], told: Reason) -> None:
    assert reason(**changes) is told


@pytest.mark.parametrize(
    "fields",
    [each for count in (2, 3, 4) for each in combinations(NAMED, count)],
    ids="+".join,
)
def test_nothing_is_named_where_two_fields_or_more_differ(fields: tuple[Field, ...]) -> None:
    everything = {"is_claimed": True, "office_id": 7}
    told = {
        reason(findings=dict.fromkeys(fields, finding), **more)
        for finding in (DIFFERS, NOT_FOUND)
        for more in ({}, everything)
    }
    assert told == {Reason.NOTHING_MATCHES}
    assert matching_rules.named_by(Reason.NOTHING_MATCHES) == ()


def test_the_file_is_never_told_of_where_anything_differs() -> None:
    told = {
        reason(findings={field: DIFFERS}, is_claimed=True, office_id=7, path=path)
        for field in NAMED
        for path in Path
    }
    assert told == set(NAMED.values())


def test_every_reason_is_reached() -> None:
    found = {reason(findings={field: DIFFERS}) for field in NAMED}
    found |= {
        reason(findings={Field.NPI: DIFFERS, Field.NAME: DIFFERS}),
        reason(findings={Field.PARTICIPATION: NOT_ACTIVE}),
        reason(findings={Field.LICENCE_LIST: NOT_ACTIVE}),
        reason(findings={Field.EXCLUSIONS: Finding.EXCLUDED}),
        reason(is_claimed=True),
        reason(office_id=7),
        reason(path=Path.QUEUE),
        reason(is_shared=True),
    }
    assert found == set(Reason) - {Reason.LOOKED_AT_AGAIN}


@pytest.mark.parametrize("told", Reason, ids=str)
def test_a_reason_names_the_field_of_its_own_name_alone(told: Reason) -> None:
    named = matching_rules.named_by(told)
    assert [f"{field}_differs" for field in named] == ([told] if told.endswith("_differs") else [])


def compared(claim: Claim, holds: Holds = Holds.BOTH) -> dict[Field, Finding]:
    listed = matching_rules.closest(ROSTER, claim, holds)
    return matching_rules.compared(listed, ROSTER, claim, holds)


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({}, {}),
        ({"licence_number": "a 12345"}, {}),
        ({"licence_number": "A54321"}, {Field.LICENCE: DIFFERS}),
        ({"licence_state": "NV"}, {Field.LICENCE: DIFFERS}),
        ({"npi": OTHER_NPI}, {Field.NPI: NOT_FOUND}),
        ({"npi": GROUP_NPI}, {Field.NPI: DIFFERS}),
        ({"tax_ids": (UNKNOWN_TAX_ID,)}, {Field.TAX_ID: NOT_FOUND, Field.PARTICIPATION: NOT_ACTIVE}),
        ({"tax_ids": (GROUP_TAX_ID,)}, {Field.TAX_ID: DIFFERS, Field.PARTICIPATION: NOT_ACTIVE}),
        ({"tax_ids": (TAX_ID, GROUP_TAX_ID)}, {Field.TAX_ID: DIFFERS}),
        ({"tax_ids": (SECOND,)}, {Field.TAX_ID: NOT_ACTIVE, Field.PARTICIPATION: NOT_ACTIVE}),
        ({"tax_ids": (TAX_ID, SECOND)}, {Field.TAX_ID: NOT_ACTIVE}),
        ({"last_name": "Trahn"}, {Field.NAME: DIFFERS}),
        ({"first_name": "Ann"}, {Field.NAME: DIFFERS}),
    ],
    ids=[
        *("as on file", "written otherwise", "licence", "state", "npi unknown", "npi of another"),
        *("tax id unknown", "tax id of another", "one of two", "tax id over", "one of two over"),
        *("last name", "first name"),
    ],
)
def test_how_a_physician_compares(changes: dict[str, object], differs: dict[Field, Finding]) -> None:
    found = compared(replace(CLAIM, **changes))  # type: ignore[arg-type]
    expected = dict.fromkeys((*NAMED, Field.PARTICIPATION), AGREES) | differs
    assert {field: found[field] for field in expected} == expected


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({}, ()),
        ({"office_name": "LAKESIDE HOSPITAL"}, ()),
        ({"office_name": "The Lakeside Care"}, ()),
        ({"office_name": "Lakeside"}, (Field.NAME,)),
        ({"office_name": "Inc."}, (Field.NAME,)),
        ({"npi": OTHER_NPI}, (Field.NPI,)),
        ({"tax_ids": (UNKNOWN_TAX_ID,), "npi": OTHER_NPI, "office_name": "X"}, tuple(NAMED)[1:]),
    ],
    ids=["as on file", "without its form", "as its tax id", "shorter", "form alone", "npi", "nothing"],
)
def test_how_an_organisation_compares(changes: dict[str, object], differs: tuple[Field, ...]) -> None:
    found = compared(replace(HOSPITAL, **changes), Holds.ADMINISTRATOR)  # type: ignore[arg-type]
    assert Field.LICENCE not in found
    assert matching_rules.differing(found) == differs


def test_a_roster_without_anybody_agrees_with_nothing() -> None:
    found = matching_rules.compared(None, Roster(), CLAIM, Holds.BOTH)
    assert set(found.values()) == {NOT_FOUND, NOT_ACTIVE}
    assert matching_rules.differing(found) == tuple(NAMED)


def test_an_empty_licence_on_file_is_nobodys() -> None:
    nameless = replace(MEI, licence_number="", licence_state="")
    found = matching_rules.compared(nameless, ROSTER, replace(CLAIM, licence_number="0"), Holds.BOTH)
    assert found[Field.LICENCE] is DIFFERS
    assert LICENCE == "A12345"


@pytest.mark.parametrize(
    ("first", "last", "is_same"),
    [
        ("Mei", "Tran", True),
        ("M.", "TRAN", True),
        ("Meilan", "Trán", True),
        ("Lan", "Tran, MD", True),
        ("Anna", "Tran", False),
        ("Mei", "Tranh", False),
        ("Mei", "Iii", False),
        ("ª", "Tran", False),
    ],
    ids=["same", "initial", "longer", "middle name", "another", "another family", "suffix", "no letter left"],
)
def test_names_are_compared_leniently(first: str, last: str, is_same: bool) -> None:
    claim = replace(CLAIM, first_name=first, last_name=last)
    found = matching_rules.same_person(claim, last_name="Tran", first_name="Mei", middle_name="Lan")
    assert found is is_same


def test_without_a_first_name_on_file_the_last_decides() -> None:
    assert matching_rules.same_person(CLAIM, last_name="Tran", first_name="")
    assert not matching_rules.same_person(replace(CLAIM, last_name="-"), last_name="", first_name="")
