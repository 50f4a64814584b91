"""A program of the runner's own: it gives up rights that the system lets nobody take back, and becomes a subject.

``python -I -S -B fence.py [KEY=VALUE]... -- COMMAND...``: each ``measure`` is what is to be given up (see ``main``),
each ``write`` a directory below which anything may be written, each ``execute`` a file that may be executed. Number,
session, working directory, environment, descriptors and signals of the process are the subject's from the first moment.
Where a measure cannot be taken the process ends with status 70 and the reason on standard error.

With ``serve=NUMBER`` in the place of ``--`` it stays, and starts one subject after another that it reads of from the
socket NUMBER: eight hexadecimal digits, the length of what follows; a directory, the number of words of a command, the
words and what is in the environment, with null bytes between them; three descriptors go with the first byte. Each is a
child of the runner, to which it says its number in eight digits before it gives up anything.

It starts before subjects, so it imports little: neither ``signal`` nor ``json`` nor ``pathlib``.
"""

import _socket
import ctypes
import os
import struct
import sys

FAILED = 70

_LIBC = ctypes.CDLL(None, use_errno=True)
_LIBC.syscall.restype = ctypes.c_long
_LIBC.mmap.restype = ctypes.c_void_p
_LIBC.mmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long)

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES, _SECCOMP, _DROP_BOUND = 38, 22, 24

_PIPE, _FILE_SIZE = 13, 25
"""Signals that the runner's Python has come to ignore, which a subject would inherit."""

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_EXECUTE, _WRITE, _READ, _TRUNCATE = 1, 1 << 1, 3 << 2, 1 << 14
_SPECIAL = 1 << 6 | 1 << 9 | 1 << 11
_CHANGES = (1 << 16) - 1 & ~(_EXECUTE | _READ)
_FIRST_WHOLE = 3
"""The version of Landlock from which on it holds all that writes: truncation was the last."""
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full")

_CLONE = {"x86_64": 56, "aarch64": 220}
"""The number of ``clone``."""

_OF_MY_PARENT, _CHILD_ENDED = 0x8000, 17

