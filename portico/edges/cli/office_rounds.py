"""The recurring jobs that look after offices: administrators, reviews, directory, whose time is over."""

from portico.domains.access.clients import keeping as client_keeping
from portico.domains.access.delegating import dropping
from portico.domains.access.officers import watching
from portico.domains.access.reviews import keeping
from portico.domains.directory import attesting_clock, publishing
from portico.domains.jobs.leases import Leased
from portico.domains.work import directory_upkeep, unadministered

KEEPER_OF_OFFICES = "office-keeper"


class KeepOfficers:
    """The handler of the recurring job `keep_officers`."""

    def run(self, leased: Leased) -> None:
        """Settles offices whose administrators went or came with time; writes nothing where all is well."""
        actor = leased.actor(KEEPER_OF_OFFICES)
        if watching.is_due(actor=actor):
            while watching.keep(actor=actor) and not leased.worker.is_stopping():
                pass
        if unadministered.is_due():
            unadministered.keep(actor=leased.actor(KEEPER_OF_OFFICES))


class KeepReviews:
    """The handler of the recurring job `keep_reviews`."""

    def run(self, leased: Leased) -> None:
        """Opens access reviews whose time has come, reminds of them, and lapses those nobody finished."""
        while keeping.keep(actor=leased.actor(KEEPER_OF_OFFICES)) and not leased.worker.is_stopping():
            pass


class DropProviders:
    """The handler of the recurring job `drop_providers`."""

    def run(self, leased: Leased) -> None:
        """Drops providers who bill there no more out of what people and systems were given."""
        after: int | None = 0
        while after is not None and not leased.worker.is_stopping():
            after = dropping.drop(actor=leased.actor(KEEPER_OF_OFFICES), after=after)


class KeepDirectory:
    """The handler of the recurring job `keep_directory`."""

    def run(self, leased: Leased) -> None:
        """Publishes changes of the directory on their day, and settles them with the provider file."""
        actor = leased.actor(KEEPER_OF_OFFICES)
        while publishing.is_due(actor=actor) and not leased.worker.is_stopping():
            publishing.keep(actor=actor)
        if directory_upkeep.is_due():
            directory_upkeep.keep(actor=leased.actor(KEEPER_OF_OFFICES))


class KeepAttestations:
    """The handler of the recurring job `keep_attestations`."""

    def run(self, leased: Leased) -> None:
        """Asks offices to confirm their entries, reminds them, and marks what nobody confirmed."""
        while attesting_clock.keep(actor=leased.actor(KEEPER_OF_OFFICES)) and not leased.worker.is_stopping():
            pass


class KeepClients:
    """The handler of the recurring job `keep_clients`."""

    def run(self, leased: Leased) -> None:
        """Ends what offices let billing companies do where its last day is past or the tax ID moved on."""
        while client_keeping.keep(actor=leased.actor(KEEPER_OF_OFFICES)) and not leased.worker.is_stopping():
            pass
