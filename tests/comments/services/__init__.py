"""Comment services for browser tests: stubs of those that cannot run here, and real servers.

Each module says which it holds. A stub does what the published source of its service does as far
as a page can notice, and can be made to misbehave; see `http`.
"""
