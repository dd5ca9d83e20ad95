"""Why the fast mode of the extractor is not used, and what hostile markup does."""

import time
from pathlib import Path

import pytest
import trafilatura

from civictopics.corpus.limits import Limits
from civictopics.corpus.readers.html import read_html
from civictopics.corpus.records import RawRecord
from tests.conftest import ENGLISH, VIETNAMESE

MENU = "<div id='menu'><ul><li><a href='/'>Trang chủ</a></li><li><a href='/x'>Tin tức</a></li></ul></div>"
RELATED = "<div class='related'><h3>Tin liên quan</h3><ul>{}</ul></div><footer>Giấy phép số 12/GP</footer>".format(
    "".join(f"<li><a href='/{i}'>Một tin khác về thời tiết số {i}</a></li>" for i in range(6))
)
NOISE = ("Trang chủ", "Một tin khác", "Giấy phép")


def page(body: str) -> str:
    return f"<html><head><title>Đê điều</title></head><body>{MENU}{body}{RELATED}</body></html>"


def paragraphs(tag: str) -> str:
    return "".join(f"<{tag}>{VIETNAMESE} {i}</{tag}>" for i in range(5))


# The text stands outside p and article, as on many provincial portals.
PAGES = {
    "div": page(f"<div class='detail'>{paragraphs('div')}</div>"),
    "span": page(f"<div id='x'>{paragraphs('span')}</div>"),
    "font": page("<td class='noidung'>{}</td>".format(paragraphs("font").replace("</font>", "</font><br>"))),
}


def read(tmp_path: Path, markup: str) -> object:
    path = tmp_path / "a.html"
    path.write_text(markup, encoding="utf-8")
    return next(read_html(path, "a.html", Limits()))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_full_mode_leaves_out_what_the_fast_mode_takes_in(tmp_path: Path, name: str) -> None:
    fast = trafilatura.extract(PAGES[name], fast=True) or ""
    record = read(tmp_path, PAGES[name])
    assert isinstance(record, RawRecord)
    assert record.text.count("sơ kết") == 5
    assert not any(noise in record.text for noise in NOISE)
    assert any(noise in fast for noise in NOISE)


def test_hostile_markup_ends_soon(tmp_path: Path) -> None:
    start = time.perf_counter()
    for markup in ("<div>" * 60_000 + ENGLISH, f"<p>{ENGLISH}</p><body " + "a=1 " * 20_000 + ">", "&lol;" * 50_000):
        read(tmp_path, markup)
    assert time.perf_counter() - start < 30


def test_scripts_are_no_text(tmp_path: Path) -> None:
    record = read(tmp_path, f"<article><h1>T</h1><p>{ENGLISH}</p><script>alert('evil')</script></article>")
    assert isinstance(record, RawRecord)
    assert "evil" not in record.text
