"""How a table of access is written and read.

One sign for each person, in the order of the subject's WHO; a row belongs to the audience above it:

    +  let in: done, or told what is wrong with it      -  they know of it and may not
    .  for them there is no such thing                  ?  they are asked to sign in
    x  it was there, and is gone                        *  as their role says, elsewhere

    # Who runs it (R24).
    ? ....- .. ---+
        get chat/{conversation}/info/banned/

A row that ends in `*` is about all that begins so and has no row of its own.
"""

from collections.abc import Collection

OPEN, CLOSED, ABSENT, SIGN_IN, GONE, BY_ROLE = "+", "-", ".", "?", "x", "*"
WORDS = {
    OPEN: "open",
    CLOSED: "forbidden",
    ABSENT: "not there",
    SIGN_IN: "sign-in",
    GONE: "gone",
    BY_ROLE: "by role",
}

Rows = dict[str, str]  # "get inbox/" or "poll.vote": one sign for each person


def rows_of(table: str, who: Collection[str]) -> Rows:
    """By route or command: what the audience above it says."""
    rows: Rows = {}
    audience = ""
    for line in table.splitlines():
        if line.startswith("    "):
            assert line.strip() not in rows, f"{line} stands twice"
            rows[line.strip()] = audience
        elif line and not line.startswith("#"):
            audience = line.replace(" ", "")
            assert len(audience) == len(who), f"{line}: one sign for each of {', '.join(who)}"
            assert set(audience) <= set(WORDS), f"{line}: signs are {' '.join(WORDS)}"
    return rows


def said_of(row: str, rows: Rows) -> str:
    """The audience of a row, its own or of all that begins like it; "" where nothing is said."""
    wide = (each for each in rows if each.endswith("*") and row.startswith(each[:-1]))
    return rows.get(row) or rows.get(next(wide, ""), "")


def agree(heard: str, said: str) -> bool:
    """Whether everybody heard what is said of them."""
    return len(heard) == len(said) and all(
        sign in (one, BY_ROLE) for one, sign in zip(heard, said, strict=True)
    )


def listed(rows: Rows) -> str:
    """Rows under their audiences, as a table has them."""
    audiences = sorted(set(rows.values()))
    lines = [[said, *(f"    {row}" for row in rows if rows[row] == said)] for said in audiences]
    return "\n".join(["", *(line for group in lines for line in group)])
