"""Hidden words stand once, in a sealed element of their own page, and in no other byte."""

from pathlib import Path

import pytest
import yaml
from sites import Site, build_site, review, text_of, with_class

from tests.plugin.syntaxes import SYNTAXES, sentinel

MODES = pytest.mark.parametrize("directories", [True, False], ids=["folders", "files"])


def build(folder: Path, *, directories: bool, theme: str) -> Site:
    pages = {
        f"reviews/{name}.md": review(
            f"Book of {name}",
            body="First words.\n\n" + syntax.format(sentinel(name)),
            themes=["Memory"],
            tags=["novel"],
        )
        for name, syntax in SYNTAXES.items()
    }
    pages["index.md"] = "# Home\n"
    for name, key in {"theme": "themes", "warning": "warnings"}.items():
        keys = {key: ["Open", {"name": sentinel(name), "spoiler": True}]}
        pages[f"reviews/{name}.md"] = review(f"Book of {name}", **keys)
    quotes = [{"text": sentinel("quote"), "spoiler": True}]
    pages["reviews/quote.md"] = review("Book of quote", quotes=quotes)
    whole = f"Words {sentinel('whole')}.\n\n## Part\n\n<!-- more -->\n\nMore.\n"
    pages["reviews/whole.md"] = review("Book of whole", spoilers=True, body=whole)
    plugins = ["search", "bookreview"]
    if theme == "material":
        plugins.append("tags")
    extensions = ["footnotes", "attr_list", {"toc": {"permalink": True}}]
    return build_site(
        folder,
        pages,
        plugins=plugins,
        theme={"name": theme, "font": False} if theme == "material" else theme,
        use_directory_urls=directories,
        site_url="https://example.org/",
        markdown_extensions=extensions,
    )


@MODES
@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
def test_hidden_words_stand_once_and_closed(tmp_path: Path, theme: str, directories: bool) -> None:
    site = build(tmp_path, directories=directories, theme=theme)
    files = {path: content.decode("utf-8", "replace") for path, content in site.files().items()}
    for name in (*SYNTAXES, "theme", "warning", "quote", "whole"):
        word = sentinel(name)
        own = f"reviews/{name}/index.html" if directories else f"reviews/{name}.html"
        found = {path: text.count(word) for path, text in files.items() if word in text}
        assert found == {own: 1}
        page = site.page(own)
        sealed = with_class(page, "bookreview-spoiler")
        (holder,) = [one for one in sealed if word in text_of(one)][:1]
        assert not holder.xpath(".//details[@open]")
        for body in with_class(page, "bookreview-spoiler__body"):
            body.getparent().remove(body)
        assert word not in "".join(page.getroot().itertext())
        assert not [one for one in page.xpath("//@*") if word in one]


def test_what_could_not_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    site = build(tmp_path, directories=True, theme="mkdocs")
    places = {warning.split(": ", 1)[0] for warning in site.warnings}
    lines = {place.rpartition(":")[0]: int(place.rpartition(":")[2]) for place in places}
    assert lines["reviews/misspelt.md"] == 12
    assert lines["reviews/unclosed.md"] == 14
    assert "reviews/heading.md" in lines
    assert "reviews/pipes.md" not in lines


def test_any_page_can_be_closed_as_a_whole(tmp_path: Path) -> None:
    note = f"---\nspoilers: true\n---\n# Note\n\nWords {sentinel('note')}.\n"
    site = build_site(tmp_path, {"index.md": "# Home\n", "note.md": note})
    files = {path: content.decode("utf-8", "replace") for path, content in site.files().items()}
    assert [path for path, text in files.items() if sentinel("note") in text] == ["note/index.html"]
    (body,) = with_class(site.page("note/index.html"), "bookreview-spoiler__body")
    assert sentinel("note") in text_of(body)


@pytest.mark.parametrize("value", ["2026-02-31", "=", "!note x"])
def test_front_matter_that_mkdocs_cannot_read_is_not_printed(tmp_path: Path, value: str) -> None:
    hidden = f"themes: [{{name: {sentinel('theme')}, spoiler: true}}]"
    pages = {
        "emma.md": f"---\nbook: {{title: Emma}}\n{hidden}\nrating: {value}\n---\nText.\n",
        "note.md": f"---\n{hidden}\nweather: {value}\n---\nText.\n",
    }
    site = build_site(tmp_path, pages)
    assert files_with(site, sentinel("theme")) == ["emma/index.html"]
    (body,) = with_class(site.page("emma/index.html"), "bookreview-spoiler__body")
    assert sentinel("theme") in text_of(body)
    assert [warning.split(" ", 1)[0] for warning in site.warnings] == [
        "emma.md:4:1:",
        "note.md:3:10:",
    ]


def files_with(site: Site, word: str) -> list[str]:
    return [path for path, content in site.files().items() if word.encode() in content]


@pytest.mark.parametrize("inside", ["/" * 20, "/" * 31, "/" * 25 + " spoiler\nx\n" + "/" * 25])
def test_no_fence_in_its_text_ends_a_page_that_is_closed(tmp_path: Path, inside: str) -> None:
    note = f"---\nspoilers: true\n---\n# Note\n\nWords.\n\n{inside}\n\nZQX.\n"
    site = build_site(tmp_path, {"index.md": "# Home\n", "note.md": note})
    assert files_with(site, "ZQX") == ["note/index.html"]
    body = with_class(site.page("note/index.html"), "bookreview-spoiler__body")[0]
    assert "ZQX" in text_of(body)


