"""What ends a process whose program tries to leave its tree: the second line, for programs that come from a file.

The agent executes this text once, before the program begins, and calls ``guard(TREE, SPARE, TELL)``. From then on an
audit hook watches the process, which nothing can take away again; at the first event of an attempt it calls ``TELL``
with an answer that says what was tried, and ``TELL`` ends the process. ``SPARE`` is a file besides the tree that may be
written, or None. It parses wherever the agent does, and keeps what it uses out of the reach of the program.
"""

import builtins
import sys

import posix

for _name in dir(builtins):
    if _name[0] != "_":
        globals()[_name] = getattr(builtins, _name)

_getcwd = posix.getcwd
_LONGEST = 2000
_FOR_WRITING = 0o3103  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC and O_APPEND
_CHANGES = ("chmod", "chown", "mkdir", "remove", "rmdir", "truncate", "utime")
_ALWAYS = {
    "starts a program": ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "subprocess.Popen", "pty.spawn"),
    "loads compiled code": ("ctypes.dlopen",),
    "sends a signal": ("os.kill", "os.killpg"),
    "makes a link, or an attribute of a file": ("os.link", "os.symlink", "os.setxattr"),
}
_REASONS = dict([(event, reason) for reason in _ALWAYS for event in _ALWAYS[reason]])


def heard():
    """Of opening, starting and a socket, what an audit hook hears of: each is tried, in a way that does nothing."""
    events = set()
    if hasattr(sys, "addaudithook"):
        sys.addaudithook(lambda event, _: events.add(event))
    for attempt in (lambda: open("/"), lambda: posix.execv("", ["x"]), lambda: __import__("_socket").socket()):
        try:
            attempt().close()
        except Exception:
            pass
    proofs = (("open", "open"), ("program", "os.exec"), ("socket", "socket.__new__"))
    return [name for name, event in proofs if event in events]


def _settled(path):
    """An absolute path without dots, of the text or bytes by which somebody names a file."""
    if type(path) is bytes:
        path = path.decode("utf-8", "surrogateescape")
    parts = []
    for part in (path if path[:1] == "/" else _getcwd() + "/" + path).split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)


def _outside(path, places):
    """Whether what somebody opens or changes lies in none of these places."""
    if type(path) is int:
        return False
    if type(path) is str and path.startswith(places) and "/.." not in path:
        return False
    return type(path) not in (str, bytes) or not (_settled(path) + "/").startswith(places)


_STARTED = sys.argv[0].rpartition("/")[0]
_LIBRARY = [path for path in sys.path + [_STARTED, getattr(sys, "pycache_prefix", None) or ""] if path[:1] == "/"]
_LIBRARY = tuple([_settled(path) + "/" for path in _LIBRARY if _settled(path) != "/"])


def guard(tree, spare, tell):
    """Watch this process from now on.

    What a program reads lies in its tree, or in the library: below what ``sys.path`` held before the program began; or
    beside what was started, which the library reads the lines of its callers from. PyPy 3.9 tells of path objects.
    """
    objects = [sys.modules["pathlib"].PosixPath] if "pathlib" in sys.modules else []
    own = (_settled(tree) + "/",)
    known, spared = own + _LIBRARY, spare and _settled(spare)

    def outside(path, places):
        return _outside(path, places) and (type(path) is not str or _settled(path) != spared)

    def opens(args):
        path, mode, flags = (str(args[0]) if type(args[0]) in objects else args[0],) + args[1:]
        if [each for each in mode if each in "wax+"] if type(mode) is str else flags & _FOR_WRITING:
            return outside(path, own) and "opens a file outside its tree for writing"
        return outside(path, known) and "opens a file outside tree and library"

    def imports(args):
        return type(args[1]) is str and outside(args[1], known) and "imports a file outside tree and library"

    def changes(args):
        return outside(args[0], own) and "changes what is outside its tree"

    def renames(args):
        return (outside(args[0], own) or outside(args[1], own)) and "changes what is outside its tree"

    checks = dict([("os." + name, changes) for name in _CHANGES])
    checks.update({"open": opens, "import": imports, "os.rename": renames})

    def hook(event, args):
        check = checks.get(event)
        reason = check(args) if check else _REASONS.get(event) or (event[:7] == "socket." and "makes a socket")
        if reason:
            note = ("%s %r" % (event, args))[:_LONGEST]
            tell(((("outcome", ("unsupported", "contained: the case " + reason)),), (("message", note),)))

    sys.addaudithook(hook)
