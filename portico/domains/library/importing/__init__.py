"""Takes documents in that come by file: each whole or not at all, and each wording once.

A document is told by its key, a version of it by its first day. What came before with the same words is left
alone; other words for a day that has a version already are refused, for what is published never changes.
Imported versions are published at the instant they name, or once their first day has begun; the plan looked
at them before it sent them.
"""

from collections.abc import Mapping, Sequence

from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Settle
from portico.domains.jobs.rules import RowOutcome
from portico.domains.library import models
from portico.domains.library.importing import judging, keeping
from portico.domains.library.importing.judging import Judged
from portico.domains.library.importing.sent import Sent, SentTopic
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit


def load_topics(*, actor: Actor, leased: Leased, topics: Sequence[SentTopic]) -> None:
    """Give the library these topics, in their order; one of the same code is renamed. Raises NotPermitted."""
    with permit(actor, Function.LOADING) as given:
        keeping.keep_topics(leased, topics)
        given.conclude("topics_loaded")


def load(
    *,
    actor: Actor,
    leased: Leased,
    sent: Sequence[Sent],
    coming: Mapping[str, str | None],
    settle: Settle,
    is_dry: bool = False,
) -> None:
    """Take a chunk of versions in; what lies in another document of the same folder comes after it.

    `coming`: the keys of all the documents that come, and what each lies in. `is_dry`: everything is judged
    and nothing kept. Raises NotPermitted.
    """
    with permit(actor, Function.LOADING) as given:
        held = judging.held(sent)
        judged = judging.judge(sent, coming, held, coming if is_dry else held.documents)
        if not is_dry:
            keeping.keep(given, leased, held, [each for each in judged if not each.faults])
        settle(given, [_fate(each) for each in judged])
        given.conclude("judged" if is_dry else "loaded")


def taken_back(given: Permit) -> None:
    """After an import was taken back: every node builds its index anew."""
    models.Movement.objects.create(document_id=None, made_at=given.actor.asked_at)


def _fate(judged: Judged) -> Fate:
    if judged.faults:
        code, about = judged.faults[0]
        return Fate(judged.sent.place, RowOutcome.QUARANTINED, (code,), 1, about)
    return Fate(judged.sent.place, RowOutcome.UNCHANGED if judged.is_held else RowOutcome.ACCEPTED)
