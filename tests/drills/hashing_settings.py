"""Settings of a server that hashes passwords as a plan's does; tests hash them fast."""

from portico.config.settings import *  # noqa: F403 - every setting but these

PASSWORD_HASHERS = ["portico.domains.accounts.credentials.hashing.Argon2"]
