"""A folder of documents comes into the library: what each file becomes, and why one is refused."""

import argparse
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from portico.domains.jobs import leases, queue, undo
from portico.domains.jobs.leases import Stopping
from portico.domains.jobs.models import Job
from portico.domains.library import files, importing, models
from portico.domains.library.rules import State
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.loaders import command
from portico.edges.loaders.intake import Kind
from portico.edges.loaders.refusals import FeedRefused, RefusalCode
from tests.loads import loading
from tests.loads.loading import NOW, actor
from tests.support.pdfs import pdf

HEAD = {"kind": "update", "title": "Faster answers", "lines": "all", "first_on": "2026-01-01"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360"
    "64620600000e0007d76fe4780000000049454e44ae426082"
)


def text(body: str = "Answers come sooner.", **changes: str) -> str:
    """A Markdown file with front matter; a value of "" is left out."""
    said = HEAD | changes
    lines = "".join(f"{name}: {value}\n" for name, value in said.items() if value)
    return f"---\n{lines}---\n\n{body}\n"


@pytest.fixture
def folder(transactional_db: None, inbox: Path) -> Path:
    """A plan, and where its folder lies."""
    loading.plan()
    models.Topic.objects.create(code="claims", name="Claims")
    return inbox


def put(folder: Path, contents: Mapping[str, str | bytes]) -> None:
    """Write files, by their paths in the folder."""
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def load(folder: Path, *, is_dry: bool = False) -> Job:
    """Load the folder to its end."""
    taken = command.take_folder(actor=actor(), folder=folder, is_dry=is_dry)
    loading.run(Kind.LIBRARY)
    return Job.objects.get(public_id=taken.job)


def faults(job: Job) -> list[tuple[str, str]]:
    """Which files were refused, and why."""
    refused = job.results.order_by("position").values_list("locator", "reason")
    return [(locator.removeprefix("file ").rpartition(" line")[0], reason) for locator, reason in refused]


