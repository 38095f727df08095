"""How long whole processes take, how much memory they hold, and the lines of a table of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

PROGRAM = (sys.executable, "-m", "printedition")
# Python may keep its bytecode: an installed program has it, and no result is kept in it.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
ENVIRONMENT["PRINTEDITION_CACHE"] = ""  # a clean build keeps nothing, and finds nothing kept
_OFTEN = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Run:
    """A process that ended, with all that it started.

    Seconds by the clock and of the processors, MiB of all its processes together at the most (where
    /proc does not tell, those of the largest), and what it printed.
    """

    seconds: float
    processors: float
    mebibytes: float
    output: str = ""

    def __add__(self, other: Run) -> Run:
        """One run after another."""
        return Run(
            self.seconds + other.seconds,
            self.processors + other.processors,
            max(self.mebibytes, other.mebibytes),
            self.output + other.output,
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table: what ran, and its ratio to what it is held against, under a bar."""

    name: str
    run: Run
    ratio: float | None = None
    bar: float | None = None
    most: float | None = None  # MiB

    @property
    def holds(self) -> bool:
        quick = self.ratio is None or self.bar is None or self.ratio <= self.bar
        return quick and (self.most is None or self.run.mebibytes <= self.most)

    def __str__(self) -> str:
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else ""
        bar = f"≤ {self.bar:g}" if self.bar is not None else ""
        most = f", at most {self.most:g} MiB" if self.most is not None else ""
        verdict = "" if self.holds else "  above the bar"
        run = self.run
        return (
            f"{self.name + most:<56}{run.seconds:>9.3f}{run.processors:>9.3f}{run.mebibytes:>7.0f}"
            f"{ratio:>7}{bar:>7}{verdict}"
        )


HEAD = f"{'':<56}{'seconds':>9}{'of CPU':>9}{'MiB':>7}{'ratio':>7}{'bar':>7}"


def best_of(times: int, *commands: Sequence[str], folder: Path | None = None) -> list[Run]:
    """The quickest run of each command; they take turns, so that each has the same weather."""
    runs: list[list[Run]] = [[] for _ in commands]
    for _ in range(times):
        for number, command in enumerate(commands):
            runs[number].append(run(command, folder))
    return [min(each, key=lambda one: one.seconds) for each in runs]


def run(
    command: Sequence[str],
    folder: Path | None = None,
    *,
    check: bool = True,
    environment: Mapping[str, str] = ENVIRONMENT,
) -> Run:
    """One run of a command; raises SystemExit where that fails, unless told not to `check`."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=folder, env=environment)
    assert process.stdout is not None
    with process.stdout, _Memory(process.pid) as memory:
        output = process.stdout.read().decode("utf-8", "replace")
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if check and process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}\n{output}")
    largest = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    mebibytes = max(memory.most, largest) / 1024
    return Run(seconds, usage.ru_utime + usage.ru_stime, mebibytes, output)


class _Memory:
    """Looks at the memory of a process and all it has started while it runs; `most` is in KiB.

    What processes share is counted once: each has its part of it (PSS).
    """

    def __init__(self, process: int) -> None:
        self.process, self.most = process, 0
        self._ended = Event()
        self._watch = Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Memory:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._ended.wait(_OFTEN):
            self.most = max(self.most, sum(map(_kibibytes, _family(self.process))))


def _family(process: int) -> Iterator[int]:
    """A process and those that it or its children have started."""
    yield process
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
        started = [one for t in threads for one in (t / "children").read_text().split()]
    except OSError:  # it has ended
        return
    for child in started:
        yield from _family(int(child))


def _kibibytes(process: int) -> int:
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as told:
            return next((int(line.split()[1]) for line in told if line.startswith("Pss:")), 0)
    except OSError:
        return 0
