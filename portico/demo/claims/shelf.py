"""Keeps claims out of memory until they are written in another order than they were drawn in."""

import pickle
import sqlite3
from collections.abc import Iterator
from datetime import date
from types import TracebackType
from typing import Self

from portico.demo.claims.drawn import Decision, Drawn
from portico.domains.claims.facts.extracted import ExtractedClaim
from portico.domains.claims.facts.submitted import Form

_TABLE = "CREATE TABLE kept (kind TEXT, tax_id TEXT, day TEXT, number INTEGER, body BLOB)"
_PUT = "INSERT INTO kept VALUES (?, ?, ?, ?, ?)"
_IN_ORDER = "SELECT body FROM kept WHERE kind = ? ORDER BY day, tax_id, number"
_DECISION, _STATE = "decision", "state"


class Shelf:
    """Claims and decisions in a temporary file that nobody else sees, gone when it is closed."""

    def __init__(self) -> None:
        self._file, self.claims, self.count = sqlite3.connect(""), 0, 0
        self._file.execute(_TABLE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, claim: Drawn) -> None:
        """Keep a claim and each of its decisions."""
        self.claims += 1
        self._put(claim.sent.form, claim.tax_id, claim.received_on, claim)
        for row in claim.extracts:
            self._put(_STATE, claim.tax_id, row.status_on, row)
        for decision in claim.decisions:
            self._put(_DECISION, decision.tax_id, decision.paid_on, decision)

    def received(self, form: Form) -> Iterator[Drawn]:
        """The claims of a form in the order they came."""
        for body in self._in_order(form):
            claim = pickle.loads(body)  # noqa: S301 written by this very object
            yield claim

    def told(self) -> Iterator[ExtractedClaim]:
        """What the core told of claims between, day by day."""
        for body in self._in_order(_STATE):
            row = pickle.loads(body)  # noqa: S301 written by this very object
            yield row

    def decided(self) -> Iterator[Decision]:
        """Every decision: day by day, and tax ID by tax ID within a day."""
        for body in self._in_order(_DECISION):
            decision = pickle.loads(body)  # noqa: S301 written by this very object
            yield decision

    def _put(self, kind: str, tax_id: str, day: date, what: object) -> None:
        self.count += 1
        self._file.execute(_PUT, (kind, tax_id, day.isoformat(), self.count, pickle.dumps(what)))

    def _in_order(self, kind: str) -> Iterator[bytes]:
        for (body,) in self._file.execute(_IN_ORDER, (kind,)):
            yield body
