"""Drills of the doors: who gets in without a key, with a wrong one, under another name, or from elsewhere."""

import base64
import time

from api.commands.attack.broken import Broken
from api.commands.attack.drill import Drill
from api.commands.attack.target import AttackTarget, Caller
from api.commands.attack.wire import FORM, Reply, multipart

_LIST = "/v1/packs"
_STRANGERS = ("203.0.113.7", "2001:db8::7", "::ffff:203.0.113.7", "10.0.0.9")
_GUESSES = 100
_GUESSER, _TYPIST = "127.0.0.66", "127.0.0.67"
_BRIEF_SECRETS = {"empty": b"", "short": b"short"}


def _forged_host(target: AttackTarget) -> None:
    for host in (
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "10.0.0.8",
        "",
        "127.0.0.1@evil",
    ):
        target.ask("GET", _LIST, headers=[("host", host)]).among(400, 403)
    target.ask("GET", _LIST, headers=[("x-forwarded-for", "127.0.0.1")]).among(403)
    target.ask("GET", _LIST, headers=[("forwarded", "for=127.0.0.1")]).among(403)


def _stranger(target: AttackTarget) -> None:
    for address in _STRANGERS:
        reply = target.inside.ask("GET", _LIST, caller=(address, 4_000))
        _shut(reply, address)


def _shut(reply: Reply, who: str) -> None:
    if reply.status not in {401, 403}:
        got = " ".join(filter(None, (str(reply.status), reply.code)))
        raise Broken("answered", asked=f"{reply.asked} ({who})", expected="401, 403", got=got)


def _revoked_last_key(target: AttackTarget) -> None:
    key = target.inside.add_key("drill")
    line = ("authorization", f"Bearer {key}")
    target.inside.ask("GET", _LIST, [line]).among(200)
    target.inside.revoke_all()
    _shut(target.inside.ask("GET", _LIST, [line]), "revoked key")
    _shut(target.inside.ask("GET", _LIST), "no key, all revoked")


def _wrong_keys(target: AttackTarget) -> None:
    """Guesses never open, are slowed down after some, and cost nobody else anything."""
    slowed = False
    end = time.monotonic() + 5
    for number in range(_GUESSES):
        line = [("authorization", f"Bearer guess-{number:04}")]
        reply = target.ask("GET", _LIST, headers=line, by=Caller(keyed=True, source=_GUESSER)).among(401, 429)
        if reply.status == 429:
            slowed = "retry-after" in reply.headers
            break
        if time.monotonic() > end:
            break
    if not slowed:
        raise Broken("not-slowed", count=number + 1)
    target.ask("GET", _LIST, by=Caller(tenant="first")).among(200)


def _sign_in_guesses(target: AttackTarget) -> None:
    for number in range(30):
        fields = multipart([("key", None, f"guess-{number}".encode())])
        reply = target.ask("POST", "/sign-in", headers=[FORM], body=fields, by=Caller(keyed=True, source=_TYPIST))
        if reply.among(401, 429).status == 429:
            return
    raise Broken("not-slowed", count=30)


def _odd_credentials(target: AttackTarget) -> None:
    odd: tuple[tuple[str, bytes], ...] = (
        ("authorization", "Bearer schlüssel-钥匙".encode()),
        ("authorization", b"Bearer \xff\xfe\x80"),
        ("authorization", b"Basic " + base64.b64encode(b"\xff:\xff")),
        ("authorization", b"Basic " + base64.b64encode("wer:schlüssel".encode())),
        ("authorization", b"Basic \xff"),
        ("authorization", b"Bearer " + b"a" * 8_000),
        ("x-api-key", "钥匙".encode()),
        ("x-api-key", b"\x80"),
        ("cookie", b"session=\xff.9999999999.x.y"),
        ("cookie", "session=first.9999999999.x.签名".encode()),
        ("cookie", b'session="\\377\\400"; =; ;;; a=\xe4'),
        ("cookie", b"session=" + b"." * 4_000),
        ("cookie", b"session=first.soon.x.y"),
        ("x-csrf-token", "签".encode()),
    )
    for name, value in odd:
        reply = target.ask("GET", _LIST, headers=[(name, value)], by=Caller(keyed=True, source="127.0.0.68"))
        reply.among(400, 401, 403, 429, 431)
        target.ask("GET", _LIST, headers=[(name, value)], by=Caller(source="127.0.0.68")).among(
            200, 400, 401, 403, 429, 431
        )


def _start_with_weak_secrets(target: AttackTarget) -> None:
    for name, secret in _BRIEF_SECRETS.items():
        data = target.folder / f"secret-{name}" / "data"
        data.mkdir(parents=True)
        (data / "session.key").write_bytes(secret)
        (data / "session.key").chmod(0o600)
        settings = {"api_key": target.keys["first"], "engine": "direct"}
        target.weak[name] = target.launch(f"secret-{name}", settings)


def _weak_secret(target: AttackTarget) -> None:
    """A secret of sessions that anybody can guess: refused, or replaced by a good one before anybody signs in."""
    for name, process in target.weak.items():
        if not process.refused(target.end):
            raise Broken("started", what=f"session.key: {name}")


DRILLS = (
    Drill(name="weak-secret", attempt=_weak_secret, prepare=_start_with_weak_secrets),
    Drill(name="forged-host", attempt=_forged_host),
    Drill(name="stranger", attempt=_stranger),
    Drill(name="revoked-last-key", attempt=_revoked_last_key),
    Drill(name="wrong-keys", attempt=_wrong_keys),
    Drill(name="sign-in-guesses", attempt=_sign_in_guesses),
    Drill(name="odd-credentials", attempt=_odd_credentials),
)
