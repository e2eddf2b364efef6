"""Light, dark, or as the system says; never a way off this site."""

import pytest
from django.test import RequestFactory

from portico.edges.web import appearance


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("", ""), ("x", "")])
def test_only_a_known_choice_counts(cookie: str, theme: str) -> None:
    request = RequestFactory().get("/")
    request.COOKIES[appearance.COOKIE] = cookie
    assert appearance.chosen_theme(request) == theme


def test_a_choice_is_kept_and_leads_back() -> None:
    request = RequestFactory().post("/appearance/", {"theme": "dark", "next": "/support/"})
    response = appearance.choose_appearance(request)
    assert response.headers["Location"] == "/support/"
    assert response.cookies[appearance.COOKIE].value == "dark"


def test_following_the_system_forgets_the_choice() -> None:
    response = appearance.choose_appearance(RequestFactory().post("/appearance/", {"theme": ""}))
    assert response.cookies[appearance.COOKIE]["max-age"] == 0


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_way_back_never_leaves_the_site(elsewhere: str) -> None:
    response = appearance.choose_appearance(RequestFactory().post("/appearance/", {"next": elsewhere}))
    assert response.headers["Location"] == "/"
