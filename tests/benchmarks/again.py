"""A build of what was built before: after one corrected word, and with nothing changed.

The word is one of a made-up reader, on which no entry stands; the clean build is of the corrected
reader, without what was kept.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import ENVIRONMENT, PROGRAM, Figure, run
from reader import reader

from printedition.cache import VARIABLE

_TEXTS = 10
_CORRECTED = 0.1  # of a clean build
_UNCHANGED = 2.0  # of reading and checking
_PLACE = re.compile(r"(?<= )of the(?= )")  # the words after which one is corrected


def figures(_: Path) -> Iterator[Figure]:
    made = reader(_TEXTS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "reader"
        for path, text in made.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        build = (*PROGRAM, "build", str(folder), "--quiet", "--output", str(Path(name) / "books"))
        with_cache = {**ENVIRONMENT, VARIABLE: str(Path(name) / "cache")}
        run(build, environment=with_cache)
        _correct(folder)
        corrected = run(build, environment=with_cache)
        unchanged = run(build, environment=with_cache)
        checked = run((*PROGRAM, "check", str(folder)))
        clean = run((*build, "--no-cache"))
    yield Figure(f"build {_TEXTS} texts, nothing kept", clean)
    ratio = corrected.seconds / clean.seconds
    yield Figure("build again after one corrected word", corrected, ratio, _CORRECTED)
    yield Figure(f"check {_TEXTS} texts", checked)
    ratio = unchanged.seconds / checked.seconds
    yield Figure("build again, nothing changed", unchanged, ratio, _UNCHANGED)


def _correct(folder: Path) -> None:
    """Correct one word; one that an entry stands on would be an error."""
    from printedition.diagnostics import has_errors
    from printedition.pipeline import find_faults
    from printedition.sources import DiskSources

    text = next(path for path in sorted(folder.glob("t05/*.md")) if path.name != "commentary.md")
    whole = text.read_text(encoding="utf-8")
    for found in _PLACE.finditer(whole):
        text.write_text(f"{whole[: found.start()]}of this{whole[found.end() :]}", encoding="utf-8")
        if not has_errors(find_faults(DiskSources(folder))):
            return
    raise SystemExit("an entry stands on each word")
