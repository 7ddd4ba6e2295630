"""What pages say of refunds: rows that must and must not be refunds made."""

import pytest


def told(facts):
    return [(one.says, one.value, one.at) for one in facts.refunds]


# ruff: noqa: E501, ISC004
PAGES = [
    ("Refund\nOrder 112-4829307-7716253\nNov 12, 2026 3:10 PM\nRefund of $37.48 failed: declined by bank",
     [("refund_failed", "37.48 USD", "2026-11-12T15:10:00")]),
    ("Refund\n112-4829307-7716253\nRefund issued Nov 12, 2026\nRefund amount $37.48", [("refund_made", "37.48 USD", "2026-11-12")]),
    ("Refund mail\n112-4829307-7716253\nRefund Nov 12, 2026 3:10 PM\n$37.48",
     [("refund_made", "37.48 USD", "2026-11-12T15:10:00")]),
    ("Erstattung\nBestellnummer | 304-5518820-7719302\nErstattungsbetrag | 39,95 €\n"
     "Datum | 14.11.2026 09:31\nStatus | Abgeschlossen",
     [("refund_made", "39.95 EUR", "2026-11-14T09:31:00")]),
    ("Refund re_3QrefA2eZvKYlo2C\nPayment | ch_3QpayB2eZvKYlo2C\nAmount | $58.40 USD\n"
     "Refund date | Nov 4, 2026, 16:20 UTC\nStatus | Succeeded",
     [("refund_made", "58.40 USD", "2026-11-04T16:20:00+00:00")]),
    ("Refund issued by the marketplace\nOrder ID | 113-7745120-5561839\n"
     "Refund date | Nov 3, 2026, 2:15 PM PST\nRefund amount | $149.00",
     [("refund_made", "149.00 USD", "2026-11-03T14:15:00-08:00")]),
    ("Refund\nRefund amount | $37.48\nRefund status | Failed", [("refund_failed", "37.48 USD", None)]),
    ("Refund\nRefund amount | $37.48\nRefund status | Pending", [("refund_pending", "37.48 USD", None)]),
    ("Refund details\nRefund amount | $37.48\nStatus: Processing", [("refund_pending", "37.48 USD", None)]),
    ("退款详情\n退款金额 | ¥37.48\n退款状态 | 退款成功\n退款时间 | 2026-11-12 15:10", [("refund_made", "37.48 CNY", "2026-11-12T15:10:00")]),
    ("退款详情\n退款金额 | ¥37.48\n退款状态 | 退款中", [("refund_pending", "37.48 CNY", None)]),
    ("Refund completed | Nov 12, 2026 | $37.48\nRefund reversed | Nov 14, 2026 | $37.48",
     [("refund_reversed", "37.48 USD", "2026-11-14")]),
    ("Refund initiated | Nov 10, 2026 | $37.48\nRefund completed | Nov 12, 2026 | $37.48",
     [("refund_made", "37.48 USD", "2026-11-12")]),
    ("Order summary\nRefunded: $0.00", []),
    ("Payment | Nov 12, 2026 | $37.48\nRefunded | Nov 12, 2026 | $0.00", []),
    ("已退款：¥0.00", []),
    ("Erstattet: 0,00 €", []),
    ("We will refund $37.48 to your card.", [("refund_promised", "37.48 USD", None)]),
    ("Hello, we refunded $37.48 to your card today.", [("refund_made", "37.48 USD", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), PAGES)
def test_what_a_page_says_of_refunds(page_facts, page, expected):
    found = told(page_facts(page))
    assert len(found) == len(expected), found
    for seen, wanted in zip(found, expected, strict=True):
        assert seen[0] == wanted[0]
        assert seen[1] in {wanted[1], (wanted[1] or "").split()[0]}
        assert seen[2] == wanted[2]


@pytest.mark.parametrize(
    "page",
    [
        "Refund\nRefund amount | $37.48",
        "Refund policy\nYou get a full refund within 30 days if the item is returned. $37.48",
        "All | Pending | Refunded | Failed\nOrder 112-4829307-7716253 | $37.48",
        "Refunded (0)\nTotal | $37.48",
        "Refund order\nOrder total | $37.48",
        "How do I know that my order was refunded?\n$37.48",
        "Request a refund of up to $37.48",
        "Refund requested Nov 12, 2026\n$37.48",
        "You are eligible for a refund of $37.48",
        "This order has not been refunded. $37.48",
        "Refund requested\nRefund processing\nRefund completed",
        "Refund request\nBuyer wants | $37.48\nStatus | Closed",
        "Once the parcel is back you will be refunded $37.48.",
        "申请退款\n退款金额 | ¥37.48",
        "如果7天内退货，我们将退款 ¥37.48",
        "Bitte erstatten Sie mir 39,95 €",
        "Wenn die Ware zurück ist, wird der Betrag von 39,95 € erstattet.",
        "Refunds are issued within 5 days of receipt. $37.48",
    ],
)
def test_no_refund_is_made_by_other_words(page_facts, page):
    assert "refund_made" not in {one.says for one in page_facts(page).refunds}


LINES = {
    "en": ("Your refund of $37.48 was issued", "Your refund of $37.48 was declined", "You will be refunded $37.48"),
    "zh-Hans": ("已退款 ¥37.48", "退款失败 ¥37.48", "我们将为您退款 ¥37.48"),
    "zh-Hant": ("已退款 NT$37", "退款失敗 NT$37", "我們將為您退款 NT$37"),
    "ja": ("3,748円を返金しました", "3,748円の返金に失敗しました", "3,748円を返金いたします"),
    "ko": ("37,480원 환불 완료", "37,480원 환불 실패", "37,480원을 환불해 드리겠습니다"),
    "th": ("คืนเงินแล้ว ฿374", "คืนเงินไม่สำเร็จ ฿374", "จะคืนเงิน ฿374"),
    "vi": ("Đã hoàn tiền ₫374000", "Hoàn tiền thất bại ₫374000", "Sẽ hoàn tiền ₫374000"),
    "id": (
        "Dana telah dikembalikan Rp374.000",
        "Pengembalian dana gagal Rp374.000",
        "Dana akan dikembalikan Rp374.000",
    ),
    "de": ("Wir haben 39,95 € erstattet", "Erstattung von 39,95 € fehlgeschlagen", "39,95 € werden erstattet"),
    "fr": ("Remboursement de 39,95 € effectué", "Remboursement de 39,95 € refusé", "39,95 € vous seront remboursés"),
    "es": ("Reembolso de 39,95 € realizado", "Reembolso de 39,95 € rechazado", "Le será reembolsado 39,95 €"),
    "pt-BR": (
        "Reembolso de R$ 39,95 realizado",
        "Reembolso de R$ 39,95 recusado",
        "Você receberá o reembolso de R$ 39,95",
    ),
    "it": (
        "Rimborso di 39,95 € effettuato",
        "Rimborso di 39,95 € rifiutato",
        "Il rimborso di 39,95 € verrà accreditato",
    ),
    "nl": ("€ 39,95 is terugbetaald", "Terugbetaling van € 39,95 mislukt", "€ 39,95 wordt terugbetaald"),
    "pl": ("Zwrócono 39,95 zł", "Zwrot 39,95 zł odrzucony", "Zostanie zwrócone 39,95 zł"),
    "sv": ("Vi har återbetalat 399 kr", "Återbetalning av 399 kr misslyckades", "399 kr kommer att återbetalas"),
    "ru": ("Возврат 39,95 € выполнен", "Возврат 39,95 € отклонён", "Вам будет возвращено 39,95 €"),
    "tr": ("₺399 iade edildi", "₺399 iade işlemi başarısız", "₺399 iade edilecektir"),
}


@pytest.mark.parametrize("language", sorted(LINES))
def test_made_failed_and_promised_in_every_language(page_facts, house, language):
    assert set(LINES) == set(house.reading_words)
    for line, state in zip(LINES[language], ("refund_made", "refund_failed", "refund_promised"), strict=True):
        assert [one.says for one in page_facts(line).refunds] == [state], line


def test_the_number_of_a_refund_is_what_the_statement_is_about(page_facts):
    facts = page_facts("Refund of $37.48 issued\nAcquirer reference number (ARN) 74537606308000001234567")
    (refund,) = facts.refunds
    assert refund.about is not None
    assert (refund.about.what, refund.about.id) == ("refund", "74537606308000001234567")
    assert refund.span.text.startswith("Refund of $37.48")


@pytest.mark.parametrize(
    ("status", "expected"), [("Reversed", {"refund_reversed"}), ("Zzyzx", set()), ("Refunded", {"refund_made"})]
)
def test_a_status_that_nobody_knows_is_not_made_good_by_the_labels_around_it(page_facts, status, expected):
    rows = f"^Refund details\nOrder number 112-4829307-7716253\nRefund status\n{status}\nRefunded amount\n$37.48\nRefund date\nNov 7, 2026 5:41 PM"
    assert {one.says for one in page_facts(rows).refunds} == expected


@pytest.mark.parametrize(
    ("rows", "made"),
    [
        ("Refund completed | Nov 12, 2026 | $37.48\nRefund pulled by issuer | Nov 14, 2026 | $37.48", False),
        ("Refund pulled by issuer | Nov 14, 2026 | $37.48\nRefund completed | Nov 12, 2026 | $37.48", False),
        ("Erstattung abgeschlossen | 12.11.2026 | 39,95 €\nErstattung wieder eingezogen | 14.11.2026 | 39,95 €", False),
        (
            "Remboursement effectué | 12/11/2026 | 39,95 €\nRemboursement repris par la banque | 14/11/2026 | 39,95 €",
            False,
        ),
        ("Refund started by carrier | Nov 10, 2026 | $37.48\nRefund completed | Nov 12, 2026 | $37.48", True),
        ("Refund completed | Nov 12, 2026 | $37.48\nRefund of shipping kept | Nov 14, 2026 | $4.10", True),
        ("Refund completed | Nov 12, 2026 | $37.48\nBuyer was told | Nov 14, 2026 | $37.48", True),
    ],
)
def test_a_later_row_in_words_that_nobody_knows_may_have_taken_it_back(page_facts, rows, made):
    assert ("refund_made" in {one.says for one in page_facts(f"^Refund details\n{rows}").refunds}) is made