def test_a_file_with_front_matter_becomes_a_published_document(folder: Path) -> None:
    (folder / "topics.csv").write_text(
        "code,name,above\nauthorizations,Authorizations,\nurgent,Urgent,authorizations\n"
    )
    said = text(
        key="faster-answers",
        summary="From January on.",
        material_number="23-346m",
        topics="urgent, authorizations",
        lines="employer-ppo, employer-hmo",
        regions="north",
        office_types="hospital",
        last_on="2026-12-31",
        public="yes",
        must_read_by="2026-02-01",
        position="3",
    )
    put(folder, {"updates/a.md": said})

    job = load(folder)

    assert job.summary == {"rows": 1, "accepted": 1}
    document = models.Document.objects.get(key="faster-answers")
    assert (document.kind, document.material_number, document.material_key) == ("update", "23-346m", "23346m")
    assert [topic.code for topic in document.topics.order_by("code")] == ["authorizations", "urgent"]
    assert document.position == 3
    assert models.Topic.objects.get(code="urgent").above == models.Topic.objects.get(code="authorizations")
    version = document.versions.get()
    assert (version.number, version.state, version.title) == (1, State.PUBLISHED, "Faster answers")
    assert (version.summary, version.body) == ("From January on.", "Answers come sooner.")
    assert (version.first_on, version.last_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (version.is_public, version.must_read_by) == (True, date(2026, 2, 1))
    assert version.publish_at == datetime(2026, 1, 1, 8, tzinfo=UTC)
    assert version.load_id == job.pk
    assert sorted(version.limits.values_list("dimension", "value")) == [
        ("line", "employer-hmo"),
        ("line", "employer-ppo"),
        ("office_type", "hospital"),
        ("region", "north"),
    ]
    assert list(models.Movement.objects.values_list("document_id", "made_at")) == [(document.pk, NOW)]


def test_the_same_folder_again_is_known_and_the_same_words_are_left_alone(folder: Path) -> None:
    put(folder, {"a.md": text()})
    first = load(folder)
    os.utime(folder / "a.md", (1, 1))

    assert load(folder).pk == first.pk

    put(folder, {"b.md": text(title="Another")})
    assert load(folder).summary == {"rows": 2, "accepted": 1, "unchanged": 1}
    assert models.Version.objects.count() == 2


def test_a_later_first_day_is_a_new_version_and_other_words_for_a_day_are_refused(folder: Path) -> None:
    put(folder, {"a.md": text(key="a")})
    load(folder)
    put(folder, {"a.md": text("Other words.", key="a")})

    assert faults(load(folder)) == [("a.md", "published_already")]

    put(folder, {"a.md": text("Other words.", key="a", first_on="2026-03-01", topics="claims")})
    assert load(folder).summary == {"rows": 1, "accepted": 1}
    versions = models.Document.objects.get(key="a").versions
    assert list(versions.values_list("number", "body")) == [(1, "Answers come sooner."), (2, "Other words.")]
    assert [topic.code for topic in models.Document.objects.get(key="a").topics.all()] == ["claims"]


def test_words_that_were_corrected_at_the_desk_are_left_alone_when_they_come_again(folder: Path) -> None:
    put(folder, {"a.md": text(key="a")})
    load(folder)
    mistaken = models.Version.objects.get()
    correct = models.Version.objects.get()
    correct.pk, correct.number, correct.digest, correct.publish_at = None, 2, "0" * 64, NOW
    correct.save()
    put(folder, {"b.md": text(key="b")})

    assert load(folder).summary == {"rows": 2, "accepted": 1, "unchanged": 1}

    put(folder, {"a.md": text("Other words.", key="a")})
    assert faults(load(folder)) == [("a.md", "published_already")]
    assert list(mistaken.document.versions.values_list("number", flat=True)) == [1, 2]


def test_versions_of_one_document_come_in_the_order_of_their_days(folder: Path) -> None:
    put(folder, {"z.md": text("Old.", key="a", first_on="2025-01-01")})
    put(folder, {"a.md": text("New.", key="a", title="New", first_on="2026-01-01", position="7")})

    assert load(folder).summary == {"rows": 2, "accepted": 2}
    document = models.Document.objects.get(key="a")
    assert list(document.versions.values_list("number", "body")) == [(1, "Old."), (2, "New.")]
    assert document.position == 7


def test_what_is_to_appear_later_is_scheduled_by_the_plan_s_clocks(folder: Path) -> None:
    put(folder, {"a.md": text(key="a", first_on="2026-03-16", publish_at="2026-03-16 08:30")})
    put(folder, {"b.md": text(key="b", first_on="2026-04-01")})
    load(folder)

    held = dict(models.Version.objects.values_list("document__key", "publish_at"))
    states = dict(models.Version.objects.values_list("document__key", "state"))
    assert held == {"a": datetime(2026, 3, 16, 15, 30, tzinfo=UTC), "b": NOW}
    assert states == {"a": State.SCHEDULED, "b": State.PUBLISHED}


def test_parts_of_a_manual_come_after_it_whatever_their_names(folder: Path) -> None:
    put(
        folder,
        {"a.md": text(key="a", part_of="b"), "b.md": text(key="b", part_of="c"), "c.md": text(key="c")},
    )

    assert load(folder).summary == {"rows": 3, "accepted": 3}
    assert models.Document.objects.get(key="a").part_of == models.Document.objects.get(key="b")


def test_a_part_of_what_was_refused_is_refused_too(folder: Path) -> None:
    put(folder, {"a.md": text(key="a", part_of="b"), "b.md": text(key="b", lines="")})

    assert faults(load(folder)) == [("b.md", "no_line"), ("a.md", "part_of_not_known")]
    assert not models.Document.objects.exists()


def test_links_to_files_of_the_folder_become_links_of_the_library(folder: Path) -> None:
    body = (
        "[b](../b.md) [part](../b.md#When%20to%20ask) [form](<../forms/a form.pdf>) [out](https://a.example/)\n\n"
        "![A flow](flow.png) [again][f]\n\n[f]: flow.png\n"
    )
    put(folder, {"x/a.md": text(body, key="a"), "b.md": text("## When to ask\n\n[a](x/a.md)", key="bee")})
    put(folder, {"x/flow.png": PNG, "forms/a form.pdf": pdf("Referral form")})

    assert load(folder).summary == {"rows": 2, "accepted": 2}
    version = models.Version.objects.get(document__key="a")
    assert version.body == (
        "[b](library:bee) [part](library:bee#When%20to%20ask) [form](attachment:a%20form.pdf) "
        "[out](https://a.example/)\n\n![A flow](attachment:flow.png) [again][f]\n\n[f]: attachment:flow.png"
    )
    assert models.Version.objects.get(document__key="bee").body == "## When to ask\n\n[a](library:a)"
    held = list(version.attachments.values_list("name", "says", "content_type", "text"))
    assert held == [
        ("a form.pdf", "form", "application/pdf", "Referral form"),
        ("flow.png", "A flow", "image/png", ""),
    ]


def test_an_html_file_says_what_it_is_in_its_meta_tags(folder: Path) -> None:
    meta = "".join(
        f'<meta name="{name}" content="{value}">' for name, value in HEAD.items() if name != "title"
    )
    page = (
        f"<!doctype html><html><head><title>A letter</title>{meta}<style>p {{}}</style></head><body>"
        "<h1>Dear *office*</h1><p>Call <b>us</b> at<br>5 &lt; 6.<p>1. is no list"
        "<ul><li>one<li><p>two<ol><li>three</ol></ul>"
        '<table><tr><th>A|B<th>C</tr><tr><td>1<td><a href="b.md">2</a></table><img src=f.png alt="A flow">'
        "<blockquote>Said</blockquote><pre>a  b\n c</pre></body></html>"
    )
    put(folder, {"l/letter.html": page, "l/f.png": PNG, "l/b.md": text(key="b")})

    assert load(folder).summary == {"rows": 2, "accepted": 2}
    version = models.Version.objects.get(document__key="letter")
    assert version.title == "A letter"
    assert version.body == (
        "# Dear \\*office\\*\n\nCall **us** at\\\n5 \\< 6.\n\n1\\. is no list\n\n"
        "- one\n- two\n\n  1. three\n\n| A\\|B | C |\n| --- | --- |\n| 1 | [2](library:b) |\n\n"
        "![A flow](attachment:f.png)\n\n> Said\n\n    a  b\n     c"
    )


def test_a_pdf_is_a_document_where_a_sidecar_or_the_manifest_says_what_it_is(folder: Path) -> None:
    put(folder, {"f/a.pdf": pdf("Referral form"), "f/b.pdf": pdf("Old form"), "f/stray.pdf": pdf("Stray")})
    put(folder, {"f/a.pdf.meta": "".join(f"{n}: {v}\n" for n, v in (HEAD | {"kind": "form"}).items())})
    put(folder, {"manifest.csv": "file,kind,title,lines,first_on\nf/b.pdf,form,Old,all,2025-01-01\n"})

    assert load(folder).summary == {"rows": 2, "accepted": 2}
    held = models.Attachment.objects.order_by("version__document__key")
    assert list(held.values_list("version__document__key", "says", "text")) == [
        ("a", "Faster answers", "Referral form"),
        ("b", "Old", "Old form"),
    ]


BAD: dict[str, tuple[str | bytes, str]] = {
    "no front matter": ("Only words.", "kind_not_known"),
    "open front matter": ("---\nkind: update\n", "front_matter_open"),
    "unknown name": (text(colour="red"), "name_not_known"),
    "said twice": (text().replace("kind:", "kind: form\nkind:", 1), "said_twice"),
    "no line": (text(lines=""), "no_line"),
    "unknown line": (text(lines="employer-hmo, moon"), "line_not_known"),
    "unknown region": (text(regions="moon"), "region_not_known"),
    "unknown office type": (text(office_types="moon"), "office_type_not_known"),
    "no first day": (text(first_on=""), "no_first_day"),
    "no day of the calendar": (text(first_on="2026-02-30"), "value_wrong"),
    "an hour that is missing": (text(publish_at="2026-03-08 02:30"), "value_wrong"),
    "ends before it begins": (text(last_on="2025-12-31"), "ends_before_it_begins"),
    "neither yes nor no": (text(public="maybe"), "value_wrong"),
    "no number": (text(position="first"), "value_wrong"),
    "position too high": (text(position="40000"), "position_wrong"),
    "no title": (text(title=""), "no_title"),
    "long title": (text(title="x" * 201), "title_too_long"),
    "long summary": (text(summary="x" * 401), "summary_too_long"),
    "long text": (text("x" * 60_001), "text_too_long"),
    "longer than is read": (text("x" * 240_001), "not_utf_8_or_too_long"),
    "not UTF-8": (b"\xff\xfe", "not_utf_8_or_too_long"),
    "nothing said": (text(""), "says_nothing"),
    "control character": (text("a\0b"), "control_character"),
    "unknown kind": (text(kind="novel"), "kind_not_known"),
    "unknown topic": (text(topics="moon"), "topic_not_known"),
    "bad key": (text(key="No Key"), "key_wrong"),
    "key of a page of help": (text(key="manual", kind="help"), "key_is_a_page_of_help"),
    "bad material number": (text(material_number="---"), "material_number_wrong"),
    "long material number": (text(material_number="1" * 25), "material_number_wrong"),
    "unknown manual": (text(part_of="moon"), "part_of_not_known"),
    "part of itself": (text(key="a", part_of="a"), "part_of_goes_round"),
    "broken link": (text("[x](library:moon)"), "link_broken"),
    "link to a file that is not there": (text("[x](moon.md)"), "link_broken"),
    "link out of the folder": (text("[x](../../../etc/passwd)"), "link_broken"),
    "link to a heading that is not there": (text("[x](#moon)"), "link_broken"),
    "link of another kind": (text("[x](ftp://a.example/x)"), "link_broken"),
    "picture that is not there": (text("![x](moon.png)"), "image_missing"),
    "picture from elsewhere": (text("![x](https://a.example/x.png)"), "image_missing"),
    "picture that says nothing": (text("![](flow.png)"), "image_says_nothing"),
    "picture that is text": (text("![x](bad.png)"), "file_unknown"),
    "file that acts": (text("[x](acts.pdf)"), "file_active"),
    "file that is locked": (text("[x](locked.pdf)"), "file_locked"),
    "file that is cut off": (text("[x](cut.pdf)"), "file_damaged"),
    "file that is none": (text("[x](hollow.pdf)"), "file_damaged"),
    "two files of one name": (text("[x](flow.png) [y](other/flow.png)"), "files_of_one_name"),
    "an instant before the calendar": (text(publish_at="0001-01-01T00:00+14:00"), "value_wrong"),
    "an instant after the calendar": (text(publish_at="9999-12-31T23:00-12:00"), "value_wrong"),
    "a material number that is long once read": (
        text(material_number="\u3393" * 24),
        "material_number_wrong",
    ),
    "nought in a material number": (text(material_number="23-3\x0046m"), "control_character"),
    "nought in a kind": (text(kind="up\x00date"), "control_character"),
    "nought in a topic": (text(topics="cl\x00aims"), "control_character"),
    "nought in a name": (text().replace("kind:", "ki\x00nd:", 1), "name_not_known"),
}


def test_a_bad_file_is_refused_with_its_reason_and_nothing_of_it_is_kept(folder: Path) -> None:
    put(folder, {f"bad {name}.md": content for name, (content, _) in BAD.items()})
    put(folder, {"good.md": text(), "flow.png": PNG, "other/flow.png": PNG, "bad.png": "words"})
    put(folder, {"acts.pdf": pdf("x", b"/OpenAction << /S /JavaScript >>")})
    put(folder, {"locked.pdf": pdf("x", b"/Encrypt 9 0 R")})
    put(folder, {"cut.pdf": pdf("x")[:80], "hollow.pdf": b"%PDF-1.7\n%%EOF"})

    job = load(folder)

    assert dict(faults(job)) == {f"bad {name}.md": reason for name, (_, reason) in BAD.items()}
    assert job.summary == {"rows": len(BAD) + 1, "accepted": 1, "quarantined": len(BAD)}
    assert [row.key for row in models.Document.objects.all()] == ["good"]
    assert models.Version.objects.count() == 1
    assert not models.Attachment.objects.exists()
    assert all(job.results.values_list("message", flat=True))


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": "<p onclick='x()'>",
    "upper case": "<IMG SRC=x OnError=x()>",
    "address": "<a href=' java\nscript:x()'>x</a>",
    "data": "<img src='data:image/svg+xml,x'>",
    "frame": "<iframe src='https://a.example'></iframe>",
    "document in a frame": "<p srcdoc='x'>",
    "form": "<form action=/x><input name=password></form>",
    "svg": "<svg><animate/></svg>",
    "refresh": "<meta http-equiv=Refresh content='0;url=x'>",
    "base": "<base href='https://a.example/'>",
    "object": "<object data=x></object>",
}


