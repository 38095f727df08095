"""The preview's server: whom it answers, with what, and that it gives nothing else away."""

from __future__ import annotations

import http.client
import io
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from printedition.diagnostics import Diagnostic
from printedition.pipeline import Written
from printedition.preview.desk import Desk
from printedition.preview.editors import EditorLinks, NoSuchEditor
from printedition.preview.server import Server
from printedition.sources import SourceFile, Span
from printedition.watching.leaves import PDFIUM, Difference, leaves_of
from printedition.watching.rebuilding import Outcome
from printedition.watching.rounds import Round

CHAPTER = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>One</title></head><body/></html>'


def pdf_of(pages: int) -> bytes:
    """A PDF of empty pages, 100 × 200 pt."""
    made = io.BytesIO()
    with closing(pypdfium2.PdfDocument.new()) as book:
        for _ in range(pages):
            book.new_page(100, 200).close()
        book.save(made)
    return made.getvalue()


def epub_of(chapter: str) -> bytes:
    """An e-book of one chapter."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "OEBPS/content.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
            '<item id="a" href="text/one.xhtml"/></manifest><spine><itemref idref="a"/></spine>'
            "</package>",
        )
        archive.writestr("OEBPS/text/one.xhtml", chapter)
        archive.writestr("OEBPS/trick.js", "alert(1)")
    return made.getvalue()


def made(pages: int, chapter: str = CHAPTER, *changed: Difference) -> Round:
    """A build without faults."""
    books = {"pdf": pdf_of(pages), "epub": epub_of(chapter)}
    written = tuple(Written(Path(f"small.{form}"), None, len(books[form])) for form in books)
    return Round(
        Outcome(written=written), books, leaves_of(books["pdf"]), changed, "page 2 changed"
    )


def faulty() -> Round:
    """A build that wrote nothing."""
    found = Diagnostic("APP003", "lemma “deep” does not stand in it", Span("l/a b.md", 9, 13))
    text = SourceFile("l/a b.md", "Words.\nA deep one.\n")
    return Round(Outcome(diagnostics=(found,), texts={"l/a b.md": text}), {})


@pytest.fixture
def desk() -> Desk:
    desk = Desk(Path("/home/ann/edition"), EditorLinks("vscode"))
    desk.ended(made(3, CHAPTER, Difference(1, "2", "changed")))
    return desk


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    server = Server(desk)
    server.start()
    yield server
    server.end()


def ask(
    server: Server, path: str, *, host: str | None = None, method: str = "GET", token: bool = True
) -> tuple[http.client.HTTPResponse, bytes]:
    """What the server answers; the path is sent as it is."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)) as line:
        whole = f"/{server.token}/{path}" if token else path
        line.putrequest(method, whole, skip_host=host is not None)
        if host is not None:
            line.putheader("Host", host)
        line.endheaders()
        answer = line.getresponse()
        return answer, answer.read()


def state_of(server: Server) -> dict[str, object]:
    state: dict[str, object] = json.loads(ask(server, "state.json")[1])
    return state


def test_the_server_listens_on_the_loopback_alone(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("path", ["", "page.css", "page.js", "state.json"])
def test_the_page_is_served_with_its_parts(server: Server, path: str) -> None:
    answer, data = ask(server, path)
    assert (answer.status, bool(data)) == (200, True)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "http" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("name", ["evil.example", "evil.example:{port}", "127.0.0.1", "", "[::1]"])
def test_who_came_by_another_name_is_refused(server: Server, name: str) -> None:
    """A page from elsewhere can make its name lead here, and would then read what it likes."""
    answer, data = ask(server, "state.json", host=name.format(port=server.server_port))
    assert (answer.status, data) == (403, b"")


def test_the_name_of_this_machine_for_itself_is_good(server: Server) -> None:
    assert ask(server, "", host=f"localhost:{server.server_port}")[0].status == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/state.json", "/x/state.json", "//state.json", "/%C3%A9/", "*", "/%00/state.json"],
)
def test_who_does_not_know_the_token_gets_nothing(server: Server, path: str) -> None:
    answer, data = ask(server, path, token=False)
    assert (answer.status, data) == (404, b"")


