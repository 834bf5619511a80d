"""CPU seconds of the build that `mkdocs serve` makes after one page was edited.

Run by build_time.py: python tests/benchmarks/rebuild.py MKDOCS_YML PAGE [--dirty]
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from mkdocs.commands.build import build
from mkdocs.config import load_config


def main() -> None:
    config_file, page, *options = sys.argv[1:]
    dirty = "--dirty" in options
    with TemporaryDirectory() as site:

        def build_as_serve_does() -> None:
            config = load_config(config_file, site_dir=site)
            build(config, serve_url="http://127.0.0.1:8000/", dirty=dirty)

        load_config(config_file, site_dir=site).plugins.on_startup(command="serve", dirty=dirty)
        build_as_serve_does()
        path = Path(page)
        text = path.read_text("utf-8")
        path.write_text(f"{text}\n\nOne more word.\n", "utf-8")
        before = process_time()
        build_as_serve_does()
        print(process_time() - before)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
