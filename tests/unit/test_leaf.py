"""A leaf keeps every word, whatever stands off from it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from printedition.book import tree
from printedition.book.leaf import Insertion, Surroundings, write_leaf
from printedition.edition import text as source
from printedition.sources import Span


def refer(_braces: source.Attributes, children: tuple[tree.Inline, ...]) -> tree.Reference:
    return tree.Reference("", children)


HERE = Span("a.md", 0, 1)
WORDS = st.text("ab ", min_size=1, max_size=6).map(lambda text: source.Words(text, HERE))
BREAKS = st.just(source.LineBreak(0, HERE))
INLINES = st.recursive(
    st.lists(WORDS | BREAKS, min_size=1, max_size=4).map(tuple),
    lambda inner: st.lists(
        WORDS
        | inner.map(lambda children: source.Emphasis(children, HERE))
        | inner.map(
            lambda children: source.Mark(source.Attributes(kinds=("supplied",)), children, HERE)
        ),
        min_size=1,
        max_size=4,
    ).map(tuple),
    max_leaves=6,
)


def plain(node: Any) -> str:
    """The words of composed nodes, without signs and calls."""
    match node:
        case tuple():
            return "".join(plain(part) for part in node)
        case tree.Words():
            return node.text
        case tree.Break():
            return " "
        case tree.Phrase():
            return plain(node.children)
        case _:
            return ""


def calls(node: Any) -> list[str]:
    if isinstance(node, tuple):
        return [call for part in node for call in calls(part)]
    if isinstance(node, tree.Picture):
        return [node.path]
    return calls(getattr(node, "children", ()))


@given(INLINES, st.data())
def test_no_word_is_lost_and_no_call(inlines: tuple[source.Inline, ...], data: Any) -> None:
    words = source.plain_text(inlines)
    offsets = st.integers(1, max(len(words), 1))
    ends = data.draw(st.lists(offsets, max_size=4))
    starts = data.draw(st.lists(offsets, max_size=3))
    insertions = [
        *(
            Insertion(end, True, lambda n=n: tree.Picture(str(n), ""))  # type: ignore[misc]
            for n, end in enumerate(ends)
        ),
        *(Insertion(at - 1, False, end=len(words), id=f"place.{at}") for at in starts),
    ]
    made = write_leaf(inlines, Surroundings(refer, set(), lambda _label: None), insertions)
    assert plain(made) == words
    assert sorted(calls(made)) == [str(n) for n in range(len(ends))]
