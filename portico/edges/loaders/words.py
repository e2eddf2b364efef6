"""What each reason says to the operator: where it is, what is wrong, what to do.

No sentence repeats what stood there.
"""

from collections.abc import Iterable

_SENTENCES = {
    # An enrolment feed
    "subscriber_number_missing": "REF*0F, the subscriber number, is missing.",
    "member_id_format": "{about} is no member ID: 2 to 80 letters and digits are expected.",
    "name_missing": "The last name is missing.",
    "date_wrong": "{about} is no day of the calendar.",
    "value_too_long": "{about} is longer than it may be.",
    "value_missing": "{about} is missing.",
    "value_not_known": "{about} holds a code that is not known there; does a delimiter stand in a value?",
    "identifier_wrong": "{about} is not such a number: check each digit.",
    "amount_wrong": "{about} is no amount that can be stored.",
    "segment_unexpected": "This segment does not belong to a member; does a delimiter stand in a value?",
    "too_many_elements": "{about} has more elements than it may have; does a delimiter stand in a value?",
    "too_many_segments": "More segments follow than one member can have; is an INS missing?",
    "unknown_plan_code": "The benefit catalogue has no plan code{named}. Load the file that has.",
    "begin_date_missing": "The coverage has no begin date (DTP*348).",
    "end_date_missing": "The coverage is to end, but no day is given (DTP*349 or DTP*357).",
    "ends_before_it_begins": "The coverage ends before it begins.",
    "several_people_match": "Several people on this policy match equally. Send REF*23 or the birth date.",
    "member_id_of_another": "The member ID belongs to somebody with another name and birth date.",
    "subscriber_number_shared": "Another subscriber has this number too; both are kept.",
    "nothing_to_reinstate": "There was no coverage to reinstate.",
    "nothing_to_end": "There was no coverage to end.",
    "ssn_not_valid": "The Social Security number has a form that was never issued; it was left out.",
    "pcp_id_not_valid": "The NPI of the primary care provider fails its check; only the name was kept.",
    "relationship_contradicts": "INS01 and INS02 contradict each other; INS01 was followed.",
    # Extracts
    "cells_wrong": "The line has not as many cells as the header, or a quote is not closed.",
    "control_character": "The line holds a control character.",
    "unknown_line": "The plan has no line of business{named}.",
    "unknown_member": "No member has this member ID. Load the enrolment first.",
    "older_than_held": "A newer amount is held already; it was kept.",
}


def say(reasons: Iterable[str], where: str, about: str = "") -> str:
    """The sentences for these reasons, after where to look."""
    named = {"about": about or "A value", "named": f" {about}" if about else ""}
    said = " ".join(_SENTENCES[reason].format(**named) for reason in reasons)
    return f"{where[:1].upper()}{where[1:]}: {said}"


def known() -> frozenset[str]:
    """Every reason that has a sentence."""
    return frozenset(_SENTENCES)
