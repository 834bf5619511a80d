"""Finds the configuration file that a command reads."""

from pathlib import Path

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")


def find_config_file() -> Path:
    """Return the configuration file in the current folder: the first name in `CONFIG_NAMES`.

    If there is none, return `mkdocs.yml`.
    """
    paths = [Path(name) for name in CONFIG_NAMES]
    return next(filter(Path.is_file, paths), paths[0])
