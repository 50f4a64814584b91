"""The only code that runs inside an implementation under test.

Started as a program, with one of these argument lists:

``hello ANSWER``
    Writes who the implementation is, what it can do, how its command sets it up and which modules are its own (text
    form). Where it has no list of these, it prints them.
``once REQUEST ANSWER``
    Runs the embedded program that the file REQUEST holds, writes what it observed to the file ANSWER and ends.
``serve REQUESTS REPORTS ANSWER ANSWER STDOUT STDERR``
    A fork server; the arguments are descriptors. Reads requests from REQUESTS until its end. For each it forks a child
    that leads a session of its own, runs the program and writes its answer to the file behind an ANSWER. REPORTS gets
    ``("ready", PID)`` from each process that serves; for each child ``("started", PID)`` and ``("ended", WAIT STATUS,
    LENGTH OF ANSWER, END OF STDOUT, END OF STDERR)``, behind which its answer comes. A child is started while the one
    before it runs, and its program begins when the other's has ended. So children take turns with two sets of files:
    an ANSWER, the own standard output and error of the server; the other ANSWER, STDOUT and STDERR. All must be opened
    for reading and writing; they are emptied after each child.

Executed with the name ``import_conformance_agent`` by a program that the implementation itself was told to run, it
reads the request whose path the environment variable IMPORT_CONFORMANCE_REQUEST holds and serves that program's
``_mark``, ``_tree`` and ``_finish``. As soon as the program begins, the file of the answer holds ``begun``.
Every case finds ``_sys``, ``_host``, ``_type``, ``_globals``, and exceptions as ``_ValueError`` among built-in names.

A frame is ``IC1M`` or ``IC1T``; in eight hexadecimal digits each, the length of what follows and its remainder, as a
little-endian number, by 4294967291; and a value: marshalled (version 2) in ``M`` frames, a Python literal in UTF-8 in
``T`` frames. Values are ``None``, bools, ints, strings, bytes and tuples of them.

A request is ``(TREE, SCOPE, PATH, PROGRAM, ANSWER, SECONDS, GUARD)``: the directory of the case, in which its program
works; the top-level module names it is about; what is put in front of ``sys.path``; the text of the program, or its
label where the implementation runs it itself; the path of the answer, or None where the arguments name it; after how
long an alarm ends a process that nobody watches; the text of the guard that ends a process which tries to leave the
tree, or None. An answer is ``(FACTS, NOTES)``, tuples of pairs as in ``harness.model.observation``. Where the agent
itself fails, the process ends with status 70 and no answer.

It imports built-in modules only, before the case begins, keeps what it uses out of the reach of the case, and never
calls the import system while it observes. It must parse on Python 2.7 (to refuse it), CPython 3.8 and later, PyPy,
GraalPy, RustPython and MicroPython, so it has neither annotations nor f-strings, and uses ``%``.
"""

import sys

_MICRO = "MicroPython" in sys.version

if sys.version_info[:2] < (3, 8) and not _MICRO:
    _text = "refused: this is Python %d.%d, expected 3.8 or later\n" % sys.version_info[:2]
    if sys.argv[1:2] == ["hello"]:
        with open(sys.argv[2], "w") as _file:
            _file.write(_text)
    sys.stderr.write(_text)
    sys.exit(3)

import builtins

_EXCEPTIONS = []
for _name in dir(builtins):
    if _name[0] != "_":
        _item = globals()[_name] = getattr(builtins, _name)
        _raised = isinstance(_item, type) and issubclass(_item, BaseException)
        if _raised:
            _EXCEPTIONS.append(_name)
        if _raised or _name in ("globals", "type"):
            setattr(builtins, "_" + _name, _item)
builtins._sys = sys


class _Host:
    """Modules of the library, loaded when a case asks for them, as the implementation finds them without the tree."""

    def __init__(self, load, path):
        self._found = load, path

    def __getitem__(self, name):
        path, sys.path[:] = sys.path[:], self._found[1]
        try:
            return sys.modules[name] if name in sys.modules else self._found[0](name)
        finally:
            sys.path[:] = path


builtins._host = _Host(__import__, sys.path[:])

try:
    import marshal
except ImportError:
    marshal = None
try:
    import posix
except ImportError:
    import uos as posix
try:
    from _signal import alarm
except ImportError:
    alarm = int
try:
    import _warnings
