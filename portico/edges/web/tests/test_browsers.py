"""A browser is named in our words; nothing of its header is kept."""

import pytest
from django.test import RequestFactory

from portico.edges.web import browsers

MOZILLA = "Mozilla/5.0 "
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0"


def named(agent: str) -> str:
    return browsers.name_of(RequestFactory().get("/", HTTP_USER_AGENT=agent))


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        pytest.param(
            f"{MOZILLA}(Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0",
            "Firefox on Windows",
            id="Firefox",
        ),
        pytest.param(
            f"{MOZILLA}(Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36", "Chrome on Windows", id="Chrome"
        ),
        pytest.param(
            f"{MOZILLA}(Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/120.0.0.0",
            "Edge on Windows",
            id="Edge",
        ),
        pytest.param(
            f"{MOZILLA}(Linux; Android 14) {CHROME} Mobile Safari/537.36", "Chrome on Android", id="Android"
        ),
        pytest.param(
            f"{MOZILLA}(iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
            "Safari on iPhone",
            id="iPhone",
        ),
        pytest.param(
            f"{MOZILLA}(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15",
            "Safari on Mac",
            id="Mac",
        ),
        pytest.param(f"{MOZILLA}(X11; Linux x86_64)", "A browser on Linux", id="system only"),
        pytest.param("Firefox/121.0", "Firefox", id="browser only"),
        pytest.param("curl/8.5.0", browsers.UNKNOWN, id="a program"),
        pytest.param("", browsers.UNKNOWN, id="no header"),
    ],
)
def test_browsers_are_named_in_our_words(agent: str, name: str) -> None:
    assert named(agent) == name


@pytest.mark.parametrize(
    "agent",
    ["<b>Jane Doe</b>", "x" * 100_000, "Robin Sample 123-45-6789"],
    ids=["markup", "long", "a person"],
)
def test_nothing_of_the_header_is_kept(agent: str) -> None:
    assert named(agent) == browsers.UNKNOWN


def test_every_name_fits_its_column() -> None:
    longest = [f"{b} on {s}" for _, b in browsers._BROWSERS for _, s in browsers._SYSTEMS]
    assert max(map(len, longest)) <= 40
