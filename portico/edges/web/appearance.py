"""A person's choice of light or dark, kept in a cookie of this browser; without one the system decides."""

from typing import Final, Literal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE: Final = "portico_theme"
ONE_YEAR: Final = 365 * 24 * 60 * 60
Theme = Literal["", "light", "dark"]
_THEMES: Final[dict[str, Theme]] = {"light": "light", "dark": "dark"}


def chosen_theme(request: HttpRequest) -> Theme:
    """Answer what this browser chose; the empty text follows the system."""
    return _THEMES.get(request.COOKIES.get(COOKIE, ""), "")


@require_POST
def choose_appearance(request: HttpRequest) -> HttpResponse:
    """Keep or forget the choice, and go back to the page the person came from on this site."""
    theme = _THEMES.get(request.POST.get("theme", ""), "")
    response = HttpResponseRedirect(_way_back(request))
    if theme:
        response.set_cookie(
            COOKIE, theme, max_age=ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _way_back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if here else reverse("home")
