"""Which state of a payment may follow which, whatever arrives, how late and how often."""

from commerce.models import Payment

State = Payment.State

# Towards the end only. What came too late to be wanted is true all the same: money that was taken
# after the payment was given up is told, and goes back.
MOVES: dict[str, frozenset[str]] = {
    State.STARTED: frozenset(State) - {State.STARTED},
    State.ACTION: frozenset(State) - {State.STARTED, State.ACTION},
    State.PROCESSING: frozenset(
        {State.ACTION, State.AUTHORISED, State.CAPTURED, State.FAILED, State.RELEASED}
    ),
    State.AUTHORISED: frozenset({State.CAPTURED, State.FAILED, State.RELEASED}),
    State.FAILED: frozenset({State.CAPTURED}),
    State.RELEASED: frozenset({State.CAPTURED}),
    State.CAPTURED: frozenset(),
}


def moves(before: str, after: str) -> bool:
    """Whether `after` is news to a payment that is `before`."""
    return after in MOVES[State(before)]
