"""The form in a real browser: weight of its pages, time to a verdict while other files upload, time to a new letter.

Run by ``make bench``. Wall times mean something on an idle machine only, so the load is printed beside them, and the CPU time of
the service with its workers, which means something always.
"""

import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SHOT = ROOT / "examples" / "item-not-received" / "tracking.png"
FORM = "/form/amazon/a_to_z_response"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
KEYS = """(text) => {
  const box = document.querySelector("[name^='/claim/statement']");
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}"""
ROUNDS, OTHERS = 5, 6
TICK = os.sysconf("SC_CLK_TCK")
TRANSFERRED = (
    "['navigation', 'resource'].flatMap(n => performance.getEntriesByType(n)).reduce((s, e) => s + e.transferSize, 0)"
)
WATCH = """(name) => {
  window.seen = null;
  const began = performance.now(), look = new MutationObserver(() => {
    const row = [...document.querySelectorAll(".file[data-key]")].find((one) => one.dataset.name === name);
    if (row?.querySelector(".chip")) { window.seen = performance.now() - began; look.disconnect(); }
  });
  look.observe(document.body, { childList: true, subtree: true });
}"""
TYPED = """(word) => {
  window.seen = null;
  const began = performance.now(), look = new MutationObserver(() => {
    if (document.querySelector("#preview").textContent.includes(word)) { window.seen = performance.now() - began; look.disconnect(); }
  });
  look.observe(document.body, { childList: true, subtree: true });
}"""


def screenshots(folder: Path) -> list[Path]:
    """Eight screenshots of 1920 x 1080, each of other bytes."""
    whole = Image.open(SHOT).convert("RGB").resize((1920, 1080), Image.Resampling.LANCZOS)
    found = []
    for number in range(OTHERS + 2):
        whole.putpixel((number, 0), (number, 0, 0))
        data = io.BytesIO()
        whole.save(data, "PNG")
        found.append(folder / f"shot_{number}.png")
        found[-1].write_bytes(data.getvalue())
    return found


def own_seconds(process: int) -> float:
    """CPU time of one process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / TICK


def cpu_seconds(root: int) -> float:
    """CPU time of a process and everything below it, ended children included."""
    parents, times = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)], times[int(entry.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    mine = {root}
    while found := {pid for pid, parent in parents.items() if parent in mine} - mine:
        mine |= found
    return sum(times.get(pid, 0) for pid in mine) / TICK


DROPPED = """async (name) => {
  const load = new DataTransfer(), began = performance.now();
  load.items.add(new File([new Uint8Array(200000)], name, { type: "image/png" }));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: load, bubbles: true, cancelable: true }));
  const there = () => [...document.querySelectorAll(".file")].some((row) => row.textContent.includes(name));
  while (!there()) await new Promise((drawn) => requestAnimationFrame(drawn));
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  return performance.now() - began;
}"""


def drop(page) -> None:
    """From the drop of a file to its card as it is painted, whatever the service does meanwhile."""
    page.route("**/files", lambda _: None)
    times = sorted(page.evaluate(DROPPED, f"dropped_{number}.png") for number in range(ROUNDS))
    print(f"a card for what is dropped    {times[ROUNDS // 2]:8.0f} ms wall   (at most 100)")


def until_seen(page) -> float:
    end = time.monotonic() + 60
    while (seen := page.evaluate("window.seen")) is None:
        if time.monotonic() > end:
            raise RuntimeError("nothing came in a minute")
        page.wait_for_timeout(20)
    return seen


def weight(page) -> float:
    return page.evaluate(
        "['navigation', 'resource'].flatMap(n => performance.getEntriesByType(n)).reduce((s, e) => s + e.encodedBodySize, 0)"
    )


def letter(page, service: int) -> None:
    """From the last key to the letter that says it, six files there."""
    page.evaluate("document.querySelectorAll('#fields details').forEach((fold) => { fold.open = true; })")
    times, spent = [], []
    for number in range(ROUNDS):
        before, word = cpu_seconds(service), f"Counted {number} times."
        page.evaluate(TYPED, word)
        page.evaluate(KEYS, word)
        times.append(until_seen(page))
        page.wait_for_timeout(500)
        spent.append((cpu_seconds(service) - before) * 1000)
    middle = ROUNDS // 2
    print(
        f"letter after the last key     {sorted(times)[middle]:8.0f} ms wall, {sorted(spent)[middle]:.0f} ms CPU   (at most 300)"
    )


def verdicts(page, service: int, shots: list[Path]) -> None:
    """From the drop of a screenshot to its signs: alone, and while others are on their way."""
    page.evaluate(WATCH, shots[0].name)
    page.set_input_files("#pick-files", str(shots[0]))
    alone = until_seen(page)
    before, pages = cpu_seconds(service), own_seconds(service)
    page.set_input_files("#pick-files", [str(path) for path in shots[1 : OTHERS + 1]])
    page.wait_for_timeout(700)
    page.evaluate(WATCH, shots[-1].name)
    page.set_input_files("#pick-files", str(shots[-1]))
    among = until_seen(page)
    while page.evaluate(
        f"document.querySelectorAll('.file[data-key] .chip').length < {len(shots)} || !!document.querySelector('.dz-waiting')"
    ):
        page.wait_for_timeout(50)
    page.wait_for_timeout(800)
    print(
        f"verdict on a 1080p screenshot {among:8.0f} ms wall while {OTHERS} others are on their way, {alone:.0f} ms alone   (at most 1500)"
    )
    spent, pages = (cpu_seconds(service) - before) * 1000, (own_seconds(service) - pages) * 1000
    print(
        f"{len(shots) - 1} screenshots in all          {spent:8.0f} ms CPU of the service, {pages:.0f} of it outside its workers"
    )


def measure(page, address: str, service: int, shots: list[Path]) -> None:
    """Print every figure."""
    for path in ("/", FORM):
        page.goto(address + path)
        print(f"{path:<29} {weight(page) / 1000:8.1f} kB in all, compressed   (at most 100)")
    page.fill("[name='/order/id']", "112-4829307-7716253")
    page.wait_for_timeout(1500)
    verdicts(page, service, shots)
    page.reload()
    page.wait_for_timeout(1500)
    sent = page.evaluate(TRANSFERRED) / 1000
    print(f"a draft of {len(shots)} files loaded again {sent:9.1f} kB on the line   (14 files: at most 300)")
    letter(page, service)
    drop(page)


def main() -> None:
    """Start a service, drive Chromium, print, end both."""
    from playwright.sync_api import sync_playwright  # only this script needs it

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as made:
        command = [ROOT / ".venv/bin/evidence-packer", "serve", "--host", "127.0.0.1", "--port", str(port)]
        environment = {**os.environ, "EVIDENCE_PACKER_DATA": str(Path(made) / "data")}
        service = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            for _ in range(300):
                try:
                    if urllib.request.urlopen(f"{address}/readyz", timeout=2).status == 200:
                        break
                except OSError:
                    time.sleep(0.2)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
                page = browser.new_page(locale="en-US", viewport={"width": 1280, "height": 900})
                print(f"load of the machine                {os.getloadavg()[0]:8.2f}")
                measure(page, address, service.pid, screenshots(Path(made)))
                browser.close()
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
