"""The book as one web page."""

from printedition.web.write import write_page

__all__ = ["write_page"]
