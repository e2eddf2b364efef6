"""Asking a system that is not ours, without what it does to itself being done to us.

An answer is waited for so long and no longer; so many are waited for at once and no more; after some in a row
that were late or failed nobody is asked for a while, and then one, to see. Whoever is not answered goes on
at once. Threads cannot be ended from outside: one that hangs keeps its place, and keeps no process from
ending.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from time import monotonic
from typing import Final, Generic, TypeVar

Answer = TypeVar("Answer")
BUSY: Final = "busy"


class Patience(Generic[Answer]):
    """How one system is asked in this process; times in seconds. `tell` hears once why it is silent, by the
    kind of failure alone, and "" when it answers again.
    """

    def __init__(
        self,
        tell: Callable[[str], None],
        *,
        waits: float,
        at_once: int,
        failures: int,
        rests: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._tell, self._clock = tell, clock
        self._waits, self._most_failures, self._rests = waits, failures, rests
        self._places = threading.BoundedSemaphore(at_once)
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = 0.0
        self._told = ""

    def ask(self, question: Callable[[], Answer]) -> Answer | None:
        """The answer; None where there is none in time, where it failed, or where nobody is asked now."""
        if not self._is_open():
            return None
        if not self._places.acquire(blocking=False):
            self._say(BUSY)
            return None
        asked: Future[Answer] = Future()
        try:
            threading.Thread(target=self._answer, args=(question, asked), daemon=True).start()
        except RuntimeError as error:  # the machine has no thread left
            self._places.release()
            self._failed(error)
            return None
        try:
            answer = asked.result(self._waits)
        except Exception as error:  # whatever another system does, who asks goes on
            self._failed(error)
            return None
        self._succeeded()
        return answer

    def _answer(self, question: Callable[[], Answer], asked: "Future[Answer]") -> None:
        try:
            asked.set_result(question())
        except BaseException as error:  # it is told to who waits, in the thread that waits
            asked.set_exception(error if isinstance(error, Exception) else RuntimeError())
        finally:
            self._places.release()

    def _is_open(self) -> bool:
        """May somebody ask? After a rest the first one may, and the others while it does not wait."""
        with self._lock:
            if self._failures < self._most_failures:
                return True
            if self._clock() < self._rests_until:
                return False
            self._rests_until = self._clock() + self._rests
            return True

    def _failed(self, error: Exception) -> None:
        with self._lock:
            self._failures += 1
            self._rests_until = self._clock() + self._rests
        self._say(type(error).__name__)

    def _succeeded(self) -> None:
        with self._lock:
            self._failures = 0
        self._say("")

    def _say(self, why: str) -> None:
        """Tell it once, until it is otherwise."""
        with self._lock:
            is_news = bool(why) != bool(self._told)
            self._told = why
        if is_news:
            self._tell(why)
