"""How the desk of the library says what its domain knows by code."""

from collections.abc import Mapping
from typing import Final

from django import forms

from portico.domains.library.desk import Which
from portico.domains.library.rules import Standing
from portico.domains.library.wording import CannotKeep, Fault
from portico.shared.files.faults import Fault as FileFault

LISTS: Final[Mapping[Which, str]] = {
    Which.ALL: "All",
    Which.DRAFTS: "Being written",
    Which.IN_REVIEW: "Waiting for a look",
    Which.SCHEDULED: "Scheduled",
    Which.ARCHIVED: "Archived",
}
STATES: Final[Mapping[str, tuple[str, str]]] = {
    "draft": ("Draft", "neutral"),
    "in_review": ("Waits for a look", "caution"),
    "scheduled": ("Scheduled", "caution"),
    "published": ("Published", "positive"),
    "withdrawn": ("Given up", "neutral"),
}
STANDINGS: Final[Mapping[Standing, str]] = {
    Standing.UNPUBLISHED: "",
    Standing.AHEAD: "Counts later",
    Standing.IN_FORCE: "In force",
    Standing.CORRECTED: "Corrected",
    Standing.SUPERSEDED: "Superseded",
    Standing.OVER: "Over",
}
CHANGED: Final = (
    "Somebody else has saved this document since you opened it. What you see is yours; open the page again "
    "to see theirs."
)
MOVED_ON: Final = "Nothing was changed: the version stands elsewhere by now. This is how it stands."
OWN_WORDS: Final = "You wrote this version. Somebody else has to look at it."
DAY_TAKEN: Final = (
    "Another version that begins on that day is still to appear. Stop it from appearing, or give this one "
    "another first day."
)
NO_ANSWER: Final = "Write what is to be changed."
FAULTS: Final[Mapping[str, tuple[str | None, str]]] = {
    "key_wrong": ("key", "Use small letters, digits and hyphens, such as prior-authorization."),
    "key_is_a_page_of_help": (
        "key",
        "Help has a page of its own at {about}. Give this answer another key, such as help-{about}.",
    ),
    "key_taken": ("key", "Another document has this key."),
    "kind_not_known": ("kind", "Choose what it is."),
    "material_number_wrong": ("material_number", "A number has letters or digits, 24 signs at most."),
    "material_number_taken": ("material_number", "Another document has this number."),
    "part_of_not_known": ("part_of", "The library has no document of this key."),
    "part_of_goes_round": ("part_of", "It would lie in itself, or too deep."),
    "position_wrong": ("position", "Enter a whole number from 0 to 32,767."),
    "too_many_topics": ("topics", "Choose {about} topics at most."),
    "topic_not_known": ("topics", "Choose among these topics."),
    "no_title": ("title", "Enter the title."),
    "title_too_long": ("title", "Use {about} signs at most."),
    "summary_too_long": ("summary", "Use {about} signs at most."),
    "text_too_long": ("body", "Use {about} signs at most, and part the rest into chapters."),
    "control_character": ("body", "The text holds a sign that cannot be kept."),
    "no_first_day": ("first_on", "Enter the first day it counts."),
    "ends_before_it_begins": ("last_on", "Enter a last day that is not before the first."),
    "day_taken": ("first_on", DAY_TAKEN),
    "no_line": ("lines", "Choose every line, or those it is for."),
    "line_not_known": ("lines", "Choose among these lines."),
    "region_not_known": ("regions", "Choose among these regions."),
    "office_type_not_known": ("office_types", "Choose among these types."),
    "link_broken": ("body", "A link leads nowhere: {about}"),
    "image_missing": ("body", "A picture is none of the files below: {about}"),
    "image_says_nothing": ("body", "A picture has no words for whoever cannot see it: {about}"),
    "says_nothing": ("body", "Write the text, or put a file to it."),
    "too_many_files": (None, "A version has {about} files at most."),
    "about_is_published": (None, "What holds for every version is changed on its own page."),
}
FILE_FAULTS: Final[Mapping[FileFault, str]] = {
    FileFault.EMPTY: "The file is empty.",
    FileFault.TOO_LARGE: "The file is larger than 20 MB.",
    FileFault.UNKNOWN: "Choose a PDF, a PNG or a JPEG.",
    FileFault.DAMAGED: "The file is damaged.",
    FileFault.TOO_MANY_PIXELS: "The picture has more pixels than it may have.",
    FileFault.ACTIVE: "The file holds what acts or opens something else. Save it as a plain PDF.",
    FileFault.LOCKED: "The file is encrypted. Save it without a password.",
    FileFault.UNCHECKABLE: "The file cannot be looked into. Save it as a plain PDF.",
    FileFault.INFECTED: "The file holds a virus.",
}


def said(fault: Fault) -> str:
    """The sentence of a fault."""
    code, about = fault
    return FAULTS[code][1].format(about=about)


def say(form: forms.Form, error: CannotKeep) -> None:
    """Put each fault to the field it is about."""
    for fault in dict.fromkeys(error.faults):
        field = FAULTS[fault[0]][0]
        form.add_error(field if field in form.fields else None, said(fault))
