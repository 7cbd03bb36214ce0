"""House rules that no ready-made linter knows, checked over the syntax trees of the whole repository.

`python tools/house_lints.py` prints `file:line: rule: message` and exits 1 when a rule is broken; `--list` explains the rules.
A line may waive a rule with `# house: reason`; a long function (on its `def`) or file (on its first line) with `# long: reason`.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cached_property, lru_cache
from pathlib import Path

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
SIZE_BYTES_MAX = 5_000_000
"""Files beyond this are data, not written by us."""

FLOAT_ALLOWED = {
    "domain/*/statistics.py": "ratios and trends for charts; never posted",
    "domain/*/timings.py": "durations in seconds",
}
"""Files in the domain that may calculate with binary floats, and why."""

CODE = ("domain/*", "tenancy/*", "actors/*", "cli/*", "serve_app.py")
PURE = ("domain/*/rules.py", "domain/*/posting.py", "domain/*/model.py", "domain/journal_files/*")
IMPURE_LAYERS = ("*/service.py", "*/endpoints.py", "*/repository*.py", "*/tables*.py", "*/schemas*.py")
SQL_HOMES = ("domain/*/repository*.py", "domain/*/tables*.py", "domain/kit/lists*.py", "*/migrations/*")
SQL_VERBS = {"select", "insert", "update", "delete", "text"}
CACHE_CALLS = {"get_json", "set_json", "increment"}

_MISSPELT = re.compile(r"formtted_?amount|\bmines\b|subtotal_?exluding_?tax|subtotal_?inclusing_?tax", re.IGNORECASE)
_WAIVER = re.compile(r"#.*\bhouse: \S")
_LONG = re.compile(r"# long: \S")
# In pieces, so that this file does not break its own rule.
_HOSTS = re.compile(
    r"\b(?:"
    + "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("yarnpkg", "com"),
            ("crates", "io"),
            ("proxy", "golang", "org"),
            ("sum", "golang", "org"),
            ("repo1", "maven", "org"),
            ("repo", "maven", "apache", "org"),
            ("deb", "debian", "org"),
            ("security", "debian", "org"),
        )
    )
    + r")\b",
    re.IGNORECASE,
)

Hits = Iterator[tuple[int, str]]


@dataclass(frozen=True)
class Source:
    """One file: its path from the root with forward slashes, and its text."""

    root: Path
    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The text by lines, from index 0."""
        return self.text.splitlines()

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the syntax tree."""
        return list(ast.walk(ast.parse(self.text)))

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call with the last part of what is called."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                if isinstance(node.func, ast.Attribute):
                    yield node, node.func.attr
                elif isinstance(node.func, ast.Name):
                    yield node, node.func.id


@dataclass(frozen=True)
class Rule:
    """A house rule: where it holds, why, and what finds breaches."""

    name: str
    reason: str
    check: Callable[[Source], Hits]
    only: tuple[str, ...] = ("*",)
    but: tuple[str, ...] = field(default=())

    def applies(self, path: str) -> bool:
        """Whether the file is under the rule."""
        return _matches(path, self.only) and not _matches(path, self.but)


def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(path, pattern) for pattern in patterns)


# ---- money, transactions, purity


def floats(source: Source) -> Hits:
    """Float literals, `float` as call or annotation, numpy float types; `isinstance(x, float)` is how a border refuses them."""
    refusals = {id(part) for call, name in source.calls() if name == "isinstance" for part in ast.walk(call)}
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno, f"the binary float {node.value!r}"
        elif isinstance(node, ast.Name) and node.id == "float" and id(node) not in refusals:
            yield node.lineno, "float"
        elif isinstance(node, ast.Attribute) and re.fullmatch(r"float(16|32|64|128)", node.attr):
            yield node.lineno, f"numpy's {node.attr}"


def commits(source: Source) -> Hits:
    """Calls that end a transaction."""
    for call, name in source.calls():
        if isinstance(call.func, ast.Attribute) and name in {"commit", "rollback"}:
            yield call.lineno, f".{name}()"


def impure_imports(source: Source) -> Hits:
    """Imports of anything but the standard library and pure modules."""
    for line, module in _imports(source.root, source.nodes):
        if not _is_pure(source.root, module):
            yield line, f"imports {module}"


def _imports(root: Path, nodes: list[ast.AST]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or "."
            submodules = [f"{module}.{alias.name}" for alias in node.names if _module_path(root, f"{module}.{alias.name}")]
            yield from ((node.lineno, name) for name in submodules or [module])


def _module_path(root: Path, module: str) -> Path | None:
    base = root.joinpath(*module.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def _is_pure(root: Path, module: str, seen: frozenset[str] = frozenset()) -> bool:
    if module.partition(".")[0] in sys.stdlib_module_names or module in seen:
        return True
    path = _module_path(root, module)
    if path is None:
        return False
    relative = path.relative_to(root).as_posix()
    if _matches(relative, PURE) and not _matches(relative, IMPURE_LAYERS):
        return True  # checked in its own right
    return module.startswith("domain.kit.") and _kit_is_pure(root, module, seen | {module})


@lru_cache(maxsize=1024)
def _kit_is_pure(root: Path, module: str, seen: frozenset[str]) -> bool:
    path = _module_path(root, module)
    nodes = list(ast.walk(ast.parse(path.read_text()))) if path else []
    return all(_is_pure(root, imported, seen) for _, imported in _imports(root, nodes))


def sql(source: Source) -> Hits:
    """Statements of SQLAlchemy, by the names that the file imports from it."""
    verbs: set[str] = set()
    modules: set[str] = set()
    for node in source.nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "sqlalchemy":
            verbs |= {alias.asname or alias.name for alias in node.names if alias.name in SQL_VERBS}
        elif isinstance(node, ast.Import):
            modules |= {alias.asname or "sqlalchemy" for alias in node.names if alias.name.partition(".")[0] == "sqlalchemy"}
    for call, name in source.calls():
        function = call.func
        plain = isinstance(function, ast.Name) and name in verbs
        qualified = isinstance(function, ast.Attribute) and name in SQL_VERBS and _root_name(function) in modules
        if plain or qualified or name == "exec_driver_sql":
            yield call.lineno, f"{name}(…)"


def _root_name(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def clocks(source: Source) -> Hits:
    """The machine's clock."""
    for call, name in source.calls():
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name | ast.Attribute):
            owner = call.func.value
            of = owner.id if isinstance(owner, ast.Name) else owner.attr
            if (of in {"datetime", "date"} and name in {"now", "utcnow", "today"}) or (of, name) in {
                ("time", "time"),
                ("dt", "now"),
            }:
                yield call.lineno, f"{of}.{name}()"


