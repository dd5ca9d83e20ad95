"""Everything that decided an article's tags: meeting type, themes and periods, with the words behind them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from civictopics.corpus.passages import split_passages
from civictopics.corpus.records import Article
from civictopics.periods import PeriodExtractor
from civictopics.periods.spans import ArticlePeriods
from civictopics.tagging.combination import CombinationTagger
from civictopics.tagging.explaining import Explanation, explain
from civictopics.tagging.meeting_type import load_tagger
from civictopics.tagging.theme_reasons import ThemeReason, theme_reasons
from civictopics.tagging.words_in_place import place_words
from civictopics.tagging.zones import read_zones
from civictopics.themes.guided import ArticleReading, ThemeModel

_REASONS = 12


@dataclass(frozen=True, slots=True)
class ArticleExplanation:
    """Why an article has its tags.

    Attributes
    ----------
    article : Article
    task : str
        What the labels of `label` are called.
    label : Explanation
        Of the meeting type, or of the label of one's own tagger.
    event : str
        The sentence that tells most plainly of an event, as written.
    reading : ArticleReading
    themes : list of ThemeReason
    periods : ArticlePeriods
    translations : sequence of Article
        Other articles of its group.
    """

    article: Article
    task: str
    label: Explanation
    event: str
    reading: ArticleReading
    themes: list[ThemeReason]
    periods: ArticlePeriods
    translations: Sequence[Article]

    def lines(self) -> list[str]:
        """Return the lines of the text, which the passages of the explanation count."""
        return self.article.text.split("\n")

    def parallel(self, line: int) -> dict[str, str]:
        """Return by language the same line of translations that have as many lines."""
        count = len(self.lines())
        return {
            other.lang: lines[line]
            for other in self.translations
            if len(lines := other.text.split("\n")) == count and 0 <= line < count
        }


def explain_article(
    article: Article,
    translations: Sequence[Article] = (),
    folder: Path | None = None,
    tagger: CombinationTagger | None = None,
    task: str = "meeting type",
) -> ArticleExplanation:
    """Return why an article has its meeting type (or the label of `tagger`), its themes and its periods.

    Parameters
    ----------
    article : Article
    translations : sequence of Article
        Other articles of its group.
    folder : Path, optional
        Further language files.
    tagger : CombinationTagger, optional
        One's own, instead of the one for meeting types.
    task : str
        What its labels are called.
    """
    passages = split_passages(article.text)
    reading = ThemeModel(folder).fit([]).transform_article(article.title, passages, article.lang)
    return ArticleExplanation(
        article=article,
        task=task,
        label=explain(tagger or load_tagger(None, folder), article.text, article.title, article.lang, _REASONS),
        event=_event(article, folder),
        reading=reading,
        themes=theme_reasons(passages, reading.passage_weights, reading.themes, article.lang, folder),
        periods=PeriodExtractor().extract(article.text, article.lang, article.published, article.title),
        translations=translations,
    )


def as_plain(found: ArticleExplanation) -> dict[str, Any]:
    """Return an explanation as values that JSON knows."""
    article, label = found.article, found.label
    lines = found.lines()
    return {
        "id": article.id,
        "group": article.group,
        "lang": article.lang,
        "published": article.published,
        "title": article.title,
        "translations": [{"id": o.id, "lang": o.lang, "title": o.title} for o in found.translations],
        "label": {
            "task": found.task,
            "label": label.label,
            "probability": round(label.probability, 4),
            "runner_up": label.runner_up,
            "runner_up_probability": round(label.runner_up_probability, 4),
            "event": found.event,
            "reasons": [{**asdict(reason), "weight": round(reason.weight, 4)} for reason in label.reasons],
            "passages": [
                {
                    "line": place,
                    "weight": round(weight, 4),
                    "text": article.title if place < 0 else lines[place],
                    "translations": found.parallel(place),
                }
                for place, weight in label.passages
            ],
        },
        "themes": {
            "present": found.reading.themes,
            "main_theme": found.reading.main_theme,
            "main_theme_probability": found.reading.main_theme_probability,
            "passages": [asdict(reason) for reason in found.themes],
        },
        "periods": asdict(found.periods),
    }


def _event(article: Article, folder: Path | None) -> str:
    zones = read_zones(article.text, article.title, article.lang, folder)
    plainest, places = zones.plainest(), place_words(article.text)
    if plainest is None or plainest.end > len(places):
        return ""
    return article.text[places[plainest.begin][0] : places[plainest.end - 1][1]]
