"""How passwords are hashed: Argon2id at a cost a shared machine can bear (SECURITY.md, Signing in)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id, 46 MiB, two passes, one lane: some 90 ms; Django's default takes more than twice that."""

    time_cost = 2
    memory_cost = 47_104
    parallelism = 1
