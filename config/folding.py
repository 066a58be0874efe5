"""Template tags whose arguments are all written out are drawn once and kept: `{% url "inbox" %}` is
the same on every page. A conversation's page has hundreds (docs/performance.md).

Takes the place of the libraries `i18n` and `static`, and of the tag `url` (TEMPLATES).
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.template import Context, Library, Node
from django.template.base import Parser, Token
from django.template.defaulttags import url
from django.templatetags import i18n, static
from django.utils.translation import get_language

_WRITTEN_OUT = re.compile(r"""("[^"|]*"|'[^'|]*')""")

Compile = Callable[[Parser, Token], Node]


class Folded(Node):
    """What another node draws, kept for each language where `speaks`, else once for all."""

    child_nodelists = ()

    def __init__(self, node: Node, *, speaks: bool) -> None:
        self._node = node
        self._language = get_language if speaks else _none
        self._drawn: dict[str | None, Any] = {}

    def render(self, context: Context) -> Any:
        language = self._language()
        if language not in self._drawn:
            self._drawn[language] = self._node.render(context)
        return self._drawn[language]


def folded(compile_tag: Compile, *, speaks: bool = False) -> Compile:
    """The same tag, drawn once where all its arguments are written out; `speaks`: once for each
    language."""

    @wraps(compile_tag)
    def compiled(parser: Parser, token: Token) -> Node:
        node = compile_tag(parser, token)
        arguments = token.split_contents()[1:]
        if all(_WRITTEN_OUT.fullmatch(argument) for argument in arguments):
            return Folded(node, speaks=speaks)
        return node

    return compiled


def _none() -> None:
    return None


register = Library()
for _library in (i18n.register, static.register):
    register.tags |= _library.tags
    register.filters |= _library.filters
register.tags |= {
    "url": folded(url),
    "static": folded(static.register.tags["static"]),
    "translate": folded(i18n.register.tags["translate"], speaks=True),
    "trans": folded(i18n.register.tags["trans"], speaks=True),
}
