"""A limit for the whole of a visit: a host may answer a byte a second and never let a wait of one
socket grow long."""

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Self

from accounts.linking.failures import Failure


class Deadline:
    """A `with` block in which connections are cut once `seconds` are over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        with self._lock:
            for one in self._sockets:
                one.close()
            self._sockets.clear()

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end

    @property
    def left(self) -> float:
        """Seconds; raises `Failure` (too_slow) when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Failure("too_slow")
        return left

    def watch(self, connected: socket.socket) -> None:
        """Cut this one too. TLS takes a socket's descriptor over: a second one stays ours."""
        with self._lock:
            self._sockets.append(connected.dup())
        if self.is_over:
            self._cut()

    def wait_for(self, call: Callable[[], Any]) -> Any:
        """What `call` answers. Where it takes too long its thread is left to itself: nothing stops
        the system's resolver. Raises `Failure` (too_slow)."""
        answer: Future[Any] = Future()
        threading.Thread(target=_answer, args=(answer, call), name="link", daemon=True).start()
        try:
            return answer.result(self.left)
        except TimeoutError:
            raise Failure("too_slow")

    def _cut(self) -> None:
        """Whoever reads from one of them finds its end."""
        with self._lock:
            for one in self._sockets:
                with suppress(OSError):  # closed by the other side already
                    one.shutdown(socket.SHUT_RDWR)


def _answer(answer: Future[Any], call: Callable[[], Any]) -> None:
    try:
        answer.set_result(call())
    except BaseException as error:
        answer.set_exception(error)
