"""The claims as files: read back whole by the readers that loads use, and encounters with their mistakes."""

import csv
from datetime import date
from pathlib import Path

import pytest

from portico.demo import case_households, practices
from portico.demo.build import Built
from portico.demo.claims import encounters, feeds
from portico.demo.claims.encounters import (
    CLEAN,
    EARLIER,
    HOSTILE,
    MISTAKES,
    SAME_NUMBER,
    SENT_AGO,
    TRUNCATED,
    WITH_ERRORS,
)
from portico.demo.tests import reading
from portico.demo.tests.conftest import TODAY
from portico.domains.claims import rules
from portico.domains.claims.edits import judging
from portico.domains.claims.edits.known import CoveredSpan, Known, KnownMember
from portico.domains.claims.facts.submitted import Form, SentClaim
from portico.shared import identifiers, names
from portico.shared.periods import Period
from portico.shared.x12.faults import X12Error
from portico.transactions.claims import reader as claims_reader
from portico.transactions.remittances import reader as remittances_reader

ALWAYS = Period(date(2000, 1, 1))


def submitted(small: Built) -> tuple[Path, ...]:
    """The 837s."""
    return dict(small.of_claims)["837"]


def read(path: Path) -> list[SentClaim]:
    """The claims of a file, none of which the guide finds a fault with."""
    with path.open("rb") as file:
        found = list(claims_reader.read(file))
    assert [fault for each in found for fault in each.faults] == []
    return [each.sent for each in found if each.sent]


def known() -> Known:
    """What the plan knows of those in the files: the members as they are, and who bills for the group."""
    waiting = encounters.Waiting(TODAY)
    for story in case_households.stories(TODAY):
        waiting.look(story.in_full_file or story.household)
    members = {}
    for claim in waiting.encounters(30, first=0):
        who = claim.subscriber
        number = identifiers.compact_member_id(who.member_id)
        span = CoveredSpan("employer-hmo", Period(date(2024, 1, 1)))
        last, first = names.key(who.last_name), names.key(who.first_name)
        members[number] = [KnownMember(number, number[:-2], last, first, who.birth_date, (span,))]
    billing = {
        (one.provider.npi, one.practice.tax_id): [Period(one.first_on, one.last_on)]
        for one in practices.affiliations(TODAY)
    }
    return Known(TODAY, members, frozenset(npi for npi, _ in billing), billing)


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> dict[str, encounters.Sample]:
    """The files of encounters of a plan of named cases alone."""
    waiting = encounters.Waiting(TODAY)
    for story in case_households.stories(TODAY):
        waiting.look(story.in_full_file or story.household)
    folder = tmp_path_factory.mktemp("group")
    return {sample.key: sample for sample in encounters.write(folder, waiting, today=TODAY)}


def test_the_claims_are_read_back_and_each_once(small: Built) -> None:
    claims = [claim for path in submitted(small) for claim in read(path)]
    numbers = [claim.tracking_number for claim in claims]
    assert len(set(numbers)) == len(numbers) > 200
    assert {claim.form for claim in claims} == set(Form)
    assert all(judging.by_itself(claim) == () for claim in claims)


def test_each_form_has_its_file_and_claims_come_in_their_order(small: Built) -> None:
    for path, form in zip(submitted(small), feeds.SUBMITTED, strict=True):
        claims = read(path)
        assert {claim.form for claim in claims} == {form}
        days = [claim.written_on for claim in claims]
        assert days == sorted(day for day in days if day)


def test_every_payment_is_read_back_and_adds_up(small: Built) -> None:
    [path] = dict(small.of_claims)["835"]
    with path.open("rb") as file:
        found = list(remittances_reader.payments(file))
    assert [each.misread for each in found if each.misread] == []
    told = {(one["trace_number"], one["tax_id"], one["amount"]) for one in small.payments}
    came = {(p.trace_number, p.payee.tax_id, str(p.amount)) for p in (each.payment for each in found) if p}
    assert told
    assert told <= came


def test_every_decided_claim_was_submitted(small: Built) -> None:
    sent = {claim.tracking_number for path in submitted(small) for claim in read(path)}
    [path] = dict(small.of_claims)["835"]
    paid = {line.split("*")[7] for line in path.read_text().split("~") if line.startswith("CLP*")}
    assert paid
    assert paid <= sent
    [extract] = dict(small.of_claims)["claims"]
    assert {row["claim_number"] for row in reading.rows(extract)} <= sent


def test_the_extract_has_the_columns_documented_and_known_codes(small: Built) -> None:
    [path] = dict(small.of_claims)["claims"]
    with path.open(newline="") as file:
        assert tuple(next(csv.reader(file))) == feeds.COLUMNS
    rows = reading.rows(path)
    assert {row["status"] for row in rows} <= {"received", "pended", "approved"}
    assert {row["pend_reason"] for row in rows} - {""} <= set(rules.PEND_REASONS)


def test_every_named_claim_is_told_with_its_numbers(small: Built) -> None:
    sent = {claim.tracking_number: claim for path in submitted(small) for claim in read(path)}
    for told in small.claims:
        claim = sent[told["claim_number"]]
        assert claim.billing.tax_id == told["tax_id"]
        assert claim.subscriber.member_id.startswith(told["subscriber_id"])
        assert told["says"]


def test_a_right_encounter_passes_every_edit(group: dict[str, encounters.Sample]) -> None:
    claims = read(group[CLEAN].path)
    assert len(claims) == group[CLEAN].records
    assert [judging.judge(claim, known()) for claim in claims] == [()] * len(claims)


def test_each_mistake_is_found_for_what_it_is_and_the_rest_is_right(
    group: dict[str, encounters.Sample],
) -> None:
    claims = read(group[WITH_ERRORS].path)
    found = [[misfit.code for misfit in judging.judge(claim, known())] for claim in claims]
    assert [set(codes) for codes in found[: len(MISTAKES)]] == [{code} for code in MISTAKES]
    assert found[len(MISTAKES) :] == [[]] * (len(claims) - len(MISTAKES))


def test_the_same_control_number_comes_with_other_bytes(group: dict[str, encounters.Sample]) -> None:
    first, second = (group[key].path.read_bytes() for key in (CLEAN, SAME_NUMBER))
    assert first != second
    assert first[:106] == second[:106]
    others = {group[key].path.read_bytes()[90:99] for key in (CLEAN, WITH_ERRORS, TRUNCATED, HOSTILE)}
    assert len(others) == 4


def test_a_file_that_ends_in_the_middle_is_no_file(group: dict[str, encounters.Sample]) -> None:
    with group[TRUNCATED].path.open("rb") as file, pytest.raises(X12Error):
        list(claims_reader.read(file))


def test_hostile_values_are_values_and_nothing_else(group: dict[str, encounters.Sample]) -> None:
    claims = read(group[HOSTILE].path)
    assert len(claims) == group[HOSTILE].records
    assert any("<script>" in claim.subscriber.last_name for claim in claims)
    assert all(judging.judge(claim, known()) for claim in claims)


def test_a_sample_tells_its_path_from_the_data_folder_on(small: Built) -> None:
    told = [sample.record(small.folder) for sample in small.encounters]
    earlier = [f"{EARLIER}-{ago}" for ago in SENT_AGO]
    assert [one["key"] for one in told] == [CLEAN, WITH_ERRORS, SAME_NUMBER, TRUNCATED, HOSTILE, *earlier]
    assert all((small.folder.parents[1] / one["path"]).is_file() for one in told)
