"""The lists an applicant is looked up in, and the papers that are handed in."""

from portico.demo import exclusion_feed, licence_feed, papers, unregistered
from portico.demo.build import Built
from portico.demo.tests import reading
from portico.demo.tests.conftest import TODAY
from portico.shared.files import checking


def test_every_person_of_the_provider_file_has_one_licence(small: Built) -> None:
    people = {row["npi"] for row in reading.rows(small.providers) if row["entity_type"] == "1"}
    rows = reading.rows(small.licences)
    assert list(rows[0]) == licence_feed.COLUMNS
    assert len(rows) == len({row["number"] for row in rows}) == len(people)


def test_one_licence_has_expired_and_one_has_another_number_than_on_file(small: Built) -> None:
    rows = {row["number"]: row for row in reading.rows(small.licences)}
    on_file = {row["licence_number"] for row in reading.rows(small.providers) if row["entity_type"] == "1"}
    assert [number for number, row in rows.items() if row["active"] == "no"] == [
        unregistered.OTTILIE_KERR.licence
    ]
    assert {row["expires_on"] > TODAY.isoformat() for row in rows.values() if row["active"] == "yes"} == {
        True
    }
    assert set(rows) - on_file == {unregistered.RENEWED_LICENCE}
    assert on_file - set(rows) == {unregistered.FERDINAND_PENROSE.licence}


def test_somebody_of_the_provider_file_is_excluded_and_no_birth_date_is_written(small: Built) -> None:
    rows = reading.rows(small.exclusions)
    assert list(rows[0]) == exclusion_feed.COLUMNS
    assert [row["NPI"] for row in rows if row["LASTNAME"]] == [unregistered.SILAS_DRUMMOND.npi]
    assert {row["DOB"] for row in rows} == {"00000000"}
    assert all(row["EXCLDATE"] < f"{TODAY:%Y%m%d}" for row in rows)


def test_a_paper_is_a_document_that_may_be_handed_in() -> None:
    found = checking.check(papers.page("Passport", "Vera Lindholm"))
    assert found.content_type == "application/pdf"
