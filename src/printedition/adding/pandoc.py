"""Pandoc, the door to files of word processors and the web; none of it is needed for others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FORMS = {".docx": "docx", ".odt": "odt", ".html": "html", ".htm": "html", ".xhtml": "html"}
_EXTRA = ("--sandbox", "--track-changes=accept")  # no other file, and no network


class NoPandoc(Exception):
    """Pandoc is not installed."""


class Unreadable(Exception):
    """Pandoc cannot read a file; its words say why."""


def tree_of(path: Path) -> dict[str, Any]:
    """What Pandoc finds in a file, as its tree; raises NoPandoc, Unreadable."""
    try:
        import pypandoc
    except ImportError:
        raise NoPandoc from None
    form = FORMS[path.suffix.casefold()]
    try:
        # Its bytes, so that Pandoc opens nothing itself.
        words = pypandoc.convert_text(
            path.read_bytes(), "json", format=form, extra_args=list(_EXTRA), encoding="utf-8"
        )
    except OSError as fault:
        if "No pandoc" in str(fault):
            raise NoPandoc from None
        raise Unreadable(str(fault).strip().splitlines()[-1]) from None
    except RuntimeError as fault:
        raise Unreadable(str(fault).strip().splitlines()[-1]) from None
    return dict(json.loads(words))
