"""Keeps claims out of memory until they are written in another order than they were drawn in."""

import pickle
import sqlite3
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from portico.demo.claims.drawn import Decision, Drawn
from portico.domains.claims.facts.submitted import Form

_TABLE = "CREATE TABLE kept (form TEXT, tax_id TEXT, day TEXT, number INTEGER, body BLOB)"
_PUT = "INSERT INTO kept VALUES (?, ?, ?, ?, ?)"
_IN_ORDER = "SELECT body FROM kept WHERE form = ? ORDER BY day, tax_id, number"
_DECISION = "decision"


class Shelf:
    """Claims and decisions in a temporary file that nobody else sees, gone when it is closed."""

    def __init__(self) -> None:
        self._file, self.claims, self.decisions = sqlite3.connect(""), 0, 0
        self._file.execute(_TABLE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, claim: Drawn) -> None:
        """Keep a claim and each of its decisions."""
        self._put(claim.sent.form, claim.tax_id, claim.received_on.isoformat(), self.claims, claim)
        self.claims += 1
        for decision in claim.decisions:
            day = decision.paid_on.isoformat()
            self._put(_DECISION, decision.tax_id, day, self.decisions, decision)
            self.decisions += 1

    def received(self, form: Form) -> Iterator[Drawn]:
        """The claims of a form in the order they came."""
        for body in self._in_order(form):
            claim = pickle.loads(body)  # noqa: S301 written by this very object
            yield claim

    def decided(self) -> Iterator[Decision]:
        """Every decision: day by day, and tax ID by tax ID within a day."""
        for body in self._in_order(_DECISION):
            decision = pickle.loads(body)  # noqa: S301 written by this very object
            yield decision

    def _put(self, kind: str, tax_id: str, day: str, number: int, what: object) -> None:
        self._file.execute(_PUT, (kind, tax_id, day, number, pickle.dumps(what)))

    def _in_order(self, kind: str) -> Iterator[bytes]:
        for (body,) in self._file.execute(_IN_ORDER, (kind,)):
            yield body
