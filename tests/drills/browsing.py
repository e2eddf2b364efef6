"""A browser as plain as can be, for a server in another process: cookies, form tokens, how long it took."""

import http.client
import re
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: its status, headers by small-letter name, text, and the seconds it took."""

    status: int
    headers: dict[str, str]
    text: str
    seconds: float


@dataclass(slots=True)
class Browser:
    """One person's browser at the server on that port of the loopback address."""

    port: int
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        """The page; the token of its form is remembered."""
        page = self._ask("GET", path)
        found = TOKEN.search(page.text)
        self.token = found.group(1) if found else self.token
        return page

    def post(self, path: str, **form: str) -> Page:
        """The answer to the form, sent with the token of the page that was read last."""
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": self.token, **form}))

    def _ask(self, method: str, path: str, body: str | None = None) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = "; ".join(f"{each.key}={each.value}" for each in self.cookies.values())
        sent = {"Host": f"localhost:{self.port}", "Cookie": cookies, "Content-Type": FORM, **self.headers}
        began = time.perf_counter()
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            text = response.read().decode()
            taken = time.perf_counter() - began
        finally:
            connection.close()
        for said in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(said)
        told = {name.lower(): value for name, value in response.headers.items()}
        return Page(response.status, told, text, taken)
