"""Order pages and records into fields: labels in many languages and layouts."""

import pytest

from .conftest import ORDER, make_case


def stated(facts):
    return {seen.name: seen.value for seen in facts.fields}


def test_labels_with_their_values_behind_beside_and_below(page_facts):
    found = stated(
        page_facts(f"""
Order ID: {ORDER}
Purchase date: | Oct 28, 2026, 9:12 AM

Ship to
Jane Roe
418 Elm Ridge Ave
Columbus, OH 43215

Item subtotal | $49.99
Shipping total | $4.99
Grand total | $58.73
""")
    )
    assert found["order_date"] == "2026-10-28T09:12:00"
    assert (found["total"], found["recipient"]) == ("58.73", "Jane Roe")
    assert found["address"] == "418 Elm Ridge Ave, Columbus, OH 43215"


PAGES = {
    "zh": ("订单编号 | {id}", "下单时间 | 2026-10-28 09:12", "收件人 | 张三", "运费 | $4.99", "订单总额 | $58.73"),
    "de": (
        "Bestelldatum: | 28.10.2026 09:12",
        "Empfänger: | Erika Muster",
        "Versand | 5,99 €",
        "Gesamtsumme: | 1.254,99 €",
    ),
    "fr": (
        "Date de commande : 28 octobre 2026",
        "Destinataire : Jeanne Dupont",
        "Livraison : 5,99 €",
        "Montant total : 54,99 €",
    ),
    "ja": ("注文日時 | 2026-10-28 09:12", "送付先 | 山田 花子", "送料 | 500円", "請求金額 | 3,980円"),
    "ko": ("주문일시 | 2026-10-28 09:12", "수취인 | 김민지", "배송비 | 3,000원", "총 결제금액 | 32,900원"),
    "es": (
        "Fecha del pedido: 28 oct. 2026",
        "Destinatario: Lucía García",
        "Envío: 5,99 €",
        "Total del pedido: 54,99 €",
    ),
    "it": ("Data dell'ordine: 28 ottobre 2026", "Destinatario: Giulia Rossi", "Totale ordine: 54,99 €"),
    "pt": ("Data do pedido: 28 de outubro de 2026", "Destinatário: Ana Souza", "Total do pedido: R$ 1.205,90"),
    "th": ("เวลาที่สั่งซื้อ | 28-10-2026 09:12", "ผู้รับ | สมชาย ใจดี", "ค่าจัดส่ง | ฿40", "ยอดชำระเงินทั้งหมด | ฿1,290"),
}


@pytest.mark.parametrize(
    ("language", "total", "recipient"),
    [
        ("zh", "58.73", "张三"),
        ("de", "1254.99", "Erika Muster"),
        ("fr", "54.99", "Jeanne Dupont"),
        ("ja", "3980", "山田 花子"),
        ("ko", "32900", "김민지"),
        ("es", "54.99", "Lucía García"),
        ("it", "54.99", "Giulia Rossi"),
        ("pt", "1205.90", "Ana Souza"),
        ("th", "1290", "สมชาย ใจดี"),
    ],
)
def test_languages(page_facts, language, total, recipient):
    found = stated(page_facts("\n".join(PAGES[language]).format(id=ORDER)))
    assert (found["total"], found["order_date"][:10], found["recipient"]) == (total, "2026-10-28", recipient)


LIST = f"""
ORDER PLACED | TOTAL | SHIP TO | ORDER # 114-1111111-2222222
Nov 9, 2026 | $23.10 | Ann Lee |
USB cable



ORDER PLACED | TOTAL | SHIP TO | ORDER # {ORDER}
Oct 28, 2026 | $58.73 | Jane Roe |
Water bottle



ORDER PLACED | TOTAL | SHIP TO | ORDER # 111-9999999-8888888
Sep 3, 2026 | $140.00 | Tom Roe |
"""


def test_of_a_list_only_our_order_counts(page_facts):
    found = stated(page_facts(LIST))
    assert (found["order_date"], found["total"], found["recipient"]) == ("2026-10-28", "58.73", "Jane Roe")


def test_a_page_of_other_orders_states_nothing(page_facts):
    assert page_facts(LIST.replace(ORDER, "113-0000000-0000000")).fields == ()


