"""One process of the service, with a trade that is quick: started by the failure tests and killed by them.

process.py api|all|worker PORT
"""

import signal
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "jobs")]


def main(role, port):
    from fake_trade import TRADE

    from api.service import Service
    from api.settings import Settings
    from jobs.logs import configure

    configure()
    settings = Settings(role=role, port=port)
    if role == "worker":
        ending = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: ending.set())
        service = Service(settings, TRADE)
        service.start()
        print("up", flush=True)
        ending.wait()
        service.close()
        return
    import uvicorn

    from api.app import create_app

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    app = create_app(settings, TRADE)
    uvicorn.run(app, port=port, log_config=None, access_log=False, timeout_graceful_shutdown=10)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
