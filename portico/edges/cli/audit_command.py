"""`portico audit`: verify the chain, export its signed head, seal what waits."""

import argparse
from pathlib import Path

from portico.domains.audit import heads, sealing, verification
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.cli import asking, speaking


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `audit verify`, `audit head` and `audit seal`."""
    audit = commands.add_parser("audit", help="verify, export, seal the audit").add_subparsers(required=True)
    verify_ = audit.add_parser("verify", help="find the first row that was tampered with")
    verify_.add_argument("--head", type=Path, metavar="FILE", help="an exported head: finds a cut tail")
    verify_.set_defaults(run=verify)
    head_ = audit.add_parser("head", help="print the signed head, to be kept elsewhere")
    head_.set_defaults(run=head)
    seal_ = audit.add_parser("seal", help="seal what was recorded")
    seal_.add_argument("--sweep", action="store_true", help="look for unsealed rows everywhere, however old")
    seal_.set_defaults(run=seal)


def verify(arguments: argparse.Namespace) -> int:
    """Says what was found; exit code 1 when anything is wrong.

    The reading runs outside a transaction, since it may take minutes; a permit opens before and after it.
    """
    exported = _read(arguments.head) if arguments.head else None
    with permit(asking.actor(), Function.AUDIT_READING) as given:
        given.conclude("verification_began")
    try:
        finding = verification.verify(exported_head=exported)
    except heads.UnreadableHead as error:
        raise speaking.Refused(f"{arguments.head}: {error}") from error
    with permit(asking.actor(), Function.AUDIT_READING) as given:
        given.conclude(str(finding.what))
    return _tell(finding)


def head(arguments: argparse.Namespace) -> int:
    """Prints the latest signed head as one line of JSON."""
    with permit(asking.actor(), Function.AUDIT_READING) as given:
        exported = heads.export()
        given.conclude("exported" if exported else "nothing_sealed")
    if exported is None:
        raise speaking.Refused("nothing is sealed yet; run `portico audit seal`")
    speaking.say(exported)
    return 0


def seal(arguments: argparse.Namespace) -> int:
    """Seals all that waits and says how many rows it was."""
    total, after = 0, sealing.BEFORE_ALL if arguments.sweep else None
    while True:
        actor = asking.actor(sealing.SEALER)
        with permit(actor, Function.SEALING) as given:
            batch = sealing.seal(sealed_at=actor.asked_at, after=after)
            given.conclude("contended" if batch.contended else "sealed")
        total, after = total + batch.rows, batch.after
        if after is None:
            break
    speaking.say(f"Sealed {total} rows.")
    return 0


def _tell(finding: verification.Finding) -> int:
    speaking.say(finding.words)
    speaking.say(f"{finding.sealed} sealed rows hold; {finding.waiting} wait to be sealed.")
    if finding.is_intact:
        return 0
    place = "" if finding.position is None else f", position {finding.position}"
    entry = "" if finding.entry_id is None else f", entry {finding.entry_id}"
    return speaking.complain(f"audit {finding.what}{place}{entry}")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise speaking.Refused(f"{file} cannot be read") from error
