"""Drills of JSON: bodies that are small on the wire and large, deep or double when they are read; the service goes on."""

from api.commands.attack.drill import Drill
from api.commands.attack.target import AttackTarget
from api.commands.attack.wire import FORM, JSON, multipart

_SIZE = 800_000
_MOST_SECONDS = 1.5


def _bomb(name: str, text: bytes) -> Drill:
    def attempt(target: AttackTarget) -> None:
        def send() -> None:
            form = multipart([("case", None, text), ("files", "a.txt", b"text")])
            target.ask("POST", "/v1/checks", headers=[FORM], body=form).among(400, 413, 422)
            target.ask("POST", "/v1/drafts", headers=[JSON], body=text).among(400, 413, 422)
            target.ask("POST", "/v1/letters", headers=[JSON], body=text).among(400, 413, 422)
            target.ask("POST", "/v1/webhooks", headers=[JSON], body=text).among(400, 413, 422)

        target.alive_while(send, _MOST_SECONDS)

    return Drill(name=name, attempt=attempt, stage="heavy")


DRILLS = (
    _bomb("json-nested", b'{"case":' + b"[" * (_SIZE // 2) + b"]" * (_SIZE // 2) + b"}"),
    _bomb("json-long-list", b'{"case":{"files":[' + b",".join([b"0"] * (_SIZE // 2)) + b"]}}"),
    _bomb("json-many-entries", b'{"files":[' + b",".join([b'{"x":1}'] * 100_000) + b"]}"),
    _bomb("json-names-twice", b'{"case":{' + b",".join([b'"a":1'] * 100_000) + b"}}"),
    _bomb("json-not-a-number", b'{"case":{"order":{"total":NaN}},"order":{"total":-Infinity},"x":1e999999}'),
    _bomb("json-long-number", b'{"case":' + b"9" * _SIZE + b"}"),
)
