"""A password hasher for tests: cheap, counts what it is asked, and can be held up in the middle of a hash."""

import threading

from django.contrib.auth.hashers import MD5PasswordHasher

PATH = "portico.domains.accounts.tests.spying.Spy"


class Spy(MD5PasswordHasher):
    """Counts the hashes made since `reset`."""

    made = 0
    going_on = 0
    most_at_once = 0
    _counting = threading.Lock()
    open_gate = threading.Event()
    entered = threading.Semaphore(0)

    @classmethod
    def reset(cls, *, open_: bool = True) -> None:
        """Begin to count anew; unless `open_`, every hash waits for `open_gate`."""
        cls.made = cls.going_on = cls.most_at_once = 0
        cls.open_gate = threading.Event()
        cls.entered = threading.Semaphore(0)
        if open_:
            cls.open_gate.set()

    def encode(self, password: str, salt: str) -> str:
        """Hash as MD5 does, having counted; both keeping and checking a password come through here."""
        self._count(1)
        Spy.entered.release()
        assert Spy.open_gate.wait(timeout=20)
        try:
            return super().encode(password, salt)
        finally:
            self._count(-1)

    def _count(self, step: int) -> None:
        with Spy._counting:
            Spy.made += step > 0
            Spy.going_on += step
            Spy.most_at_once = max(Spy.most_at_once, Spy.going_on)
