"""Every code with which REST says no, read from where it is declared: the apps' refusals and
`SENTENCES`, and what the framework says of itself. config/problem_codes.json and docs/problems.md
are written of it by `make api`.
"""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.core import validators as django_validators
from django.db.models import Field as ModelField
from rest_framework import exceptions, serializers
from rest_framework import validators as rest_validators

from accounts.api.uploads import STATUS as TUS
from config import preconditions
from config.problems import CODES, Codes, address

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "problems.md"
APPS = ("accounts", "videos", "commerce", "chat", "config")
NO_DOORS = {"migrations", "demo", "management", "push", "notices.py"}  # nobody is told no there
CODE = re.compile(r"[a-z_]+\.[a-zA-Z0-9_]+")
# What says no, by its name, and with which status; the code comes first, or by its name.
SAYS_NO = {
    "BadSubtitles": 400,
    "BadVideo": 400,
    "Conflict": 409,
    "Refused": 403,
    "Refusal": 403,
    "RegexValidator": 400,
    "TusProblem": 0,
    "Unavailable": 503,
    "UploadRefused": 0,
    "ValidationError": 400,
    "conflict": 409,
    "invalid": 400,
    "openly": 403,
    "problem_response": 0,
    "refused": 403,
    "unavailable": 503,
}
OFF_HERE = {"policy.R45": 451}  # told by its own middleware (accounts/regions)


class Found:
    """What was found of each code: its sentences as they are in the source, and its statuses."""

    def __init__(self) -> None:
        self.sentences: dict[str, dict[str, None]] = defaultdict(dict)  # in the order they came
        self.statuses: dict[str, set[int]] = defaultdict(set)

    def note(self, code: str, sentences: Iterable[str] = (), status: int = 0) -> None:
        """One place where it stands; a status of 0 says nothing."""
        self.sentences[code].update(dict.fromkeys(sentences))
        if status:
            self.statuses[code].add(status)


@cache
def declared() -> Codes:
    """`{code: {sentences, statuses}}` as CODES holds them."""
    found = Found()
    _frameworks(found)
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if NO_DOORS.isdisjoint(path.parts):
                Module(path.read_text()).read(found)
    return {
        code: {"sentences": list(said), "statuses": sorted(found.statuses[code])}
        for code, said in sorted(found.sentences.items())
    }


def text(codes: Codes) -> str:
    """As they stand in the file."""
    return json.dumps(codes, indent=1, ensure_ascii=False) + "\n"


def document(codes: Codes) -> str:
    """The same to read."""
    rows = (
        f"| `{code}` | {', '.join(map(str, told['statuses']))} | {'<br>'.join(told['sentences'])} |"
        for code, told in codes.items()
    )
    return "\n".join([HEAD, *rows, ""])


def write() -> None:
    """Both files anew."""
    CODES.write_text(text(declared()))
    DOCUMENT.write_text(document(declared()))


HEAD = f"""# How REST says no

Every refusal is `application/problem+json` (RFC 9457): `code` is for programs and never changes,
`detail` is a sentence for the person, in their language. `type` leads to the page of that code,
`{address("<code>")}`. `errors` names each thing that is wrong: `field`, and `pointer` to the same
in the body (`#/rates/0/price`), null where no body was sent. A sentence stands here as it is
written: what is in braces or behind % is filled in.

<!-- What follows is made by `make api`; do not edit it. -->

| code | status | what people read |
|---|---|---|"""


