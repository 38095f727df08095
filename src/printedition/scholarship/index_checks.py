"""The rules of an index: every form stands somewhere, every reference leads on to places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from printedition.codes import Severity
from printedition.diagnostics import Findings, Label
from printedition.edition.edition import Edition
from printedition.edition.quotation import Value
from printedition.scholarship.finder import occurrences
from printedition.scholarship.forms import as_sought
from printedition.scholarship.inflections import is_known
from printedition.scholarship.mentions import Mentions
from printedition.scholarship.stretches import stretches
from printedition.sources import Span


def check_indexes(edition: Edition, mentions: Mentions, findings: Findings, *, whole: bool) -> None:
    """Hold the headings of an edition against the rules; `whole` where no text is missing."""
    checks = _Checks(edition, mentions, findings)
    checks.names()
    checks.references()
    checks.inflections()
    if whole:
        checks.forms()
        checks.marks()
        checks.empty()
        if not findings.has_errors:  # else most would only follow from those
            checks.disputes()
            checks.places()


class _Checks:
    def __init__(self, edition: Edition, mentions: Mentions, findings: Findings) -> None:
        self.edition, self.findings = edition, findings
        self.mentions, self.headings = mentions, mentions.headings
        # What a file with errors lacks mostly follows from them.
        self._faulty = {
            found.span.source for found in findings.diagnostics if found.severity is Severity.ERROR
        }

    def names(self) -> None:
        """Of headings beside each other no two are the same, or differ in case or accent only."""
        seen: dict[tuple[str, int | None, str], Value] = {}
        for each in self.headings.listed:
            name = each.heading.heading
            other = seen.setdefault((each.path, each.parent, _letters(name.text)), name)
            if other is name:
                continue
            labels = [Label(other.span, "here already")]
            if other.text == name.text:
                self.findings.report(
                    "IDX002", f"the heading “{name.text}” stands twice", name.span, labels=labels
                )
            else:
                self.findings.report(
                    "IDX008",
                    f"“{name.text}” differs from “{other.text}” in case or accent only",
                    name.span,
                    labels=labels,
                    hint="join them; where they name two things, tell them apart in the heading",
                )

    # References

    def references(self) -> None:
        """Each see and see also leads to a heading, and that one to places."""
        for number, each in enumerate(self.headings.listed):
            heading = each.heading
            for other in (*heading.see, *heading.see_also):
                target = self.headings.named(other.text, each.path)
                if target is None:
                    names = self.headings.names(each.path)
                    self.findings.report(
                        "IDX003",
                        f"the index has no heading “{other.text}”",
                        other.span,
                        hint=self.findings.near(other.text, names),
                    )
                elif target == number:
                    self._report_circle(other, f"“{other.text}” refers to itself")
                elif self._refers_on(target) and number not in self._seen_from(target):
                    self._report_detour(other, target)
            if any(number in self._seen_from(t) for t in self._targets(number)):
                see = heading.see[0]
                self._report_circle(see, f"“{self.headings.name(number)}” leads back to itself")
            lone = heading.see_also and not (heading.see or self._has_places(number))
            if lone and each.path not in self._faulty:
                self.findings.report(
                    "IDX010",
                    f"“{self.headings.name(number)}” has no place, but see also",
                    heading.see_also[0].span,
                    hint="write see: in place of see_also:, or add forms: or passages:",
                )

    def _report_circle(self, other: Value, message: str) -> None:
        self.findings.report(
            "IDX006", message, other.span, hint="name the heading under which the places stand"
        )

    def _report_detour(self, other: Value, target: int) -> None:
        further = self.headings.listed[target].heading.see
        names = " and ".join(f"“{value.text}”" for value in further)
        self.findings.report(
            "IDX007",
            f"“{other.text}” has no places of its own; it sends the reader on to {names}",
            other.span,
            labels=[Label(further[0].span, "from here")],
            hint=f"refer to {names} at once",
        )

    def _targets(self, number: int) -> Iterator[int]:
        each = self.headings.listed[number]
        for other in each.heading.see:
            target = self.headings.named(other.text, each.path)
            if target is not None and target != number:
                yield target

    def _seen_from(self, number: int) -> set[int]:
        """All headings to which see leads from one, over however many."""
        reached: set[int] = set()
        waiting = [number]
        while waiting:
            for target in self._targets(waiting.pop()):
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)
        return reached

    def _has_places(self, number: int) -> bool:
        """Whether a heading declares places, or the texts put words under it."""
        whole = (number, *self.headings.under(number))
        return self.headings.listed[number].heading.has_places or any(
            self.mentions.gathered.counts[each] for each in whole
        )

    def _refers_on(self, number: int) -> bool:
        return bool(self.headings.listed[number].heading.see) and not self._has_places(number)

    # Forms and places

    def inflections(self) -> None:
        """What a heading declares of its forms is known of the language of the edition."""
        for each in self.headings.listed:
            for kind in sorted(each.heading.inflected, key=lambda one: one.value):
                if not is_known(kind, self.edition.lang):
                    self.findings.report(
                        "IDX012",
                        f"how a {kind.value} is made is not known for “{self.edition.lang}”",
                        each.heading.span,
                        hint=f"take {kind.value} out, and list the forms under forms:",
                    )

    def forms(self) -> None:
        """Each form stands somewhere, if only inside longer ones."""
        unused = [
            form
            for each in self.headings.listed
            for form in each.heading.forms
            if as_sought(form.text) not in self.mentions.gathered.used
        ]
        if not unused:
            return
        printed = "\n\n".join(stretch.plain for stretch in stretches(self.edition))
        for form in unused:
            if not occurrences(as_sought(form.text), printed):
                self.findings.report(
                    "IDX001",
                    f"the form “{form.text}” occurs nowhere in the book",
                    form.span,
                    hint="a form is found exactly as printed; correct it or take it out",
                )

    def marks(self) -> None:
        """Each index= names a heading."""
        for name, place in self.mentions.gathered.unknown if self.headings.listed else ():
            self.findings.report(
                "IDX009",
                f"no index has the heading “{name}”",
                place,
                hint=self.findings.near(name, [*self.headings.names(), "no"]),
            )

    def empty(self) -> None:
        """Something stands after each heading."""
        for number, each in enumerate(self.headings.listed):
            if each.path not in self._faulty and not self._leads_on(number):
                self.findings.report(
                    "IDX004",
                    f"nothing stands after the heading “{self.headings.name(number)}”",
                    each.heading.span,
                    hint="add forms: with the words that name it",
                )

    def _leads_on(self, number: int) -> bool:
        heading = self.headings.listed[number].heading
        own = heading.see or heading.see_also or self._has_places(number)
        return bool(own) or any(map(self._leads_on, self.headings.under(number)))

    def disputes(self) -> None:
        """No words stand under two headings of an index for want of what tells them apart."""
        for form, (numbers, place) in self.mentions.gathered.disputed.items():
            first = numbers[0]
            path = self.headings.listed[first].path
            rivals = [n for n in numbers[1:] if self.headings.listed[n].path == path]
            if rivals:
                names = f"“{self.headings.name(first)}” and “{self.headings.name(rivals[0])}”"
                self.findings.report(
                    "IDX005",
                    f"“{form}” is claimed by the headings {names}",
                    self._form_of(rivals[0], form),
                    labels=[
                        Label(self._form_of(first, form), "here already"),
                        Label(place, "both would have it here"),
                    ],
                    hint="tell them apart by longer forms, by context:, or in the text by "
                    f'[{form}]{{index="{self.headings.name(first)}"}}',
                )

    def _form_of(self, number: int, form: str) -> Span:
        """Where a heading has a form, or what it is inflected from."""
        heading = self.headings.listed[number].heading
        stated = [value for value in heading.forms if as_sought(value.text) == form]
        return (stated or [*heading.forms, heading.heading])[0].span

    def places(self) -> None:
        """A heading that declares places has some, after all that was left out."""
        gathered = self.mentions.gathered
        for number, each in enumerate(self.headings.listed):
            if not each.heading.forms or gathered.counts[number] or each.heading.passages:
                continue
            if any(gathered.counts[sub] for sub in self.headings.under(number)):
                continue
            left_out = gathered.left_out_of[number]
            reason = "all were left out by rule" if left_out else "its words stand elsewhere"
            self.findings.report(
                "IDX011",
                f"no place is left for “{self.headings.name(number)}”: {reason}",
                each.heading.span,
                hint="look at context:, index= in the texts, leave_out: in edition.yaml, and "
                "longer forms of other headings",
            )


def _letters(words: str) -> str:
    """Words without their case, accents and white space."""
    # й is no и with an accent, whatever its decomposition says.
    folded = " ".join(words.split()).casefold().replace("й", "ı")
    parts = unicodedata.normalize("NFKD", folded)
    return "".join(part for part in parts if not unicodedata.combining(part))
