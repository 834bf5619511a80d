"""Print the lower bounds of pyproject.toml as constraints for pip."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
for requirement in project["dependencies"]:
    print(re.sub(r">=([^,]+).*", r"==\1", requirement))  # noqa: T201