def test_a_closed_page_without_text_has_nothing_to_tell(tmp_path: Path) -> None:
    note = "---\nspoilers: true\n---\n# Note\n"
    site = build_site(tmp_path, {"index.md": "# Home\n", "note.md": note})
    assert site.warnings == []


MARKED = {
    "closed": "A ||ZQX|| b",
    "open": "A ||ZQX b",
    "tag": "A <spoiler>ZQX",
    "class": "A [ZQX]{.spoiler",
    "block": "A\n/// spoiler\nZQX\n///\n",
}


@pytest.mark.parametrize("theme", ["material", "mkdocs", "readthedocs"])
@pytest.mark.parametrize("is_review", [True, False])
def test_a_marked_title_or_description_is_told_and_not_shown(
    tmp_path: Path, theme: str, is_review: bool
) -> None:
    pages = {"index.md": "# Home\n"}
    for name, text in MARKED.items():
        keys: dict[str, object] = {"title": text, "description": text}
        if is_review:
            keys["book"] = {"title": name}
        front = yaml.safe_dump(keys, sort_keys=False)
        pages[f"{name}.md"] = f"---\n{front}---\n# Heading of {name}\n\nText.\n"
    site = build_site(
        tmp_path,
        pages,
        theme={"name": theme, "font": False} if theme == "material" else theme,
        site_url="https://example.org/",
    )
    assert files_with(site, "ZQX") == []
    places = sorted(warning.split(" must not")[0] for warning in site.warnings)
    assert len(places) == 2 * len(MARKED)
    assert "open.md:2:1: `title`" in places
    assert "open.md:3:1: `description`" in places
    for name in MARKED:
        assert f"Heading of {name}" in site.text(f"{name}/index.html").partition("</title>")[0]
        assert (f"Heading of {name}" in site.text("index.html")) != is_review  # by its navigation


def test_the_page_of_a_hidden_quote_is_hidden_with_it(tmp_path: Path) -> None:
    quotes = [{"text": "Words", "page": "ZQX", "spoiler": True}]
    site = build_site(tmp_path, {"a.md": review(quotes=quotes)})
    assert site.warnings == []
    assert files_with(site, "ZQX") == ["a/index.html"]
    (section,) = with_class(site.page("a/index.html"), "bookreview-quotes")
    assert not section.xpath(".//footer")
    (body,) = with_class(site.page("a/index.html"), "bookreview-spoiler__body")
    assert text_of(body) == "Words page ZQX"


def test_a_list_in_itself_ends_no_build(tmp_path: Path) -> None:
    page = "---\nkeywords: &a [*a, x]\n---\n# Note\n"
    site = build_site(tmp_path, {"index.md": "# Home\n", "a.md": page}, theme="mkdocs")
    assert "a/index.html" in site.files()


def test_what_another_plugin_moved_out_of_the_content_is_opened_there(tmp_path: Path) -> None:
    (tmp_path / "mover.py").write_text(
        """
from mkdocs.plugins import event_priority

@event_priority(-150)
def on_page_context(context, page, config, nav):
    page.content, _, page.meta["side"] = page.content.partition("<hr>")

@event_priority(150)
def on_post_page(output, page, config):
    return output.replace("</article>", page.meta["side"] + "</article>")
""",
        "utf-8",
    )
    text = "# Note\n\nOne ||first||.\n\n---\n\nTwo ||second||.\n"
    site = build_site(tmp_path, {"index.md": text}, hooks=["mover.py"])
    sealed = with_class(site.page("index.html"), "bookreview-spoiler__body")
    assert [text_of(one) for one in sealed] == ["first", "second"]


@pytest.mark.parametrize("end", ["<div>\n\nopen\n", "<div markdown>\n\nopen\n"])
def test_a_page_hidden_as_a_whole_tells_only_what_its_author_wrote(
    tmp_path: Path, end: str
) -> None:
    site = build_site(tmp_path, {"index.md": f"---\nspoilers: true\n---\n# Note\n\nA\n\n{end}"})
    (warning,) = site.warnings
    assert warning == (
        "index.md: This page is hidden as a whole, but something on it is never closed."
        " Close what you opened: an element of HTML, or a block of slashes."
    )


def test_no_page_can_show_what_the_card_of_a_later_one_hides(tmp_path: Path) -> None:
    """Its number can be guessed, and it is known before its own page is made."""
    forged = "".join(
        f'<span class="bookreview-spoiler-elsewhere" data-n="{number}">[spoiler]</span>'
        for number in range(1, 9)
    )
    hidden = [{"name": "Alpha", "spoiler": True}]
    others = [{"name": sentinel("later"), "spoiler": True}]
    pages = {
        "reviews/a.md": review("A", body=forged, themes=hidden),
        "reviews/b.md": review("B", themes=others),
    }
    site = build_site(tmp_path, pages)
    assert sentinel("later") not in site.text("reviews/a/index.html")
    assert sentinel("later") in site.text("reviews/b/index.html")


def test_cards_are_the_same_however_many_are_made_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {
        f"reviews/{name}.md": review(
            name,
            body="Text ||hidden||.",
            themes=["Memory", {"name": sentinel(name), "spoiler": True}],
            comments=name != "c",
        )
        for name in "abcde"
    }
    options = {"comments": {"provider": "isso", "url": "https://comments.example.org/"}}
    built = []
    for number in (1, 2, 50):
        monkeypatch.setattr("mkdocs_bookreview.publishing.filling._AT_ONCE", number)
        built.append(build_site(tmp_path / str(number), pages, options).files())
    named = [{path: data for path, data in one.items() if path.endswith("html")} for one in built]
    assert len(named[0]) > len(pages)
    assert named[0] == named[1] == named[2]
