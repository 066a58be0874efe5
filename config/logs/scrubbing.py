"""What others wrote, their mail addresses and whatever opens a door, taken out of a line.

Nothing of ours logs such things; errors of libraries and of the database quote what they got.
"""

import re

MAIL = re.compile(r"[^\s<>\"'=(/:]+@[^\s<>\"'),;:/@]+\.[^\W\d]{2,}")
QUERY = re.compile(r"\?[^\s\"')]+")
# Tokens, keys of links, signatures, digests. A name in the code has no digit, a UUID is shorter.
SECRET = re.compile(r"\b(?=[\w-]*\d)[\w-]{40,}|(?<![\w-])(?=[a-z]*\d)[a-z0-9]{32}(?![\w-])")
CREDENTIAL = re.compile(
    r"(?i)\b((?:bearer|basic) +|(?:token|password|secret|key) ?[=:] ?)[^\s,;&\"'(]{6,}"
)
ADDRESS_LOGIN = re.compile(r"//[^/\s:@]+:[^/\s@]+@")
# PostgreSQL quotes the row that it refused; psycopg and Django hand that on.
DETAIL = re.compile(r"(^|\\n)(DETAIL|CONTEXT|LINE \d+): .*$", re.MULTILINE)
# Celery prints a job that it does not know, as while a release is rolled out, with all it carries.
CONTENTS = re.compile(r"(The full contents of the message body was:).*", re.DOTALL)


def scrubbed(text: str) -> str:
    """The text without them; what was there is told by a word in brackets."""
    text = DETAIL.sub(r"\1\2: (left out)", text)
    text = CONTENTS.sub(r"\1 (left out)", text)
    text = ADDRESS_LOGIN.sub("//(login)@", text)
    text = CREDENTIAL.sub(r"\1(secret)", text)
    text = QUERY.sub("?(query)", text)
    text = MAIL.sub("(mail)", text)
    return SECRET.sub("(secret)", text)
