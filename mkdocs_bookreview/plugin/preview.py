"""Runs a comment server for the author during `mkdocs serve`."""

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bookreview.comments.provider import PreviewError, PreviewServer, Provider
from mkdocs_bookreview.plugin.data_files import config_folder
from mkdocs_bookreview.plugin.report import log

_FOLDER = ".cache/bookreview"


class Preview:
    """Runs one comment server for all builds; the first build that needs the server starts it."""

    def __init__(self) -> None:
        self._server: PreviewServer | None = None

    def provider(self, provider: Provider | None, config: MkDocsConfig) -> Provider | None:
        """Return the provider, with the address of the preview server if the server runs."""
        if not provider:
            return None
        if not self._server:
            self._server = _start(provider, config)
        return provider.with_server(self._server.address) if self._server else provider

    def stop(self) -> None:
        if self._server:
            self._server.stop()
            self._server = None


def _start(provider: Provider, config: MkDocsConfig) -> PreviewServer | None:
    host, port = config.dev_addr
    sites = dict.fromkeys(f"http://{name}:{port}/" for name in (host, "127.0.0.1", "localhost"))
    folder = config_folder(config) / _FOLDER / provider.name.lower()
    server = provider.make_preview(folder, sites)
    if not server:
        return None
    try:
        server.start()
    except PreviewError as error:
        log.warning(f"There is no preview of the comments. {error}")
        return None
    log.info(f"Comments are previewed by {provider.name} at {server.address}.")
    return server
