"""The sentences of batch eligibility: what is wrong with a row, why it has no answer, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portico.domains.members.asked import NoAnswer, NotAnswered
from portico.domains.members.batches import Outcome, RowView, Stage
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import Reason
from portico.edges.web import refusals
from portico.edges.web.batches import columns

SOURCES: Final[Mapping[str, str]] = {"csv": "CSV file", "xlsx": "Excel workbook", "x12": "X12 270"}
STAGES: Final[Mapping[Stage, tuple[str, str]]] = {
    Stage.DRAFT: ("Not asked yet", "neutral"),
    Stage.RUNNING: ("Being asked", "info"),
    Stage.DONE: ("Done", "positive"),
    Stage.CANCELLED: ("Stopped", "caution"),
    Stage.FAILED: ("Interrupted", "negative"),
}
OUTCOMES: Final[Mapping[Outcome, tuple[str, str]]] = {
    Outcome.WAITING: ("Waiting", "neutral"),
    Outcome.UNREADABLE: ("Not readable", "caution"),
    Outcome.ANSWERED: ("Answered", "positive"),
    Outcome.NOT_ANSWERED: ("No answer", "caution"),
    Outcome.REFUSED: ("Refused", "negative"),
    Outcome.FAILED: ("Failed", "negative"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Why, and what to do about it."""

    why: str
    todo: str = ""


_BOUNDS: Final = "Choose a day within the dates the plan answers for."
PROBLEMS: Final[Mapping[str, Said]] = {
    "not_enough": Said(
        "Too little to search by.",
        "Give a member ID with a last name or birth date; or a last name, or an SSN, with a birth date.",
    ),
    "birth_date_format": Said("The birth date is no day.", "Write it as mm/dd/yyyy or yyyy-mm-dd."),
    "birth_date_ahead": Said("The birth date lies ahead.", "Check the year."),
    "as_of_format": Said("The date of service is no day.", "Write it as mm/dd/yyyy or yyyy-mm-dd."),
    NoAnswer.TOO_EARLY: Said("The date of service lies too far back.", _BOUNDS),
    NoAnswer.TOO_LATE: Said("The date of service lies too far ahead.", _BOUNDS),
    "member_id_format": Said("This cannot be a member ID.", "An ID has 2 to 80 letters and digits."),
    "ssn_format": Said("This cannot be a Social Security number.", "It has nine digits."),
    "ssn_never_issued": Said("No Social Security number has this form.", "Check each digit."),
    "ssn_search_off": Said(
        "This plan does not search by Social Security number.",
        "Give a member ID, or a last name with a birth date.",
    ),
    "last_name_format": Said("This cannot be a last name.", "A last name has letters."),
    "too_many_cells": Said(
        "The row has more cells than there are columns.", "Put quotation marks around a cell with a comma."
    ),
    "too_long": Said("A cell is too long.", "Check that its row is not run together with another."),
    "set_refused": Said(
        "This set of the file has a fault.", "Have your practice software mend it and send it again."
    ),
    "unclosed_quote": Said("A quotation mark is not closed.", "Close it, or take it out."),
}
_UNKNOWN_PROBLEM: Final = Said("The row cannot be asked as it stands.", "Compare it with the template.")

NO_ANSWERS: Final[Mapping[NoAnswer, Said]] = {
    NoAnswer.MEMBER_ID_NOT_FOUND: Said(
        "No member was found with this ID.", "Check it against the card, or give name and birth date alone."
    ),
    NoAnswer.SSN_NOT_FOUND: Said(
        "No member was found with this number and birth date.", "Both must match; check the birth date first."
    ),
    NoAnswer.NAME_NOT_FOUND: Said(
        "No member was found with this name and birth date.",
        "Check the birth date, and the last name as it stands on the card; or give the member ID.",
    ),
    NoAnswer.TOO_MANY: Said("Too many members match.", "Give the member ID."),
    NoAnswer.TOO_EARLY: PROBLEMS[NoAnswer.TOO_EARLY],
    NoAnswer.TOO_LATE: PROBLEMS[NoAnswer.TOO_LATE],
    NoAnswer.SLOW_DOWN: Said(
        "Too many searches by Social Security number found nobody.", "Run these rows again in an hour."
    ),
    NoAnswer.SSN_SEARCH_OFF: PROBLEMS["ssn_search_off"],
    NoAnswer.EXPIRED: Said("This search is too old.", "Ask again."),
    NoAnswer.NAME_DIFFERS: Said(
        "The plan holds another name for this member.", "Check the name against the card."
    ),
    NoAnswer.BIRTH_DATE_DIFFERS: Said(
        "The plan holds another birth date for this member.", "Check it with the patient."
    ),
    NoAnswer.DEPENDENT_NOT_FOUND: Said(
        "The subscriber was found, the dependent was not.", "Check the dependent's name and birth date."
    ),
    NoAnswer.SEVERAL_FOUND: Said(
        "Several members match.", "Give the first name and the birth date, or the person's own member ID."
    ),
    NoAnswer.NOT_ENOUGH: PROBLEMS["not_enough"],
    NoAnswer.KEY_NOT_FOUND: Said("No member was found.", "Ask by member ID, or by name and birth date."),
}
_FAILED: Final = Said(
    "This row could not be asked.", "Run it again; if it stays, tell support the reference."
)
_WITHHELD: Final = Said(
    "This answer is no longer open to you.", "What you may see has changed since; ask again to see what is."
)


def of_row(row: RowView) -> Said:
    """Why a row has no answer to show, and what to do; nothing to say where it has one."""
    if row.is_withheld:
        return _WITHHELD
    match row.outcome:
        case Outcome.UNREADABLE:
            return of_problem(row)
        case Outcome.NOT_ANSWERED:
            return _no_answer(row)
        case Outcome.REFUSED:
            return _refused(row)
        case Outcome.FAILED:
            return _FAILED
        case _:
            return Said("")


def of_problem(row: RowView) -> Said:
    """What is wrong with a row that cannot be asked, with the column and what stands there."""
    said = PROBLEMS.get(row.problem, _UNKNOWN_PROBLEM)
    label, typed = columns.LABELS.get(row.echo.get("column", ""), ""), row.echo.get("typed", "")
    return Said(f"{label} “{typed}”: {said.why}" if label and typed else said.why, said.todo)


def _no_answer(row: RowView) -> Said:
    also = row.answer.also if isinstance(row.answer, NotAnswered) else ()
    said = [NO_ANSWERS[NoAnswer(reason)] for reason in (row.reason, *also)]
    return Said(" ".join(each.why for each in said), " ".join(each.todo for each in said))


def _refused(row: RowView) -> Said:
    function = refusals.FUNCTION_NAMES[Function.ELIGIBILITY]
    reason = refusals.WHY[Reason(row.reason)].format(function=function)
    if not isinstance(row.answer, Decision):
        return Said(reason)
    who = {"yourself": "You", "administrator": "Your administrator", "plan": "The plan"}
    todo = [
        f"{who[fixer.by]}: {refusals.HOW[fixer.remedy].format(function=function)}"
        for fixer in row.answer.fixers
    ]
    return Said(reason, " ".join(todo))
