"""First slice."""

import os
import sys

from tests.bench import measuring, world
from tests.bench.cases import CASES
from tests.bench.stack import stack
from tests.bench.subjects.floor import Floor
from tests.bench.subjects.medley import Medley

for argument in sys.argv[1:]:
    name, _, value = argument.partition("=")
    os.environ[name] = value
timing = measuring.Timing(
    float(os.environ.get("SECONDS", 4)), 1.0, int(os.environ.get("ROUNDS", 3))
)
chosen = os.environ.get("SUBJECTS", "medley,c-floor").split(",")
with stack() as ours:
    os.environ.update(ours.environment())
    world.set_up()
    for _ in range(timing.rounds):
        for case in os.environ.get("CASE", "32/W32x8").split(","):
            for subject in (Medley(), Floor()):
                if subject.name in chosen:
                    run = measuring.under_load(ours, subject, CASES[case], timing)
                    print(case, subject.name)
                    for key, value in run.figures.items():
                        print(f"    {key} {value:.3f}")
                    print("   ", run.faults or "audit ok", flush=True)
    from django.db import connections

    connections.close_all()
