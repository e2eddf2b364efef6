"""The rows that hang on listings: the networks they take part in, and the languages spoken."""

from collections.abc import Collection, Mapping
from typing import Final

from portico.domains.directory import models
from portico.domains.directory.compiling import Taking

_BATCH: Final = 500


def networks(wanted: Mapping[int, Taking]) -> None:
    """Give these listings, by id, the networks they take part in, and no others."""
    held = {
        (row.listing_id, row.line, row.first_on): row
        for row in models.Network.objects.filter(listing__in=list(wanted))
    }
    sent = {(id_, *key): last for id_, taking in wanted.items() for key, last in taking.items()}
    models.Network.objects.filter(pk__in=[row.pk for key, row in held.items() if key not in sent]).delete()
    changed = [row for key, row in held.items() if key in sent and row.last_on != sent[key]]
    for row in changed:
        row.last_on = sent[row.listing_id, row.line, row.first_on]
    models.Network.objects.bulk_update(changed, ["last_on"], batch_size=_BATCH)
    new = [
        models.Network(listing_id=id_, line=line, first_on=first_on, last_on=last_on)
        for (id_, line, first_on), last_on in sent.items()
        if (id_, line, first_on) not in held
    ]
    models.Network.objects.bulk_create(new, batch_size=_BATCH)


def languages(wanted: Mapping[int, Collection[str]]) -> None:
    """Give these listings, by id, the languages they name, and no others."""
    rows = models.Language.objects.filter(listing__in=list(wanted)).values_list("pk", "listing_id", "name")
    held = {(listing, name): pk for pk, listing, name in rows}
    sent = {(id_, name) for id_, spoken in wanted.items() for name in spoken}
    models.Language.objects.filter(pk__in=[pk for key, pk in held.items() if key not in sent]).delete()
    new = [models.Language(listing_id=id_, name=name) for id_, name in sorted(sent - held.keys())]
    models.Language.objects.bulk_create(new, batch_size=_BATCH)
