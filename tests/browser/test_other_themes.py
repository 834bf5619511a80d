"""Rules that other themes have for lists, tables, forms and quotes do not change what is ours."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.page_types import PATHS, build_page_types, serve

pytestmark = pytest.mark.browser

# What themes were seen to do to our parts, and rules like theirs.
RULES = {
    "a dash before items": """
        ul > li::after { content: "-"; position: absolute; left: 0 }
        li { padding-left: 20px }""",
    "numbers before items": 'ol li::before { content: counters(item, ".") ". " }',
    "boxes behind names of facts": """
        .rst-content dl:not(.docutils) dt { display: table; margin: 6px 0; padding: 6px;
          background: #e7f2fa; border-top: 3px solid #6ab0de; color: #2980b9; font-weight: 700 }""",
    "margins below lists of facts": """
        html .rst-content dl[class]:not(.a):not(.b):not(.c):not(.d) { margin-bottom: 24px }""",
    "margins in lists of facts": ".rst-content section dl dd { margin: 0 0 12px 24px }",
    "margins in items": ".rst-content section li > p { margin-bottom: 24px }",
    "pictures are blocks": "svg, img { display: block }",
    "frames of pictures": """
        article img { padding: 4px; border: 1px solid #ddd; border-radius: 4px }""",
    "no triangles": 'article details summary::marker { content: "" }',
    "arrows behind words to open": 'article details summary::after { content: "v" }',
    "capital letters": "details > summary { text-transform: uppercase }",
    "paddings in disclosures": "article details > * { padding: 0 20px 12px }",
    "paddings of paragraphs in disclosures": """
        article details[open] > p { padding-block: 8px; font-size: 14px }
        article details[open] > p:last-child { padding-bottom: 16px }""",
    "a footer of the screen": """
        footer { position: fixed; bottom: 0; width: 100%; margin-top: 30px; text-align: center;
          font-weight: 200 }
        article footer { padding: 16px !important }""",
    "signs before lines of quotes": """
        blockquote::after { content: "> > >" }
        blockquote { margin-inline: 40px; padding-left: 20px; border: 0 }
        blockquote p { font-size: 17.5px; font-weight: 300 }""",
    "centred captions": "figure > figcaption { font-size: 75%; text-align: center }",
    "boxes to tick of their own": """
        article input[type=checkbox]:not(.switch) { appearance: none; display: flex; width: 16px;
          height: 16px; border: 1px solid transparent }
        article input[type=checkbox]:not(.switch):checked { background-color: #123456 }""",
    "wide fields": """
        label { display: block; width: 100% }
        select { width: 100% }
        article fieldset label { flex-grow: 1; display: flex; font-weight: 500; line-height: 1 }
        article fieldset { margin-top: 16px }""",
    "large answers": "output { padding-top: 7px; font-size: 14px; line-height: 1.43 }",
    "buttons as rows": "article button { height: 36px; border-radius: 8px }",
    "margins that win": "a, li, p, small { margin-top: 16px !important }",
}
# On these pages the test looks at every element of ours.
PAGES = ("review", "blocks", "browse", "stats", "themes", "themes: memory")
# The author's words follow the theme: in spoilers, and in paragraphs between our lists. So do
# widgets of comments, and rows of tables.
READ = """() => {
  const theirs = ".bookreview-spoiler__body *, .bookreview-comments *, table *, svg *, "
    + ".bookreview-count, .bookreview-aliases, .bookreview-sign-off, .bookreview-archive p, "
    + ".bookreview-empty, .bookreview-quotes p, .bookreview-quiet > p, .bookreview-archive li, "
    + ".bookreview-archive a"
  const kept = ["display", "position", "padding", "borderWidth", "fontSize", "fontWeight",
    "textAlign", "textTransform", "backgroundColor", "color", "appearance", "width", "lineHeight",
    "marginBlock"]
  for (const one of document.querySelectorAll("details")) one.open = true
  for (const one of document.querySelectorAll(".bookreview-browse__chip input")) {
    one.checked = true
    break
  }
  return [...document.querySelectorAll("[class^=bookreview-], [class^=bookreview-] *")]
    .filter(one => !one.matches(theirs))
    .map(one => {
      const style = getComputedStyle(one)
      const values = kept.map(name => `${name}: ${style[name]}`)
      const isMarked = style.display === "list-item" && style.listStyleType !== "none"
      const shown = ["::before", "::after", ...(isMarked ? ["::marker"] : [])]
      const around = shown.map(name => `${name}: ${getComputedStyle(one, name).content}`)
      return [`${one.parentElement.className} > ${one.localName}.${one.className}`,
        ...values, ...around]
    })
}"""
# The theme's stylesheets come before ours.
ADD = """css => {
  const style = document.createElement("style")
  style.textContent = css
  document.head.prepend(style)
  document.body.classList.add("rst-content")
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    site = build_page_types(tmp_path_factory.mktemp("themes"), {"name": "mkdocs"})
    with serve(site.folder / "site") as address:
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        yield context.new_page()
        context.close()


@pytest.mark.parametrize("name", PAGES)
def test_rules_of_themes_change_nothing_of_ours(page: Page, name: str) -> None:
    page.goto(PATHS[name])
    # Around our parts, because some themes only style what is in these.
    page.evaluate(
        """() => {
          // A cover that is a picture, because those of this site are drawn.
          document.querySelector(".bookreview-cover svg")?.replaceWith(new Image())
          const main = document.querySelector("[role=main]")
          for (const name of ["section", "article"]) {
            const around = document.createElement(name)
            around.append(...main.childNodes)
            main.append(around)
          }
        }"""
    )
    page.evaluate("document.body.classList.add('rst-content')")
    before = page.evaluate(READ)
    assert len(before) > 40
    page.evaluate(ADD, "\n".join(RULES.values()))
    pairs = zip(before, page.evaluate(READ), strict=True)
    changed = {
        f"{old[0]} {was} -> {now}"
        for old, new in pairs
        for was, now in zip(old[1:], new[1:], strict=True)
        if was != now
    }
    assert "\n".join(sorted(changed)) == ""
