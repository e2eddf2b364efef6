"""Writes what was judged: documents, their new versions with limits and files, each with the way back."""

from collections.abc import Mapping, Sequence
from typing import Any

from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased
from portico.domains.library import models, rows, rules
from portico.domains.library.importing.judging import Held, Judged
from portico.domains.library.importing.sent import Sent, SentTopic
from portico.domains.library.rules import State
from portico.domains.library.wording import About
from portico.domains.permits.permit import Permit
from portico.domains.plan import days


def keep_topics(leased: Leased, topics: Sequence[SentTopic]) -> None:
    """Give the library these topics, in their order."""
    ids = dict(models.Topic.objects.values_list("code", "pk"))
    for position, topic in enumerate(topics):
        wanted = {(topic.code,): _topic(topic, position, ids)}
        held = models.Topic.objects.filter(code=topic.code)
        ids[topic.code] = loading.upsert(leased, held=held, key=("code",), wanted=wanted).ids[(topic.code,)]


def keep(given: Permit, leased: Leased, held: Held, judged: Sequence[Judged]) -> None:
    """Write the documents, then their new versions with all that belongs to them."""
    by_key: dict[str, list[Judged]] = {}
    for each in sorted(judged, key=lambda each: each.sent.begins_on):
        by_key.setdefault(each.sent.key, []).append(each)
    ids = {key: row.pk for key, row in held.documents.items()}
    fresh = [of_key[-1].sent for key, of_key in by_key.items() if key not in ids]
    made = loading.insert(leased, models.Document, [_document(given, each, ids) for each in fresh])
    ids |= zip((each.key for each in fresh), made, strict=True)
    _tag(leased, [(ids[each.key], each.about.topics) for each in fresh])
    changed = {key for key, of_key in by_key.items() if _describe(leased, held, of_key[-1].sent, ids)}
    versions = [
        (each, ids[key], number)
        for key, of_key in by_key.items()
        for number, each in enumerate((one for one in of_key if not one.is_held), held.latest.get(key, 0) + 1)
    ]
    _keep_versions(given, leased, versions)
    moved = {ids[each.sent.key] for each, _, _ in versions} | {ids[key] for key in changed}
    at = given.actor.asked_at
    models.Movement.objects.bulk_create(models.Movement(document_id=pk, made_at=at) for pk in sorted(moved))


def _keep_versions(given: Permit, leased: Leased, versions: Sequence[tuple[Judged, int, int]]) -> None:
    made = loading.insert(leased, models.Version, [_version(given, leased, *each) for each in versions])
    of_versions = list(zip((each.sent for each, _, _ in versions), made, strict=True))
    limits = [row for sent, version in of_versions for row in rows.limits(version, sent.wording)]
    loading.insert(leased, models.Limit, limits)
    files = [
        {"version_id": version, "position": position, **rows.columns_of_file(file)}
        for sent, version in of_versions
        for position, file in enumerate(sent.files)
    ]
    for file in files:
        loading.insert(leased, models.Attachment, [file])


def _describe(leased: Leased, held: Held, sent: Sent, ids: Mapping[str, int]) -> bool:
    """Keep what the latest version says of its document; answers whether that is new."""
    row, about = held.documents.get(sent.key), sent.about.tidied()
    is_latest = all(sent.begins_on >= day for day in held.settled.get(sent.key, ()))
    if row is None or not is_latest or rows.about(row) == about:
        return False
    wanted = _columns_about(about, ids)
    loading.update(leased, models.Document, {row.pk: wanted}, {row.pk: {n: getattr(row, n) for n in wanted}})
    if rows.about(row).topics != about.topics:
        through = models.Document.topics.through._base_manager.filter(document_id=row.pk)
        loading.delete(leased, models.Document.topics.through, through.values_list("pk", flat=True))
        _tag(leased, [(row.pk, about.topics)])
    return True


def _tag(leased: Leased, tagged: Sequence[tuple[int, Sequence[str]]]) -> None:
    ids = dict(models.Topic.objects.values_list("code", "pk"))
    wanted = [{"document_id": pk, "topic_id": ids[code]} for pk, codes in tagged for code in sorted({*codes})]
    loading.insert(leased, models.Document.topics.through, wanted)


def _document(given: Permit, sent: Sent, ids: Mapping[str, int]) -> dict[str, Any]:
    made = {"key": sent.key, "made_at": given.actor.asked_at, "made_by": None}
    return {**made, **_columns_about(sent.about, ids), "archived_at": None, "archived_by": None}


def _columns_about(about: About, ids: Mapping[str, int]) -> dict[str, Any]:
    return {
        "kind": about.kind,
        "material_number": about.material_number.strip(),
        "material_key": rules.material_key(about.material_number) or None,
        "part_of_id": ids[about.part_of] if about.part_of else None,
        "position": about.position,
    }


def _version(given: Permit, leased: Leased, judged: Judged, document: int, number: int) -> dict[str, Any]:
    now, sent = given.actor.asked_at, judged.sent
    publish_at = sent.publish_at or min(now, days.begins(sent.begins_on))
    return {
        "document_id": document,
        "number": number,
        **rows.columns(sent.wording),
        "state": State.SCHEDULED if publish_at > now else State.PUBLISHED,
        "publish_at": publish_at,
        "digest": judged.digest,
        "changed_at": min(now, publish_at),
        "answer": "",
        "load_id": leased.id,
    }


def _topic(topic: SentTopic, position: int, ids: Mapping[str, int]) -> dict[str, Any]:
    return {"name": topic.name, "above_id": ids.get(topic.above), "position": position}
