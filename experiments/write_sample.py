"""Write ``data/sample/``: sixty articles of the corpus as users have them, as files of every readable kind.

Twelve events in five languages, with a site's furniture around the text (banner,
byline with date, repeated headline, advertisement marks, comment widget, related
headlines, source line), in several encodings; and a few inputs that cannot be
used, so that a first run shows where those are listed. Run it with ``make sample``.
"""

import csv
import html
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from civictopics import load_corpus
from civictopics.corpus.reference import Event
from civictopics.languages import LANGUAGES, load_language

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "data" / "sample"
WANTED = (
    ("annual_review", "party_building"),
    ("annual_review", "society"),
    ("interim_review", "emulation"),
    ("interim_review", "mass_mobilisation"),
    ("campaign_review", "mass_mobilisation"),
    ("launch", "emulation"),
    ("rollout", "tet_security"),
    ("none", "tet_security"),
    ("none", "law_order"),
    ("assembly_session", "elected_bodies"),
    ("congress", "party_building"),
    ("public_dialogue", "mass_mobilisation"),
)
"""Meeting type and main theme of each event; the first of the corpus that fits is taken."""

CYRILLIC, WIDE = "cp1251", "utf-16"


def choose() -> list[Event]:
    """Return the events of the sample, in the order of `WANTED`."""
    corpus = load_corpus()
    chosen: list[Event] = []
    for meeting, theme in WANTED:
        fits = (e for e in corpus if (e.meeting_type, e.main_theme) == (meeting, theme) and e not in chosen)
        chosen.append(next(fits))
    return chosen


def address(event: Event) -> str:
    """Return the address of the Vietnamese original, which all translations name."""
    return f"https://baoviduc.example/{event.group}-{sum(map(ord, event.group))}.html"


def byline(event: Event) -> str:
    """Return the publication date as the sites print it."""
    year, month, day = event.published.split("-")
    return f"{day}/{month}/{year}"


def as_text(event: Event, language: str, others: list[Event], own_alphabet: bool = False) -> str:
    """Return an article as saved from a translating platform, or from a site that keeps to its own alphabet."""
    words = load_language(language).furniture
    title, paragraphs = event.title[language], event.text(language).split("\n")
    middle = len(paragraphs) // 2
    banner = words["site_headers"][0] if own_alphabet else "Nền tảng quảng bá Việt Nam"
    dated = byline(event) if own_alphabet else f"Việt NamViệt Nam{byline(event)}"
    lines = [
        f"Vidutin.example - {banner}", "", title, "", dated, "", "[ad_1]",
        *_spaced(paragraphs[:middle]), title, "", *_spaced(paragraphs[middle:]), "[ad_2]",
        f"{words['source_labels'][0].capitalize()}: {address(event)}", "",
        f"{words['comment_labels'][0].capitalize()} (0)", "", "No data", "No data", "",
        words["related_labels"][0].capitalize(), "", *[other.title[language] for other in others],
    ]  # fmt: skip
    return "\n".join(lines)


def as_page(event: Event, language: str, others: list[Event], charset: str) -> str:
    """Return an article as a page of a provincial portal."""
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in event.text(language).split("\n"))
    links = "".join(f"<li><a href='{address(other)}'>{html.escape(other.title[language])}</a></li>" for other in others)
    title = html.escape(event.title[language])
    return (
        f"<!DOCTYPE html><html lang='{language}'><head><meta charset='{charset}'><title>{title}</title>"
        f"<meta property='article:published_time' content='{event.published}'>"
        f"<link rel='canonical' href='{address(event)}'></head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
        f"<main><article><h1>{title}</h1>{paragraphs}</article></main>"
        f"<aside><h3>{load_language(language).furniture['related_labels'][0]}</h3><ul>{links}</ul></aside>"
        "<footer>Vidutin.example</footer></body></html>"
    )


def as_record(event: Event, language: str) -> dict[str, str]:
    """Return an article as a record with fields."""
    return {
        "id": f"{event.group}.{language}",
        "group": event.group,
        "title": event.title[language],
        "published": event.published,
        "url": address(event),
        "text": event.text(language),
    }


def _spaced(paragraphs: list[str]) -> list[str]:
    return [line for paragraph in paragraphs for line in (paragraph, "")]


def write(events: list[Event]) -> None:
    """Write the files: by place in the list, an event becomes text files, pages, or records."""
    for number, event in enumerate(events):
        others = [events[(number + step) % len(events)] for step in (3, 5, 7)]
        for language in LANGUAGES:
            name = f"{event.group}.{language}"
            if number < 5:
                encoding = {(1, "ru"): CYRILLIC, (2, "vi"): WIDE}.get((number, language), "utf-8")
                text = as_text(event, language, others, own_alphabet=encoding == CYRILLIC)
                (FOLDER / "text" / f"{name}.txt").write_bytes(text.encode(encoding))
            elif number < 8:
                page = as_page(event, language, others, "utf-8")
                (FOLDER / "pages" / f"{name}.html").write_text(page, encoding="utf-8")
    records = [as_record(event, language) for event in events[8:10] for language in LANGUAGES]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    lines.insert(4, '{"id": "broken line", "text": "the closing quote is missing}')
    (FOLDER / "articles.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = [as_record(events[10], language) for language in LANGUAGES]
    with (FOLDER / "articles.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    pq.write_table(
        pa.Table.from_pylist([as_record(events[11], language) for language in LANGUAGES]), FOLDER / "articles.parquet"
    )
    copy = FOLDER / "text" / f"{events[0].group}.sv.txt"
    shutil.copyfile(copy, FOLDER / "text" / "saved-twice.txt")
    (FOLDER / "text" / "empty.txt").write_bytes(b"")


def main() -> None:
    """Write the folder anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name in ("text", "pages"):
        (FOLDER / name).mkdir(parents=True)
    write(choose())
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    print(
        f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.2f} MB in {FOLDER.relative_to(ROOT)}"
    )


if __name__ == "__main__":
    main()
