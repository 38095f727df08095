"""How long whole processes take, how much memory they hold, and the lines of a table of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

PROGRAM = (sys.executable, "-m", "printedition")
# Python may keep its bytecode: an installed program has it, and no result is kept in it.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}


@dataclass(frozen=True, slots=True)
class Run:
    """A process that ended: seconds by the clock, and MiB at its largest."""

    seconds: float
    mebibytes: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table: what ran, and its ratio to what it is held against, under a bar."""

    name: str
    run: Run
    ratio: float | None = None
    bar: float | None = None

    @property
    def holds(self) -> bool:
        return self.ratio is None or self.bar is None or self.ratio <= self.bar

    def __str__(self) -> str:
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else ""
        bar = f"≤ {self.bar:g}" if self.bar is not None else ""
        verdict = "" if self.holds else "  above the bar"
        return (
            f"{self.name:<52}{self.run.seconds:>9.3f}{self.run.mebibytes:>8.0f}"
            f"{ratio:>8}{bar:>8}{verdict}"
        )


HEAD = f"{'':<52}{'seconds':>9}{'MiB':>8}{'ratio':>8}{'bar':>8}"


def best_of(times: int, *commands: Sequence[str]) -> list[Run]:
    """The quickest run of each command; they take turns, so that each has the same weather."""
    runs: list[list[Run]] = [[] for _ in commands]
    for _ in range(times):
        for number, command in enumerate(commands):
            runs[number].append(_run(command))
    return [min(each, key=lambda run: run.seconds) for each in runs]


def _run(command: Sequence[str]) -> Run:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    kibibytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Run(seconds, kibibytes / 1024)