def test_html_in_which_anything_acts_is_refused(folder: Path) -> None:
    put(folder, {f"{name}.html": f"<p>Words</p>{acts}" for name, acts in HOSTILE.items()})
    rows = "".join(f"{name}.html,letter,A,all,2026-01-01\n" for name in HOSTILE)
    put(folder, {"manifest.csv": f"file,kind,title,lines,first_on\n{rows}"})

    assert dict(faults(load(folder))) == {f"{name}.html": "html_acts" for name in HOSTILE}


UNFINISHED = {
    "tags": "<a " * 80_000,
    "quotes": "<a a='\"' " * 26_000,
    "comments": "<!--" * 60_000,
    "declarations": "<!" * 120_000,
    "ends": "</" * 120_000,
    "unknown section": "<p>Words</p><![moon[ ]]>",
    "nameless section": "<p>Words</p><![>",
}


def test_html_whose_marks_have_no_end_is_refused_and_soon(folder: Path) -> None:
    put(folder, {f"{name}.html": marks for name, marks in UNFINISHED.items()})
    rows = "".join(f"{name}.html,letter,A,all,2026-01-01\n" for name in UNFINISHED)
    put(folder, {"manifest.csv": f"file,kind,title,lines,first_on\n{rows}"})
    began = time.monotonic()

    assert dict(faults(load(folder))) == {f"{name}.html": "html_unfinished" for name in UNFINISHED}
    assert time.monotonic() - began < 20


