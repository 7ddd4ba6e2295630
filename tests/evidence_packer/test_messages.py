"""Who wrote which message: pages as they were read, and pages drawn as their lines stand."""

import dataclasses

import pytest

from casefile.reading import Line, Reading, ReadPage
from evidence_packer.understand.interpret import interpret

from .conftest import make_case

PEOPLE = {"buyer": {"name": "J. Whitfield"}, "seller": {"store": "Northlake Home"}}
WIDE, PHONE = (1920, 1080), (1080, 2340)


@pytest.fixture
def talk(house):
    """The messages of one page of lines (text, left, top, right)."""

    def make(rows, size=WIDE, case=None, media_type="image/png", kind="messages", height=0.018):
        lines = tuple(Line(text=text, box=(x0, y, x1, y + height), score=0.99) for text, x0, y, x1 in rows)
        page = ReadPage(number=1, width=size[0], height=size[1], lines=lines, text_source="ocr")
        reading = Reading(sha256="0" * 64, media_type=media_type, pages=(page,))
        files = [{"name": "a.png", "kind": kind}]
        return interpret("a.png", reading, 1000, case or make_case(files=files, **PEOPLE), house)

    return make


def told(facts):
    return [(message.who, message.text) for message in facts.messages]


REFUSED = [
    ("Messages", 0.015, 0.043, 0.127),
    ("Order 112-4829307-7716253", 0.053, 0.221, 0.35),
    ("J. Whitfield (buyer) Nov 10, 2026 8:05 AM", 0.051, 0.317, 0.475),
    ("No, I do not accept. I will not cancel my claim.", 0.053, 0.412, 0.522),
]


def test_a_withdrawal_that_was_refused(talk):
    facts = talk(REFUSED, size=(1100, 420), height=0.068)
    (message,) = facts.messages
    assert (message.who, message.at, message.intents) == ("buyer", "2026-11-10T08:05:00", ("refuses",))
    (said,) = facts.said
    assert (said.says, said.value, said.voice) == ("refuses", "buyer", "message")
    assert said.span.text == "No, I do not accept."
    assert said.about is not None
    assert said.about.what == "message"


def test_names_of_the_case_and_an_answer(talk):
    facts = talk(
        [
            ("Messages· Order 112-4829307-7716253", 0.036, 0.111, 0.536),
            ("J. Whitfield Nov 3, 2026 8:05 AM", 0.033, 0.268, 0.435),
            ("Hi, the bottle looks great, thanks! Do you have it in blue?", 0.036, 0.432, 0.712),
            ("Northlake Home Nov 3, 2026 9:30 AM", 0.036, 0.586, 0.498),
            ("Yes, blue is in stock. Have a nice day!", 0.036, 0.746, 0.48),
        ],
        size=(1100, 280),
        height=0.09,
    )
    assert [message.who for message in facts.messages] == ["buyer", "seller"]
    assert facts.messages[1].intents == ("answers",)
    assert {said.says for said in facts.said if said.value == "buyer"} == {"asks", "thanks"}


def test_roles_in_another_language_and_lines_that_go_on(talk):
    facts = talk(
        [
            ("Käufer 13.11.2026, 19:05", 0.026, 0.203, 0.192),
            ("Die Lampe ist da, aber der Monitorarm fehIt noch immer. Bitte", 0.026, 0.226, 0.59),
            ("um Klärung.", 0.025, 0.257, 0.111),
            ("Sie 14.11.2026, 09:40", 0.026, 0.326, 0.168),
            ("Guten Tag, wir haben Ihnen heute 39,95 € für den Monitorarm", 0.025, 0.354, 0.544),
            ("erstattet.", 0.024, 0.382, 0.093),
        ],
        size=(1120, 760),
        height=0.025,
    )
    assert told(facts) == [
        ("buyer", "Die Lampe ist da, aber der Monitorarm fehIt noch immer. Bitte um Klärung."),
        ("seller", "Guten Tag, wir haben Ihnen heute 39,95 € für den Monitorarm erstattet."),
    ]


def test_the_one_in_the_title_is_the_buyer_and_the_other_the_seller(talk):
    facts = talk(
        [
            ("與 buyer_lin88的對話", 0.014, 0.136, 0.224),
            ("buyer_lin88 2026-11-10 20:15", 0.027, 0.204, 0.196),
            ("商品有瑕疵，我要退貨退款。", 0.028, 0.23, 0.2),
            ("直家 2026-11-10 20:40", 0.028, 0.297, 0.153),
            ("您好，請寄回商品，我們收到後會檢查。", 0.027, 0.322, 0.268),
            ("訂單编號", 0.013, 0.4, 0.078),
            ("261028TW9XV8JT", 0.083, 0.4, 0.214),
        ],
        size=(1120, 760),
        height=0.025,
        case=make_case(files=[{"name": "a.png", "kind": "messages"}]),
    )
    assert told(facts) == [
        ("buyer", "商品有瑕疵，我要退貨退款。"), ("seller", "您好，請寄回商品，我們收到後會檢查。"),
    ]  # fmt: skip


