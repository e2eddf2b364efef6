"""The part of the plan a page speaks of: a line of business, a region, or both, at the front of its address.

    /in/medi-cal/patients/               one line
    /in/medi-cal.north-lakes/patients/   one line in one region
    /in/all.north-lakes/patients/        every line in one region
    /patients/                           all of the plan

The front is taken off before the address is looked up and set as the script's prefix, so that every link the
page makes stays within the part, and a link shared with a colleague opens in the same one. It narrows what is
asked and offers nothing that was closed: every item of the menu stays, and says why where it is (decision
record 0041). Where the portal lies beneath a folder of its host, that folder stands before the front, as it
does before every address: `/portal/in/medi-cal/patients/`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.urls import get_script_prefix, reverse, set_script_prefix

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.plan import catalogue

EVERY_LINE: Final = "all"
_FRONT: Final = re.compile(r"/in/([a-z0-9_-]+)(?:\.([a-z0-9_-]+))?(/(?![/\\]).*)", re.IGNORECASE | re.DOTALL)
"""What follows begins with one slash: with two it would name another site wherever the front is left out."""
_NOT_OF_PAGES: Final = ("/x12/", "/fhir", "/.well-known/", "/static/", "/in/")
_ATTRIBUTE: Final = "_portico_part"


@dataclass(frozen=True, slots=True)
class Part:
    """A line and a region by code; "" is all of them."""

    line: str = ""
    region: str = ""

    @property
    def front(self) -> str:
        """What stands before the address of every page in it; empty for the whole plan."""
        if not self.line and not self.region:
            return ""
        return f"/in/{self.line or EVERY_LINE}" + (f".{self.region}" if self.region else "")

    def question(self, function: Function) -> Question:
        """The question whether the function is open here."""
        return Question(function, line=self.line or None, region=self.region or None)


WHOLE: Final = Part()


class Parts:
    """Takes the front off the address of a page in a part of the plan; a part nobody serves is not found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer within the part."""
        part, rest = split(request.path_info)
        if part == WHOLE:
            return self.get_response(request)
        before = get_script_prefix()
        setattr(request, _ATTRIBUTE, part)
        request.path_info = rest
        set_script_prefix(address(request, part, "/"))
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)


def of(request: HttpRequest) -> Part:
    """The part this request is in."""
    part: Part = getattr(request, _ATTRIBUTE, WHOLE)
    return part


def folder(request: HttpRequest) -> str:
    """The folder of its host that the portal lies beneath, without a slash at its end; mostly empty."""
    return str(request.META.get("SCRIPT_NAME", "")).rstrip("/")


def address(request: HttpRequest, part: Part, page: str) -> str:
    """The address of a page, `/patients/`, in that part, as a browser asks for it."""
    return f"{folder(request)}{part.front}{page}"


def page_of(request: HttpRequest, address: str) -> str:
    """The page an address of ours names, whatever part it is in: `/patients/`."""
    ahead = folder(request)
    is_within = bool(ahead) and address.startswith((f"{ahead}/", f"{ahead}?"))
    return split(address.removeprefix(ahead) if is_within else address)[1]


def remembered(actor: Actor) -> Part:
    """The part this person chose last, as far as the plan still has it."""
    return known(actor.context.get("line", ""), actor.context.get("region", ""))


def known(line: str, region: str) -> Part:
    """The part of these codes, without what the plan does not have."""
    choices = catalogue.choices()
    is_line = any(line == each.code for each in choices.lines)
    is_region = any(region == each.code for each in choices.regions)
    return Part(line if is_line else "", region if is_region else "")


def outside(route: str, *named: object) -> str:
    """What follows settings.SITE in the address of a page in the whole plan, whatever part is asked in: for
    mails, and for other systems, which know one address of it.
    """
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        return reverse(route, args=named)
    finally:
        set_script_prefix(before)


def said(part: Part) -> str:
    """The part in words: "Medi-Cal, North Lakes", "All lines"."""
    choices = catalogue.choices()
    lines, regions = choices.line_names, choices.region_names
    line = lines.get(part.line, "All lines")
    return f"{line}, {regions[part.region]}" if part.region in regions else line


def split(path: str) -> tuple[Part, str]:
    """The part an address is in, and the address within it; the whole plan where it is in none."""
    found = _FRONT.fullmatch(path)
    if found is None or found[3].startswith(_NOT_OF_PAGES):
        return WHOLE, path
    line, region = found[1].lower(), (found[2] or "").lower()
    part = known("" if line == EVERY_LINE else line, region)
    is_served = part == Part("" if line == EVERY_LINE else line, region)
    return (part, found[3]) if is_served else (WHOLE, path)