def test_links_of_a_text_that_is_too_long_are_not_looked_into(folder: Path) -> None:
    put(folder, {"a.md": text("[a](b)" * 40_000)[:240_000]})
    began = time.monotonic()

    assert faults(load(folder)) == [("a.md", "text_too_long")]
    assert time.monotonic() - began < 8


def test_html_that_is_nested_without_end_is_refused(folder: Path) -> None:
    put(folder, {"a.html": "<div>" * 10_000})

    assert faults(load(folder)) == [("a.html", "html_too_deep")]


def test_links_in_a_circle_are_links_and_parts_in_a_circle_are_refused(folder: Path) -> None:
    put(folder, {"a.md": text("[b](b.md)", key="a"), "b.md": text("[a](a.md)", key="b")})
    put(folder, {"c.md": text(key="c", part_of="d"), "d.md": text(key="d", part_of="c")})

    job = load(folder)

    assert sorted(faults(job)) == [("c.md", "part_of_goes_round"), ("d.md", "part_of_goes_round")]
    assert sorted(models.Document.objects.values_list("key", flat=True)) == ["a", "b"]


def test_a_material_number_is_one_document_s(folder: Path) -> None:
    put(
        folder,
        {
            "a.md": text(key="a", material_number="23-346m"),
            "b.md": text(key="b", material_number="23 346 M"),
        },
    )
    assert faults(load(folder)) == [("b.md", "material_number_taken")]

    put(folder, {"b.md": text(key="b", material_number="23/346m")})
    assert faults(load(folder)) == [("b.md", "material_number_taken")]


