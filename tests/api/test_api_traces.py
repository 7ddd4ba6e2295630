"""Traces reach a collector on loopback; without one nothing of the library is imported."""

import http.server
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

PARENT = "00-" + "ab" * 16 + "-" + "cd" * 8 + "-01"


class Collector:
    """Takes OTLP over HTTP and keeps the spans."""

    def __init__(self):
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

        self.spans, self.about = [], {}
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                assert self.path == "/v1/traces"
                data = self.rfile.read(int(self.headers["content-length"]))
                for resource in ExportTraceServiceRequest.FromString(data).resource_spans:
                    told = {one.key: one.value.string_value for one in resource.resource.attributes}
                    collector.about |= told
                    collector.spans += [span for scope in resource.scope_spans for span in scope.spans]
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def collector():
    collector = Collector()
    yield collector
    collector.close()


def test_a_pack_hangs_below_the_request_that_brought_it(collector, make_client, tmp_path, a_case):
    with make_client(tmp_path, traces=collector.url) as client:
        body = {"data": {"case": json.dumps(a_case())}, "files": [("files", ("secret-name.png", b"1"))]}
        assert client.post("/v1/packs", headers={"traceparent": PARENT}, **body).status_code == 201
        assert client.get("/v1/packs/nope").status_code == 404
    by_name = {span.name: span for span in collector.spans}
    request, pack, stage = by_name["POST /v1/packs"], by_name["pack"], by_name["read"]
    assert request.trace_id.hex() == "ab" * 16
    assert request.parent_span_id.hex() == "cd" * 8
    assert (pack.trace_id, pack.parent_span_id) == (request.trace_id, request.span_id)
    assert stage.parent_span_id == pack.span_id
    assert (
        pack.start_time_unix_nano <= stage.start_time_unix_nano <= stage.end_time_unix_nano <= pack.end_time_unix_nano
    )
    status = {one.key: one.value.int_value for one in by_name["GET /v1/packs/{pack_id}"].attributes}
    assert status["http.response.status_code"] == 404
    assert (collector.about["service.name"], collector.about["service.role"]) == ("evidence-packer", "all")
    assert "secret-name" not in str(collector.spans)
    assert "112-4829307" not in str(collector.spans)


def test_a_failed_pack_is_an_error_with_its_code(collector, make_client, tmp_path, a_case):
    with make_client(tmp_path, traces=collector.url) as client:
        client.post("/v1/packs", data={"case": json.dumps(a_case(do="raise"))}, files=[("files", ("a.png", b"1"))])
    (pack,) = [span for span in collector.spans if span.name == "pack"]
    assert pack.status.message == "job-failed"
    assert "secret of the customer" not in str(collector.spans)


def test_a_collector_that_is_away_costs_nobody_a_pack(make_client, tmp_path, a_case):
    with make_client(tmp_path, traces="http://127.0.0.1:9") as client:
        answer = client.post("/v1/packs", data={"case": json.dumps(a_case())}, files=[("files", ("a.png", b"1"))])
        assert answer.status_code == 201


def test_without_a_collector_nothing_of_it_is_imported():
    code = (
        "import sys, tempfile, pathlib; from api.app import create_app; from api.settings import Settings\n"
        "create_app(Settings(data=pathlib.Path(tempfile.mkdtemp())))\n"
        "print([name for name in sys.modules if name.startswith(('opentelemetry.sdk', 'opentelemetry.exporter'))])"
    )
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_collector_without_the_extra_stops_the_start(monkeypatch, tmp_path):
    from api.settings import Settings, SettingsFault
    from api.tracing import opened_traces

    monkeypatch.delitem(sys.modules, "jobs.traces", raising=False)
    monkeypatch.setitem(sys.modules, "opentelemetry.context", None)
    with pytest.raises(SettingsFault, match="traces-not-installed"):
        opened_traces(Settings(data=tmp_path, traces="http://127.0.0.1:4318"))
    assert opened_traces(Settings(data=tmp_path)) is None
