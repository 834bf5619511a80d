"""Every way to write a spoiler, with a place for the words that it hides."""

SYNTAXES = {
    "block": "/// spoiler | What it is\nAlpha {}.\n\n## Heading\n\nMore.\n///\n",
    "blockheading": "/// spoiler\n## Heading {}\n///\n",
    "details": '??? spoiler "Label"\n\n    Beta {}.\n',
    "opendetails": '???+ spoiler "Label"\n\n    Beta {}.\n',
    "admonition": '!!! spoiler "Label"\n\n    Gamma {}.\n',
    "div": '<div class="spoiler"><p>Delta {}.</p></div>\n',
    "tags": "<spoiler>\n\nEpsilon.\n\n### {}\n\n</spoiler>\n",
    "crossing": "Some <spoiler>text.\n\nZeta {}</spoiler> more.\n",
    "pipes": "Eta ||{}|| goes on.\n",
    "brackets": "Theta [{}]{{.spoiler}} goes on.\n",
    "inlinetag": "Iota <spoiler>{}</spoiler> goes on.\n",
    "span": 'Kappa <span class="spoiler">{}</span> goes on.\n',
    "nested": "/// spoiler\nLambda ||{}|| inside.\n///\n",
    "list": "- Mu\n- Nu ||{}||\n",
    "table": "| A | B |\n|---|---|\n| Xi | [{}]{{.spoiler}} |\n",
    "heading": "## Omicron ||{}||\n\nText.\n",
    "footnote": "Pi ||x[^1]||.\n\n[^1]: Note {}.\n",
    "misspelt": "/// spoler | Rho\n{}\n///\n\nAfter.\n",
    "unclosed": "Sigma.\n\n/// spoiler\n{}\n",
    "windows": "Tau ||{}||.\r\n\r\n/// spoiler\r\nMore.\r\n///\r\n",
}


def sentinel(name: str) -> str:
    return f"zqx{name}zqx"