except ImportError:
    _warnings = None

_MODULE = type(sys)
_MODULE_SPEC = type(getattr(sys, "__spec__", None))
_FUNCTIONS = (type(lambda: None), type(len))
_MODULES = sys.modules
_TAG = getattr(sys.implementation, "cache_tag", None)
_OPTIMIZED = getattr(getattr(sys, "flags", None), "optimize", 0)
if _TAG and _OPTIMIZED:
    _TAG += ".opt-%d" % _OPTIMIZED
_MIRROR = getattr(sys, "pycache_prefix", None)
_ABSENT, _UNOBSERVED = ("absent",), ("unobserved",)
_ATTRIBUTES = ("__name__", "__package__", "__path__", "__file__", "__cached__", "__doc__")
_AUTHORS = ("__all__", "__main__")
_SPEC = ("name", "origin", "parent", "has_location", "cached", "submodule_search_locations")
_LISTS = ("list", "tuple", "iterable")
_DEEPEST = 4
_LONGEST = _MOST_EVENTS = 2000
_FAILED, _AGAIN, _PRIME = 70, 71, 4294967291
_REQUEST, _SCRATCH = "IMPORT_CONFORMANCE_REQUEST", "IMPORT_CONFORMANCE_SCRATCH"
_BEGUN = b"begun"
_warned = []
_TURNS = 250
_GUARDS = {}
_WARMTH = """def warm(*args):
    try: _mark("warm", [1, (None, True)])
    except (ImportError, AttributeError) as error: raise ValueError from error
warm(1)
del warm
"""
_SAMPLE = (None, True, -7, 1 << 70, "a\xe9\u20ac\ud800", "", (("x", "x"), ()), b"\0\xff")
_SAMPLE_BYTES = (
    b"(\x08\x00\x00\x00NTi\xf9\xff\xff\xffl\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04"
    b"u\x09\x00\x00\x00a\xc3\xa9\xe2\x82\xac\xed\xa0\x80u\x00\x00\x00\x00(\x02\x00\x00\x00(\x02\x00\x00\x00u\x01\x00\x00\x00x"
    b"u\x01\x00\x00\x00x(\x00\x00\x00\x00s\x02\x00\x00\x00\x00\xff"
)


