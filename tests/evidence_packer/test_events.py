"""Tracking pages into events: which time and place belong to which status."""

import pytest

from evidence_packer.understand.pairing import paired


def told(facts):
    return [(event.status, event.at, event.place) for event in facts.events]


BELOW = """
Delivered, Front Door/Porch
COLUMBUS, OH 43215
November 2, 2026, 2:22 pm
Out for Delivery
COLUMBUS, OH 43215
November 2, 2026, 6:10 am
Arrived at Facility
OBETZ, OH
November 1, 2026, 10:05 pm
"""


def test_times_below_their_statuses(page_facts):
    assert told(page_facts(BELOW)) == [
        ("delivered", "2026-11-02T14:22:00", "COLUMBUS, OH 43215"),
        ("out_for_delivery", "2026-11-02T06:10:00", "COLUMBUS, OH 43215"),
        ("in_transit", "2026-11-01T22:05:00", "OBETZ, OH"),
    ]


def test_times_above_their_statuses(page_facts):
    found = told(page_facts("29/10/2026 16:40\nAccepted\n30/10/2026 08:00\nIn Transit\n02/11/2026 14:22\nDelivered"))
    assert [(status, at[:10]) for status, at, _ in found] == [
        ("accepted", "2026-10-29"), ("in_transit", "2026-10-30"), ("delivered", "2026-11-02"),
    ]  # fmt: skip


def test_a_row_that_tells_something_else_lends_a_headline_no_time(page_facts):
    lines = (
        "Delivered", "11/05/2026 9:00 AM Proof of delivery requested by sender", "11/02/2026 2:22 PM Delivered",
        "10/29/2026 8:05 PM Origin Scan",
    )  # fmt: skip
    found = told(page_facts("\n".join(lines)))
    assert [at for status, at, _ in found if status == "delivered"] == ["2026-11-02T14:22:00"]


def test_a_heading_without_time_does_not_shift_the_list(page_facts):
    found = told(page_facts("^Delivered\n\n\n" + BELOW.strip()))
    assert ("out_for_delivery", "2026-11-02T06:10:00", "COLUMBUS, OH 43215") in found


def test_days_as_headings(page_facts):
    found = told(
        page_facts("""
Monday, 11/2/26
2:22 PM | Delivered | Columbus, OH
8:12 AM | Out for delivery | Columbus, OH
Thursday, 10/29/26
6:31 PM | Picked up | ONTARIO, CA
""")
    )
    assert found == [
        ("delivered", "2026-11-02T14:22:00", "Columbus, OH"),
        ("out_for_delivery", "2026-11-02T08:12:00", "Columbus, OH"),
        ("accepted", "2026-10-29T18:31:00", "ONTARIO, CA"),
    ]


def test_columns_of_date_time_and_place(page_facts):
    (event,) = page_facts("Date | Heure | Lieu | Statut\n13/11/2026 | 14:22 | Paris | Le colis a été livré.").events
    assert (event.status, event.at, event.place) == ("delivered", "2026-11-13T14:22:00", "Paris")


CARDS = """
Your shipment | | Date | Local time | Location | Activity
Delivered | | 11/02/2026 | 2:22 P.M. | Columbus, OH, US | Delivered - Front Porch
Delivered On | | 11/02/2026 | 8:51 A.M. | Columbus, OH, US | Out For Delivery Today
Nov 2, 2026 at 2:22 PM | | 11/01/2026 | 9:40 P.M. | Hodgkins, IL, US | Departed from Facility
Delivered To | | 10/29/2026 | 8:05 P.M. | Ontario, CA, US | Origin Scan
"""


def test_cards_beside_a_table_take_none_of_its_times(page_facts):
    assert told(page_facts(CARDS)) == [
        ("delivered", "2026-11-02T14:22:00", "Columbus, OH, US"),
        ("out_for_delivery", "2026-11-02T08:51:00", "Columbus, OH, US"),
        ("in_transit", "2026-11-01T21:40:00", "Hodgkins, IL, US"),
        ("accepted", "2026-10-29T20:05:00", "Ontario, CA, US"),
    ]


def test_the_date_of_printing_is_no_delivery(page_facts):
    found = told(
        page_facts("""
签收时间 | 2026-10-29 15:42
状态 | 已签收，签收人：本人
服务 | 云途全球专线挂号
本证明由系统根据派送扫描记录出具。出具时间：2026-11-11 16:20
""")
    )
    assert {at for _, at, _ in found} == {"2026-10-29T15:42:00"}


def test_place_in_brackets(page_facts):
    (event,) = page_facts("2026-11-02 14:22 【深圳】包裹已签收").events
    assert (event.status, event.place) == ("delivered", "深圳")


def test_without_a_year_there_is_no_event(page_facts):
    assert page_facts("配達完了 | 11月02日 14:22 | 渋谷センター").events == ()


def test_back_to_the_sender_is_no_delivery(page_facts):
    assert {
        status for status, _, _ in told(page_facts("Delivered, To Original Sender\nNovember 12, 2026, 2:22 pm"))
    } == {"returned"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Notice Left (No Authorized Recipient Available)", "exception"),
        ("USPS in possession of item", "accepted"),
        ("On FedEx vehicle for delivery", "out_for_delivery"),
        ("Clearance processing complete", "in_transit"),
        ("Shipment information sent to FedEx", "label_created"),
        ("快件已被拒收", "exception"),
        ("安排投递", "out_for_delivery"),
        ("商家已下单，等待揽收", "label_created"),
        ("宅配ボックスに配達", "delivered"),
        ("不在持戻", "exception"),
        ("배 송 완료", "delivered"),
        ("간선상차", "in_transit"),
        ("Die Sendung wurde in das Zustellfahrzeug geladen.", "out_for_delivery"),
        ("Die Sendung wurde Hermes elektronisch angekündigt.", "label_created"),
        ("Le colis a ete livre.", "delivered"),
        ("Votre colis a été pris en charge par La Poste.", "accepted"),
        ("El envío ha sido entregado al destinatario o autorizado", "delivered"),
        ("Ausente de reparto", "exception"),
        ("La spedizione è stata consegnata", "delivered"),
        ("Presa in carico", "accepted"),
        ("Objeto saiu para entrega ao destinatário", "out_for_delivery"),
        ("Tentativa de entrega não efetuada", "exception"),
        ("นําจ่ายสําเร็จ", "delivered"),
        ("Paket telah diserahkan ke kurir", "accepted"),
        ("Giao hàng không thành công", "exception"),
    ],
)
def test_status_words(facts_of, text, status):
    assert {seen.status for seen in facts_of(text).statuses} == {status}


def test_lines_of_one_entry_share_its_time():
    whats = [(0.1, 0.10, 0.3, 0.12), (0.1, 0.12, 0.3, 0.14)]
    assert paired(whats, [(0.1, 0.14, 0.3, 0.16)]) == {0: 0, 1: 0}
    assert paired(whats, []) == {}
