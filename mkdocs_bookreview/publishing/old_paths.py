"""Finds the files that lead from old addresses to pages."""


def redirect_uri(path: str) -> str:
    """Return the file that a server shows at an old path.

    `/2014/emma/` gives `2014/emma/index.html`, and `/emma.htm` gives `emma.htm`.
    """
    name = path.strip("/")
    if name.endswith((".html", ".htm")):
        return name
    return f"{name}/index.html" if name else "index.html"
