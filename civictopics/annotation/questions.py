"""What coders are asked of an article: the fields of the codebook, or one's own label set."""

from collections.abc import Sequence
from dataclasses import dataclass

from civictopics.errors import UsageError
from civictopics.periods.spans import KINDS as PERIOD_KINDS
from civictopics.tagging.keyword_rules import MEETING_TYPES
from civictopics.themes.names import GUIDED_THEMES, MAIN_THEMES

NONE = "none"
"""The answer where none of several labels holds: every field has an answer for every article."""


@dataclass(frozen=True, slots=True)
class Question:
    """One field.

    Attributes
    ----------
    task : str
        Its name in the flat file.
    labels : tuple of str
        Answers to choose from; empty for a field that is written, such as a date.
    several : bool
        Whether more than one may hold.
    """

    task: str
    labels: tuple[str, ...]
    several: bool = False

    def order(self, chosen: Sequence[str]) -> str:
        """Return chosen labels in the order of the question, joined by ``;``.

        Raises
        ------
        UsageError
            If one is not among the labels, or `none` stands beside others.
        """
        unknown = [label for label in chosen if self.labels and label not in self.labels]
        if unknown:
            raise UsageError(f"unknown label {unknown[0][:80]!r} for {self.task}; legal: {', '.join(self.labels)}")
        if len(set(chosen)) > 1 and (not self.several or NONE in chosen):
            raise UsageError(f"the labels {', '.join(chosen)} for {self.task} exclude each other; choose one")
        ordered = self.labels or tuple(chosen)
        return ";".join(label for label in ordered if label in chosen)


CODEBOOK = {
    question.task: question
    for question in (
        Question("themes", (*GUIDED_THEMES, NONE), several=True),
        Question("main_theme", MAIN_THEMES),
        Question("meeting_type", MEETING_TYPES),
        Question("period_kind", PERIOD_KINDS),
        Question("period_start", ()),
        Question("period_end", ()),
    )
}
"""The fields that a run tags. Dates are written as in the codebook: ISO 8601, possibly of reduced precision."""


def choose_questions(tasks: Sequence[str]) -> list[Question]:
    """Return the questions that are asked for, each a field of the codebook or ``name=label,label,...``.

    Raises
    ------
    UsageError
        If there is no such field.

    Examples
    --------
    >>> choose_questions(["tone=calm,angry"])[0].labels
    ('calm', 'angry')
    """
    found = []
    for task in tasks or list(CODEBOOK):
        name, equals, listed = task.partition("=")
        labels = tuple(label.strip() for label in listed.split(",") if label.strip())
        if not equals and name in CODEBOOK:
            found.append(CODEBOOK[name])
        elif equals and name.strip().isidentifier() and len(labels) >= 2:
            found.append(Question(name.strip(), labels))
        else:
            raise UsageError(
                f"no task {task!r}; there are: {', '.join(CODEBOOK)}; or give your own as name=label,label"
            )
    return found