@pytest.mark.parametrize(
    "path",
    [
        "server.py",
        "../page.html",
        "%2e%2e/preview/page.html",
        "../../../../etc/passwd",
        "%2fetc%2fpasswd",
        "page.html",
        "chapters/{epub}/../../etc/passwd",
        "chapters/{epub}//etc/passwd",
        "chapters/{epub}/OEBPS/trick.js",
        "chapters/{epub}/mimetype",
        "chapters/nothing/OEBPS/text/one.xhtml",
        "pages/{pdf}/3.png?width=100",
        "pages/{pdf}/-1.png?width=100",
        "pages/{pdf}/0.png?width=100000000",
        "pages/{pdf}/0.png?width=0",
        "pages/{pdf}/0.png",
        "pages/{pdf}/x.png?width=100",
        "pages/nothing/0.png?width=100",
    ],
)
def test_what_is_no_part_of_the_preview_is_not_there(server: Server, path: str) -> None:
    state = state_of(server)
    answer, data = ask(server, path.format(**state))
    assert (answer.status, data) == (404, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_the_server_can_only_be_read(server: Server, method: str) -> None:
    assert ask(server, "state.json", method=method)[0].status == 501


def test_a_page_is_a_picture_as_broad_as_it_is_asked_for(server: Server) -> None:
    answer, data = ask(server, f"pages/{state_of(server)['pdf']}/2.png?width=300")
    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(data)).size == (300, 600)


def test_a_chapter_may_be_seen_and_do_nothing(server: Server) -> None:
    path = f"chapters/{state_of(server)['epub']}/OEBPS/text/one.xhtml"
    answer, data = ask(server, path)
    assert data == CHAPTER.encode()
    assert answer.headers["Content-Type"] == "application/xhtml+xml; charset=utf-8"
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_what_changed_is_told_with_the_page_to_go_to(server: Server) -> None:
    state = state_of(server)
    assert (state["go"], state["news"]) == (1, "page 2 changed")
    assert [page.get("change") for page in state["pages"]] == [None, "changed", None]  # type: ignore[attr-defined]


def test_faults_lead_to_their_line_while_the_last_good_books_stay(
    desk: Desk, server: Server
) -> None:
    before = state_of(server)
    desk.ended(faulty())
    after = state_of(server)
    assert after["stale"] and not before["stale"]
    assert after["pdf"] == before["pdf"] and after["pages"] == before["pages"]
    (fault,) = after["faults"]  # type: ignore[misc]
    assert fault["link"] == "vscode://file/home/ann/edition/l/a%20b.md:2:3"
    assert fault["line"] == ["A ", "deep", " one."]


def test_pages_that_a_browser_still_shows_are_there_after_the_next_build(
    desk: Desk, server: Server
) -> None:
    before = state_of(server)
    desk.ended(made(5))
    assert state_of(server)["pdf"] != before["pdf"]
    assert ask(server, f"pages/{before['pdf']}/0.png?width=50")[0].status == 200


def test_a_desk_that_is_closed_has_no_pictures(desk: Desk, server: Server) -> None:
    """They would be made while PDFium ends with the program."""
    pdf = state_of(server)["pdf"]
    shown = desk._printed[-1]
    desk.close()
    assert ask(server, f"pages/{pdf}/0.png?width=50")[0].status == 404
    with pytest.raises(LookupError):
        shown.picture(0, 50)


def test_a_desk_waits_for_the_picture_that_is_being_made(desk: Desk) -> None:
    closing_desk = threading.Thread(target=desk.close)
    with PDFIUM:
        closing_desk.start()
        closing_desk.join(0.2)
        assert closing_desk.is_alive()
    closing_desk.join(10)
    assert not closing_desk.is_alive()


