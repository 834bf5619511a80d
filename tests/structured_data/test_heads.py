import re

import pytest

from mkdocs_bookreview.rendering.heads import (
    add_head,
    complete_head,
    leave_out_doubles,
    leave_out_pictures,
    read_head,
    render_head,
)
from mkdocs_bookreview.structured_data.head import Head, HeadLink, Property

TITLE = Property("og:title", 'Emma & "Jane" <3')


def read_properties(html: str) -> list[Property]:
    head = read_head(html)
    assert head
    return [one for tag in head.tags for one in tag.properties]


HEADS = pytest.mark.parametrize(
    "page",
    [
        "<html><head></head><body></body></html>",
        "<HTML><HEAD></HEAD ><BODY></BODY></HTML>",
        "<html><head><!-- </head> --></head><body></body></html>",
        "<html><head><!-- a --!></head><body></body></html>",
        "<html><head><script>'</head>'</script><style>/*</head>*/</style></head><body></body></html>",
        "<html><head><title>How </head> ends</title></head><body></body></html>",
        "<html><head><meta name=x content='</head>'></head><body></body></html>",
    ],
)


@HEADS
def test_properties_are_set_at_the_end_of_the_head(page: str):
    made = add_head(page, Head((TITLE,)))
    tag = '<meta property="og:title" content="Emma &amp; &quot;Jane&quot; &lt;3">\n'
    start = made.lower().rindex("</head")
    assert made == page[: start - len(tag)] + tag + page[start - len(tag) :]
    assert TITLE in read_properties(made)


@HEADS
def test_the_end_of_a_head_is_found_even_if_nothing_is_added(page: str):
    made = complete_head(page, render_head(Head()))
    assert made == (page, page.lower().rindex("</head"), "")


@pytest.mark.parametrize(
    "tag",
    [
        '<meta property="og:title" content="Mine">',
        "<meta content=Mine property=og:title>",
        "<META NAME='OG:Title' CONTENT='Mine'/>",
    ],
)
def test_a_property_of_others_is_left_alone(tag: str):
    page = f"<head>{tag}</head>"
    assert add_head(page, Head((TITLE,))) == page


@pytest.mark.parametrize("content", ["None", "", " ", "\u00a0", "\u3000 "])
def test_a_description_that_a_template_writes_without_having_one_is_replaced(content: str):
    page = f'<head><meta name="description" content="{content}"></head><body></body>'
    described = add_head(page, Head((Property("description", "A comedy."),)))
    assert read_properties(described) == [Property("description", "A comedy.")]
    assert add_head(page, Head((TITLE,))).startswith(page.partition("</head>")[0])


def test_a_description_without_ascii_letters_is_left_alone():
    page = '<head><meta name="description" content="雪国"></head><body></body>'
    assert add_head(page, Head((Property("description", "A novel."),))) == page


def test_a_body_ends_a_head_without_end_tag():
    page = add_head("<title>a</title><body>b", Head((TITLE,)))
    assert re.fullmatch("<title>a</title><meta [^<]*<body>b", page)


def test_a_text_without_head_and_body_stays_as_it_is():
    assert add_head("<p>a", Head((TITLE,))) == "<p>a"


@pytest.mark.parametrize("content", ["Mine", TITLE.content], ids=["other", "same"])
def test_a_property_that_a_plugin_writes_later_replaces_ours(content: str):
    head = Head((TITLE, Property("article:tag", "a"), Property("article:tag", "b")))
    page = add_head("<head></head>", head)
    theirs = Property("og:title", content)
    added = add_head("<head></head>", Head((theirs,))).removeprefix("<head>")
    page = page.replace("</head>", added)
    assert read_properties(leave_out_doubles(page, head)) == [*head.properties[1:], theirs]


@pytest.mark.parametrize("text", ["</script><script>x", "<!--<script>", "\u2028", '"\\'])
def test_json_does_not_end_its_element(text: str):
    page = add_head("<head></head>", Head(json_ld={"name": text}))
    assert page.count("</script>") == page.count("<script") == 1


REVIEW = {"@type": "Review", "name": "Emma"}
OURS = '<script type="application/ld+json">{"@type":"Review","name":"Emma"}</script>\n'
THEIRS = {
    "review": '{"@context": "https://schema.org", "@type": "Review", "name": "E"}',
    "review of a critic": '{"@type" :"CriticReview"}',
    "list": '[{"@type": "WebSite"}, {"@type": "Review"}]',
    "several types": '{"@type": ["Review", "CreativeWork"]}',
    "not valid": '{"@type": "Review", "name": "a "quoted" name",}',
}


def wrap(data: str) -> str:
    return f'<SCRIPT id=a type="application/ld+json">{data}</SCRIPT>'


