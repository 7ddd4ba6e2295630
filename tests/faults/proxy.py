"""A proxy on loopback that fails on demand: passes, answers 500, drags, or cuts the line after the request was heard."""

import contextlib
import socket
import threading
import time

ERROR = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Proxy:
    """Forwards to ``port``; ``mode`` is ``pass``, ``error``, ``slow`` or ``cut``."""

    def __init__(self, port):
        self.target = port
        self.mode = "pass"
        self.asked = 0
        self._open = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def set(self, mode):
        """Change the mode, also for lines that are open: they end."""
        self.mode = mode
        for line in list(self._open):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _accept(self):
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(line, self.mode), daemon=True).start()

    def _serve(self, line, mode):
        self.asked += 1
        self._open.add(line)
        with line, contextlib.suppress(OSError):
            if mode == "error":
                line.recv(65536)
                line.sendall(ERROR)
                return
            if mode == "slow":
                time.sleep(0.5)
            with socket.create_connection(("127.0.0.1", self.target)) as there:
                self._open.add(there)
                back = threading.Thread(target=self._pump, args=(there, line, mode == "cut"), daemon=True)
                back.start()
                self._pump(line, there, False)
                back.join(5)
                self._open.discard(there)
        self._open.discard(line)

    def _pump(self, source, sink, cut):
        """Copy one way; ``cut`` ends the line as soon as there is an answer, which is then lost."""
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if cut:
                    break
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self):
        self._listener.close()
        self.set("closed")
