# `make check` is all that a change must pass. It uses the Python of the active environment.
.PHONY: check lint package site test

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

# What would be published on PyPI, and the files that GitHub reads. The tools are in .ci/package.txt.
package:
	rm -rf dist
	python -m build
	twine check --strict dist/*
	check-wheel-contents dist/*.whl
	validate-pyproject pyproject.toml
	# Nobody has decided on an address for e-mail yet; SECURITY.md and the issues take its place.
	pyroma --min 10 --skip-tests AuthorEmail .
	check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml
	check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
