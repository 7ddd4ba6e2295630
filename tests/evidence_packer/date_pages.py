"""Pages of dates by chance: every form of every language, with numbers around them that are no dates."""

import datetime as dt
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date

LOCALES = {
    "de": "de", "en": "en_US", "es": "es", "fr": "fr", "id": "id", "it": "it", "ja": "ja", "ko": "ko", "nl": "nl", "pl": "pl",
    "pt-BR": "pt_BR", "ru": "ru", "sv": "sv", "th": "th", "tr": "tr", "vi": "vi", "zh-Hans": "zh_Hans_CN", "zh-Hant": "zh_Hant_TW",
}  # fmt: skip
SITES = {
    "de": ("amazon", "DE"), "en": ("amazon", "US"), "es": ("amazon", "ES"), "fr": ("amazon", "FR"), "id": ("shopee", "ID"),
    "it": ("amazon", "IT"), "ja": ("amazon", "JP"), "ko": ("coupang", None), "nl": ("amazon", "NL"), "pl": ("amazon", "PL"),
    "pt-BR": ("amazon", "BR"), "ru": ("aliexpress", None), "sv": ("amazon", "SE"), "th": ("shopee", "TH"), "tr": ("amazon", "TR"),
    "vi": ("shopee", "VN"), "zh-Hans": ("aliexpress", None), "zh-Hant": ("shopee", "TW"),
}  # fmt: skip
FALSE_FRIENDS = [
    "$12.11", "12.11.26 EUR", "Qty 3", "3 items", "Order 112-4829307-7716253", "v2.10.26", "26 Alder Row", "27 pieces",
    "Pack of 12/24", "Size 10-12-14", "IP 10.11.26.5", "Tel. 06.12.11.26.05", "03-11-2026-0042", "SKU 10-11-2026",
    "4.8 (1,203)", "16:9", "1080x1920", "§ 5.11", "Chapter 3.11", "No. 12", "© 2015-2026 Example Inc.", "5/5 stars",
    "24/7 support", "3/4 cup", "May we help 12 customers", "Können Sie 3 Tage warten", "1 set 24 pcs", "2 out of 12",
    "Mars 3 pack", "Jan", "Nov 2026", "Q3 2026", "1Z999AA10123456784", "Version 8.10.26", "Los 03.11.26",
    "Section 5.11.2026 of the agreement", "Floor 3", "Packages 1 of 1", "Quantité 1", "12", "2026", "11/12", "1.254,99 €",
    "US $18.60", "Room 12", "Model 10-11-2026", "型号 10-11-2026", "规格 3/4/26", "数量 12", "价格 12.11 元", "第 3 页",
    "号码 2026-1103",
    "昨天 21:14", "hace 2 días", "Monday 2:30 PM", "yesterday", "8 Uhr", "100%", "-20 %", "4G 12:30", "Delivered", "Zugestellt",
    "Livré", "已签收", "配達完了", "배송 완료", "สินค้า 2 ชิ้น", "Đơn hàng 3 sản phẩm", "Заказ 12 шт", "Artikelnr. 10-11-2026",
    "Art. 12.10.26", "Tamaño 3/4/26", "Taglia 10/11/12", "S/N 12-10-2026-33", "7 x 24 x 12", "Lot 12/11/26",
    "Batch: 2026-11-03", "Ratio 3/11/26", "https://x.com/2026/11/03/story", "report_2026-11-03.pdf", "IMG-2026-11-03.png",
    "A10-11-2026", "10-11-2026B", "Gen 3 iPad", "des 3 articles", "3 tháng 12 ngày", "We may 3 times try",
    "Max 12.11.2026 kg", "12,11,2026", "12 11 2026", "Weight 3.11.26 kg", "Score 10-9-26", "1/2 3/4 26", "Flat 3 Nov Court",
    "+1 (212) 11-12-2026", "hier à 14h22", "3日前", "3일 전",
    "há 2 dias", "gestern 14:22", "共 3 件 11 月 12 元", "11月销量 12 件", "Exp 11/2026", "Invoice No. 2026-11-03", "S. 3-11-26",
    "Charge 03.11.26", "Partia 03/11/26", "Партия 03.11.26", "версия 8.10.26", "Beden 10/11/12", "Versie 8.10.26",
    "เวอร์ชัน 8.10.26", "バージョン 8.10.26", "버전 8.10.26",
]  # fmt: skip
"""Lines with numbers that are no dates: prices, sizes, lots, versions, addresses, telephones, names of files, relative days."""
_NUMERIC = {
    "en": ("%m/%d/%Y", "%d-%b-%Y", "%b %d,%Y", "%m/%d/%y", "%a, %b %d, %Y"), "de": ("%d.%m.%Y", "%d.%m.%y"), "pl": ("%d.%m.%Y",),
    "ru": ("%d.%m.%Y",), "tr": ("%d.%m.%Y",), "sv": (), "nl": ("%d-%m-%Y",), "id": ("%d/%m/%Y", "%d-%m-%Y"),
    "zh-Hans": ("%y-%m-%d", "%Y.%m.%d"), "zh-Hant": ("%Y.%m.%d",), "ja": ("%Y.%m.%d",), "ko": ("%y-%m-%d", "%Y.%m.%d"),
    "th": ("%d-%m-%Y",),
}  # fmt: skip
_TIMES = {
    "en": ("{h12}:{m:02} {AP}", "{h12}:{m:02}{ap}", "at {h12}:{m:02} {AP}"), "de": ("um {h:02}:{m:02} Uhr", "{h:02}.{m:02} Uhr"),
    "fr": ("à {h}h{m:02}", "à {h} h {m:02}", "{h:02}:{m:02}"), "es": ("a las {h:02}:{m:02}", "{h:02}:{m:02} h"),
    "pt-BR": ("às {h}h{m:02}", "às {h:02}:{m:02}"), "it": ("alle {h:02}:{m:02}", "alle ore {h:02}.{m:02}"),
    "nl": ("om {h:02}:{m:02} uur",), "pl": ("o {h:02}:{m:02}", "o godz. {h:02}:{m:02}"), "sv": ("kl. {h:02}.{m:02}",),
    "ru": ("в {h:02}:{m:02}",), "tr": ("saat {h:02}:{m:02}",), "id": ("pukul {h:02}.{m:02}",), "vi": ("lúc {h:02}:{m:02}",),
    "th": ("เวลา {h:02}:{m:02} น.", "{h:02}.{m:02} น."), "ja": ("{half}{h0}時{m:02}分", "{h}時{m:02}分"),
    "ko": ("{half} {h12}:{m:02}", "{half} {h12}시 {m:02}분"), "zh-Hans": ("{half}{h12}:{m:02}", "{h:02}:{m:02}"),
    "zh-Hant": ("{half}{h12}:{m:02}", "{h:02}:{m:02}"),
}  # fmt: skip
_HALVES = {"ja": ("午前", "午後"), "ko": ("오전", "오후"), "zh-Hans": ("上午", "下午"), "zh-Hant": ("上午", "下午")}