class _Observer:
    """Makes the facts of one case."""

    def __init__(self, tree, scope):
        self.tree = tree
        self.mirror = _MIRROR and _MIRROR.rstrip("/") + tree + "/"
        self.scope = set(scope) | {"__main__"}
        self.trace = []
        self.facts = {}
        self.notes = {}
        self.keys = {}
        self.strays = {}
        self.kept = []

    def mark(self, label, name):
        """Add an event to the trace, unless it has one more than is observed."""
        if len(self.trace) <= _MOST_EVENTS:
            self.trace.append((label, name))

    def text(self, text):
        """A string without the place of the tree; where the command gave bytecode another place, as if it had not."""
        tree = self.tree
        if self.mirror and text[: len(self.mirror)] == self.mirror:
            directory, _, name = text[len(self.mirror) - 1 :].rpartition("/")
            text = tree + directory + "/__pycache__/" + name
        if text[: len(tree)] != tree or text[len(tree) : len(tree) + 1] not in ("", "/"):
            before, inside, after = text.partition(tree[1:] + "/")
            return before + "<place of the tree>/" + after if inside else text
        text = "<tree>" + text[len(tree) :]
        return text.replace(_TAG, "<tag>") if _TAG else text

    def value(self, item, depth=0):
        """The value that stands for an object."""
        kind = type(item)
        if item is None or kind is bool or kind is int:
            return item
        if kind is str:
            return self.text(item)
        if isinstance(item, _MODULE):
            return self.module(item)
        if kind is list or kind is tuple:
            if depth >= _DEEPEST:
                return ("object", kind.__name__)
            return (kind.__name__,) + tuple([self.value(each, depth + 1) for each in item])
        if isinstance(item, type):
            return ("class", item.__name__)
        if isinstance(item, _FUNCTIONS):
            return ("function", getattr(item, "__name__", "?"))
        if issubclass(kind, _MODULE_SPEC):
            name = self.attribute(item, "name")
            return ("spec", name if type(name) is str else "")
        return self.iterable(item) or ("object", kind.__name__)

    def iterable(self, item):
        """The value of an iterable of strings such as a namespace package's ``__path__``, or None."""
        kind = type(item)
        if not (hasattr(kind, "__iter__") and hasattr(kind, "__getitem__")) or hasattr(kind, "keys"):
            return None
        try:
            items = list(item)
        except Exception:
            return None
        if [each for each in items if type(each) is not str] or kind is bytes:
            return None
        return ("iterable",) + tuple([self.text(each) for each in items])

    def module(self, module):
        """The value that stands for a module object."""
        key = self.keys.get(id(module))
        if key is not None:
            return ("module", key)
        name = module.__dict__.get("__name__", "")
        if type(name) is not str:
            name = ""
        met = self.strays.setdefault(name, [])
        if id(module) not in met:
            met.append(id(module))
            self.kept.append(module)
        return ("stray", name, met.index(id(module)))

    def observe(self, namespace, error):
        """Make every fact, now that the program has ended with ``error`` or without one."""
        facts = self.facts
        facts["outcome"] = "completed" if error is None else "raised"
        if len(self.trace) > _MOST_EVENTS:
            facts["outcome"] = ("unsupported", "more than %d events" % _MOST_EVENTS)
        keys = sorted([key for key in list(_MODULES) if type(key) is str and key.split(".")[0] in self.scope])
        keys = [key for key in keys if key != "__main__"]
        for key in keys:
            self.keys.setdefault(id(_MODULES[key]), key)
        for index, (label, name) in enumerate(self.trace[:_MOST_EVENTS]):
            facts["trace/%04d" % index] = ("event", label, self.value(name))
        facts["trace/length"] = len(self.trace)
        if error is not None:
            self.exception(error)
        self.names("names", "binding/", namespace)
        facts["modules"] = ("list",) + tuple(keys)
        for key in keys:
            self.entry("module/" + key, _MODULES[key])
        facts["warnings"] = ("list",) + tuple(sorted(set(_warned))) if _HEARD else _UNOBSERVED

    def exception(self, error):
        """The facts about the exception that ended the program."""
        self.facts["exception/type"] = type(error).__name__
        if isinstance(error, ImportError):
            for name in ("name", "path", "name_from"):
                self.facts["exception/" + name] = self.attribute(error, name)
        try:
            self.notes["message"] = str(error)[:_LONGEST]
        except Exception:
            self.notes["message"] = ""

    def names(self, key, prefix, namespace):
        """The facts about the names in a namespace."""
        names = [name for name in list(namespace) if type(name) is str]
        names = sorted([name for name in names if name[:2] != "__" or name[-2:] != "__" or name in _AUTHORS])
        self.facts[key] = ("list",) + tuple(names)
        for name in names:
            self.facts[prefix + name] = self.value(namespace[name])
            if issubclass(type(namespace[name]), _MODULE_SPEC) and namespace[name] is not None:
                self.bound_spec(prefix + name + "/", namespace[name])

    def entry(self, prefix, module):
        """The facts about one entry of ``sys.modules``."""
        facts = self.facts
        facts[prefix] = self.value(module)
        if not isinstance(module, _MODULE):
            if module is not None:
                facts[prefix] = ("object", type(module).__name__)
            return
        namespace = module.__dict__
        self.names(prefix + "/names", prefix + "/value/", namespace)
        self.attributes(prefix, namespace)
        self.spec(prefix, module, namespace)
        if "__dir__" in namespace:
            try:
                facts[prefix + "/dir"] = self.value(dir(module))
            except Exception as error:
                facts[prefix + "/dir"] = ("object", type(error).__name__)

    def attributes(self, prefix, namespace):
        """The facts about a module's import-related attributes but the spec and the loader."""
        for name in _ATTRIBUTES:
            self.facts[prefix + "/" + name] = self.value(namespace[name]) if name in namespace else _ABSENT

    def spec(self, prefix, module, namespace):
        """The facts about a module's spec, loader and repr."""
        facts = self.facts
        spec = namespace.get("__spec__")
        facts[prefix + "/__spec__"] = "present" if spec is not None else None if "__spec__" in namespace else _ABSENT
        if spec is not None:
            self.fields(prefix + "/", spec)
            lists = facts[prefix + "/__path__"], facts[prefix + "/spec.submodule_search_locations"]
            if not [item for item in lists if type(item) is not tuple or item[0] not in _LISTS]:
                facts[prefix + "/same-path"] = lists[0][1:] == lists[1][1:]
        facts[prefix + "/__loader__"] = _ABSENT
        if "__loader__" in namespace:
            loader = namespace["__loader__"]
            same = spec is not None and getattr(spec, "loader", None) is loader
            facts[prefix + "/__loader__"] = None if loader is None else "spec.loader" if same else "other"
        if module is None:
            return
        name = namespace.get("__name__") if spec is None else getattr(spec, "name", None)
        origin = namespace.get("__file__") if spec is None else getattr(spec, "origin", None)
        try:
            shown = repr(module)
        except Exception as error:
            facts[prefix + "/repr"] = ("object", type(error).__name__)
            return
        held = [type(text) is str and (text in shown or repr(text)[1:-1] in shown) for text in (name, origin)]
        facts[prefix + "/repr"] = ("repr",) + tuple(held)

    def fields(self, prefix, spec):
        """The facts about the attributes of a spec."""
        for name in _SPEC:
            self.facts[prefix + "spec." + name] = self.attribute(spec, name)

    def bound_spec(self, prefix, spec):
        """The facts about a spec to which a name is bound."""
        self.fields(prefix, spec)
        loader = getattr(spec, "loader", _ABSENT)
        self.facts[prefix + "spec.loader"] = loader if loader is None or loader is _ABSENT else "present"
        name = getattr(spec, "name", None)
        module = _MODULES.get(name) if type(name) is str else None
        exposed = isinstance(module, _MODULE) and module.__dict__.get("__spec__") is spec
        self.facts[prefix + "spec.exposed"] = exposed

    def attribute(self, item, name):
        """The value of an attribute, ("absent",) where there is none."""
        try:
            return self.value(getattr(item, name))
        except AttributeError:
            return _ABSENT
        except Exception as error:
            return ("object", type(error).__name__)

    def started(self):
        """The facts about how the implementation began the program it was told to run."""
        for key, items in (("argv0", sys.argv), ("path0", sys.path)):
            self.facts[key] = self.value(items[0]) if items else _ABSENT

    def launched(self, namespace, mains):
        """The facts about that program's namespace, and about that one of ``mains`` whose namespace it is."""
        mains = [main for main in mains if isinstance(main, _MODULE) and main.__dict__ is namespace]
        self.attributes("main", namespace)
        self.spec("main", mains[0] if mains else None, namespace)

    def answer(self):
        """Facts and notes as the wire takes them."""
        return (tuple(self.facts.items()), tuple(self.notes.items()))


