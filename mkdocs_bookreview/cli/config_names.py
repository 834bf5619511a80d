"""Finds the configuration file that a command reads."""

from pathlib import Path

import click

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
CONFIG_HELP = f"The configuration file of the site.  [default: {', '.join(CONFIG_NAMES)}]"


def find_config_file() -> Path:
    """Return the configuration file in the current folder: the first name in `CONFIG_NAMES`.

    If there is none, return `mkdocs.yml`.
    """
    paths = [Path(name) for name in CONFIG_NAMES]
    return next(filter(Path.is_file, paths), paths[0])


config_file_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=find_config_file,
    help=CONFIG_HELP,
)
