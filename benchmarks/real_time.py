"""A 271 over HTTP, as a trading partner's software gets it, beside a bare JSON view on the same server.

    python -m benchmarks.real_time [--members N] [--rounds N] [--seconds N]

gunicorn on loopback, one process of four threads, SQLite. One client that keeps its connection asks in turns
(A B A B) for what somebody waits; then as many clients as the door admits at once, in turns of some seconds,
for how many are answered. Each question is a 270 of one patient in the MIME envelope, with benefits open:
signed in, judged, decided, answered with amounts, audited, noted in the log. The bare view reads one row and
inserts one. What each costs in statements is counted by table.
"""

import argparse
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.client import OK
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from benchmarks import serving, x12_files
from benchmarks.serving import NOTHING, Answer, Portal, Visitor

WARM_UP = 20
AT_ONCE = 3  # PORTICO_X12_AT_ONCE: whoever comes beyond is sent away
TURNS = 3
BARE, DOOR = "bare view: a row read, a row inserted, JSON", "the 271, in real time"
COUNTED = {"X-Count-Statements": "yes"}
_BOUNDARY = "benchmark"


@dataclass(frozen=True, slots=True)
class Asking:
    """A client with a connection of its own, and what it asks for."""

    visitor: Visitor
    partner: Mapping[str, Any]
    path: str

    def bare(self, member: Mapping[str, Any], headers: Mapping[str, str] = NOTHING) -> Answer:
        """Asks the bare view."""
        body = f'{{"member_id": "{member["member_id"]}"}}'.encode()
        answer = self.visitor.send("/bare/row/", body, "application/json", headers)
        assert answer.status == OK, f"the bare view answered {answer.status}"
        return answer

    def door(self, member: Mapping[str, Any], headers: Mapping[str, str] = NOTHING) -> Answer:
        """Asks for eligibility and benefits; fails without a 271 that finds the member."""
        body = _form(self.partner, x12_files.question(self.partner, member))
        answer = self.visitor.send(self.path, body, f"multipart/form-data; boundary={_BOUNDARY}", headers)
        assert answer.status == OK, f"the door answered {answer.status}"
        assert b"~EB*" in answer.body, f"no benefits for {member['member_id']}: {answer.body!r}"
        return answer


def main() -> None:
    """Prints what is waited and how many are answered, as ratios to the bare view, and the statements."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--members", type=int, default=500)
    options.add_argument("--rounds", type=int, default=300)
    options.add_argument("--seconds", type=float, default=3)
    chosen = options.parse_args()
    with serving.portal(members=chosen.members) as portal:
        asking, members = _client(portal), _members(portal)
        print(f"{chosen.members:,} members, gunicorn gthread, SQLite; load average {os.getloadavg()[0]:.1f}")
        _report_waits(_waits(asking, members, chosen.rounds), len(asking.door(members[0]).body))
        _report_rates(_rates(portal, members, chosen.seconds))
        _report_statements(asking, members[0])


def _client(portal: Portal) -> Asking:
    path = urlsplit(portal.contract["endpoints"]["x12_core_2_2_0"]).path
    return Asking(Visitor(portal.port), portal.contract["trading_partner"], path)


def _members(portal: Portal) -> list[Mapping[str, Any]]:
    """The demo's members who are covered today in a line the partner may see."""
    lines = portal.sign_in_of("front_desk")["lines"]
    known = portal.contract["members"]
    return [one for one in known if one["line"] in lines and one["says"].startswith("Active")]


def _waits(asking: Asking, members: Sequence[Mapping[str, Any]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each, in turns, member after member; the first rounds left out."""
    works: dict[str, Callable[[Mapping[str, Any]], Answer]] = {BARE: asking.bare, DOOR: asking.door}
    waits: dict[str, list[float]] = {name: [] for name in works}
    for _, member in zip(range(rounds + WARM_UP), cycle(members), strict=False):
        for name, work in works.items():
            begun = time.perf_counter()
            work(member)
            waits[name].append((time.perf_counter() - begun) * 1000)
    return {name: taken[WARM_UP:] for name, taken in waits.items()}


def _report_waits(waits: Mapping[str, Sequence[float]], size: int) -> None:
    print(f"  one client; an answer of {size:,} bytes")
    floor = _cuts(waits[BARE])
    for name, taken in waits.items():
        told = (
            f"{each:7.2f} ms {each / least:6.2f} x" for each, least in zip(_cuts(taken), floor, strict=True)
        )
        print("  {:<44} p50 {}   p99 {}".format(name, *told))


def _cuts(taken: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    cuts = statistics.quantiles(taken, n=100)
    return cuts[49], cuts[98]


def _rates(portal: Portal, members: Sequence[Mapping[str, Any]], seconds: float) -> dict[str, float]:
    """How many are answered in a second when all clients ask at once; the best of some turns."""
    clients = [_client(portal) for _ in range(AT_ONCE)]
    works = {BARE: [one.bare for one in clients], DOOR: [one.door for one in clients]}
    best = dict.fromkeys(works, 0.0)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in range(TURNS):
            for name, asks in works.items():
                counts = pool.map(partial(_keep_asking, members, seconds), asks)
                best[name] = max(best[name], sum(counts) / seconds)
    return best


def _keep_asking(
    members: Sequence[Mapping[str, Any]], seconds: float, ask: Callable[[Mapping[str, Any]], Answer]
) -> int:
    until, count = time.perf_counter() + seconds, 0
    for member in cycle(members):
        ask(member)
        count += 1
        if time.perf_counter() > until:
            break
    return count


def _report_rates(rates: Mapping[str, float]) -> None:
    print(f"\n  {AT_ONCE} clients at once")
    for name, rate in rates.items():
        print(f"  {name:<44} {rate:7.0f} a second {rate / rates[BARE]:6.2f} x")


def _report_statements(asking: Asking, member: Mapping[str, Any]) -> None:
    for name, answer in {BARE: asking.bare(member, COUNTED), DOOR: asking.door(member, COUNTED)}.items():
        statements = answer.headers["X-Statements"].split()
        print(f"\n  {name}: {len(statements)} statements")
        for statement, times in Counter(statements).items():
            print(f"    {times} x {statement.replace(':', ' ')}")


def _form(partner: Mapping[str, Any], payload: bytes) -> bytes:
    fields = {
        "PayloadType": "X12_270_Request_005010X279A1",
        "ProcessingMode": "RealTime",
        "PayloadID": str(uuid4()),
        "TimeStamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "UserName": partner["username"],
        "Password": partner["password"],
        "SenderID": partner["sender_id"],
        "ReceiverID": partner["receiver_id"],
        "CORERuleVersion": "2.2.0",
        "Payload": payload.decode(),
    }
    disposition = "Content-Disposition: form-data; name="
    parts = [f'--{_BOUNDARY}\r\n{disposition}"{name}"\r\n\r\n{said}\r\n' for name, said in fields.items()]
    return "".join([*parts, f"--{_BOUNDARY}--\r\n"]).encode()


if __name__ == "__main__":
    main()