def _frame(value, marshalled):
    """The bytes of a frame."""
    data = marshal.dumps(value, 2) if marshalled else repr(value).encode()
    numbers = (len(data), int.from_bytes(data, "little") % _PRIME)
    return (("IC1M%08x%08x" if marshalled else "IC1T%08x%08x") % numbers).encode() + data


def _unframe(data):
    """The value of a frame that is known to be whole."""
    return marshal.loads(data[20:]) if data[:4] == b"IC1M" else eval(data[20:].decode())


def _load(path):
    """The value of the frame in a file, and whether it is marshalled."""
    with open(path, "rb") as file:
        data = file.read()
    return _unframe(data), data[:4] == b"IC1M"


def _replace(path, data):
    """Write a file that holds nothing else afterwards."""
    try:
        with open(path, "wb") as file:
            file.write(data)
    except OSError as failure:
        _fail(failure)


def _guard(text, name="guard"):
    """A function of the guard of that text: a file beside this one, which says what its functions do."""
    if text not in _GUARDS:
        _GUARDS[text] = {}
        exec(compile(text, "guard", "exec"), _GUARDS[text])
    return _GUARDS[text][name]


def _install(observer, finish):
    """Give the case the three names its text uses."""
    builtins._mark = observer.mark
    builtins._tree = observer.tree
    builtins._finish = finish


def _ignore(name, namespace, error):
    """``_finish`` where no case is the main program; what shows no traceback, which can cost dozens of imports."""


