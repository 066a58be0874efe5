"""Which verbs a door reaches: compiled code is read from the door on, and stops at verbs.

A verb is a public function of a module in VERBS. What a door hands on through its own helpers,
forms, serializers, partials and tables of functions is found too.
"""

import dis
import functools
import inspect
import re
from collections.abc import Callable, Collection, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

# Where verbs live, and what lies between them and the doors.
VERBS = re.compile(
    r"(accounts|videos|commerce|chat)\.actions\b"
    r"|accounts\.(families|rights|passwords|sign_ins|moderation)\b"
)
BETWEEN = re.compile(
    r"(accounts|videos|commerce|chat)\."
    r"(views|api|forms|serializers|commands|description_forms|subtitle_forms|family_forms|entrances)\b"
)


def verbs_of(*doors: Any, owner: type | None = None) -> set[Callable[..., Any]]:
    """All verbs that these functions, methods or classes can reach."""
    found: set[Callable[..., Any]] = set()
    seen: set[int] = set()
    waiting = [(door, owner) for door in doors]
    while waiting:
        thing, owner = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if is_verb(thing):
            found.add(thing)
        else:
            waiting += _parts(thing, owner)
    return found


def is_verb(thing: Any) -> bool:
    """Whether it is a public function of one of the modules that write."""
    return (
        isinstance(thing, FunctionType)
        and VERBS.match(thing.__module__) is not None
        and not thing.__name__.startswith("_")
    )


def _parts(thing: Any, owner: type | None) -> Iterator[tuple[Any, type | None]]:
    """What it is made of, each with the class to which its `self` belongs."""
    if isinstance(thing, functools.partial):
        yield from ((part, owner) for part in (thing.func, *thing.args))
    elif isinstance(thing, dict):
        yield from ((part, owner) for part in thing.values())
    elif isinstance(thing, list | tuple):
        yield from ((part, owner) for part in thing)
    elif inspect.isclass(thing) and BETWEEN.match(thing.__module__):
        yield from ((part, thing) for base in thing.__mro__ for part in _methods(base))
    elif isinstance(thing, FunctionType):
        yield from ((part, owner) for part in _named(thing, owner))


def _methods(kind: type) -> Iterator[Any]:
    if BETWEEN.match(kind.__module__):
        yield from (part for part in vars(kind).values() if isinstance(part, FunctionType))


def _named(function: FunctionType, owner: type | None) -> Iterator[Any]:
    """What a function, what it wraps, and what is written in it name."""
    for cell in function.__closure__ or ():
        if not _is_empty(cell):
            yield cell.cell_contents
    if BETWEEN.match(function.__module__):
        for code in _codes(function.__code__):
            yield from _loaded(code, function.__globals__, owner)


def _is_empty(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018
    except ValueError:
        return True
    return False


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _loaded(code: CodeType, names: dict[str, Any], owner: type | None) -> Iterator[Any]:
    """Globals, their attributes where they are modules or classes, and methods of `self`."""
    holder: Any = None
    for step in dis.get_instructions(code):
        if step.opname == "LOAD_GLOBAL":
            holder = names.get(step.argval)
            yield holder
        elif step.opname.startswith("LOAD_FAST") and step.argval in ("self", "cls"):
            holder = owner
        elif step.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            holder = _attribute(holder, step.argval)
            yield holder
        else:
            holder = None


def _attribute(holder: Any, name: str) -> Any:
    if isinstance(holder, ModuleType) or inspect.isclass(holder):
        return inspect.getattr_static(holder, name, None)
    return None


def wrapped_by(view: Any) -> Collection[Any]:
    """The class of a view, or the function beneath its decorators."""
    return [getattr(view, "view_class", None) or getattr(view, "cls", None) or view]
