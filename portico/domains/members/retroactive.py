"""Tells offices when a later load changes an answer they hold a receipt for."""

from collections import Counter
from collections.abc import Sequence

from portico.domains.accounts.own import mail_choices
from portico.domains.members import models, rules, visibility
from portico.domains.members.answers import Verdict
from portico.domains.notifications import notices, outbox
from portico.domains.offices import contacts
from portico.domains.permits.permit import Permit

NOTICE = "receipt_changed"
MAIL = "new_notices"
_MOST = 5000  # members in one statement: SQLite takes 32,766 parameters


def note_retroactive_change(given: Permit, member_ids: Sequence[int]) -> int:
    """Mark these members' receipts whose verdict is another now, and tell the offices that hold them.

    `member_ids` are row numbers. Each verdict is decided anew on the receipt's own day, from the lines
    the office could see when it asked. A notice in the portal names the receipt's reference; a mail to the
    office says only how many notices there are. Runs inside the loader's permit; answers how many receipts
    changed. Two queries where none did.
    """
    changed = []
    for start in range(0, len(member_ids), _MOST):
        changed += _changed(member_ids[start : start + _MOST])
    for receipt, verdict in changed:
        receipt.changed_at, receipt.changed_to = given.actor.asked_at, verdict
        _tell(given, receipt)
    models.Receipt.objects.bulk_update([receipt for receipt, _ in changed], ["changed_at", "changed_to"], 500)
    _send(Counter(receipt.office_id for receipt, _ in changed))
    return len(changed)


def _changed(member_ids: Sequence[int]) -> list[tuple[models.Receipt, Verdict]]:
    receipts = list(models.Receipt.objects.filter(member_id__in=member_ids).order_by("pk"))
    if not receipts:
        return []
    spans: dict[int, list[models.Coverage]] = {receipt.member_id: [] for receipt in receipts}
    for row in models.Coverage.objects.filter(member_id__in=spans):
        spans[row.member_id].append(row)
    now = ((receipt, _verdict(receipt, spans[receipt.member_id])) for receipt in receipts)
    return [
        (receipt, verdict) for receipt, verdict in now if verdict != (receipt.changed_to or receipt.verdict)
    ]


def _verdict(receipt: models.Receipt, rows: Sequence[models.Coverage]) -> Verdict:
    lines = receipt.content["lines"]
    visible = [row for row in rows if lines is None or row.line_id in lines]
    return rules.verdict(visibility.spans_of(visible), receipt.as_of)


def _tell(given: Permit, receipt: models.Receipt) -> None:
    notices.tell_office(
        office_id=receipt.office_id,
        kind=NOTICE,
        context={"reference": receipt.reference},
        now=given.actor.asked_at,
        tax_id=receipt.tax_id,
    )


def _send(told: Counter[int]) -> None:
    held = contacts.of(list(told)) if told else {}
    unwanted = mail_choices.unwanted(MAIL, [contact.email for contact in held.values()]) if held else ()
    for office_id, contact in held.items():
        if contact.email and contact.email.lower() not in unwanted:
            outbox.enqueue(to=contact.email, template=MAIL, context={"count": told[office_id]})
