"""The public face: `PeriodExtractor` and `extract_periods`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from civictopics.errors import InputError
from civictopics.periods.baseline import rules_ranker
from civictopics.periods.calendar import parse_published
from civictopics.periods.grammar import load_grammar
from civictopics.periods.ranker import Ranker, trained_ranker
from civictopics.periods.reading import Problem, decide, pose
from civictopics.periods.scanner import scan
from civictopics.periods.spans import ArticlePeriods
from civictopics.periods.training import PENALTY, train

RANKERS = ("trained", "rules")
"""What may choose among the spans: the trained ranker, or the rules that it is compared with."""


class PeriodExtractor:
    """Read the reporting period and the plan period of articles.

    Parameters
    ----------
    ranker : {"trained", "rules"}, default="trained"
        What chooses among the spans found.
    penalty : float, default=8.0
        Strength of the regularisation in `fit`.
    today : datetime.date, optional
        Publication dates after this day are not believed; the current day by default.

    Attributes
    ----------
    ranker_ : Ranker
        The ranker learned by `fit`; before, the shipped one is used.

    See Also
    --------
    extract_periods : The same for one text.

    Examples
    --------
    >>> result = PeriodExtractor().extract("Sơ kết công tác 6 tháng đầu năm 2024", "vi", title="Hội nghị sơ kết")
    >>> result.kind, result.start, result.end
    ('half_year', '2024-01-01', '2024-06-30')
    """

    def __init__(self, ranker: str = "trained", penalty: float = PENALTY, today: date | None = None) -> None:
        self.ranker = ranker
        self.penalty = penalty
        self.today = today

    def fit(
        self,
        texts: Sequence[str],
        languages: Sequence[str],
        published: Sequence[str],
        titles: Sequence[str],
        labels: Sequence[Mapping[str, str]],
        groups: Sequence[str],
    ) -> "PeriodExtractor":
        """Train the ranker.

        Parameters
        ----------
        texts, languages, published, titles : sequences of str of equal length
            The articles.
        labels : sequence of mapping
            For each, `period_kind`, `period_start`, `period_end`, `plan_start` and `plan_end`.
        groups : sequence of str
            Articles of one group (translations of each other) count as one.

        Returns
        -------
        PeriodExtractor
            The estimator itself.
        """
        columns = (texts, languages, published, titles, labels, groups)
        if len({len(column) for column in columns}) != 1:
            raise InputError(f"the columns differ in length: {[len(column) for column in columns]}")
        records = [
            {"text": text, "lang": language, "published": day, "title": title, "group": group, **label}
            for text, language, day, title, label, group in zip(*columns, strict=True)
        ]
        self.ranker_ = train(records, penalty=self.penalty)
        return self

    def extract(self, text: str, lang: str, published: str | None = None, title: str = "") -> ArticlePeriods:
        """Read the periods of one article.

        Parameters
        ----------
        text : str
            The article.
        lang : str
            ISO 639-1 code; where it has no grammar, ISO dates and years are still found.
        published : str, optional
            Publication date of any precision (``2017``, ``2017-03``, ``2017-03-05``).
        title : str, default=""
            The headline, where it is not part of `text`.

        Returns
        -------
        ArticlePeriods
            The periods and all spans.
        """
        ranker = self._ranker()
        problem = self._problem(text, lang, published, title)
        known = bool(load_grammar(lang).code)
        return decide(problem, ranker, language_known=known)

    def predict(self, records: Sequence[Mapping[str, Any]]) -> list[ArticlePeriods]:
        """Read the periods of many articles, each with `text`, `lang` and, where known, `published` and `title`."""
        return [
            self.extract(
                str(record["text"]),
                str(record["lang"]),
                str(record.get("published") or ""),
                str(record.get("title") or ""),
            )
            for record in records
        ]

    def _ranker(self) -> Ranker:
        if hasattr(self, "ranker_"):
            return self.ranker_
        if self.ranker not in RANKERS:
            raise InputError(f"no ranker {self.ranker!r}; there are: {', '.join(RANKERS)}")
        return trained_ranker() if self.ranker == "trained" else rules_ranker()

    def _problem(self, text: str, lang: str, published: str | None, title: str) -> Problem:
        grammar = load_grammar(lang)
        return pose(scan(text, title, parse_published(published, self.today), grammar), grammar)


_SHARED = PeriodExtractor()


def extract_periods(text: str, lang: str, published: str | None = None, title: str = "") -> ArticlePeriods:
    """Read the reporting period, the plan period and all spans of an article with the shipped ranker.

    See `PeriodExtractor.extract` for the arguments.

    Examples
    --------
    >>> found = extract_periods("Sơ kết công tác 6 tháng đầu năm 2024, thu ngân sách đạt 56%.", "vi", "2024-07-05")
    >>> found.kind, found.start, found.end, found.evidence
    ('half_year', '2024-01-01', '2024-06-30', '6 tháng đầu năm 2024')
    """
    return _SHARED.extract(text, lang, published, title)
