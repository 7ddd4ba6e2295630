"""The pages of the set, before anything happens to them: which layout, language, platform, numbers and moments."""

import datetime as dt
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.reading_set.numbers import order_id, tracking_number

HERE = Path(__file__).parent
WORDS = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
LANGUAGES = tuple(name for name in WORDS if name != "common")

_PLATFORMS = {
    "en": (("amazon", "US"), ("amazon", "GB"), ("ebay", "US")), "zh": (("amazon", "US"), ("shopee", "SG")), "ja": (("amazon", "JP"),),
    "de": (("amazon", "DE"), ("ebay", "DE")), "fr": (("amazon", "FR"),), "es": (("amazon", "ES"),), "it": (("amazon", "IT"),),
    "pt": (("shopee", "BR"),), "th": (("shopee", "TH"),), "id": (("shopee", "ID"),), "vi": (("shopee", "VN"),), "ko": (("amazon", "US"),),
}  # fmt: skip
_CARRIERS = {
    "en": (("ups", "ups"), ("usps", "usps"), ("yunexpress", "yun")), "zh": (("sf_express", "sf"), ("yunexpress", "yun"), ("cainiao", "lp")),
    "ja": (("yamato", "yamato"), ("japan_post", "s10")), "de": (("dhl", "dhl"),), "pt": (("correios", "br"),), "th": (("spx", "spx"),),
    "id": (("jt", "jt"),), "ko": (("cj", "cj"),),
}  # fmt: skip
_HOSTS = {"ups": "www.ups.com", "usps": "tools.usps.com", "sf_express": "www.sf-express.com", "yunexpress": "www.yuntrack.com",
          "dhl": "www.dhl.de", "yamato": "toi.kuronekoyamato.co.jp"}  # fmt: skip
