"""Whether entries agree with themselves and with one another."""

from __future__ import annotations

import pytest

from conftest import Examine
from printedition import pipeline
from printedition.edition.apparatus import Witness
from printedition.edition.quotation import Value
from printedition.scholarship.apparatus import in_conspectus, stands_in
from printedition.sources import Span

NOWHERE = Span("edition.yaml", 0, 0)
WITNESSES = "".join(f"  - siglum: '{s}'\n    description: 'A copy'\n" for s in "AB")
TEXT = "# A letter\n\n{#p1}\nGive the matter good thought.\n\n{#p2}\nAnd soon.\n"


def entry(lemma: str, reading: str, more: str = "") -> str:
    lines = [f"- lemma: '{lemma}'", *([f"  {more}"] if more else [])]
    if reading:
        lines += ["  readings:", "    - wit: 'A'", f"      {reading}"]
    return "\n".join(lines) + "\n"


def found(edition: Examine, base: dict[str, str], apparatus: str) -> list[str]:
    record = base["edition.yaml"].replace(
        "  - siglum: 'T'\n    description: 'The only witness'\n", WITNESSES
    )
    examination: pipeline.Examination = edition(
        {"edition.yaml": record, "letter/letter.md": TEXT, "letter/apparatus.yaml": apparatus}
    )
    return [d.code for d in examination.diagnostics if d.code not in ("WIT003", "APP006")]


OMITTED = entry("the matter good", "om: true")
READ = entry("the matter good", "text: 'a matter'")
SAME = entry("matter", "text: 'mater'")


@pytest.mark.parametrize(
    ("apparatus", "codes"),
    [
        # of words that a witness lacks it can have nothing
        (OMITTED + SAME, ["APP009"]),
        (OMITTED + entry("matter", "", "wit: 'A'\n  note: 'so'"), ["APP009"]),
        (OMITTED + entry("matter", "add: 'too'"), ["APP009"]),
        (OMITTED + entry("good", "add: 'too'"), []),
        (OMITTED + entry("matter", "lacuna: true"), []),
        (entry("matter", "illegible: true") + SAME, ["APP009"]),
        # a reading of more words holds what the witness has for fewer
        (READ + SAME, ["APP009"]),
        (READ + entry("matter", "", "wit: 'A'\n  note: 'so'"), []),
        (READ + entry("good", "", "wit: 'A'\n  note: 'so'"), ["APP009"]),
        (READ + entry("the", "text: 'a'"), []),
        (READ + entry("the", "text: 'A'"), []),
        (READ + entry("good", "om: true"), []),
        # the same words
        (SAME + SAME, ["APP009"]),
        (SAME + entry("matter", "add: 'too'"), ["APP009"]),
        (entry("matter", "add: 'too'") + entry("matter", "corr: 'mater'"), []),
        (SAME + entry("matter", "", "wit: 'A'\n  note: 'so'"), ["APP009"]),
        # words in part the same
        (entry("the matter", "om: true") + entry("matter good", "text: 'good'"), []),
        (entry("the matter", "om: true") + entry("matter good", "", "wit: 'A'\n  note: 'so'"),
         ["APP009"]),
        # a slip is no reading against the lemma
        (entry("the matter", "", "wit: 'A B'\n  note: 'so'")
         + entry("matter", "text: 'mat ter'", "kind: 'accidental'"), []),
        (entry("the matter", "", "wit: 'A B'\n  note: 'so'") + SAME, ["APP009"]),
        # words apart
        (entry("the", "om: true") + SAME, []),
        # one entry
        (SAME + "    - wit: 'A'\n      om: true\n", ["APP007"]),
        (entry("matter", "add: 'too'") + "    - wit: 'A'\n      add: 'two'\n", ["APP007"]),
        (entry("matter", "add: 'too'") + "    - wit: 'A'\n      iter: true\n", []),
        (entry("matter", "add: 'too'", "wit: 'A B'"), []),
        # everyone in a positive entry, or against a conjecture
        (entry("matter", "text: 'mater'", "wit: 'B'"), []),
        (entry("matter", "text: 'mater'", "by: 'ed.'"), ["APP008"]),
        (entry("matter", "text: 'mater'", "by: 'ed.'") + "    - wit: 'B'\n      om: true\n", []),
        (entry("the matter good", "om: true").replace("'A'", "'B'")
         + entry("matter", "text: 'mater'", "by: 'ed.'"), []),
    ],
)  # fmt: skip
def test_what_one_witness_can_have(
    edition: Examine, base: dict[str, str], apparatus: str, codes: list[str]
) -> None:
    assert found(edition, base, apparatus) == codes


def test_a_witness_that_the_text_follows_need_not_be_named(
    edition: Examine, base: dict[str, str]
) -> None:
    def codes(more: str) -> list[str]:
        record = base["edition.yaml"].replace(
            "  - siglum: 'T'\n    description: 'The only witness'\n",
            WITNESSES + more,
        )
        files = {"edition.yaml": record, "letter/apparatus.yaml": SAME}
        return [d.code for d in edition(files).diagnostics]

    assert codes("") == ["WIT003"]
    assert codes("    base: true\n") == []


def test_a_contradiction_is_told_once(edition: Examine, base: dict[str, str]) -> None:
    assert found(edition, base, SAME * 4) == ["APP009"] * 3


def witness(siglum: str, hand_of: str = "") -> Witness:
    return Witness(siglum, (), "", NOWHERE, Value(hand_of, NOWHERE) if hand_of else None)


def test_hands_in_a_circle_are_listed_once() -> None:
    listed = in_conspectus((witness("a", "b"), witness("b", "a"), witness("A"), witness("c", "A")))
    assert [one.siglum for one in listed] == ["A", "c", "a", "b"]


@pytest.mark.parametrize(
    ("words", "others", "stand"),
    [("mater", "Mater, bona", True), ("mat", "mater", False), ("a c", "a b c", False),
     ("“Formal", "the formal", True)],
)  # fmt: skip
def test_words_stand_among_others(words: str, others: str, stand: bool) -> None:
    assert stands_in(words, others) is stand
