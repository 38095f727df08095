"""What is wrong with an edition, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import field

from printedition.codes import CODES, Severity
from printedition.frozen import dataclass
from printedition.sources import Span

HOUSE = "house:"  # begins the source of a span in a template or style of the program's own


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that a diagnostic speaks of, and what stands there."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault: its code, one lower-case sentence, its place, other places, the cure if known."""

    code: str
    message: str
    span: Span
    labels: tuple[Label, ...] = ()
    hint: str | None = None

    @property
    def severity(self) -> Severity:
        """That of its code."""
        return CODES[self.code].severity


@dataclass(slots=True)
class Findings:
    """Collects the diagnostics of a run; every step adds to it and none stops at the first."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(
        self,
        code: str,
        message: str,
        span: Span,
        *,
        labels: Iterable[Label] = (),
        hint: str | None = None,
    ) -> None:
        """Add a diagnostic; raises KeyError where the code is not in the table."""
        assert code in CODES, code
        self.diagnostics.append(Diagnostic(code, message, span, tuple(labels), hint))

    @property
    def are_few(self) -> bool:
        """Whether a cure should still be looked for, which takes its time."""
        return len(self.diagnostics) < 500

    def near(self, word: str, known: Iterable[str]) -> str | None:
        """The hint of `did_you_mean`, as long as faults are few enough to be read one by one."""
        return did_you_mean(word, known) if self.are_few else None

    @property
    def has_errors(self) -> bool:
        """Whether any of them is worse than a warning."""
        return has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any diagnostic is worse than a warning."""
    return any(found.severity is Severity.ERROR for found in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, by file, place and code."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda d: (d.span.source, d.span.start, d.code, d.message)))


def nearest(word: str, known: Iterable[str], *, most: int = 1, cutoff: float = 0.6) -> list[str]:
    """The known words that are most like a word, the most alike first."""
    import difflib  # what has no slips does without it, and starts sooner

    return difflib.get_close_matches(word, list(known), n=most, cutoff=cutoff)


class NotDeclared(Exception):
    """The command line names what the edition does not declare; its words say what there is."""

    def __init__(self, kind: str, name: str, known: Sequence[str]) -> None:
        super().__init__(kind, name, known)
        self.kind = kind

    def __str__(self) -> str:
        kind, name, known = self.args
        near = did_you_mean(name, known) or f"there are {', '.join(known)}"
        return f"there is no {kind} “{name}”; {near}{'' if near.endswith('?') else '.'}"


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A hint that names the nearest known word, or all of them where there are few."""
    choices = sorted(known) if isinstance(known, Set) else list(dict.fromkeys(known))
    tail = word.lstrip("#.")
    if "/" not in tail and word not in choices:  # a block that is named without its text
        whole = [choice for choice in choices if choice.partition("/")[2] == tail]
        if 0 < len(whole) <= 3:
            return "did you mean " + " or ".join(f"“{choice}”" for choice in whole) + "?"
    near = nearest(word, choices)
    if not near:
        near = [choice for choice in choices if choice.lower() == word.lower()][:1]
    if near:
        return f"did you mean “{near[0]}”?"
    if 0 < len(choices) <= 30:
        return "known here: " + ", ".join(choices)
    return None