def _run(request, tell, begin=int, end=int):
    """Run an embedded program and ``tell`` the answer; ``begin`` and ``end`` are called around what it does."""
    tree, scope, path, program, _, seconds, guard = request
    alarm(2 * seconds)  # a turn is waited for no longer than another one's alarm
    observer = _Observer(tree, scope)
    _install(observer, _ignore)
    if guard:
        _guard(guard)(tree, None, tell)
    sys.path[:0] = list(path)
    namespace = {"__name__": "program", "__builtins__": builtins}
    error = None
    try:
        program = compile(program, "<string>", "exec")
    except BaseException as caught:
        error = caught
    begin()
    del _warned[:]
    alarm(seconds)
    try:
        if error is None:
            exec(program, namespace)
    except BaseException as caught:
        error = caught
    end()
    tell(_observed(observer, namespace, error))


def _observed(observer, namespace, error):
    """The answer, which says so where making it failed."""
    try:
        observer.observe(namespace, error)
        return observer.answer()
    except BaseException as failure:
        return ((("outcome", ("fault", "agent: %s: %s" % (type(failure).__name__, failure))),), ())


def _fail(failure):
    """End a process in which the agent itself failed."""
    try:
        sys.stderr.write("agent: %s: %s\n" % (type(failure).__name__, failure))
    except Exception:
        pass
    if _MICRO:
        sys.exit(_FAILED)
    _flush()
    _exit(_FAILED)


def _flush():
    """Let what the program printed reach its files."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass


def _listen():
    """Hear of each warning, whatever becomes of it; whether that is possible.

    Its category is asked whether it is one that a filter of ours is for, and never is. Where nobody asks so (PyPy), a
    function stands in front of the one that warns.
    """
    if not isinstance(getattr(_warnings, "filters", None), list):
        return False

    def asked(_, category):
        _warned.append(category.__name__)
        return False

    kind = type("kind", (type,), {"__subclasscheck__": asked})
    filters, real = _warnings.filters, _warnings.warn
    filters.insert(0, ("ignore", None, kind("asked", (), {}), None, 0))
    filters.insert(1, ("ignore", None, ImportWarning, None, 0))
    real("heard", ImportWarning)
    del filters[1]
    if not _warned:
        del filters[0]

        def warn(message, category=None, stacklevel=1, source=None, **more):
            told = category or (type(message) if isinstance(message, Warning) else UserWarning)
            _warned.append(told.__name__)
            return real(message, category, stacklevel + 1, source, **more)

        _warnings.warn = warn
    return True


def _prepare():
    """Take the agent's directory off ``sys.path``, where the start of a script put it; write no bytecode."""
    own = __file__.rpartition("/")[0]
    if not _MICRO:
        sys.dont_write_bytecode = True
    if sys.path and sys.path[0] == own:
        del sys.path[0]


def _once(request_path, answer_path):
    """Run one embedded program."""
    request, marshalled = _load(request_path)
    _prepare()
    posix.chdir(request[0])
    if _MICRO:
        _run(request, lambda answer: _replace(answer_path, _frame(answer, marshalled)))
        return
    descriptor = posix.open(answer_path, posix.O_WRONLY | posix.O_CREAT | posix.O_TRUNC, 0o600)
    _run(request, _teller(lambda data: _write(descriptor, data), marshalled))


def _teller(write, marshalled):
    """What ends this process with an answer; what is no more than a copy of the process ends without."""
    asked = _own()

    def tell(answer):
        if _own() == asked:
            write(_frame(answer, marshalled))
            _flush()
        _exit(0)

    return tell


def _hello(answer_path):
    """Say who this is."""
    version = ".".join([str(part) for part in sys.implementation.version[:3]])
    numbers = (tuple(sys.version_info[:3]), getattr(sys, "hexversion", 0))
    sample = marshal.dumps(_SAMPLE, 2) if marshal else b""
    own = help("modules") if _MICRO else _own_modules()
    identity = (
        (sys.implementation.name, version) + numbers + (_capabilities(), sample, _settings(), own, tuple(_EXCEPTIONS))
    )
    with open(answer_path, "wb") as file:
        file.write(_frame(identity, False))


def _own_modules():
    """The names of the modules that come with this implementation, or are loaded before any program is run."""
    found = list(sys.modules)
    for name in ("builtin_module_names", "stdlib_module_names"):
        found += list(getattr(sys, name, ()))
    try:
        found += __import__("_imp")._frozen_module_names()
    except (ImportError, AttributeError):
        pass
    return tuple(sorted(set([name.split(".")[0] for name in found]) - set(["__main__"])))


