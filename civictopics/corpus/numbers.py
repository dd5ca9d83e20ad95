"""The numbers that a text states in digits, as one form in all languages: for checking that translations agree."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "sv": (
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
        "december",
    ),
    "ru": (
        r"январ\w{1,3}", r"феврал\w{1,3}", r"март\w{0,2}", r"апрел\w{1,3}", r"ма[йяею]м?", r"июн\w{1,3}", r"июл\w{1,3}",
        r"август\w{0,2}", r"сентябр\w{1,3}", r"октябр\w{1,3}", r"ноябр\w{1,3}", r"декабр\w{1,3}",
    ),
    "ar": (
        "يناير|كانون الثاني", "فبراير|شباط", "مارس|آذار", "[أا]بريل|نيسان", "مايو|أيار", "يونيو|يونيه|حزيران",
        "يوليو|يوليه|تموز", "[أا]غسطس|آب", "سبتمبر|[أا]يلول", "[أا]كتوبر|تشرين الأول", "نوفمبر|تشرين الثاني",
        "ديسمبر|كانون الأول",
    ),
}  # fmt: skip
_PATTERNS = {
    code: tuple(re.compile(rf"(?<!\w){'[وبلف]?ل?' if code == 'ar' else ''}(?:{month})(?!\w)") for month in months)
    for code, months in _MONTHS.items()
}
_SPACED = re.compile(r"\d{1,3}(?:[., ]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_TIGHT = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?")


def stated_numbers(text: str, language: str) -> Counter[str]:
    """Return the numbers in `text` with how often each is stated.

    Separators are left out (3.500, 3,500 and 3 500 are ``3500``; 38,4 and 38.4 are
    ``384``), digits of every script count, and the name of a month counts as its
    number, so that 11/7 and July 11 agree.

    Examples
    --------
    >>> stated_numbers("ngày 11/7, 3.500 đồng", "vi") == stated_numbers("July 11, 3,500 VND", "en")
    True
    """
    folded = unicodedata.normalize("NFKC", text).replace("٬", ",").replace("٫", ".")
    folded = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in folded)
    found: Counter[str] = Counter()
    for number, pattern in enumerate(_PATTERNS.get(language, ()), 1):
        found[str(number)] += len(pattern.findall(folded))
    for match in (_SPACED if language in ("sv", "ru") else _TIGHT).finditer(folded):
        found[re.sub(r"\D", "", match.group()).lstrip("0") or "0"] += 1
    return +found
