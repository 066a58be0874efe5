"""What every app counts for those who watch Medley run (config/metrics/ tells it)."""

from prometheus_client import Counter

# By the rule that decided, as "R14"; where only a code is known, by that, as "group.frozen".
REFUSALS = Counter("medley_refusals", "What was refused, by rule.", ["rule"])
