"""The bundle a search answers: its entries, what is to be said about it, and links that name nobody."""

from collections.abc import Iterator
from urllib.parse import urlencode

from portico.domains.permits.actors import Actor
from portico.edges.fhir import continuations, outcomes, parameters
from portico.edges.fhir.kinds import Body, Matches, Resource
from portico.edges.fhir.outcomes import INFORMATION, Issue
from portico.edges.fhir.parameters import Asked


def searchset(base: str, actor: Actor, resource: Resource, asked: Asked, start: int, found: Matches) -> Body:
    """The searchset of a page that begins at `start`; without entries where only the total was wanted."""
    bundle: Body = {"resourceType": "Bundle", "type": "searchset", "total": found.total}
    bundle["link"] = list(_links(f"{base}/{resource.type}", actor, resource, asked, start, found))
    entries = [*_matches(base, found), *_said(resource, asked, found)] if asked.count else []
    return {**bundle, "entry": entries} if entries else bundle


def _links(
    address: str, actor: Actor, resource: Resource, asked: Asked, start: int, found: Matches
) -> Iterator[Body]:
    yield {"relation": "self", "url": f"{address}?{_query(actor, resource, asked, start)}"}
    following = start + asked.count
    if asked.count and following < found.total:
        yield {"relation": "next", "url": f"{address}?{_sealed(actor, resource, asked, following)}"}


def _query(actor: Actor, resource: Resource, asked: Asked, start: int) -> str:
    """The search as a query; sealed where its values tell who somebody is, or it is not the first page."""
    telling = {parameter.name for parameter in resource.parameters if parameter.tells_who}
    if start or telling & set(asked.values):
        return _sealed(actor, resource, asked, start)
    return urlencode({**asked.values, parameters.COUNT: asked.count})


def _sealed(actor: Actor, resource: Resource, asked: Asked, start: int) -> str:
    return urlencode({parameters.PAGE: continuations.seal(actor, resource.type, asked, start)})


def _matches(base: str, found: Matches) -> Iterator[Body]:
    for body in found.bodies:
        url = f"{base}/{body['resourceType']}/{body['id']}"
        yield {"fullUrl": url, "resource": body, "search": {"mode": "match"}}


def _said(resource: Resource, asked: Asked, found: Matches) -> Iterator[Body]:
    """What a program should know of this page: why nobody was found, and what was ignored."""
    issues = [found.issue] if found.issue else []
    if asked.ignored:
        text = f"{resource.type} was searched without {parameters.named(asked.ignored)}."
        issues.append(Issue("not-supported", text, severity=INFORMATION))
    if issues:
        said = outcomes.resource(issues, found.reference)
        yield {"resource": said, "search": {"mode": "outcome"}}