def test_two_files_of_one_key_and_day_are_one_too_many(folder: Path) -> None:
    put(folder, {"a.md": text("One.", key="a"), "b.md": text("Two.", key="a")})

    assert faults(load(folder)) == [("b.md", "published_already")]
    assert models.Version.objects.get().body == "One."


def test_a_dry_run_says_the_same_and_keeps_nothing(folder: Path) -> None:
    put(folder, {"a.md": text(key="a"), "b.md": text(key="b", part_of="a"), "c.md": text(lines="")})
    (folder / "topics.csv").write_text("code,name\nnew,New\n")

    for _ in range(2):
        job = load(folder, is_dry=True)
        assert job.summary == {"rows": 3, "accepted": 2, "quarantined": 1}
        assert faults(job) == [("c.md", "no_line")]
    assert not models.Document.objects.exists()
    assert not models.Movement.objects.exists()
    assert not models.Topic.objects.filter(code="new").exists()


def test_an_import_is_taken_back_and_every_node_told(folder: Path) -> None:
    put(folder, {"a.md": text("![x](x.png)", key="a", topics="claims"), "x.png": PNG})
    put(folder, {"b.md": text(key="b", part_of="a")})
    job = load(folder)

    with permit(actor(), Function.LOADING) as given:
        queue.enqueue(actor=given.actor, kind="reverse_load", payload={"job": str(job.public_id)})
        given.conclude("queued")
    loading.run("reverse_load")

    job.refresh_from_db()
    assert job.reversed_at == NOW
    assert not models.Document.objects.exists()
    assert not models.Attachment.objects.exists()
    assert models.Movement.objects.order_by("-pk")[0].document_id is None
    assert undo.touched_later(job.public_id) is None


