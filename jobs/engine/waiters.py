"""Who in this process waits for which pack; told once, together, how it ended."""

import threading
from collections import defaultdict
from concurrent.futures import Future, InvalidStateError
from typing import Any


class Waiters:
    """Futures by pack."""

    def __init__(self) -> None:
        self._futures: defaultdict[str, list[Future[Any]]] = defaultdict(list)
        self._lock = threading.Lock()

    def wait(self, pack_id: str) -> Future[Any]:
        """A future that ends with the state the pack ends in, or with the reason it could not be made."""
        ended: Future[Any] = Future()
        with self._lock:
            self._futures[pack_id].append(ended)
        return ended

    @property
    def waited_for(self) -> list[str]:
        """Ids of the packs somebody waits for."""
        with self._lock:
            return [pack_id for pack_id, futures in self._futures.items() if futures]

    def resolve(self, pack_id: str, error: BaseException | None, state: str = "") -> None:
        """Tell everybody who waits for a pack."""
        with self._lock:
            futures = self._futures.pop(pack_id, [])
        for future in futures:
            try:
                if error is not None:
                    future.set_exception(error)
                else:
                    future.set_result(state)
            except InvalidStateError:
                continue
