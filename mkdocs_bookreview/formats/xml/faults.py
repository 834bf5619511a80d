"""Explains why a file is not well-formed XML, with a fix that can be followed literally."""

import re
from collections.abc import Mapping
from html.entities import html5
from xml.parsers.expat import errors

AGAIN = "Export or download it again."
ONE_CDATA = (
    "Put all of its text into one `<![CDATA[…]]>`, and write each `]]>` of the text as"
    " `]]]]><![CDATA[>`."
)
_Explanation = tuple[str, str]
_AMPERSAND = re.compile(rb"&(?!#)[\w.-]*\Z")
_ENTITY = re.compile(rb"&([\w.-]+);")
_EXPLANATIONS: Mapping[int, _Explanation] = {
    errors.codes[error]: explanation
    for error, explanation in {
        errors.XML_ERROR_DUPLICATE_ATTRIBUTE: (
            "An attribute appears twice in a tag.",
            "Remove one of the two attributes.",
        ),
        errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: (
            "There is something after the end of the export.",
            "Remove everything after the last tag; import two exports one after the other.",
        ),
        errors.XML_ERROR_BAD_CHAR_REF: (
            "A number such as `&#0;` names a character that XML forbids.",
            "Remove this number.",
        ),
        errors.XML_ERROR_INCORRECT_ENCODING: (
            "The file is in another encoding than its first line names.",
            'Save it as UTF-8, and write `encoding="UTF-8"` in the first line.',
        ),
    }.items()
}
_CUT_OFF = {
    errors.codes[error]
    for error in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}
_MISMATCH = errors.codes[errors.XML_ERROR_TAG_MISMATCH]
_UNDEFINED = errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY]
_INVALID = errors.codes[errors.XML_ERROR_INVALID_TOKEN]


def explain(code: int, before: bytes, after: bytes, tag: str, inside: str) -> tuple[str, str]:
    """Return the mistake and the fix for an error of Expat, as texts for a message.

    `before` and `after` are the bytes before and after the place of the error. `tag` is the
    innermost open element, and `inside` names the record around it; each is empty if there is none.
    """
    if code in _CUT_OFF:
        return f"The file is cut off{inside}.", AGAIN
    if code == _MISMATCH:
        return _explain_mismatch(tag)
    if code == _UNDEFINED and (entity := _ENTITY.match(after)):
        return _explain_entity(entity[1].decode())
    if code == _INVALID:
        return _explain_invalid(before, after, tag)
    return _EXPLANATIONS.get(
        code, (f"This is not valid XML{inside}: {errors.messages.get(code, code)}.", AGAIN)
    )


def _explain_mismatch(tag: str) -> _Explanation:
    return (
        f"Another tag is closed while `<{tag}>` is open.",
        f"Close `</{tag}>` before the other tag. If the tags are part of a text: {ONE_CDATA}",
    )


def _explain_entity(name: str) -> _Explanation:
    what = f"`&{name};` is not defined in XML."
    if (character := html5.get(f"{name};")) is None:
        return what, f"Write `&amp;{name};` to show `&{name};` itself."
    return what, f"Write `{''.join(f'&#{ord(sign)};' for sign in character)}` instead."


def _explain_invalid(before: bytes, after: bytes, tag: str) -> _Explanation:
    if before.endswith(b"]]") or after.startswith(b"]]>"):
        return (
            f"`<{tag}>` has a `]]>` outside of a CDATA section. Either one CDATA section is"
            " inside another, or the section that ends here has no `<![CDATA[`.",
            ONE_CDATA.replace("its text", f"the text of `<{tag}>`"),
        )
    if _AMPERSAND.search(before) or after.startswith(b"&"):
        return "A `&` is not part of a code such as `&#233;`.", "Write `&amp;` for this `&`."
    if not after[:1].isascii():
        return (
            "This line is not in the encoding that the first line of the file names.",
            "Save the file as UTF-8, and replace the characters that your editor marks.",
        )
    if before.endswith(b"<"):
        return "A `<` does not begin a tag.", "Write `&lt;` for this `<`."
    return "This is not valid XML.", "Correct or remove this tag."
