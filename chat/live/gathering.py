"""Ask together: who asks while an answer is under way is answered with the next one.

What group commit is to writing: after a restart a thousand clients say hello at once, and what
the database is asked for each of them it can tell of a hundred as quickly.
"""

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from accounts.pool import in_thread

Question = TypeVar("Question")
Answer = TypeVar("Answer")

TOGETHER = 100  # so many at most, lest one answer hold up the loop


class Gathering(Generic[Question, Answer]):
    """`answer` is called in a thread with a list of questions and answers each, in order."""

    def __init__(self, answer: Callable[[list[Question]], list[Answer]]) -> None:
        self._answer = answer
        self._waiting: list[tuple[Question, asyncio.Future[Answer]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, question: Question) -> Answer:
        """The answer; raises what the whole round raised."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._waiting.append((question, answer))
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            try:
                answers = await in_thread(self._answer, [question for question, _ in batch])
            except Exception as error:
                for _question, future in batch:
                    if not future.done():
                        future.set_exception(error)
                continue
            for (_question, future), answer in zip(batch, answers, strict=True):
                if not future.done():
                    future.set_result(answer)
