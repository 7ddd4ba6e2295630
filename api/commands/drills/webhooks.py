"""Drills of webhooks: addresses that lead back inside, in every way of writing them."""

import json

from api.commands.attack.drill import Drill
from api.commands.attack.target import AttackTarget
from api.commands.attack.wire import JSON

_INSIDE = (
    "http://example.com/", "ftp://example.com/", "file:///etc/passwd", "https://127.0.0.1/", "https://127.1/",
    "https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://017700000001/",
    "https://0/", "https://0.0.0.0/", "https://10.1.2.3/", "https://172.16.0.1/", "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/", "https://100.64.0.1/", "https://192.0.0.8/", "https://198.18.0.1/",
    "https://224.0.0.1/", "https://255.255.255.255/", "https://[::1]/", "https://[::]/", "https://[fe80::1]/",
    "https://[fc00::1]/", "https://[ff02::1]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[64:ff9b::10.0.0.1]/", "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/", "https://[2001:0:7f00:1::]/", "https://localhost/", "https://localhost./",
    "https://LOCALHOST/", "https://a.localhost/", "https://localhost.localdomain/", "https://user:word@example.com/",
    "https://example.com:22/", "https://127.0.0.1.:443/", "https://①②⑦.0.0.1/", "https://127。0。0。1/",
    "https://example.com\\@127.0.0.1/", "https://[::1%25lo]/", "https://",
)  # fmt: skip


def _inside(target: AttackTarget) -> None:
    for url in _INSIDE:
        body = json.dumps({"url": url}).encode()
        reply = target.ask("POST", "/v1/webhooks", headers=[JSON], body=body)
        if reply.status < 400:
            target.ask("DELETE", f"/v1/webhooks/{reply.json['id']}")
        reply.about(url).among(400, 422)


DRILLS = (Drill(name="webhook-inside", attempt=_inside),)
