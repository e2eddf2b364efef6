"""`portico identity-provider`: who else may say who somebody is: add, list, close.

    portico identity-provider add northlake-staff --name "Northlake staff account" \\
        --issuer https://login.example.org/northlake --client-id portico --secret-file secret.txt
    portico identity-provider add lakeside --name "Lakeside account" --office lakeside \\
        --entity-id https://id.example.org/saml --sign-in-url https://id.example.org/sso --certificate id.pem
    portico identity-provider close lakeside

Without an office it is for the plan's own staff. Whom it knows is linked to users under Single sign-on in the
portal. The hosts it lies at stand in PORTICO_IDENTITY_HOSTS.
"""

import argparse
from pathlib import Path

from portico.domains.accounts.elsewhere import provider_details, providers
from portico.domains.accounts.elsewhere.provider_details import OPENID_CONNECT, SAML, Details, NewProvider
from portico.domains.accounts.elsewhere.providers import BadProvider, Row, UnknownProvider
from portico.domains.offices import offices
from portico.domains.offices.offices import UnknownOffice
from portico.edges.cli import asking, speaking


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `identity-provider add`, `identity-provider list` and `identity-provider close`."""
    provider = commands.add_parser("identity-provider", help="who else may say who somebody is")
    kinds = provider.add_subparsers(required=True, metavar="WHAT")
    _add_options(kinds.add_parser("add", help="trust a provider of OpenID Connect or SAML"))
    kinds.add_parser("list", help="show the providers there are").set_defaults(run=show)
    close_ = kinds.add_parser("close", help="trust a provider no more, for good; open sessions end")
    close_.add_argument("slug", metavar="KEY")
    close_.set_defaults(run=close)


def add(arguments: argparse.Namespace) -> int:
    """Adds the provider."""
    try:
        made = providers.add(actor=asking.actor(), new=_new(arguments))
    except (BadProvider, UnknownOffice) as error:
        raise speaking.Refused(str(error)) from error
    speaking.say(f"Added {made.slug}. Its page under Single sign-on says what it has to know of the portal.")
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Prints a line for each provider, the open ones first."""
    del arguments
    for row in providers.listed(actor=asking.actor()):
        speaking.say(_line(row))
    return 0


def close(arguments: argparse.Namespace) -> int:
    """Closes the provider."""
    try:
        providers.close(actor=asking.actor(), slug=arguments.slug)
    except UnknownProvider as error:
        raise speaking.Refused(str(error)) from error
    speaking.say(f"{arguments.slug} is closed; open sessions of those linked to it ended.")
    return 0


def _add_options(add_: argparse.ArgumentParser) -> None:
    add_.add_argument("slug", metavar="KEY", help="small letters, digits, dashes; it stands in addresses")
    add_.add_argument("--name", required=True, help="as the sign-in page says it")
    add_.add_argument("--office", default="", help="the key of the office whose people it signs in")
    kind = add_.add_mutually_exclusive_group(required=True)
    kind.add_argument("--issuer", metavar="URL", help="it speaks OpenID Connect, as this issuer")
    kind.add_argument("--entity-id", metavar="ID", help="it speaks SAML, as this entity")
    add_.add_argument("--client-id", default="", help="OpenID Connect: what it knows the portal by")
    add_.add_argument("--secret-file", type=Path, metavar="FILE", help="OpenID Connect: the client secret")
    add_.add_argument("--sign-in-url", default="", metavar="URL", help="SAML: where it signs people in")
    add_.add_argument(
        "--certificate",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="SAML: what it signs with",
    )
    add_.add_argument("--vouches-for-factor", action="store_true", help="take its word for a second factor")
    add_.add_argument("--factor-word", action="append", default=[], metavar="WORD", help="what it says then")
    add_.add_argument("--proves-identity", action="store_true", help="its word verifies who somebody is")
    add_.add_argument("--not-for-sign-in", action="store_true", help="it stands on no sign-in page")
    add_.set_defaults(run=add)


def _new(arguments: argparse.Namespace) -> NewProvider:
    return NewProvider(
        slug=arguments.slug,
        name=arguments.name,
        kind=OPENID_CONNECT if arguments.issuer else SAML,
        details=Details(
            issuer=arguments.issuer or arguments.entity_id,
            client_id=arguments.client_id,
            sign_in_url=arguments.sign_in_url,
            certificates=tuple(provider_details.certificate(_read(file)) for file in arguments.certificate),
            factor_words=tuple(arguments.factor_word),
            for_sign_in=not arguments.not_for_sign_in,
        ),
        office_id=offices.find(arguments.office).id if arguments.office else None,
        secret=_read(arguments.secret_file).strip() if arguments.secret_file else "",
        vouches_for_factor=arguments.vouches_for_factor,
        proves_identity=arguments.proves_identity,
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise speaking.Refused(f"{file} cannot be read: {error}") from error


def _line(row: Row) -> str:
    provider = row.provider
    state = f"closed {provider.closed_at:%Y-%m-%d}" if provider.closed_at else "open"
    whose = "the plan's staff" if provider.office_id is None else f"office {provider.office_id}"
    return (
        f"{provider.slug}  {provider.kind}  {whose}  {state}  waiting {row.waiting}  linked {row.linked}"
        f"  {provider.name}"
    )
