"""What Medley tells Prometheus (docs/operations.md, "Watching"): each web process its own numbers

at its own `/metrics`; of jobs and queues every one tells the same, of all workers.
"""
