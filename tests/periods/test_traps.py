"""What looks like a period and is none, and what is easily taken for another one."""

import pytest

from civictopics.periods import ArticlePeriods, extract_periods


def kinds(text: str, lang: str, published: str = "2019-07-10") -> list[tuple[str, str, str]]:
    return [(span.kind, span.start, span.end) for span in extract_periods(text, lang, published).spans]


H1 = ("half_year", "2019-01-01", "2019-06-30")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("kính thưa quý vị, món quà quý báu của quý khách", "vi"),
        ("bị phạt 6 tháng tù, cháu bé 8 tháng tuổi", "vi"),
        ("sentenced to six months in prison; a 6-month-old child", "en"),
        ("residents of Quarter 5 ward", "en"),
        ("sex månaders fängelse. En pojke 6 månader gammal", "sv"),
        ("kvarteret 5", "sv"),
        ("denna gång, detta möte och tidigare beslut", "sv"),
        ("Happy New Year", "en"),
        ("3-й квартал жилых домов, 6 месяцев лишения свободы, 79-я годовщина", "ru"),
        ("بالسجن لمدة ستة أشهر", "ar"),
        ("Thông tư 02/2017/TT-BGTVT", "vi"),
    ],
)
def test_is_no_span(text: str, lang: str) -> None:
    assert kinds(text, lang) == []


def test_june_is_not_six_months() -> None:
    assert kinds("tháng 6", "vi") == [("month", "2019-06-01", "2019-06-30")]
    assert kinds("6 tháng đầu năm", "vi") == [H1]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("6 tha\u0301ng \u0111\u00e2\u0300u n\u0103m", "vi"),
        ("sơ kết 6\u00a0tháng đầu\u202fnăm", "vi"),
        ("النصف الأول من عام ٢٠١٩", "ar"),
        ("الأشهر الستة الأولى من عام \u200f2019\u200f", "ar"),
        ("الأَشهُر السِّتَّة الأُولى من العام", "ar"),
        ("первое полугодие 2019\u00a0г.", "ru"),
        ("за 6 мес. 2019 г.", "ru"),
        ("sexmånadersperioden", "sv"),
        ("halvårsskiftet 2019", "sv"),
    ],
)
def test_ways_of_writing(text: str, lang: str) -> None:
    assert kinds(text, lang) == [H1]


@pytest.mark.parametrize("text", ["quý II/2019", "quí 2 năm 2019", "qúy II năm nay", "QUÝ II-2019", "quý hai năm 2019"])
def test_quarters_in_vietnamese(text: str) -> None:
    assert kinds(text, "vi") == [("quarter", "2019-04-01", "2019-06-30")]


@pytest.mark.parametrize("text", ["kì họp nhiệm kì 2015-2020", "kỳ họp nhiệm kỳ 2015-2020"])
def test_terms_in_both_spellings(text: str) -> None:
    assert kinds(text, "vi") == [("term", "2015-01-01", "2020-12-31")]


@pytest.mark.parametrize("month", ["أيار", "مايو", "أيار/مايو"])
def test_both_families_of_arabic_months(month: str) -> None:
    assert kinds(f"شهر {month} 2019", "ar") == [("month", "2019-05-01", "2019-05-31")]


def roles(result: ArticlePeriods) -> dict[str, str]:
    return {span.words: span.role for span in result.spans}


def test_roles() -> None:
    text = "Tổng kết công tác năm 2017, phương hướng, nhiệm vụ năm 2018. Số vụ giảm so với năm 2016. Kỷ niệm năm 1930."
    found = roles(extract_periods(text, "vi", "2018-01-05"))
    assert found["năm 2018"] == "planned"
    assert [role for words, role in found.items() if "2016" in words] == ["compared"]
    assert [role for words, role in found.items() if "2017" in words] == ["reported"]
    assert [role for words, role in found.items() if "1930" in words] == ["mentioned"]


def test_a_target_is_neither_reported_nor_planned() -> None:
    result = extract_periods("The province wants to plant 4,200 ha by 2030.", "en", "2019-07-10")
    assert (result.kind, result.plan_start) == ("none", "")


def test_date_of_a_document_is_no_period() -> None:
    result = extract_periods("Thực hiện Chỉ thị số 05-CT/TW ngày 15/5/2016, chi bộ họp hằng tháng.", "vi", "2019-07-10")
    assert result.kind == "none"


def test_years_of_implementing_count_from_the_document() -> None:
    text = "Hội nghị tổng kết 10 năm thực hiện Nghị quyết số 25-NQ/TW ngày 3/6/2013"
    assert ("multi_year", "2013-01-01", "2023-12-31") in kinds(text, "vi", "")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("gần 20 năm thành lập", "vi"),
        ("almost 20 years of existence", "en"),
        ("nästan 20 år av etablering", "sv"),
        ("почти 20 лет существования", "ru"),
        ("نحو 20 عاما من إنشائها", "ar"),
    ],
)
def test_years_of_being_there_are_no_report(text: str, lang: str) -> None:
    assert [span.role for span in extract_periods(text, lang, "2024-10-15").spans] == ["mentioned"]


@pytest.mark.parametrize(("published", "year"), [("2018-01-20", "2017"), ("2017-12-20", "2017"), ("2017-07-20", "")])
def test_one_year_of_a_scheme_is_the_calendar_year_where_that_just_ended(published: str, year: str) -> None:
    (found,) = extract_periods("Hội nghị tổng kết một năm thực hiện đề án", "vi", published).spans
    assert (found.kind, found.start[:4]) == ("year" if year else "other", year)


def test_the_event_in_january_looks_back_on_the_year_told() -> None:
    text = "Ngày 23/2, sở tổng kết một năm thực hiện đề án. Năm 2015, số vụ giảm 12%."
    assert ("year", "2015-01-01", "2015-12-31") in kinds(text, "vi", "")


def test_dates_of_the_lunar_calendar_are_not_those_of_the_year() -> None:
    text = "từ 26/1 - 1/2 (tức ngày 29/12/2016 đến ngày 5/1/2017 âm lịch)"
    assert kinds(text, "vi", "2017") == [("other", "2017-01-26", "2017-02-01")]


def test_tet_days_are_those_of_viet_nam() -> None:
    text = "từ 28 tháng Chạp đến mùng 5 Tết"
    assert kinds(text, "vi", "2007-02-28") == [("other", "2007-02-15", "2007-02-21")]


def test_words_stand_where_the_position_says() -> None:
    text = "Sơ kết\u200f 6\u00a0tha\u0301ng \u0111\u00e2\u0300u năm 2019 của xã; nhiệm vụ quý III"
    result = extract_periods(text, "vi", "2019-07-10")
    assert len(result.spans) == 2
    for span in result.spans:
        assert text[span.position[0] : span.position[1]] == span.words


def test_a_plan_named_only_in_the_title_counts() -> None:
    result = extract_periods(
        "Hội nghị sơ kết 6 tháng đầu năm đã nghe báo cáo, thu ngân sách đạt 52%.",
        "vi",
        "2019-07-10",
        "Sơ kết 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2019",
    )
    assert (result.plan_start, result.plan_end) == ("2019-07-01", "2019-12-31")
    assert any(span.position[0] < 0 for span in result.spans)
