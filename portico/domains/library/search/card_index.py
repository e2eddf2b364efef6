"""The index on disk: its fields, and how an entry is put on it. The fields are what a search can ask for.

found by words     title, headings, topics, summary, body, files   as stems, with their places
found by spelling  words                                           every word as written, to mend typos
found whole        number (of the material), key
narrowed by        kind, topic, line, region, office, public       as codes
narrowed by day    first, last (days), known, until (microseconds)
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from tantivy import Document, Index, IndexWriter, Query, Schema, SchemaBuilder

from portico.domains.library.search import ranking, texts
from portico.domains.library.search.entries import EVERY, Entry

FORM: Final = 1
"""Raised with every change of what is held: an index of another form is built anew."""
TEXT_FIELDS: Final = ("title", "headings", "topics", "summary", "body", "files")
CODES: Final = ("kind", "topic", "line", "region", "office")
NEVER: Final = 2**62
LAST_DAY: Final = date.max.toordinal()
_HEAP: Final = 32_000_000
_BEGAN: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def _schema() -> Schema:
    builder = SchemaBuilder()
    for name in TEXT_FIELDS:
        is_shown = name in ("title", "summary", "body")
        builder.add_text_field(name, stored=is_shown, tokenizer_name=texts.STEMS)
    builder.add_text_field("words", tokenizer_name=texts.WORDS, index_option="basic")
    for name in ("key", "number"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in CODES:
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("written", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("document", "version", "public", "percent"):
        builder.add_unsigned_field(name, stored=True, indexed=True, fast=True)
    for name in ("first", "last", "known", "until"):
        builder.add_integer_field(name, stored=True, indexed=True, fast=True)
    for name in ("changed", "must"):
        builder.add_integer_field(name, stored=True)
    return builder.build()


SCHEMA: Final = _schema()


def open_at(folder: Path) -> Index:
    """The index in this folder, made empty where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    index = Index(SCHEMA, path=str(folder))
    for name, analyzer in texts.ANALYZERS.items():
        index.register_tokenizer(name, analyzer)
    return index


def is_at(folder: Path) -> bool:
    """Is there an index in this folder?"""
    return folder.is_dir() and Index.exists(str(folder))


def is_sound(folder: Path) -> bool:
    """Is there an index in this folder that can be read?"""
    try:
        return is_at(folder) and open_at(folder).searcher().num_docs >= 0
    except ValueError:
        return False


def writer(index: Index) -> IndexWriter:
    """Somebody to write to it; there can be one at a time."""
    return index.writer(heap_size=_HEAP, num_threads=1)


def drop(writer: IndexWriter, document_id: int) -> None:
    """Take everything of a document off."""
    writer.delete_documents_by_query(Query.term_query(SCHEMA, "document", document_id))


def put(writer: IndexWriter, entry: Entry) -> None:
    """Put an entry on."""
    writer.add_document(_document(entry))


def moment(at: datetime) -> int:
    """An instant as the index holds it: microseconds since 1970."""
    return (at - _BEGAN) // _MICROSECOND


def instant(held: int) -> datetime:
    """What `moment` held."""
    return _BEGAN + held * _MICROSECOND


def _document(entry: Entry) -> Document:
    made = Document()
    held = {
        "title": entry.title,
        "headings": entry.headings,
        "topics": entry.topic_names,
        "summary": entry.summary,
        "body": entry.body,
        "files": entry.files,
    }
    for name, text in held.items():
        made.add_text(name, text)
    made.add_text("words", " \n".join(held.values()))
    made.add_text("key", entry.key)
    made.add_text("number", entry.material_key)
    made.add_text("written", entry.material_number)
    _add_codes(made, entry)
    _add_numbers(made, entry)
    return made


def _add_codes(made: Document, entry: Entry) -> None:
    codes = {
        "kind": (entry.kind,),
        "topic": entry.topics,
        "line": entry.lines or (EVERY,),
        "region": entry.regions or (EVERY,),
        "office": entry.office_types or (EVERY,),
    }
    for name, values in codes.items():
        for value in values:
            made.add_text(name, value)


def _add_numbers(made: Document, entry: Entry) -> None:
    made.add_unsigned("document", entry.document_id)
    made.add_unsigned("version", entry.number)
    made.add_unsigned("public", int(entry.is_public))
    made.add_unsigned("percent", ranking.percent(entry.kind))
    made.add_integer("first", entry.first_on.toordinal())
    made.add_integer("last", entry.last_on.toordinal() if entry.last_on else LAST_DAY)
    made.add_integer("known", moment(entry.known_at))
    made.add_integer("until", moment(entry.known_until) if entry.known_until else NEVER)
    made.add_integer("changed", moment(entry.changed_at))
    made.add_integer("must", entry.must_read_by.toordinal() if entry.must_read_by else 0)