_MACHINE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""What tells the system calls of a machine from those of another that it can stand in for."""

_EXECUTING = {"x86_64": 59, "aarch64": 221}
"""The number of ``execve``."""

_REFUSED = {
    "x86_64": (
        *(41, 425),  # socket, io_uring_setup
        *(90, 91, 92, 93, 94, 132, 188, 189, 190, 197, 198, 199, 235, 260, 261, 268, 280, 452, 463, 466),
        *(101, 310, 311, 319, 322),
    ),
    "aarch64": (
        *(198, 425),
        *(5, 6, 7, 14, 15, 16, 52, 53, 54, 55, 88, 452, 463, 466),
        *(117, 270, 271, 279, 281),
    ),
}
"""The numbers of calls that are refused: what makes sockets, and rings through which other calls go unseen; then what
changes mode, owner, times and extended attributes of files, which Landlock does not hold; at last what reaches into
other processes, or executes what is no file: ``ptrace``, ``process_vm_readv``, ``process_vm_writev``, ``memfd_create``,
``execveat``."""

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | 13


def _done(result: int, what: str) -> int:
    """The result of a system call.

    Raises:
        OSError: it failed.
    """
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _prctl(option: int, first: int, second: object = 0) -> None:
    _done(_LIBC.prctl(option, ctypes.c_ulong(first), second, 0, 0), f"prctl {option}")


def _namespace() -> None:
    """A user namespace in which this user is who they are, without capabilities, and a network that leads nowhere."""
    user, group = os.geteuid(), os.getegid()
    _done(_LIBC.unshare(_NEW_USER | _NEW_NET), "unshare")
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:  # noqa: PTH123 - see above
            file.write(line)
    for capability in range(64):
        if _LIBC.prctl(_DROP_BOUND, ctypes.c_ulong(capability), 0, 0, 0):
            break


class _Landlock:
    """A Landlock ruleset: who is restricted by it may do nothing of ``rights`` but where it was allowed."""

    def __init__(self, rights: int) -> None:
        self.version = _done(_LIBC.syscall(_CREATE, None, 0, 1), "landlock")
        known = 13 + min(max(self.version - 1, 0), 2) + (self.version >= 5)  # noqa: PLR2004 - the fifth knows one right more
        self.rights = rights & ((1 << known) - 1)
        whole = struct.pack("QQQ", self.rights, 3 if rights & _WRITE else 0, 3)
        size = 8 if self.version < 4 else 16 if self.version < 6 else 24  # noqa: PLR2004 - fields that came with these
        self.ruleset = _done(_LIBC.syscall(_CREATE, whole, ctypes.c_size_t(size), 0), "landlock")

    def allow(self, path: str, rights: int) -> None:
        """These rights below a path, or to a file."""
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        rule = struct.pack("=Qi", rights & self.rights, place)
        _done(_LIBC.syscall(_ADD, self.ruleset, 1, rule, 0), f"landlock {path}")
        os.close(place)

    def restrict(self) -> None:
        """From now on."""
        _done(_LIBC.syscall(_RESTRICT, self.ruleset, 0), "landlock")
        os.close(self.ruleset)


def _writing(paths: list[str]) -> None:
    """Nothing is written outside; no signal and no abstract socket leaves either, where Landlock knows of them."""
    fence = _Landlock(_CHANGES)
    if fence.version < _FIRST_WHOLE:
        raise OSError(0, f"landlock of version {fence.version} does not hold truncation")
    for path in paths:
        fence.allow(path, _CHANGES & ~_SPECIAL)
    for path in _DEVICES:
        fence.allow(path, _WRITE | _TRUNCATE)
    fence.restrict()


def _programs(paths: list[str]) -> None:
    """No file is executed but these."""
    fence = _Landlock(_EXECUTE)
    for path in paths:
        fence.allow(path, _EXECUTE)
    fence.restrict()


def _filter(only: int) -> None:
    """Refuse what Landlock does not reach; where there is an address ``only``, each program whose path is elsewhere."""
    machine = os.uname().machine
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, _MACHINE[machine]), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    lines += [(_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, _KILL)]
    for number in _REFUSED[machine]:
        lines += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    if only:
        lines += [(_EQUAL, 0, 5, _EXECUTING[machine]), (_LOAD, 0, 0, 16), (_EQUAL, 0, 2, only & 0xFFFFFFFF)]
        lines += [(_LOAD, 0, 0, 20), (_EQUAL, 1, 0, only >> 32), (_RETURN, 0, 0, _REFUSE)]
    lines.append((_RETURN, 0, 0, _ALLOW))
    text = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(lines), ctypes.addressof(text)))
    _prctl(_SECCOMP, 2, program)


def _placed(path: bytes) -> int:
    """An address that nobody can know, at which the path lies."""
    wanted = int.from_bytes(os.urandom(4), "little") % 0x40000 + 0x10000 << 28 | os.urandom(1)[0] << 12
    found = _LIBC.mmap(wanted, len(path) + 1, 3, 0x100022, -1, 0)
    if found != wanted:
        raise OSError(0, "no memory at a place of its own")
    ctypes.memmove(found, path, len(path))
    return wanted


def _give_up(plan: "dict[str, list[str]]") -> None:
    """Take the measures that are taken before the command runs."""
    if "namespace" in plan["measure"]:
        _namespace()
    _prctl(_NO_NEW_PRIVILEGES, 1)
    if "writing" in plan["measure"]:
        _writing(plan["write"])
    if "programs" in plan["measure"]:
        _programs(plan["execute"])


def _become(words: list[bytes], surroundings: list[bytes], measures: list[str]) -> None:
    """Become the subject, after which no program is started any more if it is to be ``alone``."""
    address = _placed(words[0])
    arguments = (ctypes.c_char_p * (len(words) + 1))(*words)
    environment = (ctypes.c_char_p * (len(surroundings) + 1))(*surroundings)
    for number in (_PIPE, _FILE_SIZE):
        _LIBC.signal(number, None)
    if "alone" in measures or "calls" in measures:
        _filter(address if "alone" in measures else 0)
    _done(_LIBC.execve(ctypes.c_void_p(address), arguments, environment), os.fsdecode(words[0]))


def _whole(stream: "_socket.socket", length: int) -> bytes:
    """So many bytes, or fewer where there are no more."""
    data = b""
    while len(data) < length:
        part = stream.recv(length - len(data))
        if not part:
            break
        data += part
    return data


def _asked(stream: "_socket.socket") -> "tuple[list[bytes], list[int]]":
    """What to start next, and its descriptors; nothing after the last."""
    head, more, _, _ = stream.recvmsg(8, _socket.CMSG_SPACE(12))
    if not head:
        return [], []
    head += _whole(stream, 8 - len(head))
    descriptors = [number for _, _, data in more for number in struct.unpack(f"{len(data) // 4}i", data)]
    return _whole(stream, int(head, 16)).split(b"\0"), descriptors


def _serve(stream: "_socket.socket", plan: "dict[str, list[str]]") -> None:
    """Start one subject after another, until there are no more."""
    while True:
        fields, descriptors = _asked(stream)
        if not fields:
            return
        child = _LIBC.syscall(_CLONE[os.uname().machine], _OF_MY_PARENT | _CHILD_ENDED, 0, 0, 0, 0)
        if child == 0:
            _begin(stream, plan, fields, descriptors)
        if child < 0:
            stream.sendall(b"00000000")
        for number in descriptors:
            os.close(number)


def _begin(stream: "_socket.socket", plan: "dict[str, list[str]]", fields: list[bytes], descriptors: list[int]) -> None:
    """Be the process of a subject, in which nothing of this one is left; never returns.

    Raises:
        OSError: a measure cannot be taken.
        KeyError: the calls of this machine are not known.
    """
    os.setsid()
    stream.sendall(b"%08d" % os.getpid())
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
    os.closerange(len(descriptors), max(*descriptors, stream.fileno()) + 1)
    os.chdir(fields[0])
    end = 2 + int(fields[1])
    _give_up(plan)
    _become(fields[2:end], fields[end:], plan["measure"])


def main(words: list[str]) -> None:
    """Give up what the words before ``--`` say, and become the command behind it.

    Measures: ``namespace`` (user and network namespaces), ``writing`` and ``programs`` (Landlock), ``calls`` (a filter
    of system calls) and ``alone`` (the same filter lets nothing be executed once the command runs).

    Raises:
        OSError: one of them cannot be taken.
        KeyError: the calls of this machine are not known.
    """
    end = words.index("--") if "--" in words else len(words)
    plan: dict[str, list[str]] = {"measure": [], "write": [], "execute": [], "serve": []}
    for word in words[:end]:
        key, _, value = word.partition("=")
        plan[key].append(value)
    if plan["serve"]:
        _serve(_socket.socket(fileno=int(plan["serve"][0])), plan)
        return
    _give_up(plan)
    command = [os.fsencode(word) for word in words[end + 1 :]]
    _become(command, [b"=".join(pair) for pair in os.environb.items()], plan["measure"])


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        sys.stderr.write(f"{error.strerror or error}\n")
        raise SystemExit(FAILED) from None
    except KeyError as error:
        sys.stderr.write(f"calls of {error} are not known\n")
        raise SystemExit(FAILED) from None
