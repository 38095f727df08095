"""Pictures that prose names, each looked at once before it is taken into a book."""

from __future__ import annotations

import warnings
from io import BytesIO

from printedition.diagnostics import Findings
from printedition.edition.edition import Edition
from printedition.edition.text import Figure, Image, leaves_of, walk, walk_inlines
from printedition.sources import SourceMissing, SourceOutside, Sources


def read_pictures(
    edition: Edition, sources: Sources, findings: Findings, root: str = ""
) -> dict[str, bytes]:
    """The pictures of an edition by their paths; those that cannot be printed are reported.

    `root` is the folder of an included edition, outside which it has none.
    """
    pictures = {}
    for path, image in _named(edition).items():
        try:
            if root and not path.startswith(f"{root}/"):
                raise SourceOutside(path)
            data = sources.read_bytes(path)
            if _is_printable(data):
                pictures[path] = data
                continue
            reason = "is no PNG or JPEG"
        except SourceOutside:
            findings.report(
                "IMG003", f"the image “{path}” lies outside the edition's folder", image.span
            )
            continue
        except SourceMissing:
            reason = "is missing"
        except (OSError, ValueError):
            reason = "is no picture that can be read"
        findings.report("IMG001", f"the image “{path}” {reason}", image.span)
    return pictures


def _named(edition: Edition) -> dict[str, Image]:
    """Where each picture is named first."""
    named: dict[str, Image] = {}
    bodies = [prose.blocks for prose in edition.prose.values()]
    bodies += [note.blocks for note in edition.notes]
    for block in (block for body in bodies for block in walk(body)):
        if isinstance(block, Figure):
            named.setdefault(block.image.path, block.image)
    for leaf in (leaf for body in bodies for leaf in leaves_of(body)):
        for inline in walk_inlines(leaf.inlines):
            if isinstance(inline, Image):
                named.setdefault(inline.path, inline)
    return named


def _is_printable(data: bytes) -> bool:
    """Whether a picture is PNG or JPEG; raises OSError, ValueError where it is none."""
    from PIL import Image as Picture

    # So late, because most editions have no picture and the library loads slowly.
    with warnings.catch_warnings():
        warnings.simplefilter("error", Picture.DecompressionBombWarning)
        try:
            with Picture.open(BytesIO(data)) as picture:
                return picture.format in ("PNG", "JPEG")
        except (Picture.DecompressionBombWarning, Picture.DecompressionBombError) as bomb:
            raise ValueError(str(bomb)) from None
