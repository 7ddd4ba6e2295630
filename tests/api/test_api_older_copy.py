"""A service over whose database an older copy was laid says so to whoever asks whether it is ready."""

from types import SimpleNamespace


def test_readiness_tells_of_an_older_copy_and_stays_ready(client, monkeypatch):
    service = client.app.state.service
    before = client.get("/readyz")
    monkeypatch.setattr(service, "dispatch", SimpleNamespace(strays=[2]))
    told = client.get("/readyz", headers={"accept-language": "zh"})
    assert (told.status_code, told.json()["status"]) == (before.status_code, before.json()["status"])
    assert "较旧的备份" in told.json()["reasons"]["jobs"]
    assert "jobs" not in before.json()["reasons"]
