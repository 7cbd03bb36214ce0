"""The web application's files as a gateway serves them."""

import gzip
from pathlib import Path

import pytest

from actors import webapp
from actors.webapp import WebApplication
from domain.kit.errors import DomainError

PAGE = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SCRIPT = b"console.log('countinghouse');" * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<title>Countinghouse</title>")
    (dist / "assets" / "index-B4x_9Qaz.js").write_bytes(SCRIPT)
    (dist / "assets" / "index-B4x_9Qaz.js.br").write_bytes(b"brotli")
    (dist / "assets" / "plain.css").write_bytes(SCRIPT)
    (dist / "assets" / "font-AAAAAAAA.woff2").write_bytes(b"x" * 5000)
    (dist / "site.webmanifest").write_text("{}")
    (dist / ".built").write_text("")
    (tmp_path / "secret.txt").write_text("secret")
    (dist / "link.txt").symlink_to(tmp_path / "secret.txt")
    return dist


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/assets/index-B4x_9Qaz.js", "text/javascript; charset=utf-8"),
        ("/assets/plain.css", "text/css; charset=utf-8"),
        ("/assets/font-AAAAAAAA.woff2", "font/woff2"),
        ("/site.webmanifest", "application/manifest+json"),
    ],
)
def test_files_have_their_types(folder: Path, path: str, media_type: str) -> None:
    answer = WebApplication(folder).answer(path, {})
    assert answer.status == 200
    assert answer.headers["content-type"] == media_type


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("BR", "br"),
        ("br;q=0.0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_a_client_gets_the_form_that_it_reads(folder: Path, accepted: str, encoding: str | None) -> None:
    answer = WebApplication(folder).answer("/assets/index-B4x_9Qaz.js", {"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "accept-encoding"
    expected = {"br": b"brotli", "gzip": SCRIPT, None: SCRIPT}[encoding]
    assert (gzip.decompress(answer.body) if encoding == "gzip" else answer.body) == expected


def test_what_is_compressed_already_is_not_compressed(folder: Path) -> None:
    answer = WebApplication(folder).answer("/assets/font-AAAAAAAA.woff2", {"accept-encoding": "gzip, br"})
    assert "content-encoding" not in answer.headers


def test_hashed_names_are_kept_for_ever_and_the_page_is_asked_for_again(folder: Path) -> None:
    site = WebApplication(folder)
    assert "immutable" in site.answer("/assets/index-B4x_9Qaz.js", {}).headers["cache-control"]
    assert site.answer("/assets/plain.css", {}).headers["cache-control"] == "no-cache"
    page = site.answer("/", {})
    assert page.headers["cache-control"] == "no-cache"
    again = site.answer("/", {"if-none-match": page.headers["etag"]})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", page.headers["etag"])
    assert site.answer("/", {"if-none-match": '"other"'}).status == 200


def test_the_forms_of_a_file_have_tags_of_their_own(folder: Path) -> None:
    site = WebApplication(folder)
    tags = {site.answer("/assets/index-B4x_9Qaz.js", {"accept-encoding": form}).headers["etag"] for form in ("", "gzip", "br")}
    assert len(tags) == 3


def test_places_of_the_application_are_its_page(folder: Path) -> None:
    site = WebApplication(folder)
    answer = site.answer("/manual-journals/12?x=1", PAGE)
    assert answer.body == b"<title>Countinghouse</title>"
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    for path, headers in (("/assets/gone-AAAAAAAA.js", PAGE), ("/favicon.ico", {"accept": "image/*,*/*"}), ("/x", {})):
        with pytest.raises(DomainError) as refusal:
            site.answer(path, headers)
        assert refusal.value.status == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/assets/../../secret.txt", "/link.txt", "/.built", "//etc/passwd", "/%2e%2e/secret.txt"]
)
def test_nothing_but_the_files_is_reached(folder: Path, path: str) -> None:
    with pytest.raises(DomainError):
        WebApplication(folder).answer(path, {})


def test_a_compressed_form_is_no_file_of_its_own(folder: Path) -> None:
    with pytest.raises(DomainError):
        WebApplication(folder).answer("/assets/index-B4x_9Qaz.js.br", {})


def test_a_change_on_the_disk_shows_after_the_next_start(folder: Path) -> None:
    site = WebApplication(folder)
    (folder / "index.html").unlink()
    assert site.answer("/", {}).status == 200


def test_without_a_build_a_page_says_what_to_do(tmp_path: Path) -> None:
    answer = WebApplication(tmp_path / "nothing").answer("/accounts", PAGE)
    assert answer.status == 404
    assert b"make webapp" in answer.body


def test_an_application_that_is_too_large_is_not_served(folder: Path, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    monkeypatch.setattr(webapp, "BYTES_MAX", 6000)
    assert WebApplication(folder).answer("/", {}).status == 404
    assert "has more than" in caplog.text
