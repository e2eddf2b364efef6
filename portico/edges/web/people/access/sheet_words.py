"""What a sheet of people holds, column by column, and what becomes of each of its rows, in words."""

from collections.abc import Mapping
from typing import Final

from portico.domains.access.delegating import bulk_rows
from portico.domains.access.delegating.bulk import Outcome
from portico.domains.accounts.joining.invitations import Hindrance
from portico.edges.web.people.access import words
from portico.edges.web.people.words import CANNOT_INVITE

COLUMNS: Final[Mapping[str, str]] = {
    "first_name": "Needed.",
    "last_name": "Needed.",
    "email": "Needed. The invitation goes there.",
    "username": "Empty: made from the name.",
    "telephone": "May be empty.",
    "role": "A role's code, such as front_desk. May be empty.",
    "functions": "Codes of functions beside those of the role. Eligibility is always there.",
    "tax_ids": "Empty: every one of the office that you may hand out.",
    "providers": "NPIs. Empty: every provider, also those to come.",
    "lines": "Codes of lines of business. Empty: every line.",
    "regions": "Codes of regions. Empty: every region.",
    "last_on": "The last day, such as 2026-12-31. Empty: no end.",
}
OUTCOMES: Final[Mapping[Outcome, tuple[str, str]]] = {
    Outcome.CREATED: ("positive", "Made"),
    Outcome.WOULD_CREATE: ("positive", "Can be made"),
    Outcome.ALREADY_HERE: ("neutral", "Works here already"),
    Outcome.REFUSED: ("negative", "Refused"),
}
CANNOT_READ: Final[Mapping[str, str]] = {
    "empty": "There is no row with a person in it below the names of the columns.",
    "too_long": "The file is larger than 1 MB. Split it.",
    "too_many_rows": "The file has more than {values} rows. Split it.",
    "not_csv": "This is not a CSV file. Save it as CSV from your spreadsheet.",
    "encoding": "The letters of this file cannot be read. Save it as CSV in UTF-8.",
    "missing_column": "These columns are missing: {values}.",
    "unknown_column": "These columns are not known, or are there twice: {values}.",
}
REASONS: Final[Mapping[str, str]] = {
    **{code: words.WHY[code] for code in words.BEYOND},
    **{code: said for code, (_, said) in words.CANNOT_GIVE.items() if "{" not in said},
    "unknown_tax_id": "The office bills under none of that number.",
    "unknown_provider": "A provider is under none of the tax IDs.",
    "unknown_line": "The plan has no such line of business.",
    "unknown_region": "The plan has no such region.",
    "not_for_this_persona": "End users cannot hold one of these functions.",
    "beyond_ceiling": words.BEYOND_YOURS,
    "username_taken": "Another person has this username.",
    "bad_username": words.BAD_USERNAME,
    "unknown_role": "There is no role of that code.",
    "unknown_function": "There is no function of that code.",
    "bad_date": "Write the last day as 2026-12-31.",
    "too_many_cells": "The row has more cells than there are columns.",
    "cell_too_long": "A cell is too long.",
    "bad_signs": "A cell holds signs that cannot be read.",
    "nothing_named": "A cell holds semicolons and names nothing. Name some, or leave it empty for every one.",
    **{str(each): CANNOT_INVITE[each] for each in Hindrance},
}


def reason(code: str) -> str:
    """Why a row was refused."""
    if code in REASONS:
        return REASONS[code]
    for field in bulk_rows.COLUMNS:
        if code.startswith(f"{field}_"):
            return words.person_fault(field, code.removeprefix(f"{field}_"))
    return code.replace("_", " ").capitalize() + "."