def test_of_a_table_only_our_row_counts(page_facts):
    found = stated(
        page_facts(f"""
订单号 | 买家 | 订单金额 | 下单时间 | 发货时间
111-9999999-8888888 | Tom Poe | USD 140.00 | 2026-09-03 11:02 | 2026-09-04 10:00
{ORDER} | Jane Roe | USD 58.73 | 2026-10-28 09:12 | 2026-10-29 16:40
114-1111111-2222222 | Ann Lee | USD 23.10 | 2026-11-09 08:00 | 2026-11-10 09:00
""")
    )
    assert (found["total"], found["buyer"]) == ("58.73", "Jane Roe")
    assert (found["order_date"], found["shipped_at"]) == ("2026-10-28T09:12:00", "2026-10-29T16:40:00")


def test_a_footer_and_a_fee_are_neither_order_date_nor_total(page_facts):
    found = stated(
        page_facts(f"Order {ORDER}\nShipping total: $4.99\n\n\nhttps://shop.example/order | | | 11/20/2026, 3:10 PM")
    )
    assert not {"order_date", "total"} & set(found)


def test_currency_of_a_sign_comes_from_the_site(page_facts):
    case = make_case(platform="mercado_libre", site="MX", procedure="dispute")
    (total,) = (seen for seen in page_facts("Total: $ 1.298,00", case=case).fields if seen.name == "total")
    assert (total.value, total.currency) == ("1298.00", "MXN")


def test_a_page_with_labels_of_an_order_is_proposed_as_one(page_facts):
    facts = page_facts("Created time: 28/10/2026 09:12\nRecipient: Jane Roe\nShipping fee | £2.80\nTotal | £20.79")
    assert facts.kind == "order_page"


def test_a_transaction_number_is_no_foreign_order(page_facts):
    case = make_case(platform="etsy", site="US", procedure="dispute", order={"id": "3123456789"})
    facts = page_facts("Order #3123456789\nTransaction ID: 4012345678", case=case)
    assert [seen.value for seen in facts.order_ids] == ["3123456789"]


@pytest.mark.parametrize(
    ("heading", "row", "item"),
    [
        ("Produit | | | Qté Prix", "Cafetière italienne 6 tasses inox | | | 1", "Cafetière italienne 6 tasses inox"),
        (
            "商品名 | | | 個数 単価",
            "今治タオル バスタオル 2枚セット グレー | | | 1",
            "今治タオル バスタオル 2枚セット グレー",
        ),
        ("Item | SKU | Qty", "Folding chair with cup holder, green CHR-GRN 1", "Folding chair with cup holder"),
        (
            "Item | | | Something unknown",
            "Folding chair with cup holder, green | | | 7",
            "Folding chair with cup holder, green",
        ),
    ],
)
def test_goods_stand_below_their_heading_and_end_where_the_next_column_begins(page_facts, heading, row, item):
    assert stated(page_facts(f"Order ID: {ORDER}\n\n{heading}\n{row}"))["item"].startswith(item)


def test_the_address_below_its_heading_not_the_heading_beside_it(page_facts):
    found = stated(
        page_facts(f"""
N° de commande: {ORDER}

Adresse de livraison | Paiement sûr
Amélie Rousseau | Carte bancaire
8 impasse des Glycines
44000 Nantes
""")
    )
    assert found["recipient"] == "Amélie Rousseau"
    assert found["address"] == "8 impasse des Glycines, 44000 Nantes"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Tracking No. PHLMAR123456789", "PHLMAR123456789"),
        ("伝票番号3624-1234-5676", "3624-1234-5676"),
        ("Número de envío 45123456789", "45123456789"),
        ("หมายเลขพัสดุ: TH0123456789", "TH0123456789"),
        ("Tracking number 45123456789 was given to you", "45123456789"),
        ("Tracking number will be sent to you by 12.11.2026", None),
    ],
)
def test_a_number_follows_its_label_without_a_colon(page_facts, line, number):
    assert stated(page_facts(f"Order ID: {ORDER}\n{line}")).get("tracking_number") == number


def test_a_date_that_can_mean_two_days_is_no_field_but_keeps_both(page_facts):
    facts = page_facts(f"Order ID: {ORDER}\nOrder date: | 03/04/2026", make_case(platform="ebay", site="GB"))
    assert "order_date" not in stated(facts)
    assert [(one.name, one.value, set(one.meanings)) for one in facts.unsettled] == [
        ("order_date", "03/04/2026", {"2026-04-03", "2026-03-04"})
    ]
