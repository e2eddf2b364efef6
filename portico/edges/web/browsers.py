"""What a browser is called for its owner to know it again: "Firefox on Windows".

The words come from two closed lists, so that nothing a caller writes into the header is kept or shown.
"""

from typing import Final

from django.http import HttpRequest

UNKNOWN: Final = "an unknown browser"
_MOST_CHARACTERS: Final = 400
# In this order: most browsers also name those whose pages they want to be served.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def name_of(request: HttpRequest) -> str:
    """The browser and its system in at most 40 characters; "an unknown browser" where neither is told."""
    agent = str(request.META.get("HTTP_USER_AGENT", ""))[:_MOST_CHARACTERS]
    browser, system = _first(_BROWSERS, agent), _first(_SYSTEMS, agent)
    if browser and system:
        return f"{browser} on {system}"
    if system:
        return f"A browser on {system}"
    return browser or UNKNOWN


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in names if mark in agent), "")
