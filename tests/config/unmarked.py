"""Words that people see and no translation knows of, since nothing marks them.

Read by pattern, as catalogue.py does: of a template what stands outside of its tags, the attributes
that are shown or read out, and sentences that one template hands to another; of a script the
literals that are sentences; of Python what is given to whatever shows it.
"""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from tests.config.catalogue import WORDS

SHOWN = {
    *("alt", "title", "placeholder", "label"),
    *("aria-label", "aria-description", "aria-roledescription", "aria-valuetext"),
}
CODE = re.compile(r"[a-z_.]+")
# The same in every language: names, units, addresses.
NAMES = re.compile(r"\b(Medley|Mei|SKU|CSV|PDF|ES|[kMG]B|https?:\S+|\S+@\S+)\b")
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[A-Z][\w'’]*(?:[ ,…][^|]*|[.!?…])$")

# What a browser neither shows nor reads out, or what is marked.
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.S)
MARKED = re.compile(r"\{%-?\s*blocktrans(?:late)?\b.*?\{%-?\s*endblocktrans(?:late)?\b.*?%\}", re.S)
CLASSES = re.compile(r"(?<=\{% block )(?:\w+_class|panes) %\}.*?(?=\{% endblock)")
ELEMENT = re.compile(r"(?<=<)(/?)\{\{.*?\}\}")  # whose name is chosen
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
TRANSLATING = re.compile(r"\{%-?\s*(?:trans|translate)\b")

CODE_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\w\"'`])//[^\n]*", re.S)
GETTEXT = r"n?p?gettext\(\s*"
CALL = re.compile(rf"{GETTEXT}{WORDS}(?:\s*,\s*{WORDS})*")
LITERAL = re.compile(rf"{WORDS}|`(?:[^`\\]|\\.)*`")
# For whoever reads the console; names of events, headers and keys.
UNSEEN = re.compile(r"(?:Error|reject|console\.\w+|setRequestHeader|get)\(\s*$|\.name = $")

SAYING = {"ValidationError", "PermissionDenied", "Refused", "Unavailable"}
MESSAGES = {"success", "error", "info", "warning", "add_message", "message_user"}
KEYWORDS = {"label", "empty_label", "short_description", "placeholder"}
TRANSLATED = re.compile(r"_|n?p?gettext(_lazy|_noop)?|n?pgettext(_lazy)?")


def in_template(source: str) -> list[str]:
    """What a page, a mail or a part of one says in English whatever the language is."""
    source = CLASSES.sub("%}", MARKED.sub("", COMMENT.sub("", source)))
    page = _Page()
    page.feed(TAG.sub("", ELEMENT.sub(r"\1div", source)))
    page.close()
    handed = [words for tag in TAG.findall(source) for words in _handed_on(tag)]
    return [words for words in (*page.words, *handed) if WORD.search(NAMES.sub("", words))]


class _Page(HTMLParser):
    """Gathers what is read and what is read out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.is_code = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.is_code = tag in ("script", "style", "kbd")  # keys are called as they are labelled
        self.words += [value for name, value in attributes if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        self.is_code = False

    def handle_data(self, data: str) -> None:
        if not self.is_code and data.strip():
            self.words.append(" ".join(data.split()))


def _handed_on(tag: str) -> Iterator[str]:
    if not TRANSLATING.match(tag):
        for found in re.finditer(WORDS, tag):
            words = found[0][1:-1]
            if SENTENCE.match(words) and not tag[: found.start()].endswith("_("):
                yield words


def in_script(source: str) -> list[str]:
    """The sentences of a script that it does not look up."""
    source = CALL.sub("", CODE_COMMENT.sub("", source))
    return [
        found[0][1:-1]
        for found in LITERAL.finditer(source)
        if SENTENCE.match(found[0][1:-1]) and not UNSEEN.search(source[: found.start()][-30:])
    ]


def in_python(source: str) -> list[str]:
    """What refusals, messages, labels and choices say that no gettext function stands around."""
    nodes = list(ast.walk(ast.parse(source)))
    said = [words for node in nodes for given in _said_by(node) for words in _literals(given)]
    shown = [words for node in nodes for given in _shown_by(node) for words in _literals(given)]
    return [words for words in said if " " in words.strip()] + [
        words for words in shown if WORD.search(NAMES.sub("", words)) and not CODE.fullmatch(words)
    ]


def _said_by(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call) and (_name(node.func) in SAYING or _is_message(node.func)):
        yield from node.args


def _is_message(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute):
        return False
    return called.attr in MESSAGES and _name(called.value) == "messages"


def _shown_by(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        yield from (keyword.value for keyword in node.keywords if keyword.arg in KEYWORDS)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value in SHOWN:
                yield value
    elif isinstance(node, ast.ClassDef) and "TextChoices" in map(_name, node.bases):
        assigned = (each.value for each in node.body if isinstance(each, ast.Assign))
        yield from (value.elts[-1] for value in assigned if isinstance(value, ast.Tuple))


def _name(node: ast.expr) -> str:
    return getattr(node, "attr", "") or getattr(node, "id", "")


def _literals(node: ast.AST) -> Iterator[str]:
    """The words of an expression, outside of calls that translate them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Call):
        if not TRANSLATED.fullmatch(_name(node.func)):
            yield from _literals(node.func)  # "…".format()
    elif not isinstance(node, ast.Subscript | ast.Compare):
        for child in ast.iter_child_nodes(node):
            yield from _literals(child)
