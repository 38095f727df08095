"""The books by the rules of PDF/UA-1, read by a checker from outside."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from conformance import UA1, against


@pytest.mark.slower
def test_the_real_edition_breaks_no_rule_of_accessibility(built: Path) -> None:
    (path,) = built.glob("*.pdf")
    assert against(path, UA1) == []


def test_what_breaks_a_rule_is_told(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "bare.pdf")
    assert any("title" in said.lower() for said in against(tmp_path / "bare.pdf", UA1))
