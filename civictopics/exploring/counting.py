"""Counts of articles and of groups, side by side: translations make the first larger, never the second."""

from collections.abc import Sequence

import pyarrow as pa

from civictopics.errors import InputError


def count_table(values: Sequence[str], groups: Sequence[str], name: str = "value") -> pa.Table:
    """Return how many articles and how many groups have each value, the commonest first.

    Parameters
    ----------
    values : sequence of str
        One per article, such as its language or its meeting type.
    groups : sequence of str
        The group of each article.
    name : str
        Of the first column.

    Raises
    ------
    InputError
        If the two are of different lengths.

    Examples
    --------
    >>> count_table(["vi", "sv", "vi"], ["a", "a", "b"], "lang").to_pylist()
    [{'lang': 'vi', 'articles': 2, 'groups': 2}, {'lang': 'sv', 'articles': 1, 'groups': 1}]
    """
    if len(values) != len(groups):
        raise InputError(f"{len(values)} values of {len(groups)} articles: give one for each")
    articles: dict[str, int] = {}
    held: dict[str, set[str]] = {}
    for value, group in zip(values, groups, strict=True):
        articles[value] = articles.get(value, 0) + 1
        held.setdefault(value, set()).add(group)
    ordered = sorted(articles, key=lambda value: (-articles[value], value))
    return pa.table(
        {
            name: pa.array(ordered, type=pa.string()),
            "articles": pa.array([articles[value] for value in ordered], type=pa.int64()),
            "groups": pa.array([len(held[value]) for value in ordered], type=pa.int64()),
        }
    )
