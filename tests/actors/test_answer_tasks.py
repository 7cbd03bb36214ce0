"""The bounds of one tenant's long answers. The task itself is replaced: what is tested is who waits, and for how long."""

import asyncio

import pytest
from ray.exceptions import WorkerCrashedError

from actors.answer_tasks import ATTEMPTS_MAX, AnswerTasks
from domain.kit.errors import REPORT_TIMED_OUT, REPORTS_BUSY, DomainError
from domain.kit.exchange import WireAnswer, WireRequest
from tenancy.config import Config
from tenancy.snapshot import Source

REQUEST = WireRequest("1", "GET", "/reports/balance-sheet")
DONE = (None, WireAnswer(200))


class Tasks(AnswerTasks):
    """Does as it is told instead of beginning a task."""

    def __init__(self, *, pause_s: float = 0.0, problems: int = 0, **settings: int) -> None:
        super().__init__(Config(**settings), Source("sqlite://", 1, {}))
        self.pause_s = pause_s
        self.problems = problems
        self.at_once = self.at_once_max = self.begun = 0

    async def _run(self, _parcel, _held):
        self.begun += 1
        if self.problems:
            self.problems -= 1
            raise WorkerCrashedError
        self.at_once += 1
        self.at_once_max = max(self.at_once, self.at_once_max)
        await asyncio.sleep(self.pause_s)
        self.at_once -= 1
        return DONE


def ask(tasks: Tasks, count: int = 1):
    async def all_of_them():
        return await asyncio.gather(*(tasks.answer(REQUEST, None) for _ in range(count)), return_exceptions=True)

    return asyncio.run(all_of_them())


def test_so_many_run_as_many_wait_and_the_rest_comes_back_later() -> None:
    tasks = Tasks(pause_s=0.01, reports_at_once=2)
    answers = ask(tasks, 6)
    assert answers[:4] == [DONE] * 4
    assert tasks.at_once_max == 2
    for refused in answers[4:]:
        assert isinstance(refused, DomainError)
        assert refused.code is REPORTS_BUSY
        assert int(refused.headers["Retry-After"]) > 0
    assert ask(tasks) == [DONE], "the places are free again"


def test_waiting_counts_towards_the_timeout() -> None:
    tasks = Tasks(pause_s=0.7, reports_at_once=1, report_timeout_s=1)
    first, second = ask(tasks, 2)
    assert first == DONE
    assert isinstance(second, DomainError)
    assert second.code is REPORT_TIMED_OUT
    assert second.status == 503


@pytest.mark.parametrize("problems", [1, ATTEMPTS_MAX])
def test_a_task_whose_process_died_is_begun_once_more(problems: int) -> None:
    tasks = Tasks(problems=problems)
    (answer,) = ask(tasks)
    assert tasks.begun == ATTEMPTS_MAX
    assert (answer == DONE) == (problems < ATTEMPTS_MAX)
