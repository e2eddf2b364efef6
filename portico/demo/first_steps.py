"""The first sign-in as whoever was invited goes through it, and later ones.

Imported once Django is set up.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from portico.demo import acting, post
from portico.demo.acting import CannotFurnish
from portico.domains.accounts.credentials.question_rules import Question
from portico.domains.accounts.joining import activation, terms
from portico.domains.accounts.second_factors import authenticators, factors, recovery_codes
from portico.domains.accounts.signing_in import sign_in
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.permits.actors import Actor
from portico.domains.plan import terms as plan_terms


@dataclass(frozen=True, slots=True)
class Somebody:
    """A user: how they sign in, and the epoch of their sessions; no authenticator without a secret."""

    user_id: int
    username: str
    password: str
    totp_secret: str | None
    epoch: int = 1

    def at(self, at: datetime) -> Actor:
        """They, at that instant."""
        return acting.person(self.user_id, at, epoch=self.epoch)


def take(user_id: int, username: str, email: str, password: str, *, at: datetime) -> Somebody:
    """Sign in with the temporary password that was mailed, and take every step until the account is open."""
    begun = sign_in.with_password(actor=acting.visitor(at), username=username, password=_mailed(email, at))
    actor = acting.person(user_id, at, epoch=begun.epoch, has_factor=False)
    agree(actor)
    epoch = activation.set_password(actor=actor, password=password) or begun.epoch
    actor = acting.person(user_id, at, epoch=epoch, has_factor=False)
    secret = authenticators.proposed(actor=actor, proposal=authenticators.propose(actor=actor))
    authenticators.confirm(actor=actor, secret=secret, code=factors.code_at(secret, at))
    actor = acting.person(user_id, at, epoch=epoch)
    recovery_codes.renew(actor=actor)
    answer = secrets.token_hex(8)
    finished = activation.answer_question(actor=actor, question=Question.BOOK, answer=answer)
    if finished is None:
        raise CannotFurnish(f"the first sign-in of {username} did not come to its end")
    return Somebody(user_id, username, password, secret, finished.epoch)


def come_back(who: Somebody, *, at: datetime) -> None:
    """Sign in as on any day."""
    attempt = sign_in.with_password(actor=acting.visitor(at), username=who.username, password=who.password)
    if attempt.outcome is Outcome.FACTOR_NEEDED and who.totp_secret:
        code = factors.code_at(who.totp_secret, at)
        attempt = sign_in.with_code(
            actor=acting.visitor(at), user_id=who.user_id, epoch=attempt.epoch, code=code
        )
    if attempt.outcome is not Outcome.SIGNED_IN:
        raise CannotFurnish(f"{who.username} cannot sign in: {attempt.outcome}")


def agree(actor: Actor) -> None:
    """Agree to the terms that are in force."""
    agreed_to = plan_terms.current()
    if agreed_to is None:
        raise CannotFurnish("the demo has published no terms")
    terms.accept(actor=actor, digest=agreed_to.digest)


def _mailed(email: str, at: datetime) -> str:
    found = [
        str(mail.facts["secret"]) for mail in post.sent(at) if mail.to == email and "secret" in mail.facts
    ]
    if len(found) != 1:
        raise CannotFurnish(f"{email} was mailed {len(found)} temporary passwords")
    return found[0]