_SELLER = {"amazon": "sellercentral.amazon.com", "ebay": "www.ebay.com", "shopee": "seller.shopee.cn"}
_PLACES = ("Columbus, OH", "Louisville, KY", "Shenzhen", "Leipzig", "Osaka", "Bangkok", "Jakarta")
_MONEY = {"US": "$48.20", "GB": "£38.50", "SG": "S$52.10", "JP": "¥5,480", "DE": "48,20 €", "FR": "48,20 €", "ES": "48,20 €", "IT": "48,20 €",
          "BR": "R$ 148,20", "TH": "฿1,482.00", "ID": "Rp148.200", "VN": "₫482.000"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    layout: str
    kind: str
    language: str
    platform: str
    site: str
    carrier: str | None
    order: str | None
    number: str | None
    times: tuple[tuple[str, str], ...]
    values: dict[str, Any]
    phone: bool
    dark: bool
    size: int


def written(moment: dt.datetime, form: str, language: str) -> str:
    months = WORDS[language]["months"]
    noon = {"ko": ("오전", "오후"), "zh": ("上午", "下午")}.get(language, ("AM", "PM"))
    form = form.replace("%B1", months[moment.month - 1] if months else "").replace("%A1", moment.strftime("%A"))
    return moment.strftime(form.replace("%E", str(moment.year + 543)).replace("%P", noon[moment.hour // 12]))


def _moments(dice: random.Random, count: int) -> list[dt.datetime]:
    start = dt.datetime(
        2026,
        dice.randint(8, 11),
        dice.randint(1, 17),
        dice.randint(6, 21),
        dice.randint(0, 59),
        dice.choice((0, 17, 41)),
    )
    steps = (dt.timedelta(hours=dice.randint(3, 40), minutes=dice.randint(0, 59)) for _ in range(count))
    moments = [start]
    for step in steps:
        moments.append(moments[-1] + step)
    return moments[::-1]


def scene(layout: str, kind: str, language: str, dice: random.Random) -> Scene:
    words = {**WORDS[language], **{k: v.get(language, v["en"]) for k, v in WORDS["common"].items()}}
    platform, site = dice.choice(_PLATFORMS[language])
    carrier, form = dice.choice(_CARRIERS.get(language, (("upu_s10", "s10"), ("yunexpress", "yun"))))
    order, number = order_id(platform, dice), tracking_number(form, dice)
    pattern = dice.choice([p for p in words["times"] if ("%m/%d" in p) <= (site == "US")])
    moments = _moments(dice, 5)
    seconds = "%S" in pattern
    shown = [(written(m, pattern, language), m.replace(second=m.second if seconds else 0).isoformat()) for m in moments]
    what = [words["tracking"][place] for place in (1, 5, 4, 3, 6)]
    used, has_order, has_number = _used(layout, shown)
    values = {
        "w": words, "order": order, "number": number, "carrier": carrier.replace("_", " ").upper(), "t": [text for text, _ in shown],
        "events": [(shown[i][0], what[i], dice.choice(_PLACES)) for i in range(5)],
        "talk": [(i % 2, words["messages"][3 + i], shown[2 - i][0]) for i in range(3)],
        "stock": [(order_id(platform, dice) if i != 2 else order, tracking_number(form, dice) if i != 2 else number, f"SKU-{dice.randint(100, 999)}",
                   shown[i][0], "OK") for i in range(5)],
        "address": "418 Elm Ridge Ave, Columbus, OH 43215", "item": "Stoneware mug 12 oz", "amount": _MONEY[site],
        "host": _HOSTS.get(carrier, "t.17track.net") if layout.startswith("tracking") else _SELLER[platform], "path": layout, "clock": f"{dice.randint(8, 22)}:{dice.randint(10, 59)}",
        "desk": None, "heading": words["tracking"][0], "rows": [], "body": "", "closing": "",
    }  # fmt: skip
    if layout == "letter":
        values |= _letter(kind, values, language)
    return Scene(
        layout=layout, kind=kind, language=language, platform=platform, site=site, carrier=carrier,
        order=order if has_order else None, number=number if has_number else None, times=tuple(used), values=values,
        phone=dice.random() < 0.4, dark=dice.random() < 0.25, size=dice.choice((13, 14, 15, 16)),
    )  # fmt: skip


def _used(layout: str, shown: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], bool, bool]:
    if layout.startswith("tracking"):
        return shown[:5], False, True
    used = {"order": shown[:2], "order_columns": shown[:2], "messages": shown[:3], "refund": shown[:1], "warehouse": shown[:5], "label": shown[:1],
            "letter": shown[:1]}[layout]  # fmt: skip
    return used, layout != "letter", layout in {"order", "warehouse", "label", "letter"}


def _letter(kind: str, values: dict[str, Any], language: str) -> dict[str, Any]:
    zh = language == "zh"
    if kind == "proof_of_delivery":
        text = (
            ("签收证明", "兹证明以下快件已妥投。")
            if zh
            else ("Proof of Delivery", "This notice serves as proof of delivery for the shipment listed below.")
        )
    else:
        text = (
            ("情况说明", "兹证明我司因车辆故障未能按时揽收。")
            if zh
            else ("Carrier statement", "We confirm that the pickup was missed because of a vehicle breakdown.")
        )
    rows = [
        (values["w"]["tracking"][0], values["number"]),
        ("Service", "Ground"),
        (values["w"]["tracking"][1], "Columbus, OH"),
    ]
    return {"heading": text[0], "body": text[1], "rows": rows, "closing": "Sincerely," if not zh else "此致"}


def scenes(dice: random.Random) -> Iterator[tuple[str, Scene]]:
    """(group, scene): screens, photographs of screens, labels, letters, covered numbers."""
    tracks, orders = ("tracking_table", "tracking_list", "tracking_columns"), ("order", "order_columns")
    for language in LANGUAGES:
        rounds = {"en": 5, "zh": 4, "ja": 2}.get(language, 1)
        for turn in range(rounds):
            for layout in (tracks[turn % 3], tracks[(turn + 1) % 3]):
                yield "screen", scene(layout, "tracking", language, dice)
            yield "screen", scene(orders[turn % 2], "order_page", language, dice)
            yield "screen", scene("messages", "messages", language, dice)
            yield "screen", scene("refund", "refund_proof", language, dice)
    for turn in range(8):
        yield "screen", scene("warehouse", "erp_record", ("en", "zh")[turn % 2], dice)
    for turn in range(22):
        language = ("en", "zh", "ja", "de")[turn % 4]
        layout, kind = ((tracks[turn % 3], "tracking"), (orders[turn % 2], "order_page"), ("messages", "messages"))[
            turn % 3
        ]
        yield "photo", scene(layout, kind, language, dice)
    for turn in range(14):
        yield "label", scene("label", "dispatch", ("en", "en", "zh")[turn % 3], dice)
    for turn in range(10):
        yield (
            "letter",
            scene("letter", ("proof_of_delivery", "carrier_statement")[turn % 2], ("en", "zh")[turn // 2 % 2], dice),
        )
    for turn in range(10):
        yield "hidden", scene(tracks[turn % 3], "tracking", ("en", "zh")[turn % 2], dice)
