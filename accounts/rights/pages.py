"""The pages of a copy, to be read without Medley and without a network: HTML, one style sheet, no
script and no address but of what lies beside it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from django.template.loader import get_template, render_to_string

from accounts.ports import ExportPart, Row

ROWS = 1000  # on one page: a browser draws that without a pause


class Pages:
    """The pages of one part, written row by row into `folder`."""

    def __init__(self, part: ExportPart, folder: Path) -> None:
        self.part, self.folder = part, folder
        self.count = 0
        self._draw = get_template(part.template).render
        self._page: TextIO | None = None

    def add(self, row: Row) -> None:
        """Draw one more row, on a new page where this one is full."""
        if self.count % ROWS == 0:
            self._turn()
        self.count += 1
        assert self._page
        self._page.write(self._draw({"row": row, "is_first": self.count % ROWS == 1}))

    def finish(self) -> Iterator[tuple[str, Path]]:
        """End the last page; answers each by its name beside the JSON file. No row, one page."""
        if self._page is None:
            self._turn()
        self._end(has_next=False)
        for number in range(1, self._numbers + 1):
            yield self._name(number), self._file(number)

    @property
    def _numbers(self) -> int:
        return max(1, -(-self.count // ROWS))

    def _turn(self) -> None:
        if self._page:
            self._end(has_next=True)
        number = self.count // ROWS + 1
        self._page = self._file(number).open("w", encoding="utf-8")
        self._page.write(self._frame("head", number))

    def _end(self, *, has_next: bool) -> None:
        assert self._page
        number = self._numbers
        onwards = Path(self._name(number + 1)).name if has_next else ""
        self._page.write(self._frame("foot", number, next=onwards))
        self._page.close()

    def _frame(self, end: str, number: int, **more: Any) -> str:
        back = Path(self._name(number - 1)).name if number > 1 else ""
        context = {
            "part": self.part,
            "top": "../" * self.part.path.count("/"),
            "number": number,
            "previous": back,
            "is_empty": not self.count,
            **more,
        }
        return render_to_string(f"accounts/export/_{end}.html", context)

    def _file(self, number: int) -> Path:
        return self.folder / f"{number}.html"

    def _name(self, number: int) -> str:
        return f"{self.part.path}{'' if number == 1 else f'-{number}'}.html"


def front(person: Any, parts: Iterable[tuple[ExportPart, int]]) -> str:
    """The first page: whose copy it is, and all that is in it, with how many rows each has."""
    return render_to_string("accounts/export/index.html", {"person": person, "parts": list(parts)})


def style() -> str:
    """The style sheet of all pages."""
    return render_to_string("accounts/export/style.css")
