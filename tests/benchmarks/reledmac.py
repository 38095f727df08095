"""The same reader set by reledmac, on the same page at the same leading, where LaTeX is there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from measure import Run, run
from reader import as_latex

from editions import Made

_MARGINS = "inner=17mm,outer=37mm,top=21mm,bottom=22mm"  # of the house's A5
_RUNS = 3  # until its numbers are right
_ROUNDS = 6  # of fitting the size of its type to the number of pages
_COMMAND = ("pdflatex", "-interaction=batchmode", "reader.tex")
_WANTED = ("reledmac.sty", "geometry.sty", "mathptmx.sty", "ptmr8t.tfm", "utmr8a.pfb")


class Reledmac:
    """Sets a reader, in type so large that it comes to a number of pages, within a tenth."""

    @staticmethod
    def is_there() -> bool:
        """Whether LaTeX has all that is wanted."""
        if not (shutil.which("pdflatex") and shutil.which("kpsewhich")):
            return False
        found = run(("kpsewhich", *_WANTED), check=False).output.split()
        return len(found) == len(_WANTED)

    def __init__(self, made: Made, pages: int, folder: Path) -> None:
        """Set it for the first time; raises SystemExit where it doesn't come to those pages."""
        self.folder, self.runs, self.pages = folder, list[Run](), 0
        size = 10.0
        for _ in range(_ROUNDS):
            text = as_latex(made, size, _MARGINS)
            (folder / "reader.tex").write_text(text, encoding="utf-8")
            self.runs.clear()
            self.set()
            if abs(self.pages - pages) <= pages / 10:
                return
            size *= (pages / self.pages) ** 0.5
        raise SystemExit(f"reledmac's book does not come to {pages} pages, but to {self.pages}")

    def set(self) -> None:
        """All its runs, as if it had never been set."""
        for left in self.folder.glob("reader.*"):
            if left.suffix != ".tex":
                left.unlink()
        whole = run(_COMMAND, self.folder)
        for _ in range(_RUNS - 1):
            whole += run(_COMMAND, self.folder)
        self.runs.append(whole)
        log = (self.folder / "reader.log").read_text(encoding="latin-1").replace("\n", "")
        written = re.search(r"Output written on reader\.pdf\s*\((\d+) pages", log)
        if written is None:
            raise SystemExit("reledmac has written no book")
        self.pages = int(written[1])

    @property
    def quickest(self) -> Run:
        return min(self.runs, key=lambda one: one.seconds)