def _settings():
    """What the command, or what is around it, sets that an answer can depend on."""
    lazy = getattr(sys, "get_lazy_imports", None)
    return (
        ("executable", getattr(sys, "executable", None)),
        ("scratch", _variable(_SCRATCH)),
        ("directory", posix.getcwd()),
        ("named", _variable("PYTHONPATH")),
        ("path", tuple(sys.path)),
        ("bytecode", not getattr(sys, "dont_write_bytecode", True)),
        ("optimize", _OPTIMIZED),
        ("encoding", getattr(sys, "getfilesystemencoding", str)()),
        ("warnings", tuple(getattr(sys, "warnoptions", ()))),
        ("lazy", lazy and lazy()),
    )


def _variable(name):
    """The value of a variable of the environment, None where there is none."""
    if _MICRO:
        return posix.getenv(name)
    value = posix.environ.get(name.encode())
    return value if value is None else value.decode("utf-8", "surrogateescape")


def _capabilities():
    """What this implementation can do, as far as one process can tell."""
    found = ["embedded", "script", "module"]
    if marshal and marshal.loads(_SAMPLE_BYTES) == _SAMPLE:
        found.append("marshal")
    if hasattr(sys, "__spec__"):
        found.append("spec")
    for name, module in (("importlib", "importlib"), ("threads", "_thread"), ("zip", "zipimport")):
        try:
            __import__(module)
            found.append(name)
        except Exception:
            pass
    if not _MICRO:
        found.append("path-entries")
    if _forks():
        found.append("fork")
    return tuple(found + ["hook:" + name for name in _watched()])


def _watched():
    """What the guard beside this file hears of."""
    try:
        with open(__file__.rpartition("agent.py")[0] + "guard.py") as file:
            return _guard(file.read(), "heard")()
    except ImportError:
        return []


def _forks():
    """Whether a forked child runs and its status comes back."""
    if not (hasattr(posix, "fork") and hasattr(posix, "setsid") and hasattr(posix, "waitpid")):
        return False
    try:
        child = posix.fork()
        if child == 0:
            posix._exit(7)
        return posix.waitpid(child, 0)[1] == 7 << 8
    except (OSError, NotImplementedError):
        return False


def _write(descriptor, data):
    while data:
        data = data[_put(descriptor, data) :]


def _get(descriptor, length):
    """Exactly that many bytes, or as many as there were before the end."""
    data = part = posix.read(descriptor, length)
    while part and len(data) < length:
        part = posix.read(descriptor, length - len(data))
        data += part
    return data


def _drain(descriptor, most):
    """The last ``most`` bytes of a file, which is empty afterwards."""
    size = posix.lseek(descriptor, 0, 2)
    if not size:
        return b""
    posix.lseek(descriptor, max(0, size - most), 0)
    data = _get(descriptor, min(size, most))
    posix.ftruncate(descriptor, 0)
    posix.lseek(descriptor, 0, 0)
    return data


def _warm():
    """Do once what each child would do for the first time.

    The compiler's own set-up costs more than a small module: 1.1 to 1.5 ms in CPython. No module of it stays.
    """
    observer = _Observer("/", ())
    exec(compile(_WARMTH, "warm", "exec"), {"_mark": observer.mark})
    observer.observe({"x": 1}, None)
    observer.entry("module/warm", _MODULE("warm"))
    _frame(observer.answer(), True)
    if "gc" in sys.builtin_module_names:
        import gc

        getattr(gc, "freeze", int)()


def _serve(requests, reports, files):
    """Serve requests until there are no more, in one process after another.

    What a process has written to, its children copy: PyPy uses 130 MB before it collects what is young.
    """
    _prepare()
    _warm()
    while True:
        server = posix.fork()
        if server == 0:
            _work(requests, reports, files)
        if posix.waitpid(server, 0)[1] != _AGAIN << 8:
            _exit(0)


def _work(requests, reports, files):
    """Serve some requests: while a child runs, the next one is forked; then the one that ran is reported."""
    own = posix.getpid()
    _put(reports, _frame(("ready", own), True))
    running, gate = None, posix.pipe()
    for turn in range(_TURNS):
        request = _next(requests, not running)
        if request:
            if request[6]:
                _guard(request[6])
            mine, following = files[turn % 2 * 3 :][:3], posix.pipe()
            child = posix.fork()
            if child == 0:
                others = [requests, reports] + [item for item in files if item > 2 and item != mine[0]]
                _child(request, mine, others, own, gate, following)
            _write(reports, _frame(("started", child), True))
            _put(gate[1], b"?")
        elif not running:
            _exit(0)
        _report(reports, running)
        running = None
        if request:
            _put(gate[1], b"!")
            posix.close(gate[0])
            posix.close(gate[1])
            running, gate = [child] + mine, following
    _report(reports, running)
    _exit(_AGAIN)


