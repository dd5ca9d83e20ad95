"""No article, translation or near-copy of one may be on both sides of a split."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

from civictopics.errors import InputError
from civictopics.languages.matching import split_words

_RUN = 6
_SHARED = 0.5
_SHOWN = 3


def leak_check(
    train_groups: Sequence[Hashable],
    test_groups: Sequence[Hashable],
    train_texts: Sequence[str] = (),
    test_texts: Sequence[str] = (),
) -> None:
    """Raise an error where training data and test data overlap.

    Two texts are near-copies when half of the runs of six words of the shorter
    one occur in the other.

    Parameters
    ----------
    train_groups, test_groups : sequences
        The group of each article.
    train_texts, test_texts : sequences of str, optional
        The articles themselves.

    Raises
    ------
    InputError
        If a group or a near-copy is on both sides.

    Examples
    --------
    >>> leak_check(["a", "b"], ["c"])
    >>> leak_check(["a", "b"], ["b"])
    Traceback (most recent call last):
    civictopics.errors.InputError: 1 group on both sides of the split: 'b'; split by group
    """
    shared = sorted(set(train_groups) & set(test_groups), key=str)
    if shared:
        named = ", ".join(repr(group) for group in shared[:_SHOWN])
        number = "1 group" if len(shared) == 1 else f"{len(shared)} groups"
        raise InputError(f"{number} on both sides of the split: {named}; split by group")
    copies = near_copies(train_texts, test_texts)
    if copies:
        named = "; ".join(f"test text {test} and training text {train}" for test, train in copies[:_SHOWN])
        raise InputError(f"near-copies on both sides of the split: {named}; give them one group")


def near_copies(train_texts: Sequence[str], test_texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the numbers of test texts and of the training texts that they nearly copy.

    Half of the runs of six words of the shorter text occur in the other.
    """
    if not train_texts or not test_texts:
        return []
    holders: dict[int, list[int]] = defaultdict(list)
    sizes = []
    for number, text in enumerate(train_texts):
        runs = _runs(text)
        sizes.append(len(runs))
        for run in runs:
            holders[run].append(number)
    found = []
    for number, text in enumerate(test_texts):
        runs = _runs(text)
        shared = Counter(holder for run in runs for holder in holders.get(run, ()))
        for holder, count in shared.items():
            if count >= _SHARED * min(len(runs), sizes[holder]):
                found.append((number, holder))
    return sorted(found)


def _runs(text: str) -> set[int]:
    words = split_words(text)
    if len(words) < _RUN:
        return {hash(tuple(words))} if words else set()
    return {hash(tuple(words[first : first + _RUN])) for first in range(len(words) - _RUN + 1)}
