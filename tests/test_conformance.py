"""The books by the rules of PDF/UA-1, read by a checker from outside."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from conformance import A2U, UA1, against
from editions import stress_edition
from printedition import pipeline
from printedition.profiling import build_profiles
from printedition.sources import DiskSources, MemorySources


@pytest.mark.slower
def test_the_real_edition_breaks_no_rule_of_accessibility(built: Path) -> None:
    (path,) = built.glob("*.pdf")
    assert against(path, UA1) == []


@pytest.mark.slower
def test_the_real_edition_keeps_to_its_forms_in_all_profiles(tmp_path: Path) -> None:
    forms = dict.fromkeys(("screen", "print", "copyshop", "large-print"), UA1) | {"press": A2U}
    content = DiskSources(Path(__file__).resolve().parent.parent / "content")
    build_profiles(content, output=tmp_path, names=[*forms], progress=_silent)
    for name, form in forms.items():
        assert against(tmp_path / f"letter-to-kamenev-{name}.pdf", form) == [], name


@pytest.mark.slower
def test_an_edition_with_everything_in_it_breaks_no_rule_of_accessibility(tmp_path: Path) -> None:
    made = stress_edition()
    pipeline.build(MemorySources(made.files), output=tmp_path, formats=frozenset({"pdf"}))
    (path,) = tmp_path.glob("*.pdf")
    assert against(path, UA1) == []


def test_what_breaks_a_rule_is_told(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "bare.pdf")
    assert any("title" in said.lower() for said in against(tmp_path / "bare.pdf", UA1))


@pytest.mark.slow
def test_a_page_that_begins_with_an_item_of_a_list_is_marked_within_it(tmp_path: Path) -> None:
    """In large print the mark stood beside the label and the body of the item."""
    items = "\n".join(f"- Item {number} of some words" for number in range(120))
    files = {
        "edition.yaml": (
            "slug: 'items'\ntitle: 'Items'\nlang: 'en'\ntexts:\n  - id: 'a'\n    file: 'a.md'\n"
            "book:\n  - prose: 'list.md'\n  - text: 'a'\n"
        ),
        "a.md": "# A text\n\nWords.\n",
        "list.md": f"# A list\n\n{items}\n",
    }
    names = ["large-print"]
    done = build_profiles(MemorySources(files), output=tmp_path, names=names, progress=_silent)
    assert done.diagnostics == ()
    assert against(tmp_path / "items-large-print.pdf", UA1) == []
    for page in pypdfium2.PdfDocument(tmp_path / "items-large-print.pdf"):
        text = page.get_textpage().get_text_range()
        assert text.count("•") == text.count("Item ")


def _silent(*_: str) -> None:
    """What hears of the steps of a build."""
