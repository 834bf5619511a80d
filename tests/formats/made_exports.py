"""Made-up exports, as the programs write them."""

from collections.abc import Iterable

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file. -->
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/{version}/"
>
<channel>
	<title>Shelf</title>
	<wp:wxr_version>{version}</wp:wxr_version>
	<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ann]]></wp:author_login>\
<wp:author_email><![CDATA[owner@shelf.example]]></wp:author_email>\
<wp:author_display_name><![CDATA[Ann Reader]]></wp:author_display_name></wp:author>
"""
TAIL = "</channel>\n</rss>\n"
MAIL = "Commenter{0}@Mail.example"
ADDRESS = "198.51.100.{0}"


def cdata(text: str) -> str:
    """Return `text` as WordPress writes it."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def comment(number: int = 1, text: str = "Yes.", **fields: str) -> str:
    values = {
        "comment_id": str(number),
        "comment_author": cdata(f"Reader {number}"),
        "comment_author_email": cdata(MAIL.format(number)),
        "comment_author_url": "",
        "comment_author_IP": cdata(ADDRESS.format(number % 250)),
        "comment_date": cdata("2014-05-03 11:12:00"),
        "comment_date_gmt": cdata("2014-05-03 09:12:00"),
        "comment_content": cdata(text),
        "comment_approved": cdata("1"),
        "comment_type": cdata(""),
        "comment_parent": "0",
        "comment_user_id": "0",
        **fields,
    }
    lines = "".join(f"\t\t\t<wp:{name}>{value}</wp:{name}>\n" for name, value in values.items())
    return f"\t\t<wp:comment>\n{lines}\t\t</wp:comment>\n"


def item(number: int = 1, *comments: str, content: str = "<p>Good.</p>", more: str = "") -> str:
    return f"""	<item>
		<title>{cdata(f"Book {number}")}</title>
		<link>https://shelf.example/2014/book-{number}/</link>
		<pubDate>Sat, 03 May 2014 09:00:00 +0000</pubDate>
		<dc:creator>{cdata("ann")}</dc:creator>
		<guid isPermaLink="false">https://shelf.example/?p={number}</guid>
		<description></description>
		<content:encoded>{cdata(content)}</content:encoded>
		<excerpt:encoded>{cdata("")}</excerpt:encoded>
		<wp:post_id>{number}</wp:post_id>
		<wp:post_date>{cdata("2014-05-03 11:00:00")}</wp:post_date>
		<wp:post_date_gmt>{cdata("2014-05-03 09:00:00")}</wp:post_date_gmt>
		<wp:comment_status>{cdata("open")}</wp:comment_status>
		<wp:post_name>{cdata(f"book-{number}")}</wp:post_name>
		<wp:status>{cdata("publish")}</wp:status>
		<wp:post_parent>0</wp:post_parent>
		<wp:menu_order>0</wp:menu_order>
		<wp:post_type>{cdata("post")}</wp:post_type>
		<wp:post_password>{cdata("")}</wp:post_password>
		<wp:is_sticky>0</wp:is_sticky>
{more}{"".join(comments)}	</item>
"""


def wxr(*items: str, version: str = "1.2") -> str:
    return HEAD.format(version=version) + "".join(items) + TAIL


def posts(count: int, each: int = 3) -> Iterable[str]:
    """Yield items with `each` comments, the second a reply to the first, and so on."""
    for number in range(1, count + 1):
        first = number * 1000
        yield item(
            number,
            *(
                comment(first + n, comment_parent=str(first + n - 1 if n else 0))
                for n in range(each)
            ),
        )


DISQUS_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
"""


def disqus(*parts: str) -> str:
    return DISQUS_HEAD + "".join(parts) + "</disqus>\n"


def thread(number: int, identifier: str = "", *, deleted: str = "false") -> str:
    return f"""<thread dsq:id="{number}">
<id>{identifier}</id>
<forum>shelf</forum>
<category dsq:id="9"/>
<link>https://shelf.example/book-{number}/</link>
<title>Cats &amp;amp; Books {number}</title>
<message/>
<createdAt>2013-01-01T00:00:00Z</createdAt>
<author><email>owner@shelf.example</email><name>Ann</name></author>
<ipAddress>203.0.113.7</ipAddress>
<isClosed>false</isClosed>
<isDeleted>{deleted}</isDeleted>
</thread>
"""


def post(number: int, of: int, *, parent: int | None = None, **fields: str) -> str:
    values = {
        "message": cdata(f"<p>Post {number}</p>"),
        "createdAt": "2013-10-11T06:51:33Z",
        "isDeleted": "false",
        "isSpam": "false",
        **fields,
    }
    lines = "".join(f"<{name}>{value}</{name}>\n" for name, value in values.items())
    reply = "" if parent is None else f'<parent dsq:id="{parent}"/>\n'
    return f"""<post dsq:id="{number}">
<id>x{number}</id>
{lines}<author><email>{MAIL.format(number)}</email><name>Reader {number}</name>\
<isAnonymous>true</isAnonymous></author>
<ipAddress>{ADDRESS.format(number % 250)}</ipAddress>
<thread dsq:id="{of}"/>
{reply}</post>
"""
