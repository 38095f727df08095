"""The pictures of an e-book: their files, and what kind of file each is."""

from __future__ import annotations

from pathlib import PurePosixPath

from printedition.book.tree import Book
from printedition.edition.publication import file_words

MEDIA = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}

# EPUB 3.3, 3.2, core media types.
STYLE_MEDIA = {
    **MEDIA,
    ".css": "text/css",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


def picture_names(book: Book) -> dict[str, str]:
    """The file in the e-book of each picture, by its path in the edition."""
    names = {}
    for number, (path, _) in enumerate(book.pictures, 1):
        pure = PurePosixPath(path)
        stem = file_words(pure.stem) or "part"
        names[path] = f"images/{number:02}-{stem}{pure.suffix.lower()}"
    return names
