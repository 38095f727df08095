"""Where a page that a template prints is not well-formed, by the marks in what it prints."""

from __future__ import annotations

import re
from typing import TypeAlias
from xml.etree import ElementTree

from printedition.book.sandbox import MARK

TAG = re.compile(
    MARK.pattern.replace(r"(\d+)", r"(?P<mark>\d+)")
    + r"<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:[^<>\"]|\"[^<>\"]*\")*?)(?P<empty>/?)>"
)
# What is wrong, the mark where it is, the last id before it, and a second place.
Ill: TypeAlias = tuple[str, int | None, str, tuple[str, int, str] | None]


def first_ill_tag(page: str) -> Ill | None:
    """The first tag that is not closed, or closes nothing; None where all are paired."""
    open_tags: list[tuple[str, int]] = []
    near = ""
    for tag in TAG.finditer(page):
        name, mark = tag["name"], int(tag["mark"])
        identity = re.search(r'\bid="([^"]*)"', tag["rest"])
        near = identity[1] if identity else near
        if not tag["close"]:
            if not tag["empty"]:
                open_tags.append((name, mark))
            continue
        if open_tags and open_tags[-1][0] == name:
            open_tags.pop()
            continue
        if any(other == name for other, _ in open_tags):
            unclosed, where = open_tags[-1]
            label = f"here </{name}> stands before </{unclosed}>", mark, f"</{name}"
            return f"“<{unclosed}>” is not closed", where, near, label
        return f"“</{name}>” closes nothing", mark, near, None
    if open_tags:
        unclosed, where = open_tags[-1]
        return f"“<{unclosed}>” is not closed", where, near, None
    return None


def ill_place(page: str) -> Ill:
    """Where the parser stops: the last mark before it, and the last id."""
    data = page.encode()
    blank = MARK.sub(lambda mark: " " * len(mark[0].encode()), page).encode()
    before = page
    try:
        ElementTree.fromstring(blank)
    except ElementTree.ParseError as fault:
        line, column = fault.position
        start = sum(len(each) + 1 for each in data.split(b"\n")[: line - 1])
        before = data[: start + column].decode(errors="ignore")
    except ValueError:
        pass
    entity = re.match(r"&\w+;", page[len(before) :])
    message = f"“{entity[0]}” is not known; write the character itself" if entity else ""
    marks = MARK.findall(before)
    identities = re.findall(r'\bid="([^"]*)"', before)
    number = int(marks[-1]) if marks else None
    return message, number, identities[-1] if identities else "", None
