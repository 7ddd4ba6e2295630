import json
import re
import time

import pytest


def test_every_answer_carries_the_same_guards(client):
    for path in ("/healthz", "/v1/platforms", "/nowhere", "/docs", "/static/docs.js"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY", path
        assert headers["referrer-policy"] == "same-origin", path
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert re.fullmatch(r"[0-9a-f]{16}", headers["x-request-id"]), path


def test_a_request_id_is_taken_over_when_it_is_harmless(client):
    assert client.get("/healthz", headers={"x-request-id": "trace-1"}).headers["x-request-id"] == "trace-1"
    assert client.get("/healthz", headers={"x-request-id": "a b<script>"}).headers["x-request-id"] != "a b<script>"


def test_ready_once_the_workers_are(client):
    for _ in range(100):
        answer = client.get("/readyz")
        if answer.status_code == 200:
            break
        time.sleep(0.1)
    assert answer.json()["status"] == "ready"
    assert all(answer.json()["checks"].values())


def test_version_and_metrics(client):
    assert client.get("/version").json()["schema_version"] == "1"
    metrics = client.get("/metrics").text
    assert 'evidence_packer_requests_total{route="/version",status="200"}' in metrics
    assert "evidence_packer_workers_ready" in metrics
    for name in ("packs_waiting", "packs_oldest_waiting_seconds", "packs_waiting_longest_tenant", "webhooks_waiting"):
        assert re.search(rf"^evidence_packer_{name} \d", metrics, flags=re.MULTILINE), name


def test_stages_and_failures_are_measured(post, client, a_case):
    post(case=a_case(do="sleep", seconds=0.2))
    post(case=a_case(do="raise"))
    metrics = client.get("/metrics").text
    assert 'evidence_packer_stage_seconds_count{stage="read"}' in metrics
    assert 'evidence_packer_attempts_failed_total{code="job-failed"}' in metrics


def test_answers_to_what_makes_work_say_how_much_more_may_be_asked(post, client):
    answer = post()
    most = client.app.state.service.settings.queue_per_tenant
    assert answer.headers["ratelimit-policy"] == f'"queue";q={most}'
    assert answer.headers["ratelimit"] == f'"queue";r={most}'
    assert "ratelimit" not in client.get("/v1/packs").headers


def test_unknown_addresses_and_methods_are_problems(client):
    missing = client.get("/v1/nowhere")
    assert (missing.status_code, missing.json()["code"]) == (404, "route-unknown")
    wrong = client.patch("/v1/packs")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method-not-allowed")


def test_platforms_with_their_sources(client, house):
    items = client.get("/v1/platforms", headers={"accept-language": "zh"}).json()["items"]
    assert {item["id"] for item in items} == set(house.platforms)
    for item in items:
        rules = client.get(item["links"]["self"]).json()
        assert rules["sources"]
        assert all(source["checked_on"] for source in rules["sources"].values())
        assert set(rules["procedures"]) == {procedure["id"] for procedure in item["procedures"]}
    missing = client.get("/v1/platforms/none")
    assert (missing.status_code, missing.json()["code"]) == (404, "platform-not-found")


def test_the_description_names_every_call(client):
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids)
    assert {"createPack", "getPack", "getPackFile", "getPackArchive", "deletePack", "listPacks", "recordSubmission",
            "recordOutcome", "checkCase", "writeLetter", "listPlatforms", "getPlatform"} <= set(ids)  # fmt: skip
    assert all(operation["summary"] for operation in operations)
    form = document["paths"]["/v1/packs"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["properties"]["files"]["items"] == {"type": "string", "format": "binary"}
    assert "HTTPValidationError" not in json.dumps(document)
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert references <= set(document["components"]["schemas"])


def test_the_example_of_the_description_is_a_case_that_is_taken(client):
    example = client.get("/openapi.json").json()["components"]["schemas"]["Case"]["examples"][0]
    assert (
        client.post("/v1/packs", data={"case": json.dumps(example)}, files=[("files", ("a.png", b"1"))]).status_code
        == 201
    )


def test_the_documentation_uses_nothing_from_elsewhere(client):
    page = client.get("/docs")
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert links
    assert all(link.startswith("/") for link in links)
    for link in links:
        assert client.get(link).status_code == 200, link
    assert "unsafe-eval" not in page.headers["content-security-policy"]
    assert "script-src 'self';" in page.headers["content-security-policy"]


def test_vendored_files_are_what_they_were(house):
    import hashlib

    for sums in (house.templates / "web" / "static" / "vendor").glob("*/SHA256SUMS"):
        for line in sums.read_text().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256((sums.parent / name).read_bytes()).hexdigest() == digest, name


def test_a_full_queue_says_when_to_come_back(make_client, a_case, tmp_path):
    with make_client(tmp_path, queue=10, queue_per_tenant=1, wait_seconds=1) as client:

        def post(**headers):
            files = [("files", ("a.png", b"1"))]
            return client.post("/v1/packs", data={"case": json.dumps(a_case(do="hang"))}, files=files, headers=headers)

        answers = [post(prefer="respond-async") for _ in range(4)]
        refused = [answer for answer in answers if answer.status_code != 202]
        assert {answer.status_code for answer in refused} == {429}
        assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
        assert refused[0].json()["code"] == "queue-full-for-you"


def test_an_unexpected_error_is_told_without_inside(client, monkeypatch, capfd):
    def broken(*_, **__):
        raise RuntimeError("a customer's name and /srv/path")

    monkeypatch.setattr(client.app.state.service.packs, "view", broken)
    answer = client.get("/v1/packs/00000000000000000000000000")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal-error")
    assert "customer" not in answer.text
    assert "customer" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "path",
    [
        "/v1/packs?lang=%00",
        "/v1/packs?order_id=%ff%fe",
        "/v1/packs?limit=1e9",
        "/static/../../etc/passwd",
        "/v1/packs/%00/files/%00",
    ],
)
def test_odd_addresses_are_never_our_fault(client, path):
    assert client.get(path).status_code < 500
