"""A portal beneath a folder of its host: every address keeps the folder, in every part of the plan."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.test.utils import override_script_prefix
from pytest_django import Settings

from portico.config import env
from portico.edges.web import parts
from tests.support import cast, visiting
from tests.support.world import World

FOLDER = "/portal"
HERE = f"/in/{cast.MEDI_CAL}"
ASKED = """
import io, json
from portico.config.wsgi import application
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
said = []
environ = {"REQUEST_METHOD": "GET", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
    "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
    "PATH_INFO": "/static/portico/mark.svg", "SERVER_PROTOCOL": "HTTP/1.1"}
application(environ, lambda status, headers: said.append(status))
print(json.dumps([static("portico/mark.svg"), reverse("sign_in"), *said]))
"""


@pytest.fixture(autouse=True)
def folder(settings: Settings) -> Iterator[None]:
    """As the server sets it for each request; the proxy has taken the folder off the address."""
    settings.FORCE_SCRIPT_NAME, settings.SITE = FOLDER, f"https://plan.example.org{FOLDER}"
    with override_script_prefix(f"{FOLDER}/"):
        yield


@pytest.fixture
def inside(world: World) -> Client:
    """The front desk, signed in at the address a browser uses."""
    browser = Client()
    visiting.sign_in(world["front_desk"], Through(browser))  # type: ignore[arg-type]
    return browser


class Through:
    """A browser behind a proxy that takes the folder off."""

    def __init__(self, browser: Client) -> None:
        self._browser = browser

    def __getattr__(self, name: str) -> object:
        """What the browser itself does."""
        return getattr(self._browser, name)

    def post(self, address: str, *given: object, **named: object) -> object:
        """Sent on without the folder."""
        return self._browser.post(address.removeprefix(FOLDER), *given, **named)  # type: ignore[arg-type]


@pytest.mark.parametrize("front", ["", HERE], ids=["the_whole_plan", "a_line"])
def test_every_link_of_a_page_keeps_the_folder(inside: Client, front: str) -> None:
    answer = inside.get(f"{front}/")
    shell = answer.context["shell"]
    assert {each.url.startswith(f"{FOLDER}{front}/") for each in shell.navigation} == {True}
    assert [each.label for each in shell.navigation if each.current] == ["Home"]
    assert shell.home_url == f"{FOLDER}{front}/"
    assert shell.part.page == f"{FOLDER}{front}/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(world: World) -> None:
    answer = Client().get(f"{HERE}/receipts/")
    assert answer.headers["Location"] == (
        f"{FOLDER}{HERE}/sign-in/?next=%2Fportal%2Fin%2Fmedi-cal%2Freceipts%2F"
    )
    given = {"username": world["no_factor"].person.username, "password": cast.PASSWORD}
    sent = Client().post(f"{HERE}/sign-in/?next={FOLDER}{HERE}/receipts/", given)
    assert sent.headers["Location"] == f"{FOLDER}{HERE}/receipts/"


@pytest.mark.parametrize(
    ("line", "page", "leads_to"),
    [
        (cast.MEDI_CAL, f"{FOLDER}/receipts/?page=2", f"{FOLDER}{HERE}/receipts/?page=2"),
        (cast.PPO, f"{FOLDER}{HERE}/receipts/", f"{FOLDER}/in/{cast.PPO}/receipts/"),
        ("", f"{FOLDER}{HERE}/receipts/", f"{FOLDER}/receipts/"),
        ("", "//elsewhere.example/", f"{FOLDER}/"),
        ("", f"{FOLDER}//elsewhere.example/", f"{FOLDER}//elsewhere.example/"),
        ("", f"{FOLDER}{HERE}//elsewhere.example/", f"{FOLDER}{HERE}//elsewhere.example/"),
    ],
    ids=["into_a_line", "another_line", "all_lines", "another_site", "two_slashes", "two_in_a_line"],
)
def test_choosing_a_line_keeps_the_folder_once(inside: Client, line: str, page: str, leads_to: str) -> None:
    chosen = inside.post(f"{HERE}/part/", {"line": line, "region": "", "next": page})
    assert chosen.headers["Location"] == leads_to


def test_the_line_that_is_remembered_opens_beneath_the_folder(inside: Client) -> None:
    inside.post("/part/", {"line": cast.MEDI_CAL, "region": "", "next": f"{FOLDER}/"})
    assert inside.get("/").headers["Location"] == f"{FOLDER}{HERE}/"


def test_an_entrance_leads_to_the_sign_in_beneath_the_folder(world: World) -> None:
    assert Client().get(f"/enter/{cast.MEDI_CAL}/").headers["Location"] == f"{FOLDER}{HERE}/sign-in/"
    assert f"https://plan.example.org{FOLDER}/enter/{cast.MEDI_CAL}/" in visiting.seen(
        Client().get("/entrances/")
    )


def test_choosing_light_or_dark_leads_home(world: World) -> None:
    chosen = Client().post(f"{HERE}/appearance/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert chosen.headers["Location"] == f"{FOLDER}{HERE}/"


def test_what_a_browser_is_known_as_is_sent_to_this_folder_alone(inside: Client) -> None:
    assert inside.cookies["portico_device"]["path"] == f"{FOLDER}/"


def test_what_goes_out_names_the_folder_once(world: World) -> None:
    assert parts.outside("sign_in") == "/sign-in/"
    asked = Client().get("/fhir/metadata")
    assert asked.json()["implementation"]["url"] == f"http://testserver{FOLDER}/fhir"


def test_the_server_takes_the_folder_from_the_address_of_the_site(tmp_path: Path) -> None:
    variables = {
        "PORTICO_TESTING": "1",
        "PORTICO_VAR_DIR": str(tmp_path),
        "PORTICO_SITE": f"http://localhost{FOLDER}/",
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [
        f"{FOLDER}/static/portico/mark.svg",
        f"{FOLDER}/sign-in/",
        "200 OK",
    ]


@pytest.mark.parametrize(
    "site",
    ["https://a.example?x=1", "https://a.example#x", "https://a.example/b//c", "https://a.example/%2e"],
)
def test_an_address_that_is_none_of_a_site_refuses_to_start(site: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PORTICO_SITE"):
        env.folder(site)
