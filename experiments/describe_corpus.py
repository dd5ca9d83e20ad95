"""Count the reference corpus: writes ``data/corpus.toml`` (the declaration) and the tables of ``data/README.md``."""

import itertools
import re
from collections import Counter
from pathlib import Path

from civictopics import load_corpus
from civictopics.corpus.reference import LABELS, ReferenceCorpus
from civictopics.languages import LANGUAGES
from civictopics.languages.matching import split_words

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SCRIPTS = {"vi": "vie-Latn", "en": "eng-Latn", "sv": "swe-Latn", "ru": "rus-Cyrl", "ar": "arb-Arab"}
N = 5
CITATION = (
    "The civictopics authors (2026). civictopics reference corpus: aligned, labelled events of local politics in five "
    "languages."
)


def five_grams(corpus: ReferenceCorpus, language: str) -> list[set[tuple[str, ...]]]:
    """Return the set of word 5-grams of each article in one language."""
    found = []
    for event in corpus:
        words = split_words(f"{event.title[language]}\n{event.text(language)}")
        found.append(set(zip(*(words[start:] for start in range(N)), strict=False)))
    return found


def overlap(sets: list[set[tuple[str, ...]]]) -> tuple[float, float, float]:
    """Return the share of distinct 5-grams, and the mean and largest share that a pair of articles has in common."""
    homes: dict[tuple[str, ...], list[int]] = {}
    for number, grams in enumerate(sets):
        for gram in grams:
            homes.setdefault(gram, []).append(number)
    common: Counter[tuple[int, int]] = Counter()
    for numbers in homes.values():
        common.update(itertools.combinations(numbers, 2))
    shares = [count / min(len(sets[a]), len(sets[b])) for (a, b), count in common.items()]
    pairs = len(sets) * (len(sets) - 1) / 2
    total = sum(len(grams) for grams in sets)
    return len(homes) / total, sum(shares) / pairs, max(shares, default=0.0)


def counts(values: list[str], order: tuple[str, ...] = ()) -> str:
    """Return values with their counts as a Markdown table."""
    found = Counter(values)
    names = [name for name in order if name in found] + sorted(set(found) - set(order), key=lambda n: (-found[n], n))
    rows = "\n".join(f"| {name} | {found[name]} |" for name in names)
    return f"| value | events |\n|---|---:|\n{rows}"


def tables(corpus: ReferenceCorpus) -> dict[str, str]:
    """Return the generated tables of the datasheet by their names."""
    events = list(corpus)
    themes = [theme for event in events for theme in (event.themes or ("none of the four",))]
    mixtures = Counter(str(len(event.themes)) for event in events)
    sizes = [
        "| language | articles | words | words per article | distinct 5-grams | pairs: mean, largest share in common |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for code in LANGUAGES:
        words = [len(split_words(event.text(code))) for event in events]
        distinct, mean, largest = overlap(five_grams(corpus, code))
        sizes.append(
            f"| {SCRIPTS[code]} | {len(events)} | {sum(words)} | {min(words)} to {max(words)} "
            f"| {distinct:.3f} | {mean:.4f}, {largest:.3f} |"
        )
    passages = [len(event.passages) for event in events]
    english = [len(event.text("en").split()) for event in events]
    places = {event.place for event in events}
    return {
        "sizes": "\n".join(sizes),
        "facts": (
            f"{len(events)} events, {len(events) * len(LANGUAGES)} articles, {sum(passages)} aligned passages "
            f"({min(passages)} to {max(passages)} an event), {min(english)} to {max(english)} "
            f"English words an article, "
            f"{len(places)} provinces and cities, published {min(e.published for e in events)} to "
            f"{max(e.published for e in events)}."
        ),
        "meeting types": counts([event.meeting_type for event in events]),
        "period kinds": counts([event.period_kind for event in events]),
        "themes in substance": counts(themes),
        "themes per event": "| themes | events |\n|---|---:|\n"
        + "\n".join(f"| {n} | {c} |" for n, c in sorted(mixtures.items())),
        "main themes": counts([event.main_theme for event in events]),
        "levels": counts([event.level for event in events], ("ward", "district", "province", "centre")),
    }


def declaration(corpus: ReferenceCorpus) -> str:
    """Return the declaration of the data set as TOML."""
    languages = ", ".join(f'"{SCRIPTS[code]}"' for code in LANGUAGES)
    labels = ", ".join(f'"{name}"' for name in (*LABELS, "passages.theme"))
    return f'''# Written by experiments/describe_corpus.py; do not edit.
name = "civictopics-reference"
revision = "{corpus.revision}"
languages = [{languages}]
licence = "CC-BY-4.0"
labels = [{labels}]
citation = "{CITATION}"
synthetic = true

[counts]
events = {len(corpus)}
articles = {len(corpus) * len(LANGUAGES)}
passages = {sum(len(event.passages) for event in corpus)}
'''


def fill(text: str, parts: dict[str, str]) -> str:
    """Return a document with the parts between its ``<!-- begin NAME -->`` and ``<!-- end NAME -->`` replaced."""
    for name, part in parts.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if not pattern.search(text):
            raise SystemExit(f"no place for {name!r}: the document needs {begin} and {end}")
        text = pattern.sub(lambda _, whole=f"{begin}\n{part}\n{end}": whole, text)
    return text


def main() -> None:
    """Write both files."""
    corpus = load_corpus()
    sheet = DATA / "README.md"
    sheet.write_text(fill(sheet.read_text(encoding="utf-8"), tables(corpus)), encoding="utf-8")
    (DATA / "corpus.toml").write_text(declaration(corpus), encoding="utf-8")
    print(
        f"wrote {sheet.relative_to(ROOT)} and data/corpus.toml: {len(corpus)} events, revision {corpus.revision[:12]}"
    )


if __name__ == "__main__":
    main()
