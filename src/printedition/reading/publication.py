"""From the tree of edition.yaml to how the edition is published."""

from __future__ import annotations

from printedition.diagnostics import Findings
from printedition.edition.publication import Evaluation, Identifiers, fault_of_isbn, isbn_in
from printedition.edition.quotation import Value
from printedition.reading.fields import Fields
from printedition.reading.kinds import DATE, WORDS, Key, Shape, Words
from printedition.reading.letter_shapes import ADDRESS

IDENTIFIERS = Shape(
    "set of identifiers",
    "the identifiers of single formats, in place of that of the edition",
    (
        Key("pdf", WORDS, "ISBN, DOI or URN of the PDF"),
        Key("epub", WORDS, "ISBN, DOI or URN of the EPUB"),
    ),
)
ACCESSIBILITY = Shape(
    "evaluation of accessibility",
    "who evaluated the EPUB and found that it conforms; without it the book claims nothing",
    (
        Key("evaluator", WORDS, "the person or office that evaluated it", required=True),
        Key("date", DATE, "the day of the evaluation", required=True),
        Key(
            "standard",
            Words(
                choices=tuple(
                    f"EPUB Accessibility 1.1 - WCAG {version} Level {level}"
                    for version in ("2.0", "2.1", "2.2")
                    for level in ("A", "AA", "AAA")
                )
            ),
            "what it conforms to",
            required=True,
        ),
        Key("credential", WORDS, "what entitles the evaluator to say so"),
        Key("report", ADDRESS, "where the report on it can be read"),
    ),
)


def read_identifiers(fields: Fields, findings: Findings) -> tuple[str, Identifiers]:
    """The edition's identifier and those of its formats; an ISBN that is wrong is reported."""
    each = fields.record("identifiers") or Fields(fields.span)
    for stated in (fields.words("identifier"), each.words("pdf"), each.words("epub")):
        if stated is not None:
            _check_isbn(stated, findings)
    return fields.text("identifier"), Identifiers(each.text("pdf"), each.text("epub"))


def _check_isbn(stated: Value, findings: Findings) -> None:
    number = isbn_in(stated.text)
    if number is not None and (fault := fault_of_isbn(number)):
        findings.report("ISB001", f"the ISBN “{stated.text}” {fault}", stated.span)


def read_evaluation(record: Fields | None) -> Evaluation | None:
    """Who evaluated the e-book; None where not all of it is stated, so that nothing is claimed."""
    if record is None or any(
        record.words(key) is None for key in ("evaluator", "date", "standard")
    ):
        return None
    return Evaluation(
        record.text("evaluator"),
        record.text("date"),
        record.text("standard"),
        record.text("credential"),
        record.text("report"),
    )
