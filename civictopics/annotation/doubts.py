"""Likely errors among the labels of coders: a tagger is trained across folds, and what it contradicts is listed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from civictopics.annotation.flat import FlatLabel
from civictopics.annotation.label_errors import LabelError, likely_label_errors, require_cleanlab
from civictopics.annotation.questions import CODEBOOK
from civictopics.errors import InputError
from civictopics.tagging.stored_tagger import COMBINATION
from civictopics.tagging.training.checking import check_label_set, joined_groups
from civictopics.tagging.training.choosing import choose
from civictopics.tagging.training.examples import Examples
from civictopics.tagging.training.labelled import LabelledText
from civictopics.tagging.training.trials import gather

_FOLDS = 5
Doubts = list[tuple[str, LabelError]]


def doubtful_labels(
    labels: Sequence[FlatLabel], texts: Mapping[str, Mapping[str, str]], seed: int = 0
) -> Iterator[tuple[str, Doubts | str]]:
    """Yield each field with its likely errors (article, error), the likeliest first; or why they cannot be told.

    Of several coders' labels for an article the commonest counts; where there is none, the
    article is left out, as are fields that are written or have several labels, and labels
    that only one group has.

    Parameters
    ----------
    labels : sequence of FlatLabel
    texts : mapping of str to mapping
        Text, title, lang and group by article.
    seed : int
        Of the folds.

    Raises
    ------
    InputError
        If an article is not among the texts.
    UsageError
        If cleanlab is not installed.
    """
    require_cleanlab()
    given: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for label in labels:
        question = CODEBOOK.get(label.task)
        if question is None or (question.labels and not question.several):
            given[label.task][label.article][label.label] += 1
    for task, by_article in given.items():
        rows = [_row(article, counts, texts) for article, counts in by_article.items() if _settled(counts)]
        groups, _ = joined_groups(rows)
        own: dict[str, set[str]] = defaultdict(set)
        for row, group in zip(rows, groups, strict=True):
            own[row.label].add(group)
        chosen = [
            LabelledText(row.place, row.text, row.title, row.lang, group, row.label)
            for row, group in zip(rows, groups, strict=True)
            if len(own[row.label]) > 1
        ]
        try:
            if not chosen:
                raise InputError(f"{task}: every label has one group only")
            check_label_set(chosen, task)
        except InputError as error:
            yield task, f"likely errors cannot be told: {error}"
            continue
        material = gather(Examples(tuple(chosen), task, ""), (COMBINATION,))
        chances = choose(material, (COMBINATION,), _FOLDS, seed).probabilities
        found = likely_label_errors(material.labels.tolist(), material.classes, chances)
        yield task, [(chosen[error.row].place, error) for error in found]


def _row(article: str, counts: Counter[str], texts: Mapping[str, Mapping[str, str]]) -> LabelledText:
    known = texts.get(article)
    if known is None:
        raise InputError(f"no article {article!r} in the run; give the run that the labels were made for")
    label = counts.most_common(1)[0][0]
    return LabelledText(article, known["text"], known["title"], known["lang"], known["group"], label)


def _settled(counts: Counter[str]) -> bool:
    first = counts.most_common(2)
    return len(first) == 1 or first[0][1] > first[1][1]
