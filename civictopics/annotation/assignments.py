"""The articles that coders are given, drawn from a finished run, with what was predicted for them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from civictopics.annotation.questions import NONE, Question
from civictopics.corpus.records import Article
from civictopics.errors import InputError
from civictopics.tagging.run_folder import run_articles, run_tags
from civictopics.tagging.stored_tagger import StoredTagger


@dataclass(frozen=True, slots=True)
class Assignment:
    """An article to label.

    Attributes
    ----------
    article : Article
    predicted : dict of str to tuple of str
        Labels by task; empty in blind assignments.
    probability : float
        How sure the predictions are: the lowest probability among them; tools sort by it.
    """

    article: Article
    predicted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    probability: float = 1.0

    @property
    def text_digest(self) -> str:
        """SHA-256 of the text, so that labels can be told from those of another cleaning."""
        return hashlib.sha256(self.article.text.encode("utf-8", "replace")).hexdigest()


def draw_assignments(
    run: Path,
    questions: Sequence[Question],
    n: int = 0,
    seed: int = 0,
    blind: bool = False,
    tagger: StoredTagger | None = None,
) -> list[Assignment]:
    """Return articles of a run, in their order.

    Parameters
    ----------
    run : Path
        Folder of a finished run.
    questions : sequence of Question
    n : int
        How many to draw; all where it is zero. Groups are drawn by a hash of their name and
        the seed, and one article from each before a second from any, so that few are
        translations of each other.
    seed : int
    blind : bool
        Leave the predictions out, for evaluation sets: what is shown sways coders.
    tagger : StoredTagger, optional
        One's own, whose labels are predicted too.

    Raises
    ------
    InputError
        If the folder holds no finished run, or its tables do not belong together.
    """
    rows = run_tags(run)
    found = []
    for batch in run_articles(run):
        for article in batch:
            row = next(rows, None)
            if row is None:
                raise InputError(f"{run}: tags.csv has fewer rows than articles.parquet; run it again")
            found.append(Assignment(article) if blind else _with_predictions(article, row, questions))
    if next(rows, None) is not None:
        raise InputError(f"{run}: tags.csv has more rows than articles.parquet; run it again")
    drawn = _drawn(found, n, seed)
    return drawn if blind or tagger is None or not drawn else _with_labels(drawn, tagger)


def _with_labels(drawn: Sequence[Assignment], tagger: StoredTagger) -> list[Assignment]:
    articles = [item.article for item in drawn]
    columns = ([a.text for a in articles], [a.title for a in articles], [a.lang for a in articles])
    chances = tagger.predict_proba(*columns, any_language=True)
    task = own_question(tagger).task
    return [
        Assignment(
            item.article,
            {**item.predicted, task: (str(tagger.classes_[int(row.argmax())]),)},
            min(item.probability, float(row.max())),
        )
        for item, row in zip(drawn, chances, strict=True)
    ]


def own_question(tagger: StoredTagger) -> Question:
    """Return the question that a tagger of one's own answers."""
    return Question("".join(sign if sign.isalnum() else "_" for sign in tagger.task), tuple(tagger.classes_.tolist()))


def _with_predictions(article: Article, row: Mapping[str, str], questions: Sequence[Question]) -> Assignment:
    predicted: dict[str, tuple[str, ...]] = {}
    for question in questions:
        if question.task in row:
            labels = tuple(label for label in row[question.task].split(";") if label)
            legal = [label for label in labels if not question.labels or label in question.labels]
            if legal or question.several:
                predicted[question.task] = tuple(legal) or (NONE,)
    sure = [float(row.get(f"{task}_probability") or 1.0) for task in predicted]
    return Assignment(article, predicted, min(sure, default=1.0))


def _drawn(found: list[Assignment], n: int, seed: int) -> list[Assignment]:
    if not n or n >= len(found):
        return found

    def key(value: str) -> str:
        return hashlib.sha256(f"{seed}\0{value}".encode("utf-8", "replace")).hexdigest()

    ordered = sorted(range(len(found)), key=lambda place: key(found[place].article.id))
    rank: dict[int, int] = {}
    seen: dict[str, int] = {}
    for place in ordered:
        group = found[place].article.group
        rank[place] = seen[group] = seen.get(group, -1) + 1
    ordered.sort(key=lambda place: (rank[place], key(found[place].article.group)))
    return [found[place] for place in sorted(ordered[:n])]