def test_a_file_beyond_its_size_is_refused_and_the_folder_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 1000)
    put(folder, {"a.md": text("[x](x.pdf)", key="a"), "x.pdf": pdf("x") * 4, "b.md": text(key="b")})

    assert faults(load(folder)) == [("a.md", "file_too_large")]


def test_a_folder_beyond_its_size_is_refused_as_a_whole(folder: Path, settings: Settings) -> None:
    settings.MAX_FEED_BYTES = 4000
    put(folder, {"a.md": text(), "b.md": text("x" * 4000)})

    with pytest.raises(FeedRefused) as refused:
        load(folder)
    assert refused.value.code is RefusalCode.TOO_LARGE
    assert not Job.objects.exists()


@pytest.mark.parametrize("kind", ["file", "folder", "itself", "pipe"])
def test_a_link_or_a_pipe_in_a_folder_is_refused(folder: Path, kind: str) -> None:
    put(folder, {"a.md": text()})
    if kind == "pipe":
        os.mkfifo(folder / "b.md")
    else:
        target = {"file": "a.md", "folder": "/etc", "itself": "."}[kind]
        (folder / "b").symlink_to(target)

    with pytest.raises(FeedRefused) as refused:
        load(folder)
    assert refused.value.code is RefusalCode.NOT_FOUND
    assert "b" in refused.value.words


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ({}, RefusalCode.EMPTY),
        ({".hidden.md": text()}, RefusalCode.EMPTY),
        ({"a.txt": "words"}, RefusalCode.NO_DOCUMENTS),
        ({"a.md": text(), "manifest.csv": "name\nx\n"}, RefusalCode.WRONG_HEADER),
        ({"a.md": text(), "manifest.csv": "file,colour\na.md,red\n"}, RefusalCode.WRONG_HEADER),
        ({"a.md": text(), "manifest.csv": "file\nmoon.md\n"}, RefusalCode.WRONG_HEADER),
        ({"a.md": text(), "manifest.csv": b"file\n\xff\n"}, RefusalCode.WRONG_ENCODING),
        ({"a.md": text(), "topics.csv": "code\nx\n"}, RefusalCode.WRONG_HEADER),
        ({"a.md": text(), "topics.csv": "code,name\nx,X,y\n"}, RefusalCode.WRONG_HEADER),
        ({"a.md": text(), "topics.csv": "code,name\nx,X\0\n"}, RefusalCode.WRONG_HEADER),
        ({"a.md": text(), "manifest.csv": f"file,title\na.md,{'x' * 140_000}\n"}, RefusalCode.WRONG_HEADER),
    ],
    ids=range(11),
)
def test_a_folder_that_cannot_be_understood_is_refused(
    folder: Path, contents: dict[str, str | bytes], code: RefusalCode
) -> None:
    put(folder, contents)
    assert _refused(folder) == code
    assert not models.Document.objects.exists()


