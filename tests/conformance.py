"""What stands against a PDF by the rules of PDF/A and PDF/UA, by a checker from outside.

It is `page`, which holds itself to the test files of veraPDF and to the Isartor suite.
"""

from __future__ import annotations

from pathlib import Path

import page
import pikepdf

UA1, A2U = "ua1", "2u"


def against(path: Path, form: str) -> list[str]:
    """The rules of a form that a file breaks, and how."""
    report = page.validate_pdf(path, profile=form)
    found = [f"{one.rule_id}: {one.message}" for one in report.failures]
    return [said for said in found if "/Length" not in said or not has_true_lengths(path)]


def has_true_lengths(path: Path) -> bool:
    """Whether each stream ends, after as many bytes as it says, with a line feed and `endstream`.

    Where its last byte is 0D the checker counts it to the end of the line, and has something
    against it; veraPDF has not.
    """
    data = path.read_bytes()
    with pikepdf.open(path) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        return all(one.read_raw_bytes() + b"\nendstream" in data for one in streams)
