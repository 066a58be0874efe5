"""What a host's robots.txt allows us (RFC 9309), in time that its writer cannot stretch."""

from collections.abc import Iterator
from typing import TypeAlias
from urllib.parse import quote

LIMIT = 500 * 2**10  # bytes: section 2.5
RULES = 1000
PATTERN = 500  # characters
_SAFE = "/%?:@!$&'()*+,;=~-._"
Rules: TypeAlias = list[tuple[bool, str]]


def rules_for(name: str, text: str) -> Rules:
    """The rules that speak to the crawler `name`, else those for all: (allows, path)."""
    groups: dict[str, Rules] = {}
    listed: set[str] = set()  # to whom, of the two that matter, the lines that follow speak
    is_naming = False
    for field, value in _fields(text):
        if field == "user-agent":
            listed = listed if is_naming else set()
            is_naming = True
            if (agent := _product(value)) in (name.lower(), "*"):
                listed.add(agent)
                groups.setdefault(agent, [])
        else:
            is_naming = False
            for agent in listed:
                groups[agent].append((field == "allow", value))
    return groups.get(name.lower(), groups.get("*", []))[:RULES]


def allows(rules: Rules, path: str) -> bool:
    """Whether the longest rule that fits the path (with its query) allows it; of two as long, the
    one that does. A path without a rule is allowed (section 2.2.2)."""
    fitting = [(len(pattern), is_allowed) for is_allowed, pattern in rules if fits(pattern, path)]
    return max(fitting)[1] if fitting else True


def fits(pattern: str, path: str) -> bool:
    """`*` stands for anything, a `$` at the end for the end. Each piece is looked for once from
    where the one before ended: nothing is tried twice, whatever the pattern."""
    is_whole = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if is_whole and not others:
        return at == len(path)
    last = others.pop() if is_whole else ""
    for piece in others:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(path) - at >= len(last) and path.endswith(last)


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """The lines that name somebody, and the rules; an empty rule forbids nothing and is none."""
    for line in text.splitlines():
        field, _colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if field == "user-agent":
            yield field, value
        elif field in ("allow", "disallow") and value:
            yield field, quote(value[:PATTERN], safe=_SAFE)


def _product(value: str) -> str:
    """ "Medley-LinkBot/1.0" speaks to medley-linkbot."""
    return value.partition("/")[0].strip().lower()