def _refused(folder: Path) -> str:
    """Why the folder is refused, at once or by its job."""
    try:
        return load(folder).error
    except FeedRefused as refused:
        return refused.code


def test_what_is_no_folder_is_refused(folder: Path) -> None:
    with pytest.raises(FeedRefused) as refused:
        load(folder / "moon")
    assert refused.value.code is RefusalCode.NOT_A_FOLDER


def test_a_document_has_only_so_many_files_and_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, {f"{number}.png": PNG for number in range(21)})
    put(folder, {"many.md": text("".join(f"[x]({number}.png) " for number in range(21)), key="many")})
    put(folder, {"large.md": text("[x](x.pdf)", key="large"), "x.pdf": pdf("x") * 30})
    monkeypatch.setattr("portico.edges.loaders.library.folder._MOST_OF_ONE", 10_000)

    assert sorted(faults(load(folder))) == [("large.md", "files_too_large"), ("many.md", "too_many_files")]


def test_no_more_of_a_folder_is_held_than_a_chunk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portico.edges.loaders.library.job._MOST_BYTES", 3_000)
    put(folder, {f"{number}.md": text("x" * 1_000, key=f"a{number}") for number in range(7)})
    chunks: list[int] = []
    taken = importing.load

    def noted(**given: Any) -> None:
        chunks.append(len(given["sent"]))
        taken(**given)

    monkeypatch.setattr(importing, "load", noted)
    assert load(folder).summary == {"rows": 7, "accepted": 7}
    assert chunks == [3, 3, 1]


def test_a_load_that_was_stopped_goes_on_and_takes_each_document_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portico.edges.loaders.library.job._MOST_BYTES", 1)
    put(folder, {f"{number}.md": text(key=f"a{number}") for number in range(5)})
    taken = command.take_folder(actor=actor(), folder=folder)
    stops = iter((False, False, True))
    worker = replace(loading.worker(), is_stopping=lambda: next(stops))
    leased = queue.lease(worker=worker, kinds=[Kind.LIBRARY])
    assert leased is not None
    with pytest.raises(Stopping):
        leases.handler_for(Kind.LIBRARY).run(leased)
    assert models.Document.objects.count() == 2
    queue.hand_back(leased)

    loading.run(Kind.LIBRARY)

    assert Job.objects.get(public_id=taken.job).summary == {"rows": 5, "accepted": 5}
    assert models.Version.objects.count() == models.Movement.objects.count() == 5


def typed(*words: str) -> int:
    """The exit code of a command."""
    parser = argparse.ArgumentParser()
    command.add_to(parser.add_subparsers())
    parsed = parser.parse_args(["load", "library", *words])
    return int(parsed.run(parsed))


def test_an_operator_reads_what_would_become_of_a_folder_and_what_did(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, {"a.md": text(key="a"), "b.md": text(lines="")})

    assert typed(str(folder), "--dry-run") == 1
    said = capsys.readouterr().out
    assert "inbox was read through and nothing was kept. Job " in said
    assert "Quarantined. File b.md line 1: lines is missing: say all, or for which." in said
    assert "load again" not in said

    assert typed(str(folder)) == 1
    assert "inbox was loaded. Job " in capsys.readouterr().out
    (folder / "b.md").unlink()
    assert typed(str(folder)) == 0
    assert typed(str(folder)) == 0
    assert "inbox was already loaded" in capsys.readouterr().out
    assert typed(str(folder / "moon")) == 2
    assert "is no folder." in capsys.readouterr().out