# ---- the wire, caches, output, errors


def misspelt_keys(source: Source) -> Hits:
    """Names and texts that carry a misspelt wire key; prose in docstrings is no code."""
    prose = {
        id(node.body[0].value)
        for node in source.nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in source.nodes:
        if isinstance(node, ast.Constant):
            word = node.value if isinstance(node.value, str) and id(node) not in prose else ""
        else:
            word = next(
                (part for name in ("id", "attr", "arg", "name") if isinstance(part := getattr(node, name, None), str)), ""
            )
        found = _MISSPELT.search(word)
        if found:
            yield getattr(node, "lineno", 1), f"“{found.group()}”"


def cache_keys(source: Source) -> Hits:
    """Keys made on the spot: a literal, an f-string, a concatenation, `.format()`."""
    for call, name in source.calls():
        if name in CACHE_CALLS and isinstance(call.func, ast.Attribute):
            key = next((option.value for option in call.keywords if option.arg == "key"), call.args[0] if call.args else None)
            formatted = isinstance(key, ast.Call) and isinstance(key.func, ast.Attribute) and key.func.attr in {"format", "join"}
            literal = isinstance(key, ast.Constant) and isinstance(key.value, str)
            if formatted or literal or isinstance(key, ast.JoinedStr | ast.BinOp):
                yield call.lineno, f"{name}() with a key made here"


def prints(source: Source) -> Hits:
    """Calls of print."""
    for call, name in source.calls():
        if name == "print" and isinstance(call.func, ast.Name):
            yield call.lineno, "print()"


def swallowed(source: Source) -> Hits:
    """Handlers of every exception that do nothing."""
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and (
            node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
        ):
            only = node.body[0]
            nothing = isinstance(only, ast.Pass) or (isinstance(only, ast.Expr) and isinstance(only.value, ast.Constant))
            if nothing and len(node.body) == 1:
                yield node.lineno, "an exception of any kind vanishes"


# ---- size, registries


def lengths(source: Source) -> Hits:
    """Files and functions that fit no screen; revisions are written by a program and read as a list."""
    if fnmatch(source.path, "tenancy/migrations/*/versions/*"):
        return
    if len(source.lines) > FILE_LINES_MAX and not _LONG.search(source.lines[0]):
        yield 1, f"{len(source.lines)} lines in the file, {FILE_LINES_MAX} at most"
    for node in source.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            signature = source.lines[node.lineno - 1 : max(node.body[0].lineno - 1, node.lineno)]
            if length > FUNCTION_LINES_MAX and not any(_LONG.search(line) for line in signature):
                yield node.lineno, f"{length} lines in {node.name}(), {FUNCTION_LINES_MAX} at most"


def registry_hosts(source: Source) -> Hits:
    """Addresses of package registries."""
    if _HOSTS.search(source.text):
        for number, line in enumerate(source.lines, start=1):
            if found := _HOSTS.search(line):
                yield number, found.group()


PY = ("*.py",)
RULES = (
    Rule("float", "amounts are exact decimals", floats, ("domain/*.py",), tuple(FLOAT_ALLOWED)),
    Rule("commit", "only the unit of work ends a transaction", commits, ("domain/*.py",)),
    Rule(
        "pure",
        "rules are functions of their arguments: standard library and pure files only",
        impure_imports,
        PURE,
        IMPURE_LAYERS,
    ),
    Rule("sql", "all SQL of a noun stands in its repository", sql, ("domain/*.py",), SQL_HOMES),
    Rule("clock", "the time comes from ctx", clocks, ("domain/*.py",)),
    Rule("wire-key", "misspelt keys of the wire live in schemas.py only", misspelt_keys, CODE, ("*/schemas*.py",)),
    Rule(
        "cache-key",
        "tenancy/cache_keys.py makes every key, so that the tenant is in it",
        cache_keys,
        CODE,
        ("tenancy/cache_keys.py",),
    ),
    Rule("print", "services log, with structure", prints, ("domain/*.py", "tenancy/*.py", "actors/*.py", "serve_app.py")),
    Rule("swallow", "an error is handled, logged or passed on", swallowed, PY),
    Rule("length", "a file and a function fit into a reader's head", lengths, PY),
    Rule("registry", "where packages come from is each machine's setting", registry_hosts),
)


def check(source: Source) -> list[str]:
    """The breaches of one file, as lines for the terminal."""
    found: list[str] = []
    for rule in RULES:
        if rule.applies(source.path) and (source.path.endswith(".py") or rule.check is registry_hosts):
            try:
                hits = sorted(set(rule.check(source)))
            except SyntaxError as problem:
                return [f"{source.path}:{problem.lineno or 1}: syntax: {problem.msg}"]
            found += [
                f"{source.path}:{line}: {rule.name}: {message} ({rule.reason})"
                for line, message in hits
                if not _WAIVER.search(source.lines[line - 1])
            ]
    return found


def sources(root: Path) -> Iterator[Source]:
    """The files that are, or would be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in sorted(set(filter(None, listed.stdout.split("\0")))):
        path = root / name
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= SIZE_BYTES_MAX:
            try:
                yield Source(root, name, path.read_text(encoding="utf-8"))
            except UnicodeDecodeError:
                continue  # a picture or other data


def main(arguments: list[str]) -> int:
    """Check the tree; returns the exit code."""
    if arguments == ["--list"]:
        for rule in RULES:
            print(f"{rule.name:10} {rule.reason}")
        return 0
    root = Path(arguments[0] if arguments else Path(__file__).parents[1]).resolve()
    breaches = [breach for source in sources(root) for breach in check(source)]
    print("\n".join(breaches) if breaches else "house rules: kept")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