@pytest.mark.parametrize("data", THEIRS.values(), ids=THEIRS)
def test_a_page_has_one_object_that_says_that_it_is_a_review(data: str):
    head = Head((TITLE,), REVIEW)
    page = f"<head>{wrap(data)}</head>"
    assert add_head(page, head) == add_head(page, Head((TITLE,)))
    # Tags of others before it and after it, so that cuts do not move each other.
    theirs = '<meta property="og:title" content="A">'
    written = add_head("<head></head>", head).replace("</head>", f"{wrap(data)}{theirs}</head>")
    assert leave_out_doubles(written, head) == f"<head>{wrap(data)}{theirs}</head>"


@pytest.mark.parametrize("kind", ["application/ld+json", "Application/ld+json"])
def test_an_object_that_the_author_wrote_into_the_text_counts_too(kind: str):
    theirs = wrap(THEIRS["review"]).replace("application/ld+json", kind)
    page = f"<head></head><body>{theirs}</body>"
    head = Head(json_ld=REVIEW)
    assert add_head(page, head) == page
    assert leave_out_doubles(page.replace("</head>", f"{OURS}</head>"), head) == page


@pytest.mark.parametrize("data", ['{"@type": "WebSite"}', '{"@type": "Article"}', "Review", ""])
def test_other_objects_stay_beside_ours(data: str):
    page = f"<head>{wrap(data)}</head>"
    written = page.replace("</head>", f"{OURS}</head>")
    assert add_head(page, Head(json_ld=REVIEW)) == written
    assert leave_out_doubles(written, Head(json_ld=REVIEW)) == written


FEED = HeadLink("alternate", "https://a.org/b/feed.xml?a&b", "application/atom+xml", 'A & "B"')


def test_a_link_is_set_at_the_end_of_the_head():
    assert add_head("<head></head>", Head(links=(FEED,))) == (
        '<head><link rel="alternate" type="application/atom+xml" title="A &amp; &quot;B&quot;"'
        ' href="https://a.org/b/feed.xml?a&amp;b">\n</head>'
    )


@pytest.mark.parametrize("address", [FEED.href, "../feed.xml?a&b", "/b/feed.xml?a&amp;b"])
@pytest.mark.parametrize(
    "tag", ['<link rel="alternate" href="{}">', "<LINK HREF='{}' REL=Alternate>"]
)
def test_a_page_links_to_a_feed_once(tag: str, address: str):
    head = Head(links=(FEED,), url="https://a.org/b/c/")
    theirs = tag.format(address)
    assert add_head(f"<head>{theirs}</head>", head) == f"<head>{theirs}</head>"
    page = add_head("<head></head>", head).replace("</head>", f"{theirs}</head>")
    assert leave_out_doubles(page, head) == f"<head>{theirs}</head>"


@pytest.mark.parametrize("address", ["feed.xml?a&b", "https://[", "", "https://a.org/b/feed.xml"])
def test_a_link_to_something_else_stays(address: str):
    head = Head(links=(FEED,), url="https://a.org/b/c/")
    theirs = f'<link rel="alternate" href="{address}">'
    assert add_head(f"<head>{theirs}</head>", head).count("<link") == len(("theirs", "ours"))


@pytest.mark.parametrize("data", [wrap('{"image": "https:\\/\\/a.example\\/b.png"}'), ""])
def test_our_json_does_not_name_a_sealed_picture_either(data: str):
    address = "https://a.example/b.png"
    head = Head((TITLE,), {"@type": "Review", "itemReviewed": {"image": address}})
    page = add_head("<head></head>", head).replace("</head>", f"{data}</head>")
    left, found = leave_out_pictures(page, head, address.__eq__)
    assert left.split() == add_head("<head></head>", Head((TITLE,))).split()
    assert {one.content for one in found} == {address}


USUAL = '<meta name="description" content="A"><link rel="canonical" href="/a/">'
FORMS = {
    "usual": USUAL,
    "another order": '<link href="/a/" rel="canonical"><meta content="A" name="description">',
    "large letters": USUAL.replace("meta name", "META NAME").replace("link rel", "LINK REL"),
    "another word of that name": f"<title>A description</title>{USUAL}",
    "a script that is closed later": f"<script>'</head><body>'</script>{USUAL}",
    "a comment": f"<!-- </head><body> -->{USUAL}",
}


@pytest.mark.parametrize("form", FORMS)
def test_heads_are_read_in_each_form(form: str):
    said = (Property("description", "B"), TITLE)
    head = Head(said, links=(HeadLink("canonical", "https://a.org/b/"),))
    page = f"<head>{FORMS[form]}</head>\n<body>A</body>"
    tag = add_head("<head></head>", Head((TITLE,)))[len("<head>") : -len("</head>")]
    assert add_head(page, head) == page.replace("</head>\n<body>A", f"{tag}</head>\n<body>A")
    bare = "<head><title>A</title></head>\n<body>A</body>"
    assert [one.name for one in read_properties(add_head(bare, head))] == [
        "link canonical",
        "description",
        "og:title",
    ]