def test_a_thread_between_a_list_and_a_panel(talk):
    facts = talk(
        [
            ("1 conversation for this order", 0.008, 0.195, 0.106),
            ("J. Whitfield (buyer)", 0.248, 0.214, 0.324), ("Nov 3, 2026, 8:05 AM", 0.606, 0.214, 0.681),
            ("Purchase date", 0.812, 0.226, 0.865),
            ("J. Whitfield", 0.008, 0.237, 0.055), ("Nov 10, 2026", 0.167, 0.237, 0.215),
            ("Where is my parcel? I did not find it.", 0.248, 0.238, 0.634),
            ("Oct 28, 2026, 9:12 AM PDT", 0.812, 0.246, 0.908),
            ("Order 112-4829307-7716253", 0.009, 0.259, 0.113),
            ("Northlake Home (you)", 0.296, 0.287, 0.382), ("Nov 3, 2026, 9:30 AM", 0.653, 0.287, 0.728),
            ("Thank you for writing. UPS shows the parcel as delivered, left at the front", 0.296, 0.308, 0.706),
            ("Order total", 0.812, 0.322, 0.853),
            ("porch. Could you please look again?", 0.296, 0.332, 0.517),
            ("Write a reply to the buyer", 0.249, 0.42, 0.349),
        ],
    )  # fmt: skip
    assert told(facts) == [
        ("buyer", "Where is my parcel? I did not find it."),
        (
            "seller",
            (
                "Thank you for writing. UPS shows the parcel as delivered, left at the front porch. "
                "Could you please look again?"
            ),
        ),
    ]  # fmt: skip


BUBBLES = [
    ("10:41", 0.05, 0.02, 0.12), ("J. Whitfield", 0.2, 0.075, 0.45), ("online", 0.2, 0.09, 0.3), ("TODAY", 0.44, 0.14, 0.56),
    ("Hello, my parcel did not arrive", 0.05, 0.2, 0.62), ("10:32", 0.55, 0.222, 0.62),
    ("Sorry to hear that, we will check", 0.3, 0.27, 0.93), ("with the carrier", 0.3, 0.288, 0.6), ("10:35 ✓✓", 0.8, 0.31, 0.93),
    ("Ok I found it at my neighbour.", 0.05, 0.36, 0.6), ("I will close the claim. Thanks", 0.05, 0.378, 0.58),
    ("11:02", 0.55, 0.398, 0.62), ("Message", 0.1, 0.95, 0.3),
]  # fmt: skip


def test_bubbles_on_a_telephone(talk):
    facts = talk(BUBBLES, size=PHONE, height=0.016)
    assert told(facts) == [
        ("buyer", "Hello, my parcel did not arrive"),
        ("seller", "Sorry to hear that, we will check with the carrier"),
        ("buyer", "Ok I found it at my neighbour. I will close the claim. Thanks"),
    ]
    assert set(facts.messages[2].intents) == {"confirms_receipt", "agrees_to_close", "thanks"}
    assert "answers" in facts.messages[1].intents


def test_the_buyers_own_screenshot(talk):
    facts = talk(
        [
            ("Northlake Home", 0.3, 0.08, 0.6), ("We shipped it yesterday", 0.05, 0.2, 0.5),
            ("I will close the case", 0.05, 0.26, 0.45), ("I got it, thanks", 0.6, 0.32, 0.93),
        ],
        size=PHONE,
    )  # fmt: skip
    assert [who for who, _ in told(facts)] == ["seller", "seller", "buyer"]
    assert [message.intents for message in facts.messages][1:] == [(), ("confirms_receipt", "thanks")]


TELEPHONE = [
    ("J. Whitfield", 0.35, 0.13, 0.62), ("112-4829307-7716253", 0.3, 0.19, 0.63), ("I am still waiting", 0.09, 0.3, 0.5),
    ("for my parcel, where is it?", 0.09, 0.33, 0.6), ("Tuesday, Nov 3, 2026 8:05 AM", 0.09, 0.355, 0.5),
    ("We have asked the carrier", 0.5, 0.42, 0.91), ("and will tell you.", 0.5, 0.45, 0.8),
    ("Tuesday, Nov 3, 2026 9:30 AM", 0.5, 0.475, 0.91),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["messages", "other"])
def test_bubbles_under_a_name_and_an_order_with_days_of_the_week_below(talk, kind):
    facts = talk(TELEPHONE, size=PHONE, height=0.02, kind=kind)
    assert [(one.who, one.at, one.text) for one in facts.messages] == [
        ("buyer", "2026-11-03T08:05:00", "I am still waiting for my parcel, where is it?"),
        ("seller", "2026-11-03T09:30:00", "We have asked the carrier and will tell you."),
    ]


