"""A sheet of A4: heading, two addresses, facts, a table, sums."""

from collections.abc import Sequence

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import FontFace

from commerce.invoicing.fonts import give_fonts

MARGIN, LINE = 20, 5.5  # mm
SMALL, TEXT, LARGE = 8.5, 10, 20  # pt
GREY = 110
Row = Sequence[str]


class Paper(FPDF):
    """Drawn from top to bottom. `foot` stands on every page, beside its number."""

    def __init__(self, title: str, foot: str) -> None:
        super().__init__(format="A4")
        self._foot = foot
        give_fonts(self)
        self._letters = self.font_family
        self.set_title(title)
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN + 2 * LINE)
        self.add_page()
        self._write(title, LARGE, "B")
        self.ln(LINE)

    def footer(self) -> None:
        self.set_y(-MARGIN)
        self._write(f"{self._foot}   {self.page_no()}", SMALL, grey=True)

    def address_pair(self, left: tuple[str, Row], right: tuple[str, Row]) -> None:
        """Two blocks beside each other: a heading and its lines."""
        top, ends = self.get_y(), []
        half = self.epw / 2
        for number, (heading, lines) in enumerate((left, right)):
            self.set_xy(MARGIN + number * half, top)
            self.set_left_margin(MARGIN + number * half)
            self._write(heading, SMALL, grey=True, width=half - 5)
            for line in lines:
                self._write(line, TEXT, width=half - 5)
            ends.append(self.get_y())
        self.set_left_margin(MARGIN)
        self.set_xy(MARGIN, max(ends) + LINE)

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """One under the other: what it is, and its value."""
        for name, value in pairs:
            self._write(f"{name}: {value}", TEXT)
        self.ln(LINE)

    def lines(self, headings: Row, rows: Sequence[Row], widths: Sequence[int]) -> None:
        """A table; its first column is words, the rest are numbers."""
        self.set_font(self._letters, "", TEXT - 1)
        aligned = (Align.L, *(Align.R,) * (len(headings) - 1))
        with self.table(
            [headings, *rows],
            col_widths=tuple(widths),
            text_align=aligned,
            borders_layout="HORIZONTAL_LINES",
            headings_style=FontFace(emphasis="BOLD"),
            line_height=LINE,
            padding=1,
        ):
            pass
        self.ln(LINE)

    def sums(self, pairs: Sequence[tuple[str, str]]) -> None:
        """On the right side; the last is what counts."""
        last = len(pairs) - 1
        for number, (name, value) in enumerate(pairs):
            self.set_font(self._letters, "B" if number == last else "", TEXT)
            self.set_x(MARGIN + self.epw / 3)
            self.cell(self.epw / 3, LINE + 1, name)
            self.cell(
                self.epw / 3, LINE + 1, value, align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT
            )
        self.ln(LINE)

    def words(self, said: str) -> None:
        """A paragraph in small letters."""
        self._write(said, SMALL, grey=True)

    def _write(
        self, said: str, size: float, style: str = "", *, grey: bool = False, width: float = 0
    ) -> None:
        self.set_font(self._letters, style, size)
        self.set_text_color(GREY if grey else 0)
        height = LINE if size < LARGE else 2 * LINE
        self.multi_cell(width, height, said, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_text_color(0)
