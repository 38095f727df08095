"""What the layout engine says of stylesheets while it reads them."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from weasyprint.css.properties import KNOWN_PROPERTIES
from weasyprint.css.validation.expanders import EXPANDERS

from printedition.diagnostics import did_you_mean


class SheetLog(logging.Handler):
    """What the engine says while it reads a stylesheet, with the sheet and the rule it reads."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[tuple[str, str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is said of a stylesheet."""
        url, rule = "", None
        frame: FrameType | None = sys._getframe()
        while frame is not None:
            if frame.f_code.co_name == "preprocess_stylesheet":
                url, rule = str(frame.f_locals["base_url"]), frame.f_locals.get("rule")
                break
            frame = frame.f_back
        self.found.append((record.getMessage(), url, rule))


@contextmanager
def heard_by(log: logging.Handler) -> Iterator[None]:
    """Let a handler alone hear what the engine logs."""
    logger = logging.getLogger("weasyprint")
    handlers, propagate = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [log], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = handlers, propagate


def ignored(message: str) -> tuple[str, str | None]:
    """What the engine said, as an editor would read it."""
    ignored = re.match(
        r"(?:Ignored|Deprecated) `([^:`]+):(.*)` at \d+:\d+, (.*?)\.?$", message, re.S
    )
    if not ignored:
        if message.startswith("@import"):
            return "@import has no effect: it must stand before all other rules", None
        words = re.sub(r" at \d+:\d+", "", message).rstrip(".:").replace(" '", "'")
        words = re.sub(r"'\s*(.*?)\s*'", r" “\1”", words)
        return f"a rule has no effect: {words[:1].lower()}{words[1:]}", None
    name, value, why = ignored[1], " ".join(ignored[2].split()), ignored[3]
    hint = None
    if why == "unknown property":
        near = did_you_mean(name, {*KNOWN_PROPERTIES, *EXPANDERS})
        hint = near if near and near.startswith("did") else None
    return f"“{name}: {value}” has no effect: {why}", hint
