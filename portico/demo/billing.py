"""A billing company that works for offices of the demo, and what each lets it do. It stands in no roster.

One of its clients took back what it gave; another gave for some months only.
"""

from dataclasses import dataclass
from typing import Final

from portico.demo import identifiers, practices, regions
from portico.demo.group import Hand
from portico.demo.offices import Office
from portico.demo.personas import Grant, Persona, User
from portico.demo.roster import Practice
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function

_PLACE: Final = Practice(
    tax_id="968830217",
    name="Quillmark Billing Services",
    town=regions.town("Aurelia"),
    region="gold-valley",
    street="18 Walnut Street",
    lines=(),
    group=None,
    phone=94,
    email=f"office@quillmark-billing.{identifiers.MAIL_DOMAIN}",
)
QUILLMARK: Final = Office(
    "quillmark-billing-services", _PLACE.name, "billing_company", _PLACE.region, (_PLACE,)
)
LASTS: Final = 120


@dataclass(frozen=True, slots=True)
class Client:
    """An office that lets the company work under a tax ID: who gave it (a key), for how many days from now.

    `ended`: so many days ago that person took it back.
    """

    tax_id: str
    by: str
    days_left: int | None = None
    ended: int | None = None


CLIENTS: Final = (
    Client(practices.CEDAR_RIDGE_SPECIALISTS.tax_id, "group_administrator"),
    Client(practices.HARBOR_POINT.tax_id, "single_administrator", days_left=LASTS),
    Client(practices.JUNIPER_FLATS.tax_id, "overdue_administrator", ended=12),
)
ADMINISTRATOR: Final = User(
    "billing_administrator",
    "imogen.farrow",
    "Imogen",
    "Farrow",
    "twelve-ledgers-and-one-kettle-9",
    "MRXW4J3UEBZWC6JAORUGKIDOOVWWEZLS",
    (
        Persona(
            PersonaKind.ADMINISTRATOR,
            QUILLMARK,
            grants=(Grant((Function.MANAGE_USERS,), QUILLMARK.tax_ids),),
        ),
    ),
    "Administers a billing company: open Clients; what offices let it do, she hands on under People",
    since=70,
)
BILLER: Final = Hand(
    "billing_clerk",
    "Teodor Lassiter",
    "biller",
    56,
    by=ADMINISTRATOR.key,
    tax_ids=frozenset(client.tax_id for client in CLIENTS),
    days_left=56 + LASTS,
    password="one-desk-and-many-doctors-3",
    says="Bills for Cedar Ridge's specialists and for Harbor Point, one at a time: Change, beside the name",
    office=QUILLMARK.key,
)
LEFT_BEHIND: Final = Hand(
    "client_left",
    "Percival Dunmore",
    "biller",
    55,
    by=ADMINISTRATOR.key,
    tax_ids=frozenset((practices.JUNIPER_FLATS.tax_id,)),
    password="nothing-left-to-bill-on-fridays",
    says="Billed for Juniper Flats, which took it back: client_access_ended",
    office=QUILLMARK.key,
)
