# `make check` is all that a change must pass. It uses the Python of the active environment.
.PHONY: check lint site test

check: lint site test

lint:
	ruff format --check .
	ruff check .
	mypy
	lint-imports

site:
	NO_MKDOCS_2_WARNING=1 mkdocs build --strict --quiet -f example_site/mkdocs.yml

test:
	pytest -n auto
