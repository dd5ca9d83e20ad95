"""The report in a real browser, and what it may hold."""

import base64
import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from civictopics import run
from tests.conftest import TEXTS, in_ci

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=4000",
    "--enable-logging=stderr",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("page")
    records = [
        {
            "id": code,
            "title": f"{text[:50]} <img src=x onerror=console.error('hostile')>",
            "text": text * 3,
            "published": "2023-07-12",
        }
        for code, text in TEXTS.items()
    ]
    (home / "in.jsonl").write_text("\n".join(json.dumps(r) for r in records), encoding="utf-8")
    run([home / "in.jsonl"], home / "out", use_cache=False, processes=1)
    return home / "out"


@pytest.fixture
def chromium() -> str:
    if CHROMIUM is None:
        if in_ci():
            pytest.fail("no Chromium: the page tests must run in CI (see README, 'Tests')")
        pytest.skip("no Chromium on this machine: the page is not tried in a browser")
    return CHROMIUM


def browse(chromium: str, page: Path, profile: Path, *flags: str) -> "subprocess.CompletedProcess[str]":
    arguments = [chromium, *FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()]
    return subprocess.run(arguments, capture_output=True, text=True, timeout=120, check=True)


def test_the_page_holds_all_it_shows(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    outside = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(https?:|//)[^"')\s]*""", page)
    assert not outside
    assert "default-src 'none'" in html.unescape(page)
    assert len(page) < 5_000_000
    for picture in re.findall(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", page):
        assert b"<script" not in base64.b64decode(picture)


@pytest.mark.browser
def test_every_script_is_shown_rightly_and_nothing_hostile_runs(folder: Path, chromium: str, tmp_path: Path) -> None:
    done = browse(chromium, folder / "report.html", tmp_path / "profile", "--dump-dom")
    shown = done.stdout
    assert "CONSOLE" not in done.stderr, done.stderr
    assert 'id="list"><li>' in shown
    assert "5 of 5 articles" in shown
    assert shown.count('dir="rtl"') >= 2
    assert "<img src=" not in shown.replace('<img src="data:image/svg+xml;base64,', "")
    for text in TEXTS.values():
        assert text[:50] in shown


@pytest.mark.browser
@pytest.mark.parametrize(("name", "size"), [("desk", (1200, 2000)), ("phone", (390, 2000))])
def test_a_picture_of_the_page(folder: Path, chromium: str, tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    from PIL import Image

    picture = tmp_path / f"{name}.png"
    window = f"--window-size={size[0]},{size[1]}"
    browse(chromium, folder / "report.html", tmp_path / "profile", f"--screenshot={picture}", window)
    with Image.open(picture) as image:
        assert image.size == size
        colours = image.convert("L").getcolors(256) or []
    background = max(count for count, _ in colours)
    assert 0.3 < background / (size[0] * size[1]) < 0.99


@pytest.mark.browser
def test_a_phone_needs_no_sideways_scrolling(folder: Path, chromium: str, tmp_path: Path) -> None:
    probe = tmp_path / "probe.html"
    page = (folder / "report.html").read_text(encoding="utf-8")
    page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    measure = "<script>document.title = 'width ' + document.documentElement.scrollWidth</script></body>"
    probe.write_text(page.replace("</body>", measure), encoding="utf-8")
    # Headless Chromium opens no window narrower than 500 pixels.
    done = browse(chromium, probe, tmp_path / "profile", "--window-size=500,900", "--dump-dom")
    match = re.search(r"<title>width (\d+)</title>", done.stdout)
    assert match is not None
    assert int(match[1]) <= 500
