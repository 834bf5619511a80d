"""The environments of hosts: each has what its host needs, and ours is left alone."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hosts.environments import PACKAGES

ASK = """
import importlib.metadata, json, mkdocs_bookreview
print(json.dumps(sorted(one.name.lower() for one in importlib.metadata.distributions())))
"""
NEEDED = {"mkdocs-bookreview", "mkdocs", "selectolax"}


@pytest.mark.parametrize("name", ["mkdocs without material", "properdocs", "zensical"])
def test_an_environment_has_what_was_added_and_not_what_was_left_out(
    environment: Callable[[str], Path], name: str
) -> None:
    python = environment(name)
    assert python == environment(name)
    run = subprocess.run([python, "-c", ASK], capture_output=True, text=True, check=True)
    found = set(json.loads(run.stdout))
    packages = PACKAGES[name]
    added = {one.partition(">")[0] for one in packages.added}
    assert found >= NEEDED | added
    assert not found & packages.left_out
    assert not found & {"pip", "setuptools"}
