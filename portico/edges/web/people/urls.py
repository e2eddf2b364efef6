"""Routes of looking after people, from either side."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from portico.domains.permits.actors import PersonaKind
from portico.edges.web.people import acts, listing, person, resets
from portico.edges.web.people.access import acts as access_acts
from portico.edges.web.people.access import giving, history, matrix, sheet, suspended, waiting
from portico.edges.web.people.sides import OFFICE, Side

View = Callable[..., HttpResponse]

_OF_A_PERSON: tuple[tuple[str, View], ...] = (
    ("unlock", acts.unlock),
    ("reactivate", acts.reactivate),
    ("invite", acts.invite),
    ("cancel", acts.cancel),
    ("reset", resets.begin),
    ("reset_agree", resets.agree),
    ("reset_refuse", resets.refuse),
)
_OF_A_PERSONA: tuple[tuple[str, View], ...] = (
    ("history", history.shown),
    ("suspend", access_acts.suspend),
    ("restore", access_acts.restore),
    ("confirm", waiting.confirm),
    ("decline", waiting.decline),
)
_KINDS = (("end_user", PersonaKind.END_USER), ("administrator", PersonaKind.ADMINISTRATOR))


def of(side: Side, *more: tuple[str, View]) -> list[URLPattern]:
    """The list, the page of one person, and what is done there; `more` is for this side alone."""
    given: dict[str, Any] = {"side": side}
    below = [
        path(f"<int:number>/{act.replace('_', '-')}/", view, given, name=f"{side.prefix}person_{act}")
        for act, view in (*_OF_A_PERSON, *more)
    ]
    return [
        path("", listing.listed, given, name=f"{side.prefix}people"),
        path("everybody/", listing.everybody, given, name=f"{side.prefix}people_everybody"),
        path("file/", listing.file, given, name=f"{side.prefix}people_file"),
        path("waiting/", waiting.listed, given, name=f"{side.prefix}people_waiting"),
        path("<int:number>/", person.shown, given, name=f"{side.prefix}person"),
        *below,
        *_of_access(side, given),
    ]


def of_office() -> list[URLPattern]:
    """What an administrator does in the own office alone: make users, see all of them in one picture."""
    given: dict[str, Any] = {"side": OFFICE}
    return [
        path("new/", giving.choose, given, name="office_people_new"),
        *(
            path(
                f"new/{kind.replace('_', '-')}/",
                giving.new,
                {**given, "kind": which},
                name=f"office_person_new_{kind}",
            )
            for kind, which in _KINDS
        ),
        path("sheet/", sheet.check, given, name="office_people_sheet"),
        path("sheet/make/", sheet.make, given, name="office_people_sheet_make"),
        path("sheet/template/", sheet.template, given, name="office_people_sheet_template"),
        path("matrix/", matrix.shown, given, name="office_people_matrix"),
        path("suspended/", suspended.listed, given, name="office_people_suspended"),
    ]


def _of_access(side: Side, given: dict[str, Any]) -> list[URLPattern]:
    """What the personas of one person may do."""
    one = "<int:number>/access/<int:persona>/"
    return [
        *(
            path(
                f"<int:number>/add-{kind.replace('_', '-')}/",
                giving.add,
                {**given, "kind": which},
                name=f"{side.prefix}person_add_{kind}",
            )
            for kind, which in _KINDS
        ),
        path(one, giving.change, given, name=f"{side.prefix}persona_access"),
        *(
            path(f"{one}{act}/", view, given, name=f"{side.prefix}persona_{act}")
            for act, view in _OF_A_PERSONA
        ),
        path(f"{one}end/<int:grant>/", access_acts.end, given, name=f"{side.prefix}persona_end"),
    ]
