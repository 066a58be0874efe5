"""What the sources say to people, and what a catalogue of config/locale says in another language.

Read without GNU gettext, so that every machine that runs the tests checks it. The sources are read
by pattern: a call of a gettext function with its words written out.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

ROOT = settings.BASE_DIR
PYTHON = ("accounts", "chat", "commerce", "config", "videos")
WORDS = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(
    rf"(?<![\w.])(?:_|(?P<context>n?p)?n?gettext(?:_lazy|_noop)?)\(\s*"
    rf"(?P<first>{WORDS}(?:\s+{WORDS})*)(?:\s*,\s*(?P<second>{WORDS}(?:\s+{WORDS})*))?"
)

Key = tuple[str, str]  # context (or nothing) and the English words


@dataclass
class Entry:
    """One text of a .po file: its English forms and its translations, one for each plural."""

    key: Key
    english: list[str]
    translations: list[str]
    is_fuzzy: bool


def path(language: str, domain: str, ending: str) -> Path:
    """Where a catalogue is: `ending` is po or mo."""
    return settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / f"{domain}.{ending}"


def entries(language: str, domain: str) -> list[Entry]:
    """The texts of a .po file without its header and without what is commented out."""
    blocks = re.split(r"\n\s*\n", path(language, domain, "po").read_text())
    return [entry for entry in map(_entry, blocks) if entry.english[0]]


def _entry(block: str) -> Entry:
    fields: list[tuple[str, str]] = []
    for line in block.splitlines():
        keyword, _, words = line.partition('"')
        if not line or line.startswith("#"):
            continue
        if not keyword:
            keyword, before = fields.pop()
            fields.append((keyword, before + ast.literal_eval(line)))
        else:
            fields.append((keyword.strip(), ast.literal_eval(f'"{words}')))
    english = [words for keyword, words in fields if keyword in ("msgid", "msgid_plural")] or [""]
    return Entry(
        key=(dict(fields).get("msgctxt", ""), english[0]),
        english=english,
        translations=[words for keyword, words in fields if keyword.startswith("msgstr")],
        is_fuzzy=bool(re.search(r"^#,.*fuzzy", block, re.MULTILINE)),
    )


def said(domain: str) -> set[Key]:
    """Every text of the sources: pages, mails and Python for `django`, scripts for `djangojs`."""
    return {key for source in _sources(domain) for key in _calls(source)}


def _sources(domain: str) -> Iterator[str]:
    if domain == "djangojs":
        for script in (ROOT / "static" / "js").rglob("*.js"):
            yield script.read_text()
        return
    for app in PYTHON:
        for module in (ROOT / app).rglob("*.py"):
            yield module.read_text()
    for template in (ROOT / "templates").rglob("*.*"):
        yield templatize(template.read_text(), origin=template.name)


def _calls(source: str) -> Iterator[Key]:
    for found in CALL.finditer(source):
        first = _words(found["first"])
        yield (first, _words(found["second"])) if found["context"] else ("", first)


def _words(literals: str) -> str:
    return ast.literal_eval(f"({literals})")
