"""Take the README's picture: ``results/sample-report.png``, the report of the reference corpus in headless Chromium.

It shows the theme map with its filters, and below it an opened article with its evidence.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

from civictopics import load_corpus, run
from experiments.headless_browser import Browser

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 1100
SHOWN = (
    "languageOf(article)[0] === 'en' && data.types[article.type][0] === 'annual_review' && article.themes"
    " && article.said.length && article.planned.length && article.passages.length && !article.check"
)
"""An English article that has every kind of evidence."""
CLIPS = (
    "((top, end) => [0, top.offsetTop, innerWidth, end.offsetTop - top.offsetTop])"
    "(document.querySelector('#explore'), document.querySelector('#at'))",
    "((row) => [0, row.offsetTop - 8, innerWidth, row.offsetHeight + 24])"
    "(document.querySelector('#list details[open]').parentElement)",
)
"""What is shown of the page: left, top, width, height."""


def main() -> None:
    """Run the main job on the corpus, open its report, write the picture."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("no Chromium on this machine (Debian: apt-get install chromium)")
    picture = ROOT / "results" / "sample-report.png"
    names = ("id", "title", "text", "published", "group", "lang")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "corpus.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for article in load_corpus().articles():
                file.write(json.dumps({name: getattr(article, name) for name in names}, ensure_ascii=False) + "\n")
        run([source], Path(folder) / "out", use_cache=False)
        browser = Browser(chromium, Path(folder) / "profile")
        try:
            browser.open(Path(folder) / "out" / "report.html", WIDTH, 900)
            browser.ask(f"openArticle(articles.find((article) => {SHOWN}))")
            browser.ask("document.activeElement.blur()")
            parts = [browser.picture(Path(folder) / f"{n}.png", browser.ask(clip)) for n, clip in enumerate(CLIPS)]
            _join(parts, picture)
        finally:
            browser.close()
    print(f"wrote {picture.relative_to(ROOT)}")


def _join(parts: list[Path], target: Path) -> None:
    """Put pictures below each other."""
    pictures = [Image.open(part).convert("RGB") for part in parts]
    joined = Image.new("RGB", (WIDTH, sum(picture.height for picture in pictures)), "white")
    top = 0
    for picture in pictures:
        joined.paste(picture, (0, top))
        top += picture.height
    joined.save(target, optimize=True)


if __name__ == "__main__":
    main()