def test_a_word_for_oneself_at_the_beginning_of_a_bubble_is_no_name(talk):
    rows = [("Saya masih menunggu", 0.09, 0.3, 0.5), *TELEPHONE[3:]]
    assert [who for who, _ in told(talk(rows, size=PHONE, height=0.02))] == ["buyer", "seller"]


def test_a_table_of_moments_names_and_words(talk):
    facts = talk(
        [
            ("Messages 112-4829307-7716253", 0.02, 0.07, 0.3),
            ("Nov 3, 2026 8:05 AM", 0.02, 0.25, 0.15), ("J. Whitfield", 0.3, 0.25, 0.4), ("Where is my parcel?", 0.48, 0.25, 0.7),
            ("Nov 3, 2026 9:30 AM", 0.02, 0.45, 0.15), ("Northlake Home", 0.3, 0.45, 0.42),
            ("It is on its way,", 0.48, 0.45, 0.7), ("please wait until Friday.", 0.48, 0.55, 0.72),
        ],
        size=(1200, 300), height=0.07,
    )  # fmt: skip
    assert told(facts) == [("buyer", "Where is my parcel?"), ("seller", "It is on its way, please wait until Friday.")]


@pytest.mark.parametrize(("sender", "count"), [("From: J. Whitfield", 1), ("Origin: J. Whitfield", 0)])
def test_a_page_with_the_header_of_a_mail_is_read_whatever_kind_it_is(talk, sender, count):
    rows = [(sender, 0.05, 0.1, 0.3), ("Sent: Nov 3, 2026 8:05 AM", 0.05, 0.14, 0.3), ("To: Northlake Home", 0.05, 0.18, 0.3),
            ("Subject: My order", 0.05, 0.22, 0.3), ("Where is my parcel?", 0.05, 0.3, 0.4)]  # fmt: skip
    assert len(talk(rows, kind="other").messages) == count


def test_bubbles_beside_a_list_of_conversations(talk):
    rows = []
    for place in range(5):
        top = 0.12 + 0.08 * place
        rows += [(f"客户{place}", 0.06, top, 0.1), ("好的", 0.06, top + 0.025, 0.09), (f"10:2{place}", 0.2, top, 0.23)]
    rows += [
        ("linmei_sg", 0.27, 0.09, 0.33), ("2026-11-10 20:11", 0.6, 0.14, 0.69), ("你好，我没有收到水杯", 0.29, 0.2, 0.45),
        ("请您稍等，我们马上查询", 0.82, 0.28, 0.96), ("物流显示昨天已签收", 0.84, 0.36, 0.96),
        ("找到了，谢谢，我会撤销投诉", 0.29, 0.45, 0.5),
    ]  # fmt: skip
    facts = talk(rows, case=make_case(files=[{"name": "a.png", "kind": "messages"}]), height=0.016)
    assert [who for who, _ in told(facts)] == ["buyer", "seller", "seller", "buyer"]
    assert facts.messages[0].at == "2026-11-10T20:11:00"
    assert "denies_receipt" in facts.messages[0].intents
    assert "agrees_to_close" in facts.messages[3].intents


def test_a_transcript(talk):
    facts = talk(
        [
            ("Chat transcript order 112", 0.1, 0.05, 0.5),
            ("[10:32] Buyer: Where is my parcel?", 0.1, 0.1, 0.5),
            ("[10:35] Northlake: It was delivered yesterday, please look", 0.1, 0.13, 0.7), ("at the porch.", 0.1, 0.16, 0.3),
            ("[10:40] Buyer: Found it. You can close the case.", 0.1, 0.19, 0.7),
        ],
    )  # fmt: skip
    assert told(facts) == [
        ("buyer", "Where is my parcel?"),
        ("seller", "It was delivered yesterday, please look at the porch."),
        ("buyer", "Found it. You can close the case."),
    ]
    assert {message.at for message in facts.messages} == {None}
    assert "agrees_to_close" in facts.messages[2].intents


MAIL = [
    ("From: J. Whitfield <x7k@marketplace.amazon.com>", 0.1, 0.1, 0.5),
    ("To: Northlake Home <after@northlake.example>", 0.1, 0.12, 0.5),
    ("Date: Nov 4, 2026 8:05 AM", 0.1, 0.14, 0.4), ("Subject: Re: order", 0.1, 0.16, 0.3),
    ("I received the parcel, thanks.", 0.1, 0.2, 0.5),
    ("On Nov 3, 2026 at 9:00 AM Northlake Home wrote:", 0.1, 0.24, 0.6), ("> We will close your claim.", 0.1, 0.27, 0.5),
]  # fmt: skip


def test_a_mail_with_a_quotation(talk):
    facts = talk(MAIL, media_type="message/rfc822")
    assert [(m.who, m.at) for m in facts.messages] == [
        ("buyer", "2026-11-04T08:05:00"),
        ("seller", "2026-11-03T09:00:00"),
    ]
    assert "confirms_receipt" in facts.messages[0].intents
    assert facts.messages[1].intents == ()


