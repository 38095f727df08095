"""What an included edition sets is the volume's to set: it is told, till the volume sets it too."""

from __future__ import annotations

from printedition import pipeline
from printedition.diagnostics import Diagnostic
from printedition.sources import MemorySources
from volumes import DECREE, RECORD, VOLUME

PAGE = "page:\n  outer: '30mm'\n"
STYLE = "p { color: black; }\n"
SILENT = "silent:\n  - 'spacing'\n"
SETTING = {
    **VOLUME,
    "texts/decree/edition.yaml": DECREE["edition.yaml"] + PAGE,
    "texts/decree/styles/page.css": STYLE,
    "texts/decree/corrections.yaml": SILENT,
}


def told(**changed: str) -> list[Diagnostic]:
    return [*pipeline.examine(MemorySources({**SETTING, **changed})).diagnostics]


def test_settings_of_an_included_edition_were_passed_over_in_silence() -> None:
    (found,) = told()
    said = "of “decree” the volume does not use page:, corrections.yaml and styles/page.css"
    assert (found.code, found.span.source, found.message) == ("VOL005", "edition.yaml", said)
    assert [label.span.source for label in found.labels] == [
        "texts/decree/edition.yaml",
        "texts/decree/corrections.yaml",
        "texts/decree/styles/page.css",
    ]


def test_what_the_volume_states_itself_is_not_told() -> None:
    (found,) = told(**{"edition.yaml": RECORD + "page:\n  outer: '20mm'\n"})
    assert found.message.endswith("does not use corrections.yaml and styles/page.css")
    (found,) = told(**{"styles/ebook.css": STYLE, "corrections.yaml": SILENT})
    assert found.message.endswith("does not use page:")


def test_a_setting_that_comes_to_the_same_is_not_told() -> None:
    same = DECREE["edition.yaml"] + "lines:\n  every: '5'\nnotes: 'numerals'\n"
    (found,) = told(**{"texts/decree/edition.yaml": same})
    assert "lines" not in found.message and "notes" not in found.message


def test_a_setting_without_effect_hides_no_stray_file() -> None:
    assert [found.code for found in told(**{"stray.md": "Of no text.\n"})] == ["VOL005", "SRC012"]