# The desk and the server as the command has them, asked for pages without end, then ended.
ENDING = """
import http.client, json, pathlib, sys, threading, time
from printedition.preview.desk import Desk
from printedition.preview.editors import EditorLinks
from printedition.preview.server import Server
from printedition.watching.leaves import leaves_of
from printedition.watching.rebuilding import Outcome
from printedition.watching.rounds import Round

data = pathlib.Path(sys.argv[1]).read_bytes()
desk = Desk(pathlib.Path("edition"), EditorLinks("vscode"))
desk.ended(Round(Outcome(), {"pdf": data}, leaves_of(data)))
server = Server(desk)
server.start()
key, seen = json.loads(desk.state())["pdf"], []

def ask(first):
    for width in range(first, first + 300):
        line = http.client.HTTPConnection("127.0.0.1", server.server_port)
        line.request("GET", f"/{server.token}/pages/{key}/0.png?width={width}")
        seen.append(line.getresponse().read())

threading.excepthook = lambda _: None  # the server goes while they ask
for number in range(4):
    threading.Thread(target=ask, args=(1500 + 300 * number,), daemon=True).start()
while not seen:
    time.sleep(0.01)
server.end()
desk.close()
"""


@pytest.mark.slower
def test_a_preview_that_is_ended_amid_pictures_ends_well(tmp_path: Path) -> None:
    """Without closing the desk PDFium brings one ending in three down."""
    page = tmp_path / "page.pdf"
    Image.effect_noise((2000, 2800), 60).save(page)
    command = [sys.executable, "-c", ENDING, page]
    ended = [subprocess.run(command, capture_output=True, check=False) for _ in range(6)]
    assert [(one.returncode, one.stderr) for one in ended] == [(0, b"")] * 6


def test_a_chapter_that_changed_is_told(desk: Desk, server: Server) -> None:
    assert [each["changed"] for each in state_of(server)["chapters"]] == [False]  # type: ignore[attr-defined]
    desk.ended(made(3, CHAPTER.replace("One", "Two")))
    (chapter,) = state_of(server)["chapters"]  # type: ignore[misc]
    assert (chapter["title"], chapter["changed"]) == ("Two", True)


def test_news_are_sent_when_there_are_any(desk: Desk, server: Server) -> None:
    with closing(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)) as line:
        line.request("GET", f"/{server.token}/news")
        answer = line.getresponse()
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        first = answer.readline()
        answer.readline()
        threading.Timer(0.05, desk.began, [()]).start()
        assert int(answer.readline()[6:]) == int(first[6:]) + 1


def test_an_edition_that_is_away_is_told(desk: Desk, server: Server) -> None:
    desk.away()
    assert "is not there" in str(state_of(server)["hindrance"])


@pytest.mark.parametrize(
    ("editor", "link"),
    [
        ("vscode", "vscode://file/e/a.md:3:5"),
        ("textmate", "txmt://open?url=file:///e/a.md&line=3&column=5"),
        ("ed://{path}?{line}", "ed:///e/a.md?3"),
    ],
)
def test_a_link_opens_a_file_at_its_line(editor: str, link: str) -> None:
    assert EditorLinks(editor).to(Path("/e/a.md"), 3, 5) == link


def test_a_path_cannot_write_more_into_a_link() -> None:
    assert (
        EditorLinks("ed://{path}").to(Path("/e/{line}?&#.md"), 3, 5)
        == "ed:///e/%7Bline%7D%3F%26%23.md"
    )


@pytest.mark.parametrize("editor", ["word", "javascript:alert('{path}')", "ed://{line}", ""])
def test_what_makes_no_link_to_a_file_is_refused(editor: str) -> None:
    with pytest.raises(NoSuchEditor):
        EditorLinks(editor)
