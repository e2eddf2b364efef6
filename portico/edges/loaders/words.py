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
    "segment_unexpected": "This segment does not belong here; does a delimiter stand in a value?",
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
    "key_twice": "The key{named} stands twice in this list.",
    "list_published": "The list{named} is published and never changes. Give this one another version.",
    "several_lists": "The file speaks of another version or first day before. One file brings one list.",
    "unknown_line": "The plan has no line of business{named}.",
    "unknown_member": "No member has this member ID. Load the enrolment first.",
    "older_than_held": "A newer amount is held already; it was kept.",
    # Payments
    "service_out_of_balance": "{about}: billed less adjustments is not what was paid. "
    "The payment is held back.",
    "claim_out_of_balance": "{about}: billed less adjustments of it and its lines is not what was paid. "
    "The payment is held back.",
    "payment_out_of_balance": "{about}: what its claims were paid, less PLB, is not BPR02. It is held back.",
    "payee_tax_id_missing": "No tax ID of the payee is sent (N104 under FI, or REF*TJ), and the provider "
    "file has not exactly one for the NPI.",
    "payment_differs": "Another payment of this number, payee and day is held already, and says something "
    "else. If this one is right, take the load of that one back first.",
    "claim_of_another_tax_id": "A claim in it is held under another tax ID; the two were not joined.",
    # Claims
    "claim_number_missing": "{about}, the plan's own claim number, is missing.",
    "first_day_missing": "The claim has no first day of service.",
    "no_services": "The claim has no service line that can be read.",
    "service_number_twice": "Two service lines of the claim have the same number ({about}).",
    "charges_do_not_add_up": "The charge of the claim (CLM02) and those of its lines differ by {about}.",
    "several_members_match": "Several people on this policy match the patient. Send the member ID.",
    "never_covered": "The member was never covered, so no line of business can be told.",
    "unknown_tax_id": "The provider file has no such tax ID. Load the file that has.",
    "claim_of_another": "This claim number is held for another member or another tax ID.",
    "original_number_missing": "It replaces or voids a claim, but does not say which (REF*F8).",
    "original_unknown": "The claim it replaces or voids is not here.",
    "not_covered_on_day": "The member was not covered on the first day; the nearest coverage told the line.",
    "guide_not_followed": "It was taken in, but the guide wants something else at {about}.",
    "pend_reason_missing": "A pended claim must say for what (pend_reason).",
    "day_ahead": "{about} lies after the day the file was written; look whether its year is right.",
    "status_older_than_held": "A later status is held already; it was kept.",
    "status_does_not_follow": "This status cannot follow the one that is held; that one was kept.",
    # Documents of the library
    "front_matter_open": "The lines --- have no end: a second --- is missing.",
    "name_not_known": "{about} is no name that is known there.",
    "said_twice": "{about} is said twice.",
    "value_wrong": "{about} cannot be read: days are written 2026-01-31, yes or no, numbers in digits.",
    "not_utf_8_or_too_long": "The file is not UTF-8, or longer than a document may be.",
    "html_acts": "The HTML holds what acts ({about}): take it out.",
    "html_too_deep": "The HTML is nested too deep to be looked into.",
    "html_unfinished": "The HTML has a mark that never ends: a > is missing, or the end of a comment.",
    "key_wrong": "The key may have small letters, digits and hyphens, 100 at most.",
    "key_is_a_page_of_help": "Help has a page of its own at {about}. Give this answer another key, such as "
    "help-{about}.",
    "kind_not_known": "The kind is missing, or none of "
    "manual, update, letter, form, contact, guideline, resource, help.",
    "material_number_wrong": "The material number{named} has no letter or digit, or more than 24 signs.",
    "material_number_taken": "Another document has the material number{named}.",
    "part_of_not_known": "It lies in{named}, which the library does not have and was not taken in.",
    "part_of_goes_round": "It lies in{named}, and so in itself, or too deep.",
    "position_wrong": "The position is a number from 0 to 32,767.",
    "too_many_topics": "It has more topics than {about}.",
    "topic_not_known": "The library has no topic{named}. Name it in topics.csv.",
    "no_title": "The title is missing.",
    "title_too_long": "The title is longer than {about} signs.",
    "summary_too_long": "The summary is longer than {about} signs.",
    "text_too_long": "The text is longer than {about} signs: part it into chapters.",
    "no_first_day": "first_on, the first day it counts, is missing.",
    "no_line": "lines is missing: say all, or for which.",
    "line_not_known": "The plan has no line of business{named}.",
    "region_not_known": "The plan has no region{named}.",
    "office_type_not_known": "There is no type of office{named}.",
    "link_broken": "A link leads nowhere: {about}.",
    "image_missing": "A picture is not in the folder: {about}.",
    "image_says_nothing": "A picture has no words for whoever cannot see it: {about}.",
    "too_many_files": "It has more than {about} files.",
    "files_too_large": "Its files have more than 64 MB together.",
    "files_of_one_name": "Two of its files have the same name.",
    "says_nothing": "It has neither a text nor a file.",
    "published_already": "The version of{named} was published with other words. Give this one a later day, "
    "or correct that one at the library desk.",
    "file_empty": "{about} is empty.",
    "file_too_large": "{about} is larger than 20 MB.",
    "file_unknown": "{about} is neither a PDF nor a PNG nor a JPEG.",
    "file_damaged": "{about} is damaged.",
    "file_too_many_pixels": "{about} has more pixels than a picture may have.",
    "file_active": "{about} holds what acts or opens something else.",
    "file_locked": "{about} is encrypted: nobody can say what it holds.",
    "file_uncheckable": "{about} cannot be looked into.",
}


def say(reasons: Iterable[str], where: str, about: str = "") -> str:
    """The sentences for these reasons, after where to look."""
    named = {"about": about or "A value", "named": f" {about}" if about else ""}
    said = " ".join(_SENTENCES[reason].format(**named) for reason in reasons)
    return f"{where[:1].upper()}{where[1:]}: {said}"


def known() -> frozenset[str]:
    """Every reason that has a sentence."""
    return frozenset(_SENTENCES)
