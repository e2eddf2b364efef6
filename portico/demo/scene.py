"""What the scenes of delegated administration share: the instant, who there is, and how they act in the past.

Imported once Django is set up.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from portico.demo import applying, arrivals, first_steps, personas
from portico.demo.first_steps import Somebody
from portico.domains.permits.actors import Actor
from portico.domains.plan import opening


@dataclass(frozen=True, slots=True)
class Scene:
    """The instant the demo is built, the numbers of its users by key, and those who act here, by key."""

    now: datetime
    known: Mapping[str, int]
    who: dict[str, Somebody] = field(default_factory=dict)

    def come(self, people: Iterable[personas.User]) -> None:
        """These came when they say they did; they may act from now on."""
        for user in people:
            known: dict[str, int] = {}
            arrivals.add([user], known=known, now=self.ago(user.since))
            number, password = known[user.key], user.password or ""
            self.who[user.key] = Somebody(number, user.username, password, user.totp_secret)

    def agree(self, *, at: datetime) -> None:
        """All of them agree to the terms in force."""
        for who in self.who.values():
            first_steps.agree(who.at(at))

    def act(self, key: str, at: datetime) -> Actor:
        """That person, of the plan or not, at that instant."""
        who = self.who.get(key) or Somebody(self.known[key], "", "", None)
        return who.at(at)

    def ago(self, days: float) -> datetime:
        """So many days ago."""
        return self.now - timedelta(days=days)

    def business(self, days: str) -> datetime:
        """So many business days ago."""
        return applying.earlier(self.now, days)

    def clock(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """That time of that day, by the plan's own clock."""
        local = self.now.astimezone(opening.hours().zone)
        return datetime.combine(local.date() - timedelta(days=days_ago), time(hour, minute), local.tzinfo)

    def minutes(self, begin: datetime, count: int) -> Iterator[datetime]:
        """So many instants, a minute or so from each other."""
        return (begin + timedelta(seconds=70 * place) for place in range(count))