@dataclass(frozen=True)
class DatedPage:
    """A page: what it prints (``dates``, to the minute where it prints one) and what may be stated of it (``true``)."""

    text: str
    platform: str
    site: str | None
    placed: str
    now: str
    dates: list[str]

    @property
    def true(self):
        return {*self.dates, *(at[:10] for at in self.dates)}


def _day(language, day, dice):
    locale, year = LOCALES[language], day.year
    forms = [day.strftime(form) for form in (*_NUMERIC.get(language, ("%d/%m/%Y",)), "%Y-%m-%d", "%Y/%m/%d")]
    if language != "th":
        forms += [format_date(day, form, locale=locale) for form in ("long", "full")]
    if language in {"zh-Hans", "zh-Hant", "ja"}:
        forms += [f"{year} 年 {day.month} 月 {day.day} 日", f"{year}年{day.month:02}月{day.day:02}日"]
    forms += {
        "ja": [f"令和{year - 2018}年{day.month}月{day.day}日", f"R{year - 2018}.{day.month}.{day.day}"],
        "zh-Hant": [f"民國{year - 1911}年{day.month}月{day.day}日", f"{year - 1911}/{day.month:02}/{day.day:02}"],
        "ko": [f"{year}. {day.month}. {day.day}.", f"{year}년 {day.month}월 {day.day}일"],
        "vi": [f"ngày {day.day} tháng {day.month} năm {year}"],
        "th": _thai(day),
    }.get(language, [])
    if language in {"de", "es", "fr", "it", "nl", "pl", "sv", "ru", "tr", "id", "pt-BR"}:
        short = Locale.parse(locale).months["format"]["abbreviated"][day.month]
        forms += [f"{day.day} {short} {year}", f"{day.day:02} {short.rstrip('.').upper()} {year}"]
    return dice.choice(forms)


def _thai(day):
    names = Locale.parse("th").months["format"]
    year = day.year + 543
    numeric = f"{day.day:02}/{day.month:02}/{year}"
    return [numeric, *(f"{day.day} {names[width][day.month]} {year}" for width in names if width != "narrow"),
            f"{day.day} {names['abbreviated'][day.month]} {year % 100}"]  # fmt: skip


def _time(language, hour, minute, dice):
    half = hour >= 12
    return dice.choice(_TIMES[language]).format(
        h=hour, m=minute, h0=hour % 12, h12=hour % 12 or 12, AP="AP"[half] + "M", ap="ap"[half] + "m",
        half=_HALVES.get(language, ("", ""))[half],
    )  # fmt: skip


def page_of_dates(dice):
    """A page with one to five dates between order and clock."""
    language = dice.choice(sorted(LOCALES))
    placed = dt.date(2026, 1, 1) + dt.timedelta(days=dice.randrange(330))
    now = placed + dt.timedelta(days=dice.randrange(3, 60))
    lines, dates = [dice.choice(FALSE_FRIENDS) for _ in range(dice.randrange(3))], []
    for _ in range(dice.choice((1, 1, 2, 3, 5))):
        day = placed + dt.timedelta(days=dice.randrange((now - placed).days + 1))
        hour, minute, layout = dice.randrange(24), dice.randrange(60), dice.randrange(6)
        said, at = _day(language, day, dice), day.isoformat()
        if layout < 3:
            said += dice.choice((" ", ", ", "  ")) + _time(language, hour, minute, dice)
        if layout < 4:
            at += f"T{hour:02}:{minute:02}"
        before = dice.choice(("", "", "Delivered ", "Zugestellt: ", "已签收 ", "- "))
        behind = dice.choice(("", "", " Delivered", " - Columbus, OH", " 3 items", f" | {dice.choice(FALSE_FRIENDS)}"))
        lines += [said, f"{hour:02}:{minute:02}"] if layout == 3 else [before + said + behind]
        dates.append(at)
        lines += [dice.choice(FALSE_FRIENDS) for _ in range(dice.randrange(2))]
    platform, site = SITES[language]
    return DatedPage(
        text=" ⏎ ".join(lines),
        platform=platform,
        site=site,
        placed=placed.isoformat(),
        now=now.isoformat(),
        dates=dates,
    )
