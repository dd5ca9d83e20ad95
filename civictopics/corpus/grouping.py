"""Which articles are one unit: those the input groups, and those that name the same source address."""

import re
from collections.abc import Iterable

_SCHEME = re.compile(r"^[a-z]+://(?:www\d?\.|m\.)?", re.IGNORECASE)


def address_key(url: str) -> str:
    """Return an address without scheme, ``www.``, query, fragment and closing slash; empty for a bare host.

    Examples
    --------
    >>> address_key("https://www.example.vn/a-1.html?utm=2#top")
    'example.vn/a-1.html'
    >>> address_key("https://example.vn/")
    ''
    """
    bare = _SCHEME.sub("", url.strip()).split("#")[0].split("?")[0].rstrip("/")
    host, slash, path = bare.partition("/")
    return f"{host.casefold()}/{path}" if slash and path else ""


def assign_groups(articles: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return the group of each article, given (id, group as given, url).

    A given group is kept. Articles that name the same source address share a
    group; where one of them has a given group, that is the group of all. Any
    other article is its own group, named by its id.
    """
    rows = list(articles)
    given = {group for _, group, _ in rows if group}
    by_address: dict[str, str] = {}
    for identifier, group, url in rows:
        key = address_key(url)
        if key and (group or key not in by_address):
            by_address[key] = group or by_address.get(key) or _own(identifier, given)
    return [group or by_address.get(address_key(url)) or _own(identifier, given) for identifier, group, url in rows]


def _own(identifier: str, given: set[str]) -> str:
    return f"{identifier} (alone)" if identifier in given else identifier
