"""Runs a comment server for the author during `mkdocs serve`."""

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bookreview.comments.isso import Isso
from mkdocs_bookreview.comments.preview import IssoPreview, PreviewError, is_installed
from mkdocs_bookreview.comments.provider import Provider
from mkdocs_bookreview.plugin.data_files import config_folder
from mkdocs_bookreview.plugin.report import log

_FOLDER = ".cache/bookreview/isso"


class Preview:
    """Runs an Isso server. The first build that needs it starts it, and later builds use it too."""

    def __init__(self) -> None:
        self._server: IssoPreview | None = None

    def provider(self, provider: Provider | None, config: MkDocsConfig) -> Provider | None:
        """Return the provider, with the address of the preview server if one runs."""
        if not isinstance(provider, Isso) or not provider.preview:
            return provider
        if not self._server and is_installed():
            self._start(config)
        return provider.at(self._server.address) if self._server else provider

    def _start(self, config: MkDocsConfig) -> None:
        host, port = config.dev_addr
        sites = dict.fromkeys(f"http://{name}:{port}/" for name in (host, "127.0.0.1", "localhost"))
        server = IssoPreview(config_folder(config) / _FOLDER, sites)
        try:
            server.start()
        except PreviewError as error:
            log.warning(f"There is no preview of the comments. {error}")
        else:
            log.info(f"Comments are previewed by Isso at {server.address}.")
            self._server = server

    def stop(self) -> None:
        if self._server:
            self._server.stop()
            self._server = None
