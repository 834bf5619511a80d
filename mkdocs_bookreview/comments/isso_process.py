"""Run Isso in the process of the preview, until standard input closes."""

import os
import signal
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

from isso import config, make_app
from werkzeug.serving import make_server


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)  # because `sys.exit` would end only this thread


def main(file: Path) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Ctrl+C is ignored, because it reaches this process too, but the parent decides when the server
    # ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.chdir(file.parent)
    settings = config.load(config.default_file(), str(file))
    listen = urlsplit(settings.get("server", "listen"))
    make_server(listen.hostname, listen.port, make_app(settings), threaded=True).serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
