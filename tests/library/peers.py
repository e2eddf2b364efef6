"""The same documents in SQLite's FTS5 and in PostgreSQL's full text, each set up as its own guide advises.

Both hold what is in force on the day, weigh titles before texts as our search does, stem English words, and
look for any of the words of a question, the best first. Stop words are theirs.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import psycopg

from portico.demo.library import topics
from portico.demo.library.shapes import Document, Version

EVERY: Final = "*"
_HEADING: Final = re.compile(r"^#+ +(.*)$", re.MULTILINE)
_WORD: Final = re.compile(r"\w+")
_FIELDS: Final = ("title", "summary", "headings", "topics", "body", "number")
_WEIGHTS: Final = (3.0, 2.4, 2.2, 2.0, 1.0, 3.0)


@dataclass(frozen=True, slots=True)
class Text:
    """A document in force: its key, its lines (EVERY: all), and its words by field."""

    key: str
    lines: tuple[str, ...]
    title: str
    summary: str
    headings: str
    topics: str
    body: str
    number: str

    def fields(self) -> tuple[str, ...]:
        """Its words in the order of the fields."""
        return tuple(getattr(self, name) for name in _FIELDS)


def in_force(document: Document, on: date) -> Version | None:
    """The wording in force on a day, whether or not it is published by then."""
    begun = [each for each in document.versions if each.first_on <= on]
    latest = begun[-1] if begun else None
    return latest if latest and (latest.last_on is None or latest.last_on >= on) else None


def texts(documents: Iterable[Document], *, on: date) -> Iterator[Text]:
    """The demo's documents as they are in force on a day, as they are written."""
    named = {topic.code: topic.name for topic in topics.TOPICS}
    for document in documents:
        version = in_force(document, on)
        if version is not None and (version.publish_on is None or version.publish_on <= on):
            yield Text(
                key=document.key,
                lines=version.lines or (EVERY,),
                title=version.title,
                summary=version.summary,
                headings=" ".join(_HEADING.findall(version.body)),
                topics=" ".join(named[code] for code in document.topics),
                body=version.body,
                number=document.material_number,
            )


class Fts5:
    """SQLite's own: `porter` over `unicode61`, ranked by BM25 with a weight for each column."""

    def __init__(self, texts: Iterable[Text], path: str = ":memory:") -> None:
        """Put the documents in."""
        self._rows = sqlite3.connect(path)
        columns = ", ".join(_FIELDS)
        self._rows.execute("CREATE TABLE line (doc INTEGER, line TEXT, PRIMARY KEY (line, doc))")
        self._rows.execute("CREATE TABLE doc (id INTEGER PRIMARY KEY, key TEXT)")
        self._rows.execute(f"CREATE VIRTUAL TABLE text USING fts5({columns}, tokenize='porter unicode61')")
        for number, text in enumerate(texts, 1):
            self._rows.execute("INSERT INTO doc VALUES (?, ?)", (number, text.key))
            self._rows.executemany("INSERT INTO line VALUES (?, ?)", [(number, each) for each in text.lines])
            places = ", ".join("?" * len(_FIELDS))
            self._rows.execute(
                f"INSERT INTO text (rowid, {columns}) VALUES (?, {places})",  # noqa: S608 - our own names
                (number, *text.fields()),
            )
        self._rows.execute("INSERT INTO text(text) VALUES ('optimize')")
        self._rows.commit()

    def find(self, asked: str, line: str, most: int = 10) -> list[str]:
        """The keys of the best, in the line."""
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(asked))
        # The sign keeps SQLite from asking the index once for each row of the line, which takes seconds.
        within = "AND +rowid IN (SELECT doc FROM line WHERE line IN (?, ?))" if line else ""
        found = self._rows.execute(
            "SELECT (SELECT key FROM doc WHERE id = best.rowid) FROM ("  # noqa: S608 - our own names
            f"SELECT rowid FROM text WHERE text MATCH ? {within} "
            f"ORDER BY bm25(text, {', '.join(map(str, _WEIGHTS))}) LIMIT ?) AS best",
            (words, *((line, EVERY) if line else ()), most),
        )
        return [key for (key,) in found]

    def close(self) -> None:
        """Forget them."""
        self._rows.close()


class PostgreSql:
    """PostgreSQL's own: a weighted tsvector with a GIN index, ranked by ts_rank over the length of a text."""

    _MAKE: Final = (
        "CREATE TEMPORARY TABLE text (key text PRIMARY KEY, lines text[], words tsvector)",
        "CREATE INDEX text_words ON text USING gin (words)",
        "CREATE INDEX text_lines ON text USING gin (lines)",
        "ANALYZE text",
    )
    _LETTERS: Final = "ABBCDA"

    def __init__(self, texts: Iterable[Text], url: str) -> None:
        """Put the documents in."""
        self._rows = psycopg.connect(url, autocommit=True)
        self._rows.execute(self._MAKE[0])
        vector = " || ".join(f"setweight(to_tsvector('english', %s), '{each}')" for each in self._LETTERS)
        with self._rows.cursor() as cursor, self._rows.transaction():
            cursor.executemany(
                f"INSERT INTO text VALUES (%s, %s, {vector})",  # noqa: S608
                [(text.key, list(text.lines), *text.fields()) for text in texts],
            )
        for statement in self._MAKE[1:]:
            self._rows.execute(statement)

    def find(self, asked: str, line: str, most: int = 10) -> list[str]:
        """The keys of the best, in the line."""
        words = " | ".join(f"'{word}'" for word in _WORD.findall(asked))
        within = "AND lines && %s" if line else ""
        values: Sequence[Any] = (words, *([[line, EVERY]] if line else ()), most)
        found = self._rows.execute(
            f"SELECT key FROM text, to_tsquery('english', %s) AS asked WHERE words @@ asked {within} "  # noqa: S608
            "ORDER BY ts_rank('{0.33, 0.67, 0.8, 1}', words, asked, 1) DESC, key LIMIT %s",
            values,
        )
        return [key for (key,) in found]

    def close(self) -> None:
        """Forget them."""
        self._rows.close()
