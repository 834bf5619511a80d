"""The content of a page in its output."""

import pytest

from mkdocs_bookreview.plugin.finishing import cut_out

LONG = "<h1>Emma</h1>" + "<p>word</p>" * 20


def test_the_content_is_cut_out_of_the_output() -> None:
    assert cut_out(LONG, f"<main>{LONG}</main>") == (LONG, "<main>", "</main>")


@pytest.mark.parametrize(
    ("content", "output"),
    [
        (LONG, f"<main>{LONG.replace('Emma', 'EMMA')}</main>"),
        (
            LONG,
            f"<main>{LONG[:-4]}!</p></main>",
        ),  # the beginning, by which it is found, is the same
        (LONG, f"<main>{LONG[:-4]}"),
        (LONG, f"<main>{LONG[:-4]}!</p></main><template>{LONG}</template>"),
        ("", "<main></main>"),
    ],
    ids=["changed at its beginning", "changed at its end", "cut short", "copied", "empty"],
)
def test_all_is_content_if_the_theme_or_a_plugin_changed_it(content: str, output: str) -> None:
    assert cut_out(content, output) == (output, "", "")
