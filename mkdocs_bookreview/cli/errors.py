"""Defines the errors that end a command with status 2; each message has the cause and the fix."""


class CommandError(Exception):
    """The base class of errors that end a command with status 2."""


class NoCommentsError(CommandError):
    """Raised if a site has no comments, or if its settings for comments are invalid."""


class NoSiteError(CommandError):
    """Raised if a folder is not a finished site, or was built from other sources."""


class UnwritableError(CommandError):
    """Raised if the lock file cannot be written."""


class AdoptionError(CommandError):
    """Raised if the earlier ids of comment threads cannot be found."""
