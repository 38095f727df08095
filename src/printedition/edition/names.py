"""Names in a volume: those of an included edition live in its namespace, as in `decree:C/c4`."""

from __future__ import annotations

_PARTS = ":"  # no id has one


def in_namespace(namespace: str, name: str) -> str:
    """A name as the volume calls it; one of the volume itself stays."""
    return f"{namespace}{_PARTS}{name}" if namespace else name


def namespace_of(name: str) -> str:
    """The namespace of a name; empty where it is the volume's."""
    return name.rpartition(_PARTS)[0]


def siglum_apart(namespace: str, siglum: str) -> str:
    """A siglum that another edition has for another witness, and that prints as it is."""
    return f"{namespace} {siglum}"  # no siglum has a blank


def siglum_shown(siglum: str) -> str:
    """A siglum as it is printed."""
    return siglum.rpartition(" ")[2]


def section_id(name: str) -> str:
    """The id of a section in the book by its name."""
    return name.replace(_PARTS, ".")  # an id of XML has no colon


def shown(name: str) -> str:
    """A name as it is printed: without its namespace."""
    return name.rpartition(_PARTS)[2]
