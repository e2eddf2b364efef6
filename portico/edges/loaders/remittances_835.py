"""The job that loads an 835: surveyed as a whole, then a permit and a transaction for each chunk of payments.

Of a payment with more claims than the reader holds, the claims are read again and go in part by part.
"""

from dataclasses import asdict
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, cast

from portico.domains.claims import payment_loading
from portico.domains.claims.facts.paid import PaymentPart
from portico.domains.claims.payment_loading import Terms
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate
from portico.domains.permits.permit import Permit
from portico.domains.plan import days
from portico.edges.loaders import handling, intake
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.refusals import FeedRefused, RefusalCode
from portico.edges.loaders.settling import Books, RowRead
from portico.shared.x12.bookmarks import Bookmark
from portico.transactions.parts.misread import FileRefused
from portico.transactions.remittances import reader
from portico.transactions.remittances.reader import Found

Row = RowRead[PaymentPart]
MOST_PAYMENTS = 200  # in a chunk, however few claims they have


class Handler:
    """Loads one staged 835; `watch` is told bytes done, of how many."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        self.watch = watch

    def run(self, leased: Leased) -> None:
        """Load the file from where the job stands.

        Raises CannotDo where it is refused, LeaseLost, Stopping.
        """
        with handling.opened(leased) as source:
            _Load(leased, source, _terms(leased, source), self.watch).run()


class _Load:
    """One run over a file: `parts` and `rows` are what the chunk under way holds.

    The cursor says how many payments are settled, where the next begins, and how many claims of it are in.
    """

    def __init__(self, leased: Leased, source: BinaryIO, terms: Terms, watch: handling.Watch) -> None:
        self._leased, self._source, self._terms, self._watch = leased, source, terms, watch
        self._size = source.seek(0, 2)
        source.seek(0)
        self._books = Books(leased, total=self._size)
        self._position = int(leased.cursor.get("position", 0))
        self._parts: list[PaymentPart] = []
        self._rows: list[Row] = []

    def run(self) -> None:
        """Chunk after chunk; the last one closes the books."""
        at, claims = self._leased.cursor.get("at"), int(self._leased.cursor.get("claims", 0))
        for found in reader.payments(self._kept(self._source), begin=Bookmark(**at) if at else None):
            if self._is_full():
                self._load(found.bookmark)
            self._position += 1
            if self._books.wants(self._position):
                self._take(found, claims)
            claims = 0
        self._load(None)

    def _kept(self, source: BinaryIO) -> BinaryIO:
        """A long payment is read for long between two checkpoints."""
        return cast(BinaryIO, handling.Kept(source, self._leased))

    def _is_full(self) -> bool:
        claims = sum(len(part.claims) for part in self._parts)
        return claims >= handling.CHUNK or len(self._rows) >= MOST_PAYMENTS

    def _take(self, found: Found, after: int) -> None:
        sent: PaymentPart | BadRow
        if found.misread is not None:
            misread = found.misread
            sent = BadRow(ReadReason(misread.reason), misread.place, misread.about)
        else:
            sent = self._last_part(found, after)
            self._parts.append(sent)
        self._rows.append(RowRead(self._position, found.locator, found.raw, sent))

    def _last_part(self, found: Found, after: int) -> PaymentPart:
        """The part that closes a payment; of a long one, those before it are loaded here."""
        if found.claims is not None:
            return _part(found, found.claims, 0)
        with intake.staged(self._leased.payload["file"]).open("rb") as source:
            claims = reader.claims(self._kept(source), begin=found.bookmark, after=after)
            while after + handling.CHUNK < found.claim_count:
                if self._rows:
                    self._load(found.bookmark, is_before=True)
                some = tuple(islice(claims, handling.CHUNK))
                self._parts.append(_part(found, some, after))
                after += len(some)
                share = (found.end - found.bookmark.offset) * after // found.claim_count
                self._load(found.bookmark, claims=after, further=share, is_before=True)
            return _part(found, tuple(claims), after)

    def _load(
        self, going_on: Bookmark | None, *, claims: int = 0, further: int = 0, is_before: bool = False
    ) -> None:
        """Load the chunk. `is_before`: the payment just read is not settled with it, but begun or next.

        `claims` of it are in then, and `further` bytes of it done.
        """
        done = self._size if going_on is None else going_on.offset + further
        position = self._position - is_before
        cursor = {**_cursor(self._terms), "position": position, "claims": claims}
        if going_on is not None:
            cursor["at"] = asdict(going_on)
        payment_loading.load(
            actor=self._leased.actor(handling.LOADER),
            leased=self._leased,
            payments=self._parts,
            terms=self._terms,
            settle=partial(self._settle, self._rows, cursor, done, going_on is None),
            is_last=going_on is None,
        )
        self._parts, self._rows = [], []
        self._watch(done, self._size)

    def _settle(
        self,
        rows: list[Row],
        cursor: dict[str, Any],
        done: int,
        is_last: bool,
        given: Permit,
        fates: list[Fate],
    ) -> None:
        del given
        self._books.settle(rows, fates, cursor={**self._leased.cursor, **cursor}, done=done)
        if is_last:
            self._books.close()


def _part(found: Found, claims: Any, before: int) -> PaymentPart:
    if found.payment is None:
        raise ValueError("a payment that cannot be read has no claims to load")
    return PaymentPart(
        payment=found.payment,
        claims=claims,
        digest=found.digest,
        claim_count=found.claim_count,
        at=asdict(found.bookmark),
        before=before,
    )


def _terms(leased: Leased, source: BinaryIO) -> Terms:
    """What the survey found: made once, then carried in the cursor. Raises FeedRefused."""
    told = leased.cursor.get("as_of")
    if told is not None:
        return Terms(datetime.fromisoformat(told), leased.payload["file"])
    try:
        survey = reader.survey(handling.Kept(source, leased), zone=days.zone())
    except FileRefused as refused:
        raise FeedRefused(RefusalCode(refused.code), refused.words) from None
    return Terms(survey.as_of, leased.payload["file"])


def _cursor(terms: Terms) -> dict[str, Any]:
    return {"as_of": terms.as_of.isoformat()}