def _next(requests, wait):
    """The next request; None after the last one, and where there is none yet but for those who wait."""
    posix.set_blocking(requests, wait)
    try:
        head = posix.read(requests, 20)
    except BlockingIOError:
        return None
    posix.set_blocking(requests, True)
    head += _get(requests, 20 - len(head))
    return _unframe(head + _get(requests, int(head[4:12], 16))) if len(head) == 20 else None


def _report(reports, running):
    """Wait for the end of a child, if there is one, and report it."""
    if not running:
        return
    child, answer, out, err = running
    status = posix.waitpid(child, 0)[1]
    try:
        posix.kill(-child, 9)
    except OSError:
        pass
    found = _drain(answer, 1 << 26)
    _write(reports, _frame(("ended", status, len(found), _drain(out, _LONGEST), _drain(err, _LONGEST)), True))
    _write(reports, found)


def _child(request, files, others, server, gate, following):
    """Run one program in a forked child; never returns.

    It begins when two words have come through its gate: "?" from the server, which has reported it, and "!" from the
    server after the end of the child before, or earlier from that child, once its program has ended: if it has no child
    process of its own left, and nothing is on its standard output and error for the server to clear away first.
    """

    def begin():
        seen = b""
        while b"?" not in seen or b"!" not in seen:
            part = posix.read(gate[0], 9)
            if not part:
                _exit(0)
            seen += part
        if posix.getppid() != server:
            _exit(0)

    def end():
        try:
            _wait(-1, 1)
        except ChildProcessError:
            try:
                if _own() == own and not _seek(1, 0, 2) and not _seek(2, 0, 2):
                    _put(following[1], b"!")
            except OSError:
                pass

    try:
        own = _own()
        posix.chdir(request[0])
        posix.setsid()
        if files[1] != 1:
            posix.dup2(files[1], 1)
            posix.dup2(files[2], 2)
        for descriptor in others + [gate[1], following[0]]:
            posix.close(descriptor)
        _run(request, _teller(lambda data: _write(files[0], data), True), begin, end)
    except BaseException as failure:
        _fail(failure)


def _attend():
    """Serve the program that this implementation itself was told to run."""
    request, marshalled = _load(_variable(_REQUEST))
    alarm(request[5])
    observer = _Observer(request[0], request[1])
    before = _MODULES.get("__main__")

    def mark(label, name):
        if label == request[3] and name == "__main__" and "argv0" not in observer.facts:
            observer.started()
            _replace(request[4], _BEGUN)
            del _warned[:]
        observer.mark(label, name)

    asked = _own()

    def finish(name, namespace, error):
        started = isinstance(before, _MODULE) and before.__dict__ is namespace
        if not (started or name == "__main__") or _own() != asked:
            return
        if error is not None:
            namespace.pop("_error", None)
            if not _MICRO:
                sys.excepthook = _ignore
        observer.launched(namespace, (before, _MODULES.get("__main__")))
        _replace(request[4], _frame(_observed(observer, dict(namespace), error), marshalled))
        if error is not None:
            namespace["_error"] = None

    if request[6]:
        end = _teller(lambda data: _replace(request[4], data), marshalled)
        _guard(request[6])(request[0], request[4], end)
    _install(observer, finish)
    builtins._mark = mark


_HEARD = _listen()
_own = getattr(posix, "getpid", int)
if not _MICRO:
    _exit = posix._exit
    _put = posix.write
    _seek = posix.lseek
    _wait = posix.waitpid

try:
    if __name__ == "import_conformance_agent":
        _attend()
    elif __name__ == "__main__":
        if sys.argv[1] == "hello":
            _hello(sys.argv[2])
        elif sys.argv[1] == "once":
            _once(sys.argv[2], sys.argv[3])
        else:
            _given = [int(_number) for _number in sys.argv[2:]]
            _serve(_given[0], _given[1], [_given[2], 1, 2] + _given[3:])
except Exception as _failure:
    _fail(_failure)
