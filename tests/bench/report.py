"""The figures as tables, for the terminal and for docs/performance.md."""

from collections.abc import Iterable, Sequence

from tests.bench.cases import CASES, CONVERSATION
from tests.bench.figures import Figure, Figures
from tests.bench.targets import Verdict

FLAG_ABOVE = 0.9  # of its core: then the load client may be what was measured
COLUMNS = {
    "deliveries_per_s": "deliveries/s",
    "messages_per_s": "messages/s",
    "p50_ms": "p50 ms",
    "p99_ms": "p99 ms",
    "cpu_us_per_delivery": "CPU us/delivery",
}
PAGES = {
    "open": "a conversation (page)",
    "open_api": "its messages (REST)",
    "inbox": "the inbox (page)",
    "inbox_api": "the inbox (REST)",
    "search": "search: words of all kinds",
    "search_two": "search: two everyday words",
    "search_three": "search: three everyday words",
    "search_inside": "search: in the middle of words",
    "search_rare": "search: a rare word",
    "search_person": "search: what one person said",
    "search_kind": "search: photos, links",
    "search_dates": "search: a word in one week",
    "search_group": "search: in a group of 1,000",
}
OTHERS = {
    "commits_per_s": "commits/s",
    "rss_kb_per_connection": "KB per idle connection",
    "resumed_s": "s until all have everything",
    "api_p95_ms": "ms p95 of the API meanwhile",
    "retries": "connections that had to try again",
    "search_p95_ms": "ms p95 of a search (REST)",
    "feed_p95_ms": "ms p95 of ten more clips of the feed (page)",
    "feed_api_p95_ms": "ms p95 of a page of the feed (REST)",
    "following_api_p95_ms": "ms p95 of a page of Following (REST)",
    "refill_p95_ms": "ms p95 to fill a slate (job)",
    "bare_cpu_per_s": "CPU s per video second, the bare ffmpeg command",
    "encoding_cpu_per_s": "CPU s per video second until it is published",
    "encoding_ratio": "times the CPU of the bare command",
    "conforming_cpu_per_s": "CPU s per video second of a film that conforms",
    "extras_cpu_per_s": "CPU s per video second for strip and preview, later",
    "video_s_per_s": "video seconds per second, two at a time",
    "encoder_start_s": "s from upload to the encoder's start (longest of 5)",
    "badge_p95_ms": "ms p95 from a commit to the badge of an open page",
    "push_p95_ms": "ms p95 from a commit to the push service, 50 jobs a second",
    "fanout_rows_per_s": "followers a second told of one post (of 100,000)",
    "fanout_beside_rows_per_s": "the same while others are told of follows",
    "badge_meanwhile_p95_ms": "ms p95 to the badge meanwhile",
    "others_ratio": "times as long as without it",
    "order_p50_ms": "ms p50 of placing an order (REST, without the provider)",
    "order_p95_ms": "ms p95 of the same",
    "order_statements": "statements of it at most",
    "orders_per_s": "orders a second, two processes, variants of their own",
    "crowd_sold": "pieces sold of 10 to a crowd of 200",
    "crowd_told_s": "s until the last of the crowd was told",
    "bare_django_p50_ms": "ms p50 of a bare view of Django",
    "bare_rest_p50_ms": "ms p50 of a bare view of Django REST framework",
    "list_p95_ms": "ms p95 of the list of conversations",
    "list_times_bare": "times the bare view, the list (p50)",
    "history_p95_ms": "ms p95 of a page of history",
    "history_times_bare": "times the bare view, history (p50)",
    "feed_api_times_bare": "times the bare view, a page of the feed (p50)",
    "profile_p95_ms": "ms p95 of a profile",
    "profile_times_bare": "times the bare view, a profile (p50)",
    "posts_per_s": "messages a second by POST, 16 at a time",
}

Table = list[list[str]]


def loads(figures: Figures) -> Table:
    """One line for each subject under each load: medians, with ranges for the deliveries."""
    head = ["case", "subject", *COLUMNS.values(), "CPU by process", "client CPU"]
    return [head, *(_load_row(figures, *pair) for pair in _in_order(figures) if _is_load(*pair))]


def others(figures: Figures) -> Table:
    """What is no load: commits, memory, the return of everybody."""
    rows = [["case", "subject", "what", "median (range)"]]
    for case, subject in _in_order(figures):
        if case == CONVERSATION.name:
            continue  # it has a table of its own
        found = figures.metrics(case, subject)
        wanted = OTHERS if _is_load(case, subject) else {**OTHERS, **COLUMNS}
        rows += [
            [case, subject, words, ranged(found[metric])]
            for metric, words in wanted.items()
            if metric in found
        ]
    return rows


def pages(figures: Figures) -> Table:
    """How long each page over ten million messages takes, and how many queries at most."""
    found = figures.metrics(CONVERSATION.name, "medley")
    return [
        ["page", "p50 ms", "p95 ms", "queries"],
        *(
            [words, *(ranged(found[f"{page}_{each}"]) for each in ("p50_ms", "p95_ms", "queries"))]
            for page, words in PAGES.items()
            if f"{page}_p95_ms" in found
        ),
    ]


def verdicts(judged: Iterable[Verdict]) -> Table:
    """Each target, what was reached in its terms, and the word for it."""
    rows = [["target", "reached", ""]]
    return rows + [
        [str(each.target), "" if each.reached is None else plain(each.reached), each.word]
        for each in judged
    ]


def _in_order(figures: Figures) -> list[tuple[str, str]]:
    names = list(CASES)
    return sorted(figures.pairs(), key=lambda pair: names.index(pair[0]))


def _is_load(case: str, subject: str) -> bool:
    return bool(CASES[case].window or CASES[case].rate) and subject != "postgresql-commit"


def _load_row(figures: Figures, case: str, subject: str) -> list[str]:
    found = figures.metrics(case, subject)
    cells = [plain(found[metric].median) if metric in found else "" for metric in COLUMNS]
    cells[0] = ranged(found["deliveries_per_s"])
    return [case, subject, *cells, _by_process(found), _client_cpu(found)]


def _by_process(found: dict[str, Figure]) -> str:
    shares = {
        metric.removeprefix("cpu_"): each.median
        for metric, each in found.items()
        if metric.startswith("cpu_") and metric != "cpu_us_per_delivery"
    }
    return ", ".join(f"{name} {share:.2f}" for name, share in shares.items())


def _client_cpu(found: dict[str, Figure]) -> str:
    """With a flag where it may be what was measured, and what went wrong in the worst round."""
    used, lost, stalls = found["client_cpu"].median, found["missing"].max, found["stalls"].max
    words = [f"{used:.2f} (client-bound)" if used > FLAG_ABOVE else f"{used:.2f}"]
    words += [f"{lost:.0f} MISSING"] * bool(lost) + [f"{stalls:.0f} stalls"] * bool(stalls)
    return ", ".join(words)


def ranged(figure: Figure) -> str:
    """The median, with the range where there is one."""
    if figure.rounds == 1:
        return plain(figure.median)
    return f"{plain(figure.median)} ({plain(figure.min)}-{plain(figure.max)})"


def plain(value: float) -> str:
    """Three figures that count: 12,345 or 12.3 or 0.123."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def as_text(table: Table) -> str:
    """In columns, for a terminal."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(_padded(row, widths) for row in table)


def as_markdown(table: Table) -> str:
    """For a document."""
    head, *rows = table
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _padded(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = zip(row, widths, strict=True)
    return "  ".join(cell.ljust(width) for cell, width in cells).rstrip()
