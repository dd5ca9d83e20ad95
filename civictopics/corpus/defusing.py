"""Make text safe for spreadsheets: a cell that a program would take for a formula is quoted."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def defuse(value: str) -> str:
    r"""Return `value` on one line, with an apostrophe before a leading formula sign.

    Examples
    --------
    >>> defuse('=HYPERLINK("x")'), defuse("Năm 2024")
    ('\'=HYPERLINK("x")', 'Năm 2024')
    """
    flat = " ".join(value.splitlines()) if "\n" in value or "\r" in value else value
    stripped = flat.lstrip()
    return f"'{flat}" if flat.startswith(_FORMULA_SIGNS) or stripped.startswith(_FORMULA_SIGNS) else flat
