"""The engine of web sessions: Django's, over a table that also says whose a session is.

`SessionStore` is what Django looks for; SESSION_ENGINE names this module.
"""

from datetime import UTC, datetime
from typing import Any, Final, cast

from django.contrib.sessions.backends.db import SessionStore as RowStore

from portico.domains.accounts.models import Session

USER: Final = "user"
STARTED: Final = "started_at"
SEEN: Final = "seen_at"
ADDRESS: Final = "address"
BROWSER: Final = "browser"
DEVICE: Final = "device"


class SessionStore(RowStore):
    """A session kept as a row; what its owner is shown of it stands in columns of its own."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of these contents."""
        row = cast(Session, super().create_model_instance(data))
        row.user_id = data.get(USER)
        row.started_at, row.seen_at = _instant(data.get(STARTED)), _instant(data.get(SEEN))
        row.address, row.browser = data.get(ADDRESS), data.get(BROWSER, "")
        row.device_index = bytes.fromhex(data[DEVICE]) if data.get(DEVICE) else None
        return row


def _instant(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