@pytest.mark.parametrize(
    ("sender", "channel"),
    [
        ("J. Whitfield <x7k@marketplace.amazon.com>", "on_platform"),
        ("J. Whitfield <x7k@marketplace.amazon.de>", "on_platform"),
        ("J. Whitfield <jane@mail.example>", "email"),
        ("J. Whitfield <x7k@notmarketplace.amazon.com.example>", "email"),
    ],
)
def test_only_the_relay_makes_a_mail_a_message_of_the_platform(talk, sender, channel):
    facts = talk([(f"From: {sender}", 0.1, 0.1, 0.5), *MAIL[1:]], media_type="message/rfc822")
    assert facts.messages[0].channel == channel


def test_a_forwarded_mail_agrees_to_nothing(talk):
    facts = talk(
        [
            ("From: after-sales@example.com", 0.1, 0.1, 0.5), ("To: ops@example.com", 0.1, 0.12, 0.5),
            ("Date: Nov 18, 2026 10:00", 0.1, 0.14, 0.4), ("see below", 0.1, 0.2, 0.3),
            ("---- Forwarded message ----", 0.1, 0.24, 0.4), ("From: J. Whitfield <jane@mail.example>", 0.1, 0.27, 0.5),
            ("Date: Nov 2, 2026 20:15", 0.1, 0.29, 0.4), ("I received it and I have closed the claim.", 0.1, 0.33, 0.6),
        ],
        media_type="message/rfc822",
    )  # fmt: skip
    assert told(facts) == [("seller", "see below"), ("buyer", "I received it and I have closed the claim.")]
    assert not {"confirms_receipt", "agrees_to_close"} & set(facts.messages[1].intents)


def test_you_wrote(talk):
    facts = talk(
        [
            ("You wrote:", 0.1, 0.1, 0.2), ("Please check the porch.", 0.1, 0.12, 0.5),
            ("J. Whitfield wrote:", 0.1, 0.2, 0.3), ("Not there. I refuse to close the claim.", 0.1, 0.22, 0.5),
        ],
    )  # fmt: skip
    assert [who for who, _ in told(facts)] == ["seller", "buyer"]
    assert "refuses" in facts.messages[1].intents


def test_where_nobody_is_named_nobody_wrote(talk):
    facts = talk(
        [
            ("Nov 10, 2026 8:05 AM", 0.041, 0.153, 0.232), ("Where is my parcel?", 0.041, 0.202, 0.216),
            ("Nov 10, 2026 9:30 AM", 0.041, 0.251, 0.233), ("I have closed the claim.", 0.041, 0.3, 0.365),
        ],
        size=(1400, 900),
        height=0.031,
    )  # fmt: skip
    assert [who for who, _ in told(facts)] == ["unknown", "unknown"]
    assert "agrees_to_close" not in {said.says for said in facts.said}


def test_a_page_that_is_no_conversation_has_no_messages(page_facts):
    facts = page_facts(
        "Order details\nOrder date | Nov 3, 2026\nBuyer | J. Whitfield\nTotal | $37.48\nStatus | Shipped"
    )
    assert facts.messages == ()


def test_the_platforms_own_host_makes_a_message_page(talk):
    bar = ("sellercentral.amazon.com/messaging/inbox", 0.07, 0.01, 0.3)
    assert {message.channel for message in talk([bar, *BUBBLES], size=PHONE).messages} == {"on_platform"}
    wa = [("WhatsApp", 0.1, 0.03, 0.3), *BUBBLES]
    assert {message.channel for message in talk(wa, size=PHONE).messages} == {"chat_app"}
    facts = dataclasses.replace(talk(REFUSED, size=(1100, 420), height=0.068))
    assert {message.channel for message in facts.messages} == {"unknown"}


def marked(**mark):
    files = [{"name": "a.png", "kind": "messages", "marks": [{"page": 1, **mark}]}]
    return make_case(files=files, **PEOPLE)


ODD = [
    ("J. Whitfield (buyer) Nov 10, 2026 8:05 AM", 0.051, 0.317, 0.475),
    ("Let us call it quits, mate.", 0.053, 0.412, 0.522),
]


def test_a_line_that_a_person_marks_says_what_the_person_says(talk):
    case = marked(text="Let us call it quits", says="agrees_to_close")
    (said,) = talk(ODD, size=(1100, 420), height=0.068, case=case).said
    assert (said.says, said.value, said.by_person, said.at) == ("agrees_to_close", "buyer", True, "2026-11-10T08:05:00")
    assert said.span.text == "Let us call it quits"


