"""From reports on a file to what is printed of them."""

from collections.abc import Sequence

from portico.domains.encounters.reports import ControlSummary
from portico.domains.encounters.submissions import Stage
from portico.domains.plan import catalogue, days
from portico.edges.web.documents import encounter_report, formatting
from portico.edges.web.documents.brand import Brand
from portico.edges.web.documents.encounter_report import EncounterReport, PrintedTable
from portico.edges.web.encounters import edit_words, file_words, shown
from portico.shared import identifiers

UNNAMED = "A file without a name"


def control_summary(summary: ControlSummary) -> bytes:
    """The Control Summary as PDF/UA-1."""
    tables = (
        PrintedTable(
            title="Encounters",
            heads=("What", "Encounters", "Billed"),
            widths=(4, 1, 1),
            rows=tuple((name, f"{count:,}", billed) for name, count, billed in sums(summary)),
            numeric=(1, 2),
        ),
        PrintedTable(
            title="Why encounters were rejected",
            heads=("Reason", "Encounters"),
            widths=(5, 1),
            rows=tuple((edit_words.of(code).why, f"{count:,}") for code, count in summary.by_code),
            numeric=(1,),
            nothing="None was rejected.",
        ),
        *_of_file(summary),
    )
    return encounter_report.render(_report("Control Summary", summary, tables))


def rejection_report(summary: ControlSummary, rows: Sequence[shown.Row]) -> bytes:
    """The Rejection Report as PDF/UA-1; `rows` are the first of the rejected."""
    cells = []
    for row in rows:
        for edit in row.edits:
            record = row.record
            cells.append(
                (
                    record.patient_control_number or f"Record {record.position}",
                    formatting.short_day(record.first_on) if record.first_on else "",
                    formatting.money(record.billed),
                    row.state,
                    edit.where,
                    f"{edit.why} {edit.todo}",
                )
            )
    left = summary.rejected.count - len(rows)
    more = f" The first {len(rows):,}; the CSV has all." if left > 0 else ""
    table = PrintedTable(
        title=f"Rejected encounters: {summary.rejected.count:,}.{more}",
        heads=(
            "Patient control number",
            "First day",
            "Billed",
            "State",
            "Where",
            "What is wrong, what to do",
        ),
        widths=(5, 3, 3, 3, 4, 9),
        rows=tuple(cells),
        numeric=(2,),
        nothing="None was rejected.",
    )
    return encounter_report.render(_report("Rejection Report", summary, (*_of_file(summary), table)))


def sums(summary: ControlSummary) -> tuple[tuple[str, int, str], ...]:
    """The sums of a Control Summary: what, how many, billed at how much where that is counted."""
    money = formatting.money
    return (
        ("Received", summary.received.count, money(summary.received.billed)),
        ("Accepted", summary.accepted.count, money(summary.accepted.billed)),
        ("Rejected", summary.rejected.count, money(summary.rejected.billed)),
        ("Rejected, still to be mended", summary.outstanding, ""),
        ("Rejected, mended on screen since", summary.mended, ""),
        ("Rejected, sent again since", summary.sent_again, ""),
        ("Accepted, in force", summary.in_force, ""),
        ("Accepted, replaced since", summary.replaced, ""),
        ("Accepted, voided since", summary.voided, ""),
    )


def _of_file(summary: ControlSummary) -> tuple[PrintedTable, ...]:
    if not summary.file_edits:
        return ()
    rows = tuple((edit.where, edit.why, edit.todo) for edit in shown.edits(summary.file_edits))
    return (PrintedTable("The file as a whole", ("Where", "What is wrong", "What to do"), (2, 4, 4), rows),)


def _report(title: str, summary: ControlSummary, tables: tuple[PrintedTable, ...]) -> EncounterReport:
    plan, file = catalogue.identity(), summary.submission
    stage, _ = file_words.STAGES[file.stage]
    if file.stage is Stage.REFUSED:
        stage = f"{stage}: {file_words.of_refusal(file.refusal).why}"
    at = days.local(file.finished_at or file.created_at)
    facts = {
        "Tax ID": identifiers.format_tax_id(file.tax_id),
        "Sent": formatting.short_day(days.local(file.created_at).date()),
        "Interchange": file.interchange or "none",
        "State": stage,
    }
    return EncounterReport(
        brand=Brand(plan.name, plan.telephone),
        title=title,
        about=file.name or UNNAMED,
        facts=tuple(facts.items()),
        tables=tables,
        at=at,
        zone_name=str(at.tzname() or ""),
    )
