"""A report on a file of encounters says the same to eyes and to screen readers, however long its texts."""

from datetime import UTC, datetime

from portico.edges.web.documents import encounter_report
from portico.edges.web.documents.encounter_report import EncounterReport, PrintedTable
from portico.edges.web.documents.tests import examples
from portico.shared.pdf.tests import reading

AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def report(rows: int = 2, text: str = "Send the NPI again.") -> EncounterReport:
    """Answers a rejection report of so many rows."""
    table = PrintedTable(
        title="Rejected encounters",
        heads=("Where", "Patient control number", "Billed", "What to do"),
        widths=(1, 2, 1, 4),
        rows=tuple((f"segment {place}", f"PCN-{place}", "$120.50", text) for place in range(rows)),
        numeric=(2,),
        nothing="Nothing was rejected.",
    )
    facts = (("Received", "12"), ("Accepted", "10"), ("Rejected", "2"), ("Tax ID", "17-1234567"))
    return EncounterReport(
        examples.NORTHLAKE, "Rejection report", "encounters.837", facts, (table,), AT, "Pacific Time"
    )


def test_the_document_holds_pdf_ua() -> None:
    pdf = encounter_report.render(report())
    told = reading.promises(pdf)
    assert (told.marked, told.shows_title, told.part, told.title) == (True, True, "1", "Rejection report")
    assert reading.failures(pdf) == []


def test_the_table_has_heads_and_a_row_for_each_fact() -> None:
    count = reading.promises(encounter_report.render(report())).count()
    assert (count["Table"], count["TH"], count["TD"]) == (1, 4, 8)


def test_a_table_of_nothing_says_so() -> None:
    pdf = encounter_report.render(report(rows=0))
    assert "Nothing was rejected." in reading.text(pdf)
    assert reading.failures(pdf) == []


def test_three_hundred_rows_and_endless_words_fit() -> None:
    pdf = encounter_report.render(report(rows=300, text="X" * 90))
    assert reading.failures(pdf) == []
    assert "segment 299" in reading.text(pdf)