def test_a_marked_line_that_is_not_read_says_nothing(talk, found):
    case = marked(text="I have closed the claim", says="agrees_to_close")
    facts = talk(ODD, size=(1100, 420), height=0.068, case=case)
    assert facts.said == ()
    assert found(facts, case=case)["mark-not-found"] == "warning"
    good = marked(text="Let us call it quits", says="agrees_to_close")
    codes = found(talk(ODD, size=(1100, 420), height=0.068, case=good), case=good)
    assert codes["marked-by-person"] == "advice"
    assert "mark-not-found" not in codes


@pytest.mark.parametrize(
    "mark",
    [{"text": "Hello", "says": "likes"}, {"text": "", "says": "thanks"}, {"text": "Hi", "says": "thanks", "page": 0}],
)
def test_a_mark_with_a_bad_value_is_refused(mark):
    with pytest.raises(ValueError, match="marks"):
        marked(**mark)


def test_the_name_above_a_conversation_writes_nothing(talk):
    facts = talk(
        [
            ("J. Whitfield", 0.35, 0.18, 0.59),
            ("Please close the claim.", 0.38, 0.32, 0.91), ("04/11/2026, 12:22", 0.38, 0.36, 0.63),
            ("I do not want a replacement.", 0.09, 0.62, 0.64), ("05/11/2026, 04:58", 0.09, 0.66, 0.34),
        ],
        size=PHONE, height=0.03,
    )  # fmt: skip
    assert [who for who, _ in told(facts)] == ["seller", "buyer"]
    assert "agrees_to_close" not in {said.says for said in facts.said}


def test_what_a_mail_cites_line_by_line_is_not_its_writers(talk):
    cited = [*MAIL[:4], ("Where is my parcel?", 0.1, 0.2, 0.5), ("> I received it, thanks.", 0.1, 0.23, 0.5)]
    facts = talk(cited, media_type="message/rfc822")
    assert [m.text for m in facts.messages if m.who == "buyer"] == ["Where is my parcel?"]
    assert not any("confirms_receipt" in m.intents for m in facts.messages if m.who == "buyer")


def test_the_bar_of_a_chat_that_names_the_order_is_no_message(talk):
    rows = [
        ("priya.shah_x", 0.05, 0.08, 0.3),
        ("Order ID 112-4829307-7716253", 0.05, 0.105, 0.62),
        ("Nov 17, 2026 9:30 AM", 0.38, 0.2, 0.62),
        ("Says delivered but I haven't got anything", 0.05, 0.26, 0.6),
        ("Nov 17, 2026 11:02 AM", 0.38, 0.36, 0.62),
        ("Hi, the carrier has a photo of the parcel", 0.4, 0.42, 0.95),
        ("at your door. Please ask your flatmates.", 0.4, 0.445, 0.92),
    ]
    texts = [text for _, text in told(talk(rows, PHONE))]
    assert texts[0] == "Says delivered but I haven't got anything"
    assert not any("112-4829307" in text for text in texts)


def test_a_table_whose_names_run_into_the_words(talk):
    facts = talk(
        [
            ("November 6, 2026 at 15:36", 0.03, 0.168, 0.247),
            ("J. Whitfield Very disappointed, the box was crushed.", 0.297, 0.164, 0.879),
            ("November 7, 2026 at 06:00", 0.03, 0.312, 0.247),
            ("Northlake HomePlease close the case once you have", 0.299, 0.309, 0.924),
            ("the parcel.", 0.49, 0.377, 0.584),
            ("November 7, 2026 at 14:57", 0.03, 0.52, 0.246), ("J. Whitfield I don't want a replacement.", 0.299, 0.518, 0.926),
        ],
        size=(1180, 380), height=0.045,
    )  # fmt: skip
    assert told(facts) == [
        ("buyer", "Very disappointed, the box was crushed."), ("seller", "Please close the case once you have the parcel."),
        ("buyer", "I don't want a replacement."),
    ]  # fmt: skip


def test_a_table_whose_dates_run_into_the_names_and_whose_cells_stand_a_little_higher(talk):
    facts = talk(
        [
            ("Nov 17, 2026, 19:09 J. Whitfield", 0.029, 0.174, 0.449), ("I have not received the parcel.", 0.473, 0.168, 0.768),
            ("Nov 18, 2026, 04:14 Northlake Home", 0.027, 0.321, 0.414), ("We asked the carrier.", 0.478, 0.315, 0.949),
        ],
        size=(760, 420), height=0.05,
    )  # fmt: skip
    assert told(facts) == [("buyer", "I have not received the parcel."), ("seller", "We asked the carrier.")]
    assert [message.at for message in facts.messages] == ["2026-11-17T19:09:00", "2026-11-18T04:14:00"]


