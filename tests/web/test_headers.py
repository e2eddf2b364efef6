"""Headers: what a browser may load, keep, frame and tell; and a deployment Django finds nothing against."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import cast, visiting
from tests.support.world import World

ROOT = Path(__file__).resolve().parents[2]
KEYS = ("PORTICO_SECRET_KEY", "PORTICO_VAULT_KEY", "PORTICO_INDEX_KEY", "PORTICO_AUDIT_KEY")
PRODUCTION = {name: hashlib.sha256(name.encode()).hexdigest() for name in KEYS}


@pytest.mark.parametrize("route", ["home", "sign_in", "support", "patient_search", "receipts", "health"])
def test_every_page_says_what_a_browser_may_do(front_desk: Client, route: str) -> None:
    headers = front_desk.get(reverse(route)).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert (policy["script-src"], policy["style-src"]) == ("'self'", "'self'")
    assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == (
        "'none'",
        "'none'",
        "'self'",
    )
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_no_page_holds_what_its_policy_forbids(front_desk: Client, world: World) -> None:
    for address in ("/", "/sign-in/", reverse("patient", args=[world["front_desk"].lookup])):
        page = front_desk.get(address).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count('<script src="/static/')


@pytest.mark.parametrize("place", ["patient", "card_pdf", "card_png", "receipt", "receipt_pdf", "receipts"])
def test_pages_with_patient_data_are_not_stored(front_desk: Client, world: World, place: str) -> None:
    arguments = {
        "receipt": [world.receipts[cast.OWN]],
        "receipt_pdf": [world.receipts[cast.OWN]],
        "receipts": [],
    }.get(place, [world["front_desk"].lookup])
    assert front_desk.get(reverse(place, args=arguments)).headers["Cache-Control"] == "no-store"


def test_refusals_and_unknown_addresses_are_not_stored_either(world: World) -> None:
    browser = visiting.sign_in(world["administrator"])
    for address, status in ((reverse("patient_search"), 403), ("/nowhere/", 404)):
        answer = browser.get(address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
        assert "Content-Security-Policy" in answer.headers


def test_an_unknown_host_is_refused_without_a_word_about_the_portal(world: World) -> None:
    answer = Client(raise_request_exception=False).get("/", headers={"host": "elsewhere.example.org"})
    assert answer.status_code == 400


def in_production(*command: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """What a command of `manage.py` prints with the environment a production server has."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    product = {"PORTICO_HOSTS": "portal.example.org", "PORTICO_DATABASE_URL": "sqlite:///:memory:"}
    environment = kept | PRODUCTION | product | more
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


DEPLOYMENT_CHECK = ("check", "--deploy", "--fail-level", "WARNING")


def test_djangos_deployment_check_is_clean(tmp_path: Path) -> None:
    done = in_production(*DEPLOYMENT_CHECK, PORTICO_VAR_DIR=str(tmp_path), PORTICO_PROXY_COUNT="1")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


def test_tls_without_a_proxy_of_ours_is_warned_of(tmp_path: Path) -> None:
    done = in_production(*DEPLOYMENT_CHECK, PORTICO_VAR_DIR=str(tmp_path))
    assert done.returncode != 0
    assert "web.W001" in done.stderr
    assert "PORTICO_PROXY_COUNT" in done.stderr


def test_production_sends_its_cookies_over_tls_only_and_says_so_for_two_years(tmp_path: Path) -> None:
    names = (
        "SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_SSL_REDIRECT SESSION_COOKIE_SECURE "
        "CSRF_COOKIE_SECURE SESSION_COOKIE_NAME DEBUG"
    )
    asked = f"from django.conf import settings; print(*(getattr(settings, n) for n in {names.split()}))"
    done = in_production("shell", "--no-imports", "-c", asked, PORTICO_VAR_DIR=str(tmp_path))
    assert done.stdout.split() == "63072000 True True True True __Host-portico False".split(), done.stderr


@pytest.mark.parametrize("name", KEYS)
def test_a_missing_key_refuses_to_start_and_is_named(tmp_path: Path, name: str) -> None:
    done = in_production("check", PORTICO_VAR_DIR=str(tmp_path), **{name: ""})
    assert done.returncode != 0
    assert name in done.stderr
