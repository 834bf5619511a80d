"""Errors that end a command with status 2; each says why, and what to do."""


class CommandError(Exception):
    """The base of all errors here."""


class NoCommentsError(CommandError):
    """Raised if a site has no comment section to work with."""


class NoSiteError(CommandError):
    """Raised if a folder is no site, or not the one of these sources."""


class UnwritableError(CommandError):
    """Raised if the lock file cannot be written."""


class AdoptionError(CommandError):
    """Raised if ids cannot be found out."""
