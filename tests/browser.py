"""A browser for tests: as much of the WebDriver protocol as they need, without a package for it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

TAB, SHIFT, ESCAPE, SPACE = "\ue004", "\ue008", "\ue00c", "\ue00d"

DRIVER = shutil.which("chromedriver")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = "no chromium with chromedriver: install both (apt-get install chromium chromium-driver) to drive the page"


class Browser:
    """A page in a headless Chromium."""

    def __init__(self, session: str) -> None:
        self._session = session

    def _call(self, path: str, **body: Any) -> Any:
        return _post(f"{self._session}/{path}", body)

    def open(self, page: Path, *, dark: bool = False) -> None:
        """Open a file."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("goog/cdp/execute", cmd="Emulation.setEmulatedMedia", params={"features": [scheme]})
        self._call("url", url=page.as_uri())

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a function body in the page and return what it returns."""
        return self._call("execute/sync", script=script, args=list(arguments))

    def press(self, *keys: str, held: str = "") -> None:
        """Press keys one after another, ``held`` being down."""
        strokes = [{"type": way, "value": key} for key in keys for way in ("keyDown", "keyUp")]
        around = [[{"type": way, "value": held}] if held else [] for way in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keys", "actions": [*around[0], *strokes, *around[1]]})

    def point(self, x: float, y: float) -> None:
        """Move the pointer there."""
        move = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
        self._act({"type": "pointer", "id": "mouse", "actions": [move]})

    def _act(self, source: dict[str, Any]) -> None:
        self._call("actions", actions=[source])

    def complaints(self) -> list[str]:
        """Return what the console says: errors, and what the page was not allowed to do."""
        return [entry["message"] for entry in self._call("se/log", type="browser")]


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Give a browser that keeps what it writes in ``folder``."""
    with (
        (folder / "log").open("w+") as log,
        subprocess.Popen([str(DRIVER), "--port=0"], stdout=log, stderr=log) as driver,
    ):
        try:
            address = _address(folder / "log")
            arguments = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
            options = {"binary": CHROMIUM, "args": [*arguments, "--window-size=1200,800"]}
            wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
            made = _post(f"{address}/session", {"capabilities": {"alwaysMatch": wanted}})
            session = f"{address}/session/{made['sessionId']}"
            yield Browser(session)
            with suppress(OSError):
                urllib.request.urlopen(urllib.request.Request(session, method="DELETE"), timeout=30).close()
        finally:
            driver.terminate()


def _address(log: Path) -> str:
    """Return where the driver listens, which it tells when it does."""
    for _ in range(300):
        if port := re.search(r"successfully on port (\d+)", log.read_text("utf-8")):
            return f"http://127.0.0.1:{port[1]}"
        time.sleep(0.1)
    raise TimeoutError(f"chromedriver does not start: {log.read_text('utf-8')}")


def _post(address: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(address, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["value"]
