"""The report in a real browser: clicks, typing, filters, keys, right to left, a phone, darkness, hostile text."""

import json
from pathlib import Path
from typing import Any

import pytest

from experiments.headless_browser import Browser

pytestmark = pytest.mark.browser

ARABIC = "an-giang-border-police-annual-before-tet-2023.ar"


@pytest.fixture
def opened(chromium: Browser, page: Path) -> Browser:
    chromium.console.clear()
    chromium.requests.clear()
    chromium.open(page)
    return chromium


def found(browser: Browser) -> str:
    return str(browser.ask("document.getElementById('found').textContent"))


def bright_marks(browser: Browser) -> int:
    return int(browser.ask("document.querySelectorAll('#map > g:first-child > path:not(.out)').length"))


def select(browser: Browser, name: str, wanted: str) -> None:
    """Choose an option by its text, as a person does with the keyboard: focus, then type its beginning."""
    value = browser.ask(
        f"[...document.getElementById({json.dumps(name)}).options]"
        f".find((o) => o.text.startsWith({json.dumps(wanted)})).value"
    )
    browser.ask(
        f"(() => {{ const s = document.getElementById({json.dumps(name)}); s.value = {json.dumps(value)};"
        "s.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )


def box_of_map(browser: Browser) -> list[float]:
    box: list[float] = browser.ask(
        "(() => { const b = document.getElementById('map').getBoundingClientRect();"
        "return [b.x, b.y, b.width, b.height]; })()"
    )
    return box


def open_article(browser: Browser, identifier: str) -> None:
    browser.click("#clear") if not browser.ask("document.getElementById('clear').disabled") else None
    browser.click("#search")
    browser.write(identifier)
    browser.click("#list summary")


def shown(browser: Browser, selector: str) -> list[str]:
    texts: list[str] = browser.ask(f"[...document.querySelectorAll({json.dumps(selector)})].map((e) => e.textContent)")
    return texts


def test_nothing_is_loaded_and_nothing_hostile_runs(opened: Browser, page: Path) -> None:
    assert opened.requests == [page.as_uri()]
    assert found(opened) == "35 of 35 articles"
    opened.click("#search")
    opened.write("onerror")
    assert found(opened) == "5 of 35 articles"
    for row in range(5):
        opened.click(f"#list > li:nth-child({row + 1}) summary")
    assert shown(opened, "#list details[open] .title")[0].startswith("</script><script>window.hostile=1</script>")
    assert opened.ask("document.querySelectorAll('img, #list script, iframe').length") == 0
    assert opened.ask("window.hostile") is None
    assert opened.requests == [page.as_uri()]
    assert opened.console == []


def test_typing_filters_the_list_and_the_map(opened: Browser) -> None:
    assert bright_marks(opened) == 35
    opened.click("#search")
    opened.write("phao lau")  # without the marks of "pháo lậu"
    assert 1 <= bright_marks(opened) < 10
    assert found(opened) == f"{bright_marks(opened)} of 35 articles"
    assert any("pháo lậu" in title for title in shown(opened, "#list .title"))
    opened.click("#clear")
    assert bright_marks(opened) == 35
    assert opened.ask("document.activeElement.id") == "search"
    opened.write("no such words anywhere")
    assert found(opened) == "0 of 35 articles"
    assert opened.console == []


@pytest.mark.parametrize(
    ("name", "wanted", "test"),
    [
        ("by-lang", "Arabic", "languageOf(a)[0] === 'ar'"),
        ("by-main", "Tet security", "data.themes[a.main][0] === 'tet_security'"),
        ("by-treats", "party building", "(a.themes & 8) > 0"),
        ("by-type", "annual review", "data.types[a.type][0] === 'annual_review'"),
        ("by-kind", "year", "data.kinds[a.kind][0] === 'year'"),
        ("by-covers", "2022", "a.period[0] <= '2022-12-31' && a.period[1] >= '2022-01-01'"),
        ("by-from", "2014", "a.date >= '2014'"),
        ("by-to", "2014", "a.date !== '' && a.date < '2015'"),
    ],
)
def test_each_filter_keeps_what_it_says(opened: Browser, name: str, wanted: str, test: str) -> None:
    select(opened, name, wanted)
    expected = opened.ask(f"articles.filter((a) => {test}).length")
    assert 0 < expected < 35
    assert found(opened) == f"{expected} of 35 articles"
    assert bright_marks(opened) == expected
    assert opened.ask("document.querySelectorAll('#list > li').length") == min(25, expected)


def test_filters_add_up_and_the_legend_filters_too(opened: Browser) -> None:
    select(opened, "by-lang", "Russian")
    opened.click("#legend button[data-entry='2']")
    both = opened.ask("articles.filter((a) => languageOf(a)[0] === 'ru' && a.main === 2).length")
    assert found(opened) == f"{both} of 35 articles"
    assert opened.ask("document.activeElement.dataset.entry") == "2"  # the focus is not lost
    assert opened.ask("document.activeElement.getAttribute('aria-pressed')") == "true"
    opened.click("#legend button[data-entry='2']")
    assert found(opened) == "7 of 35 articles"


def test_a_theme_and_a_doubtful_field_lead_to_their_articles(opened: Browser) -> None:
    opened.click("[data-theme='tet_security']")
    expected = opened.ask("articles.filter((a) => a.themes & 4).length")
    assert found(opened) == f"{expected} of 35 articles"
    opened.click("#check-fields button")
    assert opened.ask("chosen.listed.length > 0 && chosen.listed.every((a) => a.check > 0)")
    assert shown(opened, "#list .chip.doubt")[0].startswith("? ")


def test_arabic_runs_from_right_to_left_with_its_evidence_marked(opened: Browser) -> None:
    open_article(opened, ARABIC)
    assert shown(opened, ".evidence mark.p") == ["في عام 2022"]
    quote = "document.querySelector('.evidence blockquote')"
    assert opened.ask(f"getComputedStyle({quote}).direction") == "rtl"
    assert opened.ask(f"{quote}.lang") == "ar"
    # The quotation begins at the right edge, and its bar stands there.
    edge = opened.ask(
        f"(() => {{ const r = document.createRange(); r.selectNodeContents({quote}.firstChild);"
        f"return {quote}.getBoundingClientRect().right - r.getClientRects()[0].right; }})()"
    )
    assert 0 < edge < 30
    assert opened.ask(f"getComputedStyle({quote}).borderRightWidth") == "4px"
    assert "Tet security (treated)" in shown(opened, ".tags th")
    assert any(text.endswith("passage 3") for text in shown(opened, ".evidence p"))
    assert any("speaks for annual review" in text for text in shown(opened, ".cues li"))
    assert len(shown(opened, "#list mark.c")) >= 2
    assert opened.console == []


def test_translations_lead_to_each_other(opened: Browser) -> None:
    open_article(opened, ARABIC)
    button = "[...document.querySelectorAll('.evidence .buttons button')]"
    names = [name.split(":")[0] for name in opened.ask(f"{button}.map((b) => b.textContent)")]
    assert sorted(names) == ["en", "ru", "sv", "vi"]
    opened.ask(f"{button}.find((b) => b.textContent.startsWith('sv')).click()")
    assert opened.ask("document.activeElement.tagName") == "SUMMARY"
    assert "smällare" in opened.ask("document.activeElement.textContent")
    assert opened.ask("document.activeElement.parentElement.open")


def test_an_address_names_an_article(opened: Browser) -> None:
    opened.ask(
        "new Promise((done) => { addEventListener('hashchange', () => setTimeout(done, 0));"
        f"location.hash = {json.dumps('article=' + ARABIC)}; }})"
    )
    assert shown(opened, ".evidence mark.p") == ["في عام 2022"]
    link = opened.ask("document.querySelector('.evidence .origin a').getAttribute('href')")
    assert link == f"#article={ARABIC}"
    assert opened.console == []


def test_the_map_answers_to_mouse_and_drag(opened: Browser) -> None:
    opened.ask("document.getElementById('map').scrollIntoView({block: 'center'})")
    box = box_of_map(opened)
    spot = opened.ask("map.spots[3]")
    opened.press_mouse(box[0] + spot[0], box[1] + spot[1])
    opened.release_mouse(box[0] + spot[0], box[1] + spot[1])
    title = opened.ask("titleOf(chosen.current)")
    assert title in shown(opened, "#at")[0]
    assert opened.ask("map.ring.getAttribute('visibility')") == "visible"
    opened.click("#open-current")
    assert title in opened.ask("document.activeElement.textContent")
    opened.ask("document.getElementById('map').scrollIntoView({block: 'center'})")
    box = box_of_map(opened)
    opened.press_mouse(box[0] + 2, box[1] + 2)
    for step in (0.2, 0.4, 0.5):
        opened.move_mouse(box[0] + box[2] * step, box[1] + box[3] - 2)
    opened.release_mouse(box[0] + box[2] * 0.5, box[1] + box[3] - 2)
    left = opened.ask("map.spots.filter(([x]) => x <= map.width * 0.5).length")
    assert 0 < left < 35
    assert found(opened) == f"{left} of 35 articles, from the region chosen on the map"
    opened.click("#closer")
    assert opened.ask("map.zoom") == 2
    opened.click("#no-region")
    opened.click("#whole")
    assert found(opened) == "35 of 35 articles"
    assert opened.ask("map.zoom") == 1
    assert opened.console == []


def test_everything_can_be_done_with_the_keyboard(opened: Browser) -> None:
    opened.key("Tab")
    assert opened.ask("document.activeElement.className") == "skip"
    assert opened.ask("document.activeElement.getBoundingClientRect().x") >= 0
    visited = []
    for _ in range(80):
        opened.key("Tab")
        visited.append(opened.ask("document.activeElement.id || document.activeElement.tagName"))
        if visited[-1] == "SUMMARY" and "order" in visited:
            break
    order = [visited.index(name) for name in ("search", "by-lang", "by-check", "colour", "map", "order")]
    assert order == sorted(order)
    style = opened.ask(
        "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; })()"
    )
    assert style == ["solid", "3px"]
    first = opened.ask("document.activeElement.textContent")
    opened.key("ArrowDown")
    assert opened.ask("document.activeElement.textContent") != first
    opened.key("ArrowUp")
    opened.key("Enter")
    assert opened.ask("document.activeElement.parentElement.open")
    assert opened.ask("document.querySelectorAll('.evidence').length") == 1
    opened.ask("document.getElementById('map').focus()")
    walked = set()
    for name in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"):
        opened.key(name)
        walked.add(opened.ask("chosen.current.id"))
    assert len(walked) >= 2
    opened.key("+")
    assert opened.ask("map.zoom") == 2
    opened.key("Enter")
    assert opened.ask("document.activeElement.tagName") == "SUMMARY"
    assert opened.ask("titleOf(chosen.current)") in opened.ask("document.activeElement.textContent")
    assert opened.console == []


def test_every_control_has_a_name(opened: Browser) -> None:
    nameless = opened.ask(
        "[...document.querySelectorAll('input, select, button, svg[role]')]"
        ".filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim()"
        " || (e.labels && e.labels.length && e.labels[0].textContent.trim()))).map((e) => e.outerHTML)"
    )
    assert nameless == []
    unlabelled = opened.ask("[...document.querySelectorAll('select, input')].filter((e) => !e.labels.length).length")
    assert unlabelled == 0


def test_colour_by_language_changes_marks_and_legend(opened: Browser) -> None:
    select(opened, "colour", "language")
    assert [text.split()[0] for text in shown(opened, "#legend button")] == [
        "Vietnamese", "English", "Swedish", "Russian", "Arabic",
    ]  # fmt: skip
    assert (
        opened.ask("new Set([...document.querySelectorAll('#map > g path')].map((p) => p.getAttribute('d'))).size") == 5
    )


def test_names_on_the_map_do_not_overlap(opened: Browser) -> None:
    boxes = opened.ask(
        "[...document.querySelectorAll('#map .labels text')].map((t) => t.getBBox())"
        ".map((b) => [b.x, b.y, b.width, b.height])"
    )
    assert len(boxes) >= 3
    width = opened.ask("map.width")
    for place, (x, y, w, h) in enumerate(boxes):
        assert x >= 0 and x + w <= width
        for left, top, wide, high in boxes[place + 1 :]:
            assert x + w <= left or left + wide <= x or y + h <= top + 4 or top + high <= y + 4


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_its_background(chromium: Browser, page: Path, dark: bool) -> None:
    chromium.open(page, dark=dark)
    open_article(chromium, ARABIC)
    pairs: list[Any] = chromium.ask(
        "[...document.querySelectorAll('p, th, td, mark, .chip, .tick, summary, button:not(:disabled), select, a')]"
        ".map((e) => { let behind = e;"
        "const clear = () => /, 0\\)|transparent/.test(getComputedStyle(behind).backgroundColor);"
        "while (behind && clear()) behind = behind.parentElement;"
        "const colour = e.className.baseVal === 'tick' ? getComputedStyle(e).fill : getComputedStyle(e).color;"
        "return [colour, getComputedStyle(behind || document.body).backgroundColor, e.outerHTML.slice(0, 80)]; })"
    )
    assert len(pairs) > 100
    assert [(pair, contrast(*pair[:2])) for pair in pairs if contrast(*pair[:2]) < 4.5] == []


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        channels = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_a_phone_needs_no_sideways_scrolling(chromium: Browser, page: Path, tmp_path: Path) -> None:
    chromium.open(page, 390, 844, phone=True)
    open_article(chromium, ARABIC)
    assert chromium.ask("document.documentElement.scrollWidth") == 390
    assert chromium.ask("document.getElementById('map').clientWidth") > 300
    low = chromium.ask(
        "Math.min(...[...document.querySelectorAll('#filters select, #filters input')].map((e) => e.clientHeight))"
    )
    assert low >= 32
    check_picture(chromium.picture(tmp_path / "phone.png"), (780, 1688))


def test_a_picture_of_the_page(opened: Browser, tmp_path: Path) -> None:
    check_picture(opened.picture(tmp_path / "desk.png"), (1200, 900))


def check_picture(path: Path, size: tuple[int, int]) -> None:
    from PIL import Image

    with Image.open(path) as image:
        assert image.size == size
        colours = image.convert("L").getcolors(256) or []
    background = max(count for count, _ in colours)
    assert 0.3 < background / (size[0] * size[1]) < 0.99
