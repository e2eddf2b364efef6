"""The engine of web sessions: Django's, over a table that also says whose a session is.

The id that opens a session is in its cookie alone: a row is found by the keyed hash of it, so that whoever
reads the database or a backup opens nobody's session.

`SessionStore` is what Django looks for; SESSION_ENGINE names this module.
"""

from datetime import UTC, datetime
from typing import Any, Final, cast

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as RowStore
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import transaction

from portico.domains.accounts.models import Session, User

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

    def exists(self, session_key: str) -> bool:
        """Is there a session of this id?"""
        return bool(super().exists(row_id(session_key)))

    def delete(self, session_key: str | None = None) -> None:
        """End the session of this id, or this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(row_id(key))

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key
        self._session_key = row_id(key or "")
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # not in the stubs
        self._session_key = key if row is not None else None
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of these contents."""
        row = cast(Session, super().create_model_instance(data))
        row.session_key = row_id(row.session_key)
        row.user_id = data.get(USER)
        row.started_at, row.seen_at = _instant(data.get(STARTED)), _instant(data.get(SEEN))
        row.address, row.browser = data.get(ADDRESS), data.get(BROWSER, "")
        row.device_id = data.get(DEVICE)
        return row

    def cycle_key(self) -> None:
        """Go on under a new id. Raises SessionInterrupted where the session was ended meanwhile.

        Its user's row is held, as it is by whoever ends sessions: those find the old id or the new one.
        """
        user_id, key = self.get(USER), self.session_key
        with transaction.atomic():
            held = User.objects.select_for_update().filter(pk=user_id or 0).order_by()
            held.values_list("pk").first()
            if key and not Session.objects.filter(pk=row_id(key)).delete()[0]:
                raise SessionInterrupted("The session was ended while this request ran.")
            self.create()


def row_id(session_key: str) -> str:
    """What the row of the session of this id is found by: a keyed hash, 32 signs."""
    index: bytes = settings.PORTICO_VAULT.index(session_key, purpose="session id")
    return index.hex()


def _instant(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
