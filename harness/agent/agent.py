"""What an implementation under test is told to run: it puts together what a kind of launch needs, and starts it.

Started as a program, with one of these argument lists:

``hello ANSWER [ROOMS]``
    Writes who the implementation is, what it can do, how its command sets it up and which modules are its own (text
    form). Where it has no list of these, it prints them. To the file ROOMS, if one is named, it writes the rooms of
    ``once`` and ``attend``, and the guard, as it compiles them, marshalled, if it then reads the same again.
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

Executed with the name ``import_conformance_agent`` by a program that the implementation itself was told to run (the
launch ``attend``), it reads the request whose path the environment variable IMPORT_CONFORMANCE_REQUEST holds and serves
that program's ``_mark``, ``_tree`` and ``_finish``. As soon as the program begins, the file of the answer holds
``begun``. Every case finds ``_sys``, ``_host``, ``_type``, ``_globals``, and exceptions as ``_ValueError`` among
built-in names.

A frame is ``IC1M`` or ``IC1T``; in eight hexadecimal digits each, the length of what follows and its remainder, as a
little-endian number, by 4294967291; and a value: marshalled (version 2) in ``M`` frames, a Python literal in UTF-8 in
``T`` frames. Values are ``None``, bools, ints, strings, bytes and tuples of them.

A request is ``(TREE, SCOPE, PATH, PROGRAM, ANSWER, SECONDS, GUARD, CALLS)``: the directory of the case, in which
its program works; the top-level module names it is about; what is put in front of ``sys.path``; the text of the
program, or its label where the implementation runs it itself; the path of the answer, or None where the arguments name
it; after how long an alarm ends a process that nobody watches; the text of the guard that ends a process which tries to
leave the tree, or None; the texts of first calls of the documented functions that the case calls (see the room
``library``). An answer is ``(FACTS, NOTES)``, tuples of pairs as in ``harness.model.observation``. Where the agent
itself fails, the process ends with status 70 and no answer.

Its parts are the files in ``rooms``: all are executed in one namespace, this one, those of a launch and no others. The
last room of a launch is named like it and says how it starts. A room imports built-in modules only, before the case
begins, keeps what it uses out of the reach of the case, and never calls the import system while it observes. This file
must parse on Python 2.7 (to refuse it), the rooms on CPython 3.8 and later, PyPy, GraalPy, RustPython and MicroPython,
so they have neither annotations nor f-strings, and use ``%``.
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

_FOLDER = __file__.rpartition("agent.py")[0]
_OBSERVING = "origin ending frames guarding hearing host library values attributes facts reporting "
_ROOMS = {
    "hello": "origin ending frames guarding surroundings hello",
    "once": _OBSERVING + "running once",
    "serve": _OBSERVING + "running warming serve",
    "attend": _OBSERVING + "surroundings main attend",
}
_GIVEN = {}


def _compiled(part):
    """A room, or the guard, as the file it is, so that tracebacks name it."""
    path = _FOLDER + part + ".py"
    with open(path) as file:
        text = file.read()
    return compile(text, path, "exec")


def _behind(words):
    """The rooms that stand behind the request of a launch, by name, where there are any."""
    try:
        import marshal
        import posix

        path = words[1] if words[0] == "once" else posix.environ[b"IMPORT_CONFORMANCE_REQUEST"]
        with open(path, "rb") as file:
            data = file.read()
    except (ImportError, KeyError, OSError):
        return {}
    rooms = data[20 + int(data[4:12], 16) :]
    return marshal.loads(rooms) if rooms else {}


def _furnish(launch):
    """Execute the rooms of a kind of launch in this namespace; those that are given need not be compiled."""
    for room in _ROOMS[launch].split():
        exec(_GIVEN[room] if room in _GIVEN else _compiled("rooms/" + room), globals())


if __name__ in ("__main__", "import_conformance_agent"):
    _words = ["attend"] if __name__ == "import_conformance_agent" else sys.argv[1:]
    if _words[0] in ("once", "attend"):
        _GIVEN.update(_behind(_words))
    _furnish(_words[0])
    try:
        _start(_words[1:])
    except Exception as _failure:
        _fail(_failure)