@pytest.mark.parametrize(
    ("buyer", "seller"),
    [
        ("AlicI", "Satici"),
        ("Alicl", "SatlcI"),
        ("Nguròi mua", "Nguròi bán"),
        ("Acheteuur", "Vendeuse"),
        ("Käufer ·", "Verkäufer ."),
        ("Comprad0r", "Vendedor"),
    ],
)
def test_roles_as_ocr_reads_them(talk, buyer, seller):
    rows = [
        (buyer, 0.05, 0.2, 0.12), ("03/11/2026 16:01", 0.05, 0.25, 0.2), ("Hello, where is it?", 0.05, 0.3, 0.3),
        (seller, 0.05, 0.4, 0.12), ("03/11/2026 18:20", 0.05, 0.45, 0.2), ("It is on its way to you.", 0.05, 0.5, 0.3),
    ]  # fmt: skip
    facts = talk(rows, size=(1366, 680), height=0.03, kind="case_page")
    assert told(facts) == [("buyer", "Hello, where is it?"), ("seller", "It is on its way to you.")]


def test_a_role_that_is_only_like_another_means_nobody(talk):
    rows = [("Buxer", 0.05, 0.2, 0.12), ("03/11/2026 16:01", 0.05, 0.25, 0.2), ("Hello, where is it?", 0.05, 0.3, 0.3)]
    assert {message.who for message in talk(rows, size=(1366, 680), height=0.03).messages} <= {"unknown"}


def test_names_above_their_bubbles_and_times_below(talk):
    facts = talk(
        [
            ("J. Whitfield", 0.345, 0.143, 0.634), ("503-1255947-9665609", 0.296, 0.208, 0.619),
            ("Northlake Home", 0.318, 0.351, 0.465), ("We asked the carrier, the parcel", 0.315, 0.41, 0.907),
            ("is on its way.", 0.312, 0.47, 0.751), ("16/11/2026, 18:38:00", 0.321, 0.55, 0.599),
            ("J. Whitfield", 0.084, 0.64, 0.316), ("I still have not received it,", 0.084, 0.7, 0.605),
            ("nor has my neighbour.", 0.082, 0.76, 0.558), ("17/11/2026, 21:07:00", 0.085, 0.84, 0.365),
        ],
        size=(780, 640), height=0.042,
    )  # fmt: skip
    assert told(facts) == [
        ("seller", "We asked the carrier, the parcel is on its way."),
        ("buyer", "I still have not received it, nor has my neighbour."),
    ]
    assert [message.at for message in facts.messages] == ["2026-11-16T18:38:00", "2026-11-17T21:07:00"]


def test_days_between_the_lines_of_a_transcript_are_nobodys_words(talk):
    facts = talk(
        [
            ("November 2, 2026 18:20", 0.1, 0.1, 0.3), ("Buyer: The colour is wrong.", 0.1, 0.13, 0.5),
            ("November 3, 2026 20:27", 0.1, 0.2, 0.3), ("Seller: Please send it back.", 0.1, 0.23, 0.5),
            ("15:42 ENG", 0.8, 0.9, 0.9),
        ],
    )  # fmt: skip
    assert told(facts) == [("buyer", "The colour is wrong."), ("seller", "Please send it back.")]
    assert [message.at for message in facts.messages] == ["2026-11-02T18:20:00", "2026-11-03T20:27:00"]


def test_a_heading_whose_time_is_dotted(talk):
    facts = talk(
        [
            ("J. Whitfield · 03.11.2026 17.38", 0.03, 0.17, 0.33), ("It came broken.", 0.03, 0.24, 0.32),
            ("You 04.11.2026 17.28", 0.03, 0.36, 0.24), ("Please send us a photograph of it.", 0.03, 0.43, 0.64),
        ],
        size=(760, 420), height=0.05,
    )  # fmt: skip
    assert told(facts) == [("buyer", "It came broken."), ("seller", "Please send us a photograph of it.")]


def test_the_other_side_of_a_wide_talk_is_no_list_beside_it(talk):
    facts = talk(
        [
            ("J. Whitfield", 0.347, 0.121, 0.4), ("403-7663872-1822286", 0.298, 0.154, 0.394),
            ("I have not received anything yet.", 0.022, 0.202, 0.196), ("19-11-2026 11:33", 0.022, 0.241, 0.091),
            ("We gladly refund it in full.", 0.768, 0.284, 0.98), ("19-11-2026 12:42", 0.772, 0.325, 0.84),
            ("No, I do not accept that.", 0.021, 0.373, 0.168), ("19-11-2026 21:23", 0.022, 0.414, 0.091),
        ],
        size=(1366, 690), height=0.026,
    )  # fmt: skip
    assert [who for who, _ in told(facts)] == ["buyer", "seller", "buyer"]


def test_a_line_of_the_system_across_both_sides(talk):
    facts = talk(
        [
            ("J. Whitfield", 0.346, 0.13, 0.574), ("The case closes by itself without an answer.", 0.113, 0.289, 0.859),
            ("We asked the carrier, the parcel", 0.321, 0.37, 0.853), ("is on its way.", 0.323, 0.435, 0.647),
            ("It says delivered but nothing", 0.083, 0.636, 0.629), ("has come.", 0.083, 0.715, 0.227),
        ],
        size=(780, 560), height=0.055,
    )  # fmt: skip
    assert [who for who, _ in told(facts)] == ["platform", "seller", "buyer"]


