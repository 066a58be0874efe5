"""Chat's migrations and those of the next release behind them."""

from pathlib import Path

from chat import migrations as ours

LAST = max(path.stem for path in Path(ours.__path__[0]).glob("[0-9]*.py"))

__path__ = [*ours.__path__, *__path__]
