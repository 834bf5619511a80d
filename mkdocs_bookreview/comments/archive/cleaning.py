"""Removes from a comment's HTML everything that could do harm or load other servers."""

import re

import nh3

# Pictures are removed, because a reader's browser would ask another server for them. Headings are
# removed too, because they would break the order of the page's own headings.
_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "del", "details", "div", "em", "i"),
    *("ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "small", "span", "spoiler", "strike"),
    *("strong", "sub", "summary", "sup", "u", "ul", "var"),
}
_REL = "nofollow ugc noopener"
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href"}, "abbr": {"title"}},
    allowed_classes={"span": {"spoiler"}, "div": {"spoiler"}},
    # `<details>` gets this class, because commenters hide spoilers in it; it is sealed later.
    set_tag_attribute_values={"details": {"class": "spoiler"}},
    url_schemes={"http", "https"},
    link_rel=_REL,
)
# This matches a link without an address, which becomes plain text: its address was removed, because
# it was an e-mail address or a script. The link ends at the next `</a>`, because HTML has no link
# within a link.
_NO_LINK = re.compile(rf'<a rel="{_REL}">(.*?)</a>', re.DOTALL)


def clean_html(html: str) -> str:
    """Return safe HTML; HTML that is already safe does not change.

    Text that commenters marked as a spoiler stays marked: `<spoiler>`, the class `spoiler`,
    `<details>`.
    """
    return _NO_LINK.sub(r"\1", _CLEANER.clean(html))
