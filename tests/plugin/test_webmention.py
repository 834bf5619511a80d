"""Webmentions are the business of mkdocs-webmention, which works beside this plugin."""

import pytest

from tests.plugin.sites import build_site, review, with_class

pytest.importorskip("mkdocs_webmention", reason="needs `pip install mkdocs-webmention`")

COMMENTS = {"provider": "isso", "url": "https://talk.example.org"}


def test_a_review_has_webmentions_beside_its_comments(tmp_path):
    site = build_site(
        tmp_path,
        {"index.md": "# Shelf", "emma.md": review(spoilers=True)},
        plugins=[{"bookreview": {"comments": COMMENTS}}, {"webmention": {}}],
        site_url="https://ann.example/",
    )
    assert not site.warnings
    page = site.page("emma/index.html")
    [link] = page.xpath('//head/link[@rel="webmention"]')
    assert link.get("href") == "https://webmention.io/ann.example/webmention"
    [place] = with_class(page, "wm")
    [comments] = with_class(page, "bookreview-comments")
    assert not place.xpath('ancestor::*[contains(@class, "bookreview-")]')
    assert not comments.xpath('ancestor::*[contains(@class, "wm")]')
    assert place.xpath("ancestor::article") == comments.xpath("ancestor::article")
