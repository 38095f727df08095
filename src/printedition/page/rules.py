"""What the rules of a stylesheet declare: addresses, families of fonts, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import tinycss2

from printedition.sources import SourceFile, Span

_WEIGHTS = {"normal": 400, "bold": 700}
_SIZES = frozenset(
    [
        "xx-small",
        "x-small",
        "small",
        "medium",
        "large",
        "x-large",
        "xx-large",
        "xxx-large",
        "larger",
        "smaller",
    ]
)
_WEIGHTS = {"normal": 400, "bold": 700}


def declarations(rules: list[Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """Every declaration, with the name of the rule that it stands in where that tells.

    Of @import its address, of @font-face all descriptors together.
    """
    for rule in rules:
        if rule.type == "declaration":
            yield within, rule
        elif rule.type == "at-rule" and rule.lower_at_keyword == "import":
            yield from (("import", token) for token in rule.prelude if token.type in _ADDRESSES)
            yield from (("import", token) for token in urls_in(rule.prelude) if token.type != "url")
        elif rule.type == "at-rule" and rule.lower_at_keyword == "font-face":
            yield "font-face", tinycss2.parse_blocks_contents(rule.content or [])
        elif getattr(rule, "content", None) is not None:
            nested = rule.type == "at-rule" and rule.lower_at_keyword in _OF_RULES
            parse = tinycss2.parse_rule_list if nested else tinycss2.parse_blocks_contents
            of_page = rule.type == "at-rule" and rule.lower_at_keyword == "page"
            yield from declarations(parse(rule.content), "page" if of_page else within)


_OF_RULES = ("media", "supports", "layer", "container")
_ADDRESSES = ("url", "string")


def urls_in(tokens: list[Any]) -> Iterator[Any]:
    """Every url of a value, in functions too."""
    for token in tokens:
        if token.type == "url":
            yield token
        elif token.type == "function":
            if token.lower_name == "url":
                yield token
            else:
                yield from urls_in(token.arguments)


def address_of(token: Any) -> str:
    """What a url or a string names."""
    if token.type == "function":
        return "".join(each.value for each in token.arguments if each.type == "string")
    return str(token.value)


def span_of(file: SourceFile, token: Any) -> Span:
    """Where a token stands, as it is written."""
    start = offset_of(file, token.source_line, token.source_column)
    shown = token.serialize() if token.type != "ident" else token.value
    long = len(shown) if file.text.startswith(shown, start) else 1
    if token.type in ("url", "function"):
        long = max(file.text.find(")", start) - start + 1, 1)
    return Span(file.path, start, start + long)


def offset_of(file: SourceFile, line: int, column: int) -> int:
    """The offset of a place, counted from 1; 0 where the file has no such line."""
    lines = file.text.split("\n")
    if not 1 <= line <= len(lines):
        return 0
    return sum(len(each) + 1 for each in lines[: line - 1]) + column - 1


def first_part(text: str) -> str:
    """What stands before the first brace, semicolon or end of line."""
    return re.split(r"[;{}\n]", text, maxsplit=1)[0]


def families_in(tokens: list[Any]) -> list[tuple[str, Any, bool]]:
    """The families of a list: name, first token, whether quoted."""
    found: list[tuple[str, Any, bool]] = []
    words: list[Any] = []
    for token in [*tokens, None]:
        if token is None or (token.type == "literal" and token.value == ","):
            if words and words[0].type == "string":
                found.append((words[0].value, words[0], True))
            elif words and all(word.type == "ident" for word in words):
                found.append((" ".join(word.value for word in words), words[0], False))
            words = []
        elif token.type not in ("whitespace", "comment"):
            words.append(token)
    return found


def after_size(tokens: list[Any]) -> list[Any]:
    """Of the value of `font` what stands after the size and the height of a line: the families."""
    last = -1
    for number, token in enumerate(tokens):
        sized = token.type in ("dimension", "percentage", "number")
        if sized or (token.type == "ident" and token.lower_value in _SIZES):
            last = number
        elif token.type == "literal" and token.value == ",":
            break
    rest = tokens[last + 1 :] if last >= 0 else []
    slash = [token for token in rest if token.type not in ("whitespace", "comment")][:1]
    if slash and slash[0].type == "literal" and slash[0].value == "/":
        rest = rest[rest.index(slash[0]) + 2 :]
    return rest


def is_italic(values: dict[str, Any]) -> bool:
    """Whether descriptors of a font, by name, tell of a sloped one."""
    words = _words(values, "font-style")
    return bool({"italic", "oblique"} & set(words))


def weights_of(values: dict[str, Any]) -> tuple[int, int]:
    """The least and the greatest weight that descriptors of a font, by name, tell of."""
    numbers = [_WEIGHTS.get(word) or int(float(word)) for word in _words(values, "font-weight")
               if word in _WEIGHTS or re.fullmatch(r"[\d.]+", word)]  # fmt: skip
    return (min(numbers), max(numbers)) if numbers else (400, 400)


def _words(values: dict[str, Any], name: str) -> list[str]:
    if name not in values:
        return []
    return str(tinycss2.serialize(values[name].value)).lower().split()
