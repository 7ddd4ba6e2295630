"""Starts, watches and kills processes of the service on loopback; what it started it ends."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections import defaultdict
from pathlib import Path

import httpx2 as httpx

HERE = Path(__file__).resolve().parent


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Fleet:
    """Processes over one set of settings."""

    def __init__(self, folder, **settings):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.settings = {"data": str(self.folder / "data"), "workers": "2", **settings}
        self.processes = {}

    def start(self, role, name=None):
        name = name or role
        prefixed = {f"EVIDENCE_PACKER_{key.upper()}": str(value) for key, value in self.settings.items()}
        log = (self.folder / f"{name}.log").open("ab")
        command = [sys.executable, str(HERE / "process.py"), role, str(self.port)]
        self.processes[name] = subprocess.Popen(command, env={**os.environ, **prefixed}, stdout=log, stderr=log)
        log.close()
        return self.processes[name]

    def kill(self, name):
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait(10)

    def ready(self, seconds=400):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if httpx.get(f"{self.base}/healthz", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise TimeoutError(
            (self.folder / "all.log").read_text()[-2000:] if (self.folder / "all.log").exists() else "api"
        )

    def close(self):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
        self.processes.clear()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def case(order, **extra):
    from casefile.discovery import load_house

    house = load_house()
    platform = next(p for p in house.platforms.values() if any(x.subject == "order" for x in p.procedures.values()))
    procedure = next(key for key, one in platform.procedures.items() if one.subject == "order")
    return {"platform": platform.id, "procedure": procedure, "order": {"id": order}, "extra": extra}


def post(base, sent, key, timeout=10):
    headers = {"prefer": "respond-async", "idempotency-key": key}
    files = [("files", ("a.png", b"picture " + key.encode()))]
    return httpx.post(
        f"{base}/v1/packs", data={"case": json.dumps(sent)}, files=files, headers=headers, timeout=timeout
    )


def accepted(base, sent, key, seconds=300):
    """Send until it is acknowledged, as a careful client does; the pack's id."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            answer = post(base, sent, key)
        except httpx.HTTPError:
            time.sleep(0.1)
            continue
        if answer.status_code in {201, 202}:
            return answer.json()["id"]
        if answer.status_code == 409:
            return found(base, sent["order"]["id"])
        time.sleep(0.2)
    raise TimeoutError(key)


def found(base, order):
    items = patiently(lambda: httpx.get(f"{base}/v1/packs", params={"order_id": order}, timeout=10).json()["items"])
    return items[0]["id"] if items else None


def patiently(ask, seconds=300):
    end = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except (httpx.HTTPError, KeyError, ValueError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def ended(base, ids, seconds=400):
    """State by id once none is open any more, or when the time is over."""
    end = time.monotonic() + seconds
    states = {}
    while time.monotonic() < end:
        for one in ids:
            if states.get(one) in {None, "queued", "running"}:
                states[one] = patiently(
                    lambda one=one: httpx.get(f"{base}/v1/packs/{one}", timeout=10).json()["status"]
                )
        if not set(states.values()) & {"queued", "running"}:
            break
        time.sleep(0.2)
    return states


def told_ids(receiver):
    """The ids under which each pack's end was told."""
    found = defaultdict(set)
    for _, headers, body in list(receiver.got):
        found[json.loads(body)["data"].get("pack_id")].add(headers["webhook-id"])
    return found


def untold(receiver, ids, seconds=200):
    """How many packs were told of under another number of ids than one; waits for those not told of yet."""
    end = time.monotonic() + seconds
    while set(ids) - set(told_ids(receiver)) and time.monotonic() < end:
        time.sleep(0.2)
    found = told_ids(receiver)
    return sum(len(found[one]) != 1 for one in ids)


def chaos(fleet, roles, *, kills, packs, receiver=None, seconds=0.2):
    """Send packs and kill processes at random moments; what became of every acknowledged pack, and how its end was told."""
    rng = random.Random()
    if receiver is not None:
        wanted = {"url": receiver.url, "events": ["pack.succeeded"]}
        patiently(lambda: httpx.post(f"{fleet.base}/v1/webhooks", json=wanted, timeout=10).json()["id"])
    batch = uuid.uuid4().hex[:6]
    ids, killed = {}, 0
    for number in range(max(packs, kills)):
        order = f"{batch}-{number:05}"  # a list narrows by the beginning of an order
        if number < packs:
            ids[order] = accepted(fleet.base, case(order, do="sleep", seconds=seconds), order)
        if killed < kills:
            time.sleep(rng.random() * 1.2)
            role = roles[killed % len(roles)]
            fleet.kill(role)
            fleet.start(role.rstrip("0123456789"), role)
            killed += 1
    fleet.ready()
    states = ended(fleet.base, list(ids.values()))
    doubled = sum(
        len(
            patiently(
                lambda order=order: httpx.get(f"{fleet.base}/v1/packs", params={"order_id": order}, timeout=10).json()[
                    "items"
                ]
            )
        )
        - 1
        for order in ids
    )
    return {
        "kills": killed,
        "accepted": len(ids),
        "finished": sum(state == "succeeded" for state in states.values()),
        "doubled": doubled,
        "lost": sum(state != "succeeded" for state in states.values()),
        "untold": untold(receiver, ids.values()) if receiver is not None else 0,
        "states": states,
    }
