"""What the log of exchanges is told of a request: as much as is known when it ends, and never its content."""

import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from portico.domains.exchange.log import Entry, Operation, Result
from portico.domains.permits.actors import Actor
from portico.edges.x12.connectivity.fields import Checked
from portico.edges.x12.connectivity.messages import Message, Shape


@dataclass(slots=True)
class Call:
    """One request, filled as it is read. `began` is by the process's clock, `received_at` by the wall's."""

    received_at: datetime
    shape: Shape | None = None
    message: Message | None = None
    checked: Checked | None = None
    actor: Actor | None = None
    bytes_received: int = 0
    began: float = field(default_factory=time.monotonic)

    @property
    def operation(self) -> Operation:
        """What was asked; as long as nobody knows, a real-time question."""
        if self.checked is not None:
            return self.checked.operation
        named = self.message.operation if self.message else None
        return named or Operation.REAL_TIME

    def entry(self, result: Result, **known: Any) -> Entry:
        """The request as the log takes it, ending now; `known` is what else there is to say."""
        taken = time.monotonic() - self.began
        entry = Entry(
            operation=self.operation,
            envelope=self.shape or "",
            received_at=self.received_at,
            answered_at=self.received_at + timedelta(seconds=taken),
            milliseconds=round(taken * 1000),
            result=result,
            bytes_received=self.bytes_received,
        )
        if self.checked is not None:
            entry = replace(
                entry,
                sender_id=self.checked.sender_id,
                receiver_id=self.checked.receiver_id,
                payload_type=self.checked.payload_type,
                payload_id=self.checked.payload_id,
            )
        if self.actor is not None:
            entry = replace(entry, machine_id=self.actor.machine_id, office_id=self.actor.office_id)
        return replace(entry, **known)
