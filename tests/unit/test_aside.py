"""Work beside that of this process: the same result, whoever does it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

import pytest

from printedition.aside import aside

FORKED = [False, pytest.param(True, marks=pytest.mark.skipif(
    sys.platform != "linux", reason="forks are made on Linux only"))]  # fmt: skip


def _worker() -> Callable[[int], tuple[int, int]]:
    return lambda number: (2 * number, os.getpid())


@pytest.mark.parametrize("forked", FORKED)
def test_the_work_is_done(forked: bool) -> None:
    with aside(_worker, forked=forked) as work:
        work.begin(21)
        result, process = work.result()
    assert result == 42
    assert (process != os.getpid()) == forked


@pytest.mark.parametrize("forked", FORKED)
def test_what_goes_wrong_is_raised_here(forked: bool) -> None:
    def prepare() -> Callable[[int], float]:
        return lambda number: 1 / number

    with aside(prepare, forked=forked) as work:
        work.begin(0)
        with pytest.raises(ZeroDivisionError):
            work.result()


@pytest.mark.skipif(sys.platform != "linux", reason="forks are made on Linux only")
def test_a_process_that_was_killed_loses_nothing() -> None:
    here = os.getpid()

    def prepare() -> Callable[[int], int]:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return lambda number: 2 * number

    with aside(prepare, forked=True) as work:
        work.begin(21)
        assert work.result() == 42


@pytest.mark.parametrize("forked", FORKED)
def test_work_that_is_not_begun_is_ended(forked: bool) -> None:
    with aside(_worker, forked=forked):
        pass
