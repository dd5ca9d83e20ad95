"""What is wrong with labels: each fault names its rows. And which rows are one group, because they are near-copies."""

from collections import defaultdict
from collections.abc import Sequence

from civictopics.errors import InputError
from civictopics.evaluation.leaks import near_copies
from civictopics.languages.matching import split_words
from civictopics.tagging.training.labelled import LabelledText

LEAST_GROUPS = 10
"""Fewer cannot be split twice over into training and test groups."""


def check_labels(examples: Sequence[LabelledText], label_set: Sequence[str] = ()) -> None:
    """Check the labels row by row.

    Raises
    ------
    InputError
        If one is empty or not in `label_set`, two differ in case only, or two rows with the
        same group or the same text have different ones.
    """
    spelled: dict[str, LabelledText] = {}
    by_group: dict[str, LabelledText] = {}
    by_text: dict[tuple[str, ...], LabelledText] = {}
    for example in examples:
        if not example.label:
            raise InputError(f"{example.place}: the label is empty; label the row or remove it")
        if label_set and example.label not in label_set:
            raise InputError(
                f"{example.place}: unknown label {example.label[:80]!r}; the label set is: {', '.join(label_set)}"
            )
        other = spelled.setdefault(example.label.casefold(), example)
        if other.label != example.label:
            raise InputError(
                f"{example.place}: the label {example.label!r} and {other.label!r} ({other.place}) differ in case "
                "only; write them alike"
            )
        _agrees(example, by_group.setdefault(example.group, example), f"the same group {example.group!r}")
        words = tuple(split_words(f"{example.title} {example.text}"))
        _agrees(example, by_text.setdefault(words, example), "the same text")


def _agrees(example: LabelledText, other: LabelledText, what: str) -> None:
    if example.label != other.label:
        raise InputError(
            f"{other.place} and {example.place} have {what}, but the labels {other.label!r} and {example.label!r}; "
            "settle which is right, or remove one row"
        )


def check_label_set(examples: Sequence[LabelledText], source: str) -> None:
    """Check that there is enough to learn from and to test on.

    Raises
    ------
    InputError
        If there is one label only, one that occurs in a single group, or too few groups.
    """
    groups: dict[str, set[str]] = defaultdict(set)
    first: dict[str, str] = {}
    for example in examples:
        groups[example.label].add(example.group)
        first.setdefault(example.label, example.place)
    if len(groups) < 2:
        raise InputError(f"{source}: all {len(examples)} rows have the label {next(iter(groups))!r}: nothing to learn")
    for label, found in sorted(groups.items()):
        if len(found) < 2:
            raise InputError(
                f"{first[label]}: the label {label!r} occurs in one group only ({next(iter(found))!r}), so it cannot "
                "be both learned and tested; add articles with it, join it with another label, or remove it"
            )
    n_groups = len({example.group for example in examples})
    if n_groups < LEAST_GROUPS:
        raise InputError(f"{source}: {n_groups} groups; {LEAST_GROUPS} are needed to choose a method and to measure it")


def joined_groups(examples: Sequence[LabelledText]) -> tuple[list[str], int]:
    """Return the group of each example, near-copies in one, and how many rows changed theirs."""
    texts = [f"{example.title} {example.text}" for example in examples]
    leader = {example.group: example.group for example in examples}

    def root(group: str) -> str:
        while leader[group] != group:
            leader[group] = leader[leader[group]]
            group = leader[group]
        return group

    place = {group: number for number, group in enumerate(leader)}
    for later, earlier in near_copies(texts, texts):
        if earlier < later:
            ends = sorted((root(examples[earlier].group), root(examples[later].group)), key=place.__getitem__)
            leader[ends[1]] = ends[0]
    found = [root(example.group) for example in examples]
    return found, sum(group != example.group for group, example in zip(found, examples, strict=True))
