"""Printable critical editions from Markdown and YAML: one source, a PDF and an EPUB."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("printedition")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0+unknown"
