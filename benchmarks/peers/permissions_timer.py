"""Times other ways of asking who may do what, each over the same grants; runs in `.venv-peers`.

    pycasbin          one policy a grant, (person, tax ID, function), matched by equality; its enforcer goes
                      through the policies of everybody, its fast enforcer through those of one person
    django-guardian   one row a grant, on the tax ID's object; the database is asked each time, or what one
                      person holds on these objects is read first and then asked
    django-rules      a predicate of three, over a set kept in memory

Its arguments are how many people there are and how many grants each holds. One name of a way a line comes in,
and one JSON object a line goes out: `{"seconds": ...}` for a question, least of several rounds.
"""

import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable

import casbin
import django
import rules
from casbin import persist
from django.conf import settings

FUNCTIONS, PEOPLE = 10, 10
ROUNDS = 5
MODEL = """
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && r.obj == p.obj && r.act == p.act
"""

Ask = Callable[[], bool]


def grant_of(number: int, each: int) -> tuple[int, int, int]:
    """The person, the tax ID and the function of a grant: ten people share an office and its tax IDs."""
    person, own = divmod(number, each)
    return person, person // PEOPLE * (each // FUNCTIONS) + own // FUNCTIONS, own % FUNCTIONS


class InMemory(persist.Adapter):
    """Policies from no file."""

    def __init__(self, grants: list[tuple[int, int, int]]) -> None:
        self.grants = grants

    def load_policy(self, model: object) -> None:
        """Each grant as a line of policy."""
        for person, tax_id, function in self.grants:
            persist.load_policy_line(f"p, u{person}, t{tax_id}, f{function}", model)


def casbin_asks(grants: list[tuple[int, int, int]]) -> dict[str, Ask]:
    """Both enforcers, asked about a person in the middle."""
    person, tax_id, function = grants[len(grants) // 2]
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as model:
        model.write(MODEL)
        model.flush()
        plain = casbin.Enforcer(model.name, InMemory(grants))
        fast = casbin.FastEnforcer(model.name, InMemory(grants), cache_key_order=(0,))
    asked = (f"u{person}", f"t{tax_id}", f"f{function}")
    return {
        "pycasbin": lambda: bool(plain.enforce(*asked)),
        "pycasbin, fast": lambda: bool(fast.enforce(*asked)),
    }


def guardian_asks(grants: list[tuple[int, int, int]]) -> dict[str, Ask]:
    """A row a grant, in a database in memory; asked each time, and read first."""
    from django.contrib.auth.models import Group, Permission, User
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from guardian.core import ObjectPermissionChecker
    from guardian.models import UserObjectPermission

    call_command("migrate", verbosity=0)
    kind = ContentType.objects.get_for_model(Group)
    may = Permission.objects.bulk_create(
        Permission(codename=f"f{n}", name=f"f{n}", content_type=kind) for n in range(FUNCTIONS)
    )
    people, tax_ids = (max(numbers) + 1 for numbers in list(zip(*grants, strict=True))[:2])
    objects = Group.objects.bulk_create(Group(name=f"t{number}") for number in range(tax_ids))
    users = User.objects.bulk_create(User(username=f"u{number}") for number in range(people))
    UserObjectPermission.objects.bulk_create(
        (
            UserObjectPermission(
                user=users[person], permission=may[function], content_type=kind, object_pk=objects[tax_id].pk
            )
            for person, tax_id, function in grants
        ),
        batch_size=5000,
    )
    person, tax_id, function = grants[len(grants) // 2]
    held = objects[tax_id]
    number = users[person].pk
    read = ObjectPermissionChecker(User.objects.get(pk=number))
    read.prefetch_perms([objects[each] for of, each, _ in grants if of == person])
    return {
        "django-guardian": lambda: User.objects.get(pk=number).has_perm(f"auth.f{function}", held),
        "django-guardian, read before": lambda: bool(read.has_perm(f"f{function}", held)),
    }


def rules_asks(grants: list[tuple[int, int, int]]) -> dict[str, Ask]:
    """A predicate of three: the account is active, is no administrator's, and the grant is in the set."""
    held = set(grants)
    is_active = rules.predicate(lambda user: user["is_active"], name="is_active")
    is_end_user = rules.predicate(lambda user: not user["is_administrator"], name="is_end_user")
    is_granted = rules.predicate(lambda user, asked: (user["id"], *asked) in held, name="is_granted")
    rules.add_perm("may", is_active & is_end_user & is_granted)
    person, tax_id, function = grants[len(grants) // 2]
    user = {"id": person, "is_active": True, "is_administrator": False}
    return {"django-rules": lambda: bool(rules.has_perm("may", user, (tax_id, function)))}


def timed(ask: Ask) -> float:
    """The seconds of a question, the least of some rounds that each take a moment."""
    assert ask()
    count = 1
    while _round(ask, count) < 0.02:
        count *= 2
    return min(_round(ask, count) for _ in range(ROUNDS)) / count


def _round(ask: Ask, count: int) -> float:
    gc.collect()
    begun = time.perf_counter()
    for _ in range(count):
        ask()
    return time.perf_counter() - begun


def main() -> None:
    """Answers line by line until there are no more."""
    people, each = int(sys.argv[1]), int(sys.argv[2])
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "guardian"],
        AUTHENTICATION_BACKENDS=["guardian.backends.ObjectPermissionBackend"],
        ANONYMOUS_USER_NAME=None,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    grants = [grant_of(number, each) for number in range(people * each)]
    asks = casbin_asks(grants) | guardian_asks(grants) | rules_asks(grants)
    print(json.dumps({"ways": list(asks)}), flush=True)
    for line in sys.stdin:
        print(json.dumps({"seconds": timed(asks[line.rstrip("\n")])}), flush=True)


if __name__ == "__main__":
    main()