def test_the_colon_of_a_time_or_of_a_sentence_names_no_writer(talk):
    facts = talk(
        [
            ("Customer Service 16 Nov 2026 at 08:34", 0.019, 0.213, 0.286),
            ("The buyer opened a request: item not received.", 0.019, 0.3, 0.407),
            ("Seller 17 Nov 2026 at 14:50", 0.019, 0.446, 0.251), ("We asked the carrier, it is on its way.", 0.019, 0.537, 0.364),
            ("Buyer |17 Nov 2026 at 18:11", 0.019, 0.679, 0.239), ("The parcel never arrived.", 0.019, 0.77, 0.231),
        ],
        size=(800, 400), height=0.06,
    )  # fmt: skip
    assert told(facts) == [
        ("platform", "The buyer opened a request: item not received."),
        ("seller", "We asked the carrier, it is on its way."),
        ("buyer", "The parcel never arrived."),
    ]
    assert facts.messages[0].at == "2026-11-16T08:34:00"


SMALL = {"size": (1100, 420), "height": 0.05}


def _thread(*said):
    title = ("Messages · Order 112-4829307-7716253", 0.03, 0.02, 0.3)
    return [title] + [
        row
        for place, (head, words) in enumerate(said)
        for row in ((head, 0.03, 0.2 + 0.24 * place, 0.45), (words, 0.03, 0.27 + 0.24 * place, 0.7))
    ]


@pytest.mark.parametrize("service", ["Customer Service", "Customer support", "Kundenservice", "Service client"])
def test_a_customer_service_is_the_platform_where_somebody_else_speaks_for_the_seller(talk, service):
    buyer = ("J. Whitfield (buyer) Nov 3, 2026 8:05 AM", "Where is my parcel? I did not get it.")
    served = (f"{service} Nov 3, 2026 9:30 AM", "We looked into your order and will write to the shop.")
    seller = ("Northlake Home Nov 4, 2026 9:30 AM", "Hello, your parcel was shipped on Monday.")
    assert [message.who for message in talk(_thread(buyer, served, seller), **SMALL).messages] == [
        "buyer",
        "platform",
        "seller",
    ]
    assert [message.who for message in talk(_thread(buyer, served), **SMALL).messages] == ["buyer", "seller"]


@pytest.mark.parametrize(
    "moment",
    [
        "Tuesday, Nov 3, 2026 8:05 AM", "Tue, Nov 3, 2026 8:05 AM", "on Tuesday, November 3, 2026 8:05 AM",
        "Dienstag, 03.11.2026 08:05", "mardi 03/11/2026 08:05", "martes, 03/11/2026 08:05",
    ],
)  # fmt: skip
def test_the_weekday_before_a_moment_is_no_part_of_a_name(talk, moment):
    said = _thread(
        (f"J. Whitfield {moment}", "Where is my parcel? I did not get it."),
        ("Northlake Home Nov 4, 2026 9:30 AM", "Hello, your parcel was shipped on Monday."),
    )
    assert [(message.who, message.name) for message in talk(said, **SMALL).messages] == [
        ("buyer", "J. Whitfield"), ("seller", "Northlake Home"),
    ]  # fmt: skip


BESIDE = [
    ("Dorothy Lane", 0.04, 0.144, 0.128),
    ("Order 112-4829307-7716253", 0.498, 0.142, 0.634),
    ("Order information", 0.676, 0.147, 0.79),
    ("Delivered", 0.677, 0.192, 0.74),
    ("$34.47", 0.676, 0.222, 0.716),
    ("Got them yesterday, super cute! How do I change the color", 0.049, 0.264, 0.37),
    ("Hold the touch button for two seconds to switch", 0.355, 0.40, 0.634),
    ("between warm and cool. Read", 0.355, 0.42, 0.52),
    ("Hold the touch button for two seconds to switch", 0.05, 0.68, 0.331),
    ("one of them doesn't do that anymore", 0.049, 0.7, 0.29),
    ("Sorry to hear that. We can send a replacement of that", 0.355, 0.895, 0.634),
    ("one free of charge.", 0.355, 0.915, 0.47),
]


def test_a_talk_beside_a_panel_of_data(talk):
    """The head row, the panel, marks of reading and repeated words are nobody's message; the end at the foot is not lost."""
    facts = talk(BESIDE, size=(1280, 660))
    assert told(facts) == [
        ("buyer", "Got them yesterday, super cute! How do I change the color"),
        ("seller", "Hold the touch button for two seconds to switch between warm and cool."),
        ("buyer", "one of them doesn't do that anymore"),
        ("seller", "Sorry to hear that. We can send a replacement of that one free of charge."),
    ]


