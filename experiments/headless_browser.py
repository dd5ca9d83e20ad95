"""A headless Chromium driven through the DevTools protocol over a pipe: nothing but the standard library.

The tests of the report use it, and the script that takes the README's picture.
"""

import base64
import fcntl
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
]
_KEYS = {
    "Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40,
}  # fmt: skip
_PATIENCE = 120.0
_START = """
import os, sys
for place, end in enumerate(map(int, sys.argv[1:3]), start=3):
    os.dup2(end, place)
    os.close(end)
os.execv(sys.argv[3], sys.argv[3:])
"""


class Browser:
    """One page in a browser.

    Parameters
    ----------
    chromium : str
        The program.
    profile : Path
        An empty folder for its files.

    Attributes
    ----------
    console : list of str
        What the page wrote to the console, errors included.
    requests : list of str
        The addresses that it asked for.
    """

    def __init__(self, chromium: str, profile: Path) -> None:
        to_browser, own_out = os.pipe()
        own_in, from_browser = os.pipe()
        # Chromium reads from descriptor 3 and writes to 4; take the ends out of their way first.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (to_browser, from_browser)]
        os.close(to_browser)
        os.close(from_browser)

        self._process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _START,
                *map(str, ends),
                chromium,
                *FLAGS,
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            pass_fds=ends,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in ends:
            os.close(end)
        self._out, self._in, self._rest, self._number = own_out, own_in, b"", 0
        self._session: str | None = None
        self.console: list[str] = []
        self.requests: list[str] = []
        self._loaded = False
        target = next(t for t in self.send("Target.getTargets")["targetInfos"] if t["type"] == "page")
        attached = self.send("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for part in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{part}.enable")

    def close(self) -> None:
        """End the browser."""
        self._session = None
        os.write(self._out, json.dumps({"id": 0, "method": "Browser.close"}).encode() + b"\0")
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._out)
        os.close(self._in)

    def send(self, method: str, **parameters: Any) -> Any:  # noqa: ANN401 - as the protocol has it
        """Send a command of the protocol and return its result."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]

    def open(
        self, page: Path, width: int = 1200, height: int = 900, *, dark: bool = False, phone: bool = False
    ) -> None:
        """Open a file and wait until it is loaded."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if phone else 1,
            mobile=phone,
        )
        self.send("Emulation.setTouchEmulationEnabled", enabled=phone)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])
        self._loaded = False
        self.send("Page.navigate", url=page.as_uri())
        while not self._loaded:
            self._read()

    def ask(self, expression: str) -> Any:  # noqa: ANN401 - any JSON value
        """Return the value of a JavaScript expression."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """Scroll an element into view and click its middle with the mouse."""
        place = self.ask(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
            "return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        self.press_mouse(*place)
        self.release_mouse(*place)
        self.settle()

    def settle(self) -> None:
        """Wait until the page has drawn, and has heard of what it is told later (such as that a row is open)."""
        self.ask("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")

    def press_mouse(self, x: float, y: float) -> None:
        """Press the left button at a place in the window."""
        self._mouse("mousePressed", x, y)

    def move_mouse(self, x: float, y: float) -> None:
        """Move the mouse with its button held."""
        self._mouse("mouseMoved", x, y)

    def release_mouse(self, x: float, y: float) -> None:
        """Let the button go."""
        self._mouse("mouseReleased", x, y)

    def key(self, name: str, times: int = 1) -> None:
        """Press a key of the keyboard."""
        text = {"Enter": "\r", " ": " "}.get(name, name if len(name) == 1 else "")
        for _ in range(times):
            common = {"key": name, "code": name, "windowsVirtualKeyCode": _KEYS.get(name, ord(name[0]))}
            self.send("Input.dispatchKeyEvent", type="keyDown", **common, **({"text": text} if text else {}))
            self.send("Input.dispatchKeyEvent", type="keyUp", **common)
            self.settle()

    def write(self, text: str) -> None:
        """Type text into what has the focus."""
        self.send("Input.insertText", text=text)

    def picture(self, path: Path, clip: Sequence[float] | None = None) -> Path:
        """Write a PNG of the window, or of the part of the page at `clip`: left, top, width, height."""
        part = dict(zip(("x", "y", "width", "height"), clip, strict=True), scale=1) if clip else None
        given = {"clip": part, "captureBeyondViewport": True} if part else {}
        answer = self.send("Page.captureScreenshot", format="png", **given)
        path.write_bytes(base64.b64decode(answer["data"]))
        return path

    def _mouse(self, kind: str, x: float, y: float) -> None:
        held = 1 if kind != "mouseReleased" else 0
        button = "left" if kind != "mouseMoved" else "none"
        self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button=button, buttons=held, clickCount=1)

    def _read(self) -> dict[str, Any]:
        end = time.monotonic() + _PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(0.0, end - time.monotonic()))
            assert ready, "Chromium does not answer"
            read = os.read(self._in, 1 << 16)
            assert read, "Chromium has ended"
            self._rest += read
        raw, self._rest = self._rest.split(b"\0", 1)
        message: dict[str, Any] = json.loads(raw)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, method: str, values: dict[str, Any]) -> None:
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Runtime.consoleAPICalled":
            self.console.append(str([argument.get("value") for argument in values["args"]]))
        elif method == "Runtime.exceptionThrown":
            self.console.append(json.dumps(values["exceptionDetails"])[:500])
        elif method == "Log.entryAdded":
            self.console.append(values["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(values["request"]["url"][:200])
