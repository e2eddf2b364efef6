"""Seals what was recorded since the last time: each row gets its place in the chain, the end is signed.

Nothing here touches the path of a request. A row that commits late, under a lower id than rows sealed
already, joins a later batch: the order of the chain is the link's position, not the entry's id.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from portico.domains.audit import keys, rows, rules
from portico.domains.audit.models import Entry, Head, Link

BATCH = 1000
SETTLING = timedelta(hours=1)
SEALER = "audit-sealer"
BEFORE_ALL = -(2**63)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What one batch did: how many `rows` it sealed, and the id to go on `after` (None: nothing is left).

    `contended` says that another sealer wrote the same places first; nothing was written here.
    """

    rows: int
    after: int | None
    contended: bool = False


def is_due() -> bool:
    """Is there anything to seal besides the sealer's own rows? An idle portal then stays quiet."""
    return _unsealed(after=_top_entry()).exclude(actor_name=SEALER).exists()


def seal(*, sealed_at: datetime, after: int | None = None, size: int = BATCH) -> Sealed:
    """Seals up to `size` entries in one transaction and signs the new end.

    Begin with `after` None and call again with what the answer says, each time in a transaction of its
    own. A run looks again at the ids of the last hour, so that rows which committed late are sealed too;
    one that begins `after` BEFORE_ALL sweeps: it looks at every id, however late its row committed.
    """
    start = _settled(sealed_at) if after is None else after
    numbers = list(_unsealed(after=start).order_by("id").values_list("id", flat=True)[:size])
    if not numbers:
        return Sealed(0, None)
    try:
        with transaction.atomic():
            _write(numbers, sealed_at)
    except IntegrityError:
        return Sealed(0, None, contended=True)
    return Sealed(len(numbers), numbers[-1] if len(numbers) == size else None)


def _write(numbers: list[int], sealed_at: datetime) -> None:
    last = Head.objects.order_by("position").last()
    previous, hash_ = (last.position, bytes(last.hash)) if last else (0, rules.GENESIS)
    stored = rows.stored(numbers)
    links = []
    for position, number in enumerate(numbers, start=previous + 1):
        hash_ = rules.link_hash(hash_, position=position, entry_id=number, row=stored[number][1])
        links.append(Link(position=position, entry_id=number, hash=hash_))
    Link.objects.bulk_create(links)
    top = max(numbers[-1], last.top_entry if last else numbers[-1])
    _sign(rules.HeadFacts(previous + len(links), previous, hash_, top, sealed_at))


def _sign(facts: rules.HeadFacts) -> None:
    key = keys.current()
    Head.objects.create(
        position=facts.position,
        previous=facts.previous,
        hash=facts.hash,
        top_entry=facts.top_entry,
        sealed_at=facts.sealed_at,
        key_id=key.id,
        signature=rules.signature(key.secret, facts),
    )


def _unsealed(*, after: int) -> QuerySet[Entry]:
    sealed = Link.objects.filter(entry_id=OuterRef("id"))
    return Entry.objects.filter(~Exists(sealed), id__gt=after)


def _settled(sealed_at: datetime) -> int:
    """Below this id every transaction has long ended: a head of an hour ago had passed it already."""
    old = Head.objects.filter(sealed_at__lte=sealed_at - SETTLING).order_by("position").last()
    return old.top_entry if old else BEFORE_ALL


def _top_entry() -> int:
    last = Head.objects.order_by("position").last()
    return last.top_entry if last else BEFORE_ALL