def test_names_with_a_time_of_day_under_their_words(talk):
    facts = talk(
        [
            ("Messages", 0.04, 0.1, 0.1),
            ("Total $212.53", 0.7, 0.16, 0.8),
            ("Delivered Nov 9", 0.7, 0.2, 0.8),
            ("Nov 10, 2026", 0.3, 0.17, 0.36),
            ("Hi, it shows delivered but I can't find the package.", 0.05, 0.23, 0.4),
            ("m_okonkwo88 · 7:18 PM", 0.05, 0.255, 0.2),
            ("It was left at the front door. Please check with the office.", 0.25, 0.33, 0.6),
            ("You · 8:03 PM", 0.25, 0.355, 0.35),
        ],
        size=(1280, 860),
    )
    assert [(one.who, one.at) for one in facts.messages] == [
        ("buyer", "2026-11-10T19:18:00"),
        ("seller", "2026-11-10T20:03:00"),
    ]


@pytest.mark.parametrize(
    "you", ["You12 Nov 2026, 10:02", "Me12 November 2026 10:02", "Sie12.11.2026, 10:02", "You 12 Nov 2026, 10:02"]
)
def test_a_name_that_touches_its_date_is_a_name_before_a_date(talk, you):
    facts = talk(
        [
            ("Messages", 0.02, 0.05, 0.1),
            ("J. Whitfield12 Nov 2026, 08:41", 0.02, 0.15, 0.3),
            ("Where is my parcel? It is late.", 0.02, 0.19, 0.35),
            (you, 0.02, 0.3, 0.3),
            ("Hello, the carrier left it at your door on Monday.", 0.02, 0.34, 0.5),
        ]
    )
    assert [(one.who, one.at) for one in facts.messages] == [
        ("buyer", "2026-11-12T08:41:00"), ("seller", "2026-11-12T10:02:00")
    ]  # fmt: skip


def test_a_first_name_on_top_of_a_bubble_is_no_word_of_the_message(talk):
    facts = talk(
        [
            ("Whitfield", 0.04, 0.2, 0.15),
            ("Where is my parcel?", 0.04, 0.222, 0.3),
            ("Nov 12, 2026 8:41 AM", 0.04, 0.244, 0.3),
            ("The carrier left it at your door on Monday.", 0.5, 0.4, 0.95),
            ("Nov 12, 2026 9:41 AM", 0.5, 0.422, 0.7),
        ]
    )
    assert told(facts) == [
        ("buyer", "Where is my parcel?"), ("seller", "The carrier left it at your door on Monday.")
    ]  # fmt: skip


def test_a_thread_of_mails_whose_program_shows_no_header(talk):
    facts = talk(
        [
            ("Re: Order 112-4829307-7716253 - sizing", 0.03, 0.14, 0.26),
            ("J. Whitfield <whit.mail@example.com>", 0.05, 0.234, 0.271),
            ("Thu, Oct 1, 2026, 8:49 PM", 0.81, 0.236, 0.95),
            ("to support@northlake.example", 0.05, 0.267, 0.242),
            ("Hi, got the boots Saturday, they look great.", 0.05, 0.323, 0.5),
            ("Northlake Home Support <support@northlake.example>", 0.05, 0.505, 0.378),
            ("Sat, Oct 3, 2026, 10:14 AM", 0.81, 0.508, 0.95),
            ("to J. Whitfield", 0.05, 0.537, 0.133),
            ("Happy to hear that.", 0.05, 0.594, 0.3),
        ],
        size=(1200, 640),
        kind="other",
    )
    assert [(one.who, one.at, one.text) for one in facts.messages] == [
        ("buyer", "2026-10-01T20:49:00", "Hi, got the boots Saturday, they look great."),
        ("seller", "2026-10-03T10:14:00", "Happy to hear that."),
    ]


def test_a_table_of_writer_words_and_time_is_read_row_by_row(talk):
    facts = talk(
        [
            ("From", 0.02, 0.2, 0.07), ("Message", 0.15, 0.2, 0.25), ("Received", 0.7, 0.2, 0.78),
            ("J. Whitfield", 0.02, 0.3, 0.12), ("I have not received it. Could you", 0.15, 0.3, 0.6),
            ("17/11/2026 20:14", 0.7, 0.3, 0.85),
            ("refund me?", 0.15, 0.33, 0.3),
            ("You", 0.02, 0.4, 0.05), ("The carrier left it at your door.", 0.15, 0.4, 0.6), ("18/11/2026 08:02", 0.7, 0.4, 0.85),
        ],
        size=(900, 300), height=0.02,
    )  # fmt: skip
    assert [(one.who, one.at, one.text) for one in facts.messages] == [
        ("buyer", "2026-11-17T20:14:00", "I have not received it. Could you refund me?"),
        ("seller", "2026-11-18T08:02:00", "The carrier left it at your door."),
    ]
