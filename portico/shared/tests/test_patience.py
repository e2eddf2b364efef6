"""A system that is not ours: waited for so long, so many at once, and left alone while it is down."""

import threading
from dataclasses import dataclass, field

import pytest

from portico.shared.patience import BUSY, Patience

SOON = 0.05


@dataclass
class Clock:
    """Seconds that pass when they are told to."""

    now: float = 0.0

    def __call__(self) -> float:
        """The seconds that have passed."""
        return self.now


@dataclass
class Asked:
    """A system asked through patience: what was told of it, and how often it was reached."""

    clock: Clock = field(default_factory=Clock)
    told: list[str] = field(default_factory=list)
    reached: int = 0

    def __post_init__(self) -> None:
        self.patience: Patience[str] = Patience(
            self.told.append, waits=SOON, at_once=2, failures=3, rests=30, clock=self.clock
        )

    def well(self) -> str | None:
        """One that answers."""
        return self.patience.ask(self._answers)

    def badly(self) -> str | None:
        """One that fails."""
        return self.patience.ask(self._fails)

    def _answers(self) -> str:
        self.reached += 1
        return "member"

    def _fails(self) -> str:
        self.reached += 1
        raise OSError("no route to nora.quill")


@pytest.fixture
def asked() -> Asked:
    """A system nobody has asked yet."""
    return Asked()


def test_an_answer_in_time_is_given(asked: Asked) -> None:
    assert asked.well() == "member"
    assert asked.told == []


def test_a_failure_is_no_answer_and_is_told_once_by_its_kind_alone(asked: Asked) -> None:
    assert [asked.badly(), asked.badly()] == [None, None]
    assert asked.told == ["OSError"]
    assert asked.well() == "member"
    assert asked.told == ["OSError", ""]


def test_after_three_in_a_row_nobody_is_asked_until_it_has_rested_and_then_one(asked: Asked) -> None:
    for _ in range(5):
        asked.badly()
    assert asked.reached == 3
    asked.clock.now = 29.9
    assert asked.well() is None
    asked.clock.now = 30.0
    assert asked.badly() is None
    assert asked.well() is None
    assert asked.reached == 4
    asked.clock.now = 60.0
    assert (asked.well(), asked.well()) == ("member", "member")
    assert asked.told == ["OSError", ""]


def test_two_failures_and_an_answer_begin_anew(asked: Asked) -> None:
    for _ in range(3):
        asked.badly()
        asked.badly()
        assert asked.well() == "member"


def test_what_is_late_is_no_answer_and_keeps_its_place_until_it_ends(asked: Asked) -> None:
    end = threading.Event()
    late = [asked.patience.ask(lambda: str(end.wait(10))) for _ in range(2)]
    assert late == [None, None]
    assert asked.told == ["TimeoutError"]
    assert asked.well() is None
    assert asked.reached == 0
    end.set()
    for thread in threading.enumerate():
        if thread.daemon:
            thread.join(1)
    assert asked.well() == "member"


def test_while_one_is_tried_after_a_rest_nobody_else_waits(asked: Asked) -> None:
    for _ in range(3):
        asked.badly()
    asked.clock.now = 30.0
    others: list[str | None] = []

    def slow() -> str:
        others.append(asked.well())
        return "broker"

    assert asked.patience.ask(slow) == "broker"
    assert others == [None]


def test_more_than_may_be_asked_at_once_go_on_at_once() -> None:
    told: list[str] = []
    patience: Patience[str] = Patience(told.append, waits=5, at_once=1, failures=3, rests=30)
    answers: list[str | None] = []

    def holds_the_place() -> str:
        answers.append(patience.ask(lambda: "another"))
        return "first"

    assert patience.ask(holds_the_place) == "first"
    assert answers == [None]
    assert told == [BUSY, ""]


def test_what_would_end_a_thread_is_a_failure_at_once(asked: Asked) -> None:
    def leaves() -> str:
        raise SystemExit

    assert asked.patience.ask(leaves) is None
    assert asked.told == ["RuntimeError"]


def test_a_machine_without_a_thread_left_asks_nobody(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refuse)
        assert [asked.well(), asked.well()] == [None, None]
    assert asked.well() == "member"
