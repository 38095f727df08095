"""The e-book: pages by templates, navigation, package, archive."""

from printedition.ebook.links import LinkToNothing
from printedition.ebook.write import write_ebook

__all__ = ["LinkToNothing", "write_ebook"]
