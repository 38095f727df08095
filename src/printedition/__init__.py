"""Printable critical editions from Markdown and YAML: one source, a PDF and an EPUB."""


def __getattr__(name: str) -> str:
    """`__version__`, looked up only where it is asked for, because that takes its time."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("printedition")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0+unknown"
