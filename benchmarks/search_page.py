"""How long a search and the member's page take over HTTP, beside a bare view on the same server.

    python -m benchmarks.search_page [--members N] [--rounds N]

One client that keeps its connection asks gunicorn on loopback, in turns: the bare view (benchmarks/floor),
the member's page, the search alone, and the search with the page it leads to. What each costs in statements
is counted by table. Takes about a minute.
"""

import argparse
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import FOUND, OK
from itertools import cycle
from zoneinfo import ZoneInfo

from benchmarks import serving
from benchmarks.serving import NOTHING, Answer, Portal, Visitor

AIM = 1.5
WARM_UP = 10
ZONE = ZoneInfo("America/Los_Angeles")
BARE, PAGE = "bare view: a query, a row, a template", "the member's page"
SEARCH, BOTH = "the search alone", "the search and the page it leads to"
COUNTED = {"X-Count-Statements": "yes"}


@dataclass(frozen=True, slots=True)
class Known:
    """A member the visitor may see: the page a search has led to, its bytes and the rows of its tables."""

    member_id: str
    page: str
    size: int
    rows: int


@dataclass(frozen=True, slots=True)
class Asking:
    """What the visitor does again and again, for one tax ID of the office."""

    visitor: Visitor
    tax_id: str

    def know(self, member_id: str) -> Known:
        """Searches for a member and measures the page it leads to."""
        path = self.search(member_id).headers["Location"]
        body = self._get(path).body
        return Known(member_id, path, len(body), body.count(b"<tr>"))

    def bare(self, known: Known, headers: Mapping[str, str] = NOTHING) -> Answer:
        """Asks for the bare page, as large as the member's."""
        return self._get(f"/bare/{known.size}/{known.rows}/{known.member_id}/", headers)

    def page(self, known: Known, headers: Mapping[str, str] = NOTHING) -> Answer:
        """Asks for the member's page."""
        return self._get(known.page, headers)

    def search(self, member_id: str, headers: Mapping[str, str] = NOTHING) -> Answer:
        """Searches by member ID, and stays there."""
        today = datetime.now(UTC).astimezone(ZONE).strftime("%m/%d/%Y")
        form = {"member_id": member_id, "as_of": today, "line": "", "tax_id": self.tax_id}
        answer = self.visitor.post("/patients/?by=member_id", form, headers)
        assert answer.status == FOUND, f"the search for {member_id} led nowhere"
        return answer

    def search_and_page(self, known: Known) -> Answer:
        """Searches by member ID, and goes where that leads."""
        return self._get(self.search(known.member_id).headers["Location"])

    def _get(self, path: str, headers: Mapping[str, str] = NOTHING) -> Answer:
        answer = self.visitor.get(path, headers)
        assert answer.status == OK, f"{path} answered {answer.status}"
        return answer


def main() -> None:
    """Prints the times of each in turns, their ratios to the bare view, and the statements behind them."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--members", type=int, default=500)
    options.add_argument("--rounds", type=int, default=200)
    chosen = options.parse_args()
    with serving.portal(members=chosen.members) as portal:
        asking, member_ids = _sign_in(portal)
        known = [asking.know(member_id) for member_id in member_ids]
        print(f"{chosen.members:,} members, {chosen.rounds} rounds, one client, gunicorn gthread, SQLite")
        _report(_times(asking, known, chosen.rounds), known)
        _count(asking, known[0])


def _sign_in(portal: Portal) -> tuple[Asking, list[str]]:
    """A front desk, signed in, and the members it can see, one to a policy number."""
    visitor, front_desk = Visitor(portal.port), portal.sign_in_of("front_desk")
    visitor.sign_in(front_desk)
    seen = [member for member in portal.contract["members"] if member["line"] in front_desk["lines"]]
    alone = [member["member_id"] for member in seen if member["member_id"] != member["subscriber_id"]]
    return Asking(visitor, front_desk["tax_ids"][0]), alone


def _times(asking: Asking, known: Sequence[Known], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each, in turns (A B C D A B C D), member after member; the first rounds left out."""
    works: dict[str, Callable[[Known], object]] = {
        BARE: asking.bare,
        PAGE: asking.page,
        SEARCH: lambda one: asking.search(one.member_id),
        BOTH: asking.search_and_page,
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for _, one in zip(range(rounds + WARM_UP), cycle(known), strict=False):
        for name, work in works.items():
            begun = time.perf_counter()
            work(one)
            times[name].append((time.perf_counter() - begun) * 1000)
    return {name: taken[WARM_UP:] for name, taken in times.items()}


def _report(times: Mapping[str, Sequence[float]], known: Sequence[Known]) -> None:
    floor = statistics.median(times[BARE])
    sizes = [one.size for one in known]
    print(f"  pages of {min(sizes):,} to {max(sizes):,} bytes; load average {os.getloadavg()[0]:.1f}")
    for name, taken in times.items():
        median, slow = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
        ratio = f"{median / floor:6.2f} x"
        said = (
            f"   aim {AIM:g} x: {'met' if median / floor <= AIM else 'not met'}"
            if name in (PAGE, BOTH)
            else ""
        )
        print(f"  {name:<40} p50 {median:8.2f} ms   p99 {slow:8.2f} ms {ratio}{said}")


def _count(asking: Asking, one: Known) -> None:
    answers = {
        BARE: asking.bare(one, COUNTED),
        PAGE: asking.page(one, COUNTED),
        SEARCH: asking.search(one.member_id, COUNTED),
    }
    for name, answer in answers.items():
        statements = answer.headers["X-Statements"].split()
        print(f"\n  {name}: {len(statements)} statements")
        for statement, times in Counter(statements).items():
            print(f"    {times} x {statement.replace(':', ' ')}")


if __name__ == "__main__":
    main()
