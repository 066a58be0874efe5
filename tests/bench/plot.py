"""Deliveries a second as a picture."""

from pathlib import Path

import pygal
from pygal.style import Style

from tests.bench.cases import CASES
from tests.bench.figures import Figures

# The loads whose deliveries a second say something: at a fixed rate all are alike.
SHOWN = [case.name for case in CASES.values() if case.window]
LOWEST, HIGHEST = 500, 1_000_000
COLOURS = ("#fe2c55", "#9aa0a6", "#e8a33d", "#3b82f6", "#1e40af", "#16a34a", "#7c3aed")


def draw(figures: Figures, path: Path) -> None:
    """Write the bars of every subject and load, on a logarithmic scale, as SVG; nothing where no
    load was measured."""
    cases = [case for case in SHOWN if any(pair[0] == case for pair in figures.pairs())]
    if not cases:
        return
    chart = pygal.Bar(
        title="Deliveries per second, one core for the whole server stack (logarithmic)",
        logarithmic=True,
        range=(LOWEST, HIGHEST),
        zero=LOWEST,
        style=Style(colors=COLOURS, background="#ffffff", opacity="1", font_family="sans-serif"),
        js=[],  # a picture, not a program that loads others
        legend_at_bottom=True,
        disable_xml_declaration=True,
        no_prefix=True,
    )
    powers = (1_000, 10_000, 100_000, 1_000_000)
    chart.y_labels = [{"value": power, "label": f"{power:,}"} for power in powers]
    measured = [subject for _case, subject in figures.pairs()]
    chart.x_labels = cases
    for subject in dict.fromkeys(measured):
        bars = [figures.median(case, subject, "deliveries_per_s") for case in cases]
        if any(bars):
            chart.add(subject, bars)
    path.write_text(chart.render(is_unicode=True) + "\n")