class Module:
    """The source of one, and what says no in it."""

    def __init__(self, source: str) -> None:
        self.tree = tree = ast.parse(source)
        self.values = {  # a name may stand for several
            name: [value for _name, value in _assigned(tree) if _name == name]
            for name, _value in _assigned(tree)
        }

    def read(self, found: Found) -> None:
        for name, values in self.values.items():
            for table in values:
                if name.endswith("SENTENCES") and isinstance(table, ast.Dict):
                    self._table(table, found)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and _name(node) in SAYS_NO:
                self._saying(node, found)

    def _table(self, table: ast.Dict, found: Found) -> None:
        """Codes with a sentence each."""
        for key, value in zip(table.keys, table.values, strict=True):
            for code in _codes(key):
                if sentences := list(self._sentences(value)):
                    found.note(code, sentences)

    def _saying(self, call: ast.Call, found: Found) -> None:
        says, named = _name(call), {each.arg: each.value for each in call.keywords}
        told = [*call.args]
        if says in ("ValidationError", "RegexValidator"):  # the sentence goes first
            sentence = named.get("message") or (told[-1] if says[0] == "R" else told[0])
            code = named.get("code") or (told[1] if len(told) > 1 else None)
        else:
            told = told[1:] if says == "Refusal" else told  # the rule goes before
            code, sentence = named.get("code"), None
            if told and code is None:
                code, *told = told
                sentence = told[0] if told else None
        for each in _codes(code, policy=says == "openly"):
            found.note(each, self._sentences(sentence), _status(says, each, told))

    def _sentences(self, node: ast.AST | None) -> Iterator[str]:
        """What a person may read of an expression, as gettext knows it."""
        match node:
            case ast.Constant(value=str(words)) if " " in words:
                yield words
            case ast.JoinedStr(values=parts):
                yield "".join(
                    str(each.value) if isinstance(each, ast.Constant) else "…" for each in parts
                )
            case ast.Dict(values=[of_one_field]):
                yield from self._sentences(of_one_field)
            case ast.Call(args=[first, *_]):
                yield from self._sentences(first)
            case ast.BinOp(left=left):
                yield from self._sentences(left)
            case ast.IfExp(body=body, orelse=other):
                yield from self._sentences(body)
                yield from self._sentences(other)
            case ast.Name(id=name):
                for value in self.values.get(name, ()):
                    yield from self._sentences(value)
            case ast.Subscript(value=ast.Name(id=name)):
                for table in self.values.get(name, ()):
                    yield from self._of_table(table)

    def _of_table(self, table: ast.AST) -> Iterator[str]:
        """All in it, where it is by something else than the code."""
        if isinstance(table, ast.Dict) and not any(_codes(key) for key in table.keys):
            for value in table.values:
                yield from self._sentences(value)


def _assigned(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.AST() as value):
                yield name, value


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def _codes(node: ast.AST | None, *, policy: bool = False) -> list[str]:
    """The codes that are written out in an expression."""
    match node:
        case ast.Constant(value=str(rule)) if policy:
            return [f"policy.{rule}"]
        case ast.Constant(value=str(code)) if CODE.fullmatch(code) or code == "unavailable":
            return [code]
        case ast.IfExp(body=body, orelse=other):
            return _codes(body) + _codes(other)
    return []


def _status(says: str, code: str, told: list[ast.expr]) -> int:
    if says in ("UploadRefused", "TusProblem"):
        return TUS.get(code, 400)
    if says == "problem_response":
        return ast.literal_eval(told[1])
    return OFF_HERE.get(code) or SAYS_NO[says]


def _frameworks(found: Found) -> None:
    """What Django and its REST framework say of themselves."""
    for kind in (exceptions.APIException, *_kinds(exceptions.APIException)):
        if kind.__module__ in (exceptions.__name__, preconditions.__name__):
            found.note(kind.default_code, [_source(kind.default_detail)], kind.status_code)
    for kind in (serializers.Field, *_kinds(serializers.Field), ModelField):
        for code, sentence in getattr(kind, "default_error_messages", {}).items():
            found.note(code, [_source(sentence)], 400)
    for module in (django_validators, rest_validators):
        for validator in vars(module).values():
            code = getattr(validator, "code", None)
            if isinstance(validator, type) and isinstance(code, str):
                found.note(code, [_source(getattr(validator, "message", ""))], 400)


def _kinds(kind: type) -> Iterator[Any]:
    subclasses: list[Any] = kind.__subclasses__()
    for each in sorted(subclasses, key=lambda one: one.__qualname__):
        if each.__module__.startswith(("rest_framework", "config")):
            yield each
            yield from _kinds(each)


def _source(sentence: Any) -> str:
    """A lazy sentence as it was written (Django keeps what it was made of): of those that count,
    the one for several."""
    made_of = getattr(sentence, "_kw", {}).get("plural")
    return str(made_of or getattr(sentence, "_args", (sentence,))[0])
