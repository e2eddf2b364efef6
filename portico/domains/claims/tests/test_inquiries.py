"""Inquiries: sealed, for their owner alone, for twelve hours."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from portico.domains.claims import inquiries, models
from portico.domains.claims.inquiries import About, InquiryNotFound
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors

pytestmark = pytest.mark.django_db
BILLER = actors.front_desk(actors.grant(Function.REMITTANCE))
ASKED = {"member_id": "NLQX7731"}


def kept(actor: Actor = BILLER) -> UUID:
    with permit(actor, Function.REMITTANCE) as given:
        return inquiries.keep(given, about=About.PAYMENTS, asked=ASKED)


def test_what_was_asked_comes_back_to_who_asked() -> None:
    assert inquiries.asked(BILLER, kept(), about=About.PAYMENTS) == ASKED


def test_it_is_kept_sealed() -> None:
    kept()
    assert b"NLQX" not in bytes(models.Inquiry.objects.get().asked_sealed)


@pytest.mark.parametrize(
    ("actor", "about"),
    [
        (replace(BILLER, persona_id=22), About.PAYMENTS),
        (replace(BILLER, persona_id=None, machine_id=21), About.PAYMENTS),
        (actors.system(), About.PAYMENTS),
        (BILLER, About.CLAIMS),
        (replace(BILLER, asked_at=BILLER.asked_at + timedelta(hours=12, seconds=1)), About.PAYMENTS),
    ],
)
def test_nobody_else_nothing_else_and_nothing_older(actor: Actor, about: About) -> None:
    inquiry = kept()
    with pytest.raises(InquiryNotFound):
        inquiries.asked(actor, inquiry, about=about)


def test_what_is_over_is_forgotten() -> None:
    kept()
    tidier = actors.system()
    assert inquiries.forget(actor=tidier) == 0
    assert inquiries.forget(actor=replace(tidier, asked_at=tidier.asked_at + timedelta(hours=13))) == 1
    assert not models.Inquiry.objects.exists()
