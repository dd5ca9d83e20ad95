"""How fast the stages after the encoder are: periods, meeting types, themes."""

from civictopics.study.predictions import Predictions
from civictopics.study.speed_data import TimedTexts

_PASSAGES = 100_000
_AS_ONE = 10_000


def period_extractor(data: TimedTexts, seed: int, *, repeats: int = 5, articles: int = 500) -> Predictions:
    """Read the periods of articles."""
    from civictopics.periods.extractor import PeriodExtractor
    from civictopics.study.methods.speed_timing import timed

    extractor = PeriodExtractor()
    chosen = data.articles[:articles]

    def read() -> None:
        for article in chosen:
            extractor.extract(article.text, article.lang, article.published, article.title)

    return timed((len(chosen), read), repeats=repeats)


def meeting_type_tagger(data: TimedTexts, seed: int, *, repeats: int = 5) -> Predictions:
    """Tag the meeting type of articles."""
    from civictopics.study.methods.speed_timing import timed
    from civictopics.tagging.meeting_type import MeetingTypeTagger

    tagger = MeetingTypeTagger().fit([])
    texts, titles, languages = (
        [getattr(article, name) for article in data.articles] for name in ("text", "title", "lang")
    )
    return timed((len(texts), lambda: tagger.predict_proba(texts, titles, languages)), repeats=repeats)


def guided_themes(data: TimedTexts, seed: int, *, repeats: int = 3, passages: int = _PASSAGES) -> Predictions:
    """Weigh the themes of passages from ready vectors; the corpus is repeated until there are enough."""
    from civictopics.encoding.loading import load_encoder
    from civictopics.languages import LANGUAGES
    from civictopics.study.methods.speed_timing import timed
    from civictopics.themes.guided import ThemeModel

    once = [
        (passage.text[code], code, f"{event.group}.{code}")
        for event in data.events
        for code in LANGUAGES
        for passage in event.passages
    ]
    many = (once * (passages // len(once) + 1))[:passages]
    texts, languages = [row[0] for row in many], [row[1] for row in many]
    owners = [f"{row[2]}.{place // _AS_ONE}" for place, row in enumerate(many)]
    vectors = load_encoder().encode(texts)
    return timed(
        (len(texts), lambda: ThemeModel().fit(texts).transform(texts, languages, vectors, owners)), repeats=repeats
    )
