"""What a page's comments are kept under, for ever."""


def thread_id(source: str, explicit: str | None = None, book_key: str | None = None) -> str:
    """A path, as Isso needs one: it builds addresses of it.

    What the author wrote as a path stays as it is, so that threads made elsewhere are found. A
    book's key outlives the renaming of its file; `source`, the page's path below the docs folder,
    does not.
    """
    if explicit and explicit.startswith("/"):
        return explicit
    return _path(explicit or book_key or _address(source))


def _address(source: str) -> str:
    path = source.rpartition(".")[0]
    folder, _, name = path.rpartition("/")
    return folder if name in {"index", "README"} else path


def _path(text: str) -> str:
    parts = [part for part in text.split("/") if part]
    return f"/{'/'.join(parts)}/" if parts else "/"
