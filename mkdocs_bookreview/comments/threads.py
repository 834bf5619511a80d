"""Make the permanent id under which the comments of a page are kept."""


def thread_id(source: str, explicit: str | None = None, book_key: str | None = None) -> str:
    """Return the id of a thread, which is a path because services build addresses from it.

    An `explicit` id that is a path stays as it is, so that threads made elsewhere are found.
    Otherwise the key of the book comes before `source`, the path of the page below the docs folder,
    because the key stays when the file is renamed. `books/emma.md` alone gives `/books/emma/`.
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
