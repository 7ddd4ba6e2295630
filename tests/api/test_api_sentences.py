"""The sentence bank over HTTP: what order systems and forms need to offer ready sentences."""

from casefile.discovery import load_house
from letters.bank import bank


def test_every_sentence_with_its_slots_in_both_languages(client):
    items = client.get("/v1/sentences").json()["items"]
    known = bank(load_house().templates)
    assert {item["code"]: item["slots"] for item in items} == {code: entry.slots for code, entry in known.items()}
    for item in items:
        assert set(item["text"]) == {"en", "zh-Hans"}
        for text in item["text"].values():
            assert "|" not in text
            assert all("{" + slot + "}" in text for slot in item["slots"])


def test_one_use_or_one_scenario(client):
    facts = client.get("/v1/sentences?use=fact&scenario=carrier").json()["items"]
    assert [(item["code"], item["field"]) for item in facts] == [("carrier_statement_received", "facts")]
    wrong = client.get("/v1/sentences?use=poem")
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"]


def test_a_fact_by_code_is_described(client):
    fact = client.get("/openapi.json").json()["components"]["schemas"]["DatedFact"]["properties"]
    assert {"code", "slots", "text"} <= set(fact)
