"""What the terminal shows while an edition is watched, and what ends that."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence

import click

from printedition import report
from printedition.watching.bell import Bell
from printedition.watching.rebuilding import Builder, Order
from printedition.watching.rounds import Listener, Round, Rounds
from printedition.watching.watcher import Watcher

_NAMED = 3  # files; of more only the number is said


class Terminal:
    """Tells of builds in lines, each with the time of day; faults as `build` shows them."""

    def __init__(self, edition: str) -> None:
        self._edition = edition

    def away(self) -> None:
        """The edition is not there; it is waited for."""
        self._line(f"There is no edition in “{self._edition}” now; waiting for it.")

    def began(self, saved: Sequence[str]) -> None:
        """A build begins."""
        if saved:
            named = ", ".join(saved) if len(saved) <= _NAMED else f"{len(saved)} files"
            self._line(f"Changed: {named}")

    def at(self, step: str, detail: str) -> None:
        """The build is at a step, of which nothing is said: it will soon be over."""

    def ended(self, made: Round) -> None:
        """A build has ended."""
        outcome = made.outcome
        if outcome.diagnostics:
            texts = outcome.texts
            found = report.render_full(outcome.diagnostics, texts.get, self._edition)
            click.echo(found, err=True, nl=False)
        if outcome.fault:
            words = " ".join(outcome.fault.strip().splitlines()[-1].split())
            click.echo(f"This is a fault of printedition, not of your edition ({words});", err=True)
            click.echo("please report it, with what printedition build -v shows.", err=True)
        elif outcome.hindrance:
            self._line(f"Nothing was written: {outcome.hindrance}.")
        elif not outcome.written:
            self._line("Nothing was written; the books are as they were.")
        else:
            news = made.news or f"{len(made.leaves)} pages" * bool(made.leaves) or "e-book written"
            self._line(f"{news[0].upper()}{news[1:]} ({outcome.seconds:.1f} s)")

    def _line(self, words: str) -> None:
        click.echo(f"{time.strftime('%H:%M:%S')}  {words}")


def run(order: Order, edition: str, opening: str, *listeners: Listener) -> None:
    """Build whenever the edition is saved, until the user ends it, and tell of it.

    `edition` is what the user called its folder; the order has whole paths, since the folder that
    the program was begun in may be away for a moment too.
    """
    bell = Bell(order.edition)
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        click.echo(opening)
        watcher = Watcher(order.edition, order.output, bell, libraries=order.libraries)
        rounds = Rounds(watcher, Builder(order).build, [Terminal(edition), *listeners])
        rounds.compare_with(order.output)
        rounds.run()
    except KeyboardInterrupt:
        click.echo("Ended. The books are those of the last build without errors.")
    finally:
        bell.take_down()
