"""How far somebody's account is: each step from being made to signing in, and where it is stuck. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portico.domains.permits.actors import AccountState
from portico.domains.permits.reasons import FixedBy


class Step(StrEnum):
    """The steps, in the order they are taken."""

    MADE = "made"
    INVITED = "invited"
    CREDENTIALS = "credentials"
    FACTOR = "factor"
    IDENTITY = "identity"
    TERMS = "terms"
    ACCOUNT = "account"
    SIGNED_IN = "signed_in"


class Progress(StrEnum):
    """How far one step is; a stopped one goes on only when somebody else does something."""

    DONE = "done"
    WAITING = "waiting"
    STOPPED = "stopped"
    NOT_ASKED = "not_asked"


class Standing(StrEnum):
    """How an account stands, in one word for a list."""

    INVITED = "invited"
    INVITATION_OVER = "invitation_over"
    PENDING = "pending"
    ACTIVE = "active"
    LOCKED = "locked"
    SUSPENDED = "suspended"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Invited:
    """The latest invitation: `ending` is empty while nobody finished, replaced or cancelled it."""

    made_at: datetime
    expires_at: datetime
    taken_at: datetime | None = None
    ending: str = ""

    def is_open(self, at: datetime) -> bool:
        """May it still be taken up at `at`? The last instant counts no more."""
        return not self.ending and at < self.expires_at


@dataclass(frozen=True, slots=True)
class Lock:
    """Failed sign-ins have locked the name, until then or (None) until somebody unlocks it."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who it is: when it was verified, whether the plan asks for it, and where an open proof stands."""

    verified_at: datetime | None = None
    is_asked: bool = False
    proof: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one account. `elsewhere_*`: a trusted provider signs the person in, with a factor."""

    state: AccountState
    made_at: datetime
    activated_at: datetime | None = None
    invitation: Invited | None = None
    password_set_at: datetime | None = None
    factor_since: datetime | None = None
    elsewhere_since: datetime | None = None
    elsewhere_with_factor: bool = False
    identity: Identity = Identity()
    terms_asked: bool = False
    terms_at: datetime | None = None
    lock: Lock | None = None
    suspended_at: datetime | None = None
    signed_in_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One step as it stands: `code` says more, `at` since when, `until` till when it holds."""

    step: Step
    progress: Progress
    code: str = ""
    at: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stuck:
    """The step that is to be mended first, and who can."""

    step: Step
    code: str
    by: FixedBy


def standing(facts: Facts, at: datetime) -> tuple[Standing, datetime | None]:
    """The account in one word, and until when that holds where it ends by itself."""
    invitation = facts.invitation
    if facts.state is AccountState.DISABLED:
        return Standing.DISABLED, None
    if facts.activated_at is None:
        if invitation is not None and invitation.is_open(at):
            return Standing.INVITED, invitation.expires_at
        return Standing.INVITATION_OVER, None
    if facts.state is AccountState.ACTIVE and facts.lock is not None:
        return Standing.LOCKED, facts.lock.until
    return Standing(facts.state), None


def steps(facts: Facts, at: datetime) -> tuple[Seen, ...]:
    """Every step in order, as it stands at `at`."""
    return (
        Seen(Step.MADE, Progress.DONE, at=facts.made_at),
        _invited(facts, at),
        _credentials(facts),
        _factor(facts),
        _identity(facts.identity),
        _terms(facts),
        _account(facts),
        _signed_in(facts),
    )


def stuck(seen: Sequence[Seen]) -> Stuck | None:
    """Where it is stuck: at a closed account before all, else at the first step not done; None: nowhere."""
    open_ = [each for each in seen if each.progress in (Progress.WAITING, Progress.STOPPED)]
    closed = [each for each in open_ if each.step is Step.ACCOUNT and each.progress is Progress.STOPPED]
    first = next(iter(closed or open_), None)
    return None if first is None else Stuck(first.step, first.code, _fixed_by(first))


def _fixed_by(seen: Seen) -> FixedBy:
    if seen.progress is Progress.WAITING:
        return FixedBy.PLAN if seen.code == "handed_in" else FixedBy.YOURSELF
    by_plan = seen.step is Step.IDENTITY or seen.code in (AccountState.DISABLED, AccountState.PENDING)
    return FixedBy.PLAN if by_plan else FixedBy.ADMINISTRATOR


def _invited(facts: Facts, at: datetime) -> Seen:
    invitation = facts.invitation
    made_at = invitation.made_at if invitation else None
    if facts.activated_at is not None:
        return Seen(Step.INVITED, Progress.DONE if invitation else Progress.NOT_ASKED, at=made_at)
    if invitation is None:
        return Seen(Step.INVITED, Progress.STOPPED, "none")
    if invitation.is_open(at):
        code = "taken" if invitation.taken_at else "open"
        return Seen(Step.INVITED, Progress.WAITING, code, made_at, invitation.expires_at)
    return Seen(Step.INVITED, Progress.STOPPED, invitation.ending or "expired", made_at)


def _credentials(facts: Facts) -> Seen:
    if facts.password_set_at is None and facts.elsewhere_since is not None:
        return Seen(Step.CREDENTIALS, Progress.DONE, "elsewhere", facts.elsewhere_since)
    return _done_or_waiting(Step.CREDENTIALS, facts.password_set_at)


def _factor(facts: Facts) -> Seen:
    if facts.factor_since is None and facts.elsewhere_with_factor:
        return Seen(Step.FACTOR, Progress.NOT_ASKED, "elsewhere")
    return _done_or_waiting(Step.FACTOR, facts.factor_since)


def _identity(identity: Identity) -> Seen:
    if not identity.is_asked:
        progress = Progress.DONE if identity.verified_at else Progress.NOT_ASKED
        return Seen(Step.IDENTITY, progress, at=identity.verified_at)
    progress = Progress.STOPPED if identity.proof == "refused" else Progress.WAITING
    return Seen(Step.IDENTITY, progress, identity.proof, identity.since)


def _terms(facts: Facts) -> Seen:
    if not facts.terms_asked:
        return Seen(Step.TERMS, Progress.DONE if facts.terms_at else Progress.NOT_ASKED, at=facts.terms_at)
    return Seen(Step.TERMS, Progress.WAITING, "changed" if facts.terms_at else "", facts.terms_at)


def _account(facts: Facts) -> Seen:
    if facts.state is not AccountState.ACTIVE:
        since = facts.suspended_at if facts.state is AccountState.SUSPENDED else None
        return Seen(Step.ACCOUNT, Progress.STOPPED, facts.state, since)
    if facts.lock is not None:
        return Seen(Step.ACCOUNT, Progress.STOPPED, AccountState.LOCKED, until=facts.lock.until)
    return _done_or_waiting(Step.ACCOUNT, facts.activated_at)


def _signed_in(facts: Facts) -> Seen:
    """Whoever has not come yet owes nothing."""
    progress = Progress.NOT_ASKED if facts.signed_in_at is None else Progress.DONE
    return Seen(Step.SIGNED_IN, progress, at=facts.signed_in_at)


def _done_or_waiting(step: Step, at: datetime | None) -> Seen:
    return Seen(step, Progress.WAITING if at is None else Progress.DONE, at=at)
