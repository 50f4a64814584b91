"""What is observed and not predicted, each with its reason: everything else that the agent tells is judged."""

import re
from collections.abc import Iterator
from typing import Final

from conformance.engine import Reply
from harness.diff import Verdict
from harness.model.permitted import LENT
from harness.model.prediction import Ending
from harness.model.values import Value

_IMPLICIT: Final = "of what runs as a program other names are set or not, as an implementation has it"
_REASONS: Final = {
    "binding/*/__doc__": _IMPLICIT,
    "binding/*/__path__": _IMPLICIT,
    "module/*/value/*/__path__": _IMPLICIT,
    "exception/cause": "no document says of what the import system raises whether it has one",
    "exception/context": "no document says which exceptions the import system handles while it raises another one",
    "exception/name_from": "no document from 3.8 to 3.15 has the word",
    "exception/message-name": "of what a program raises, and of other failures, no document says what the text holds",
    "exception/message-path": "of nothing but a name that is missing a document says that the text holds a path",
    "exception/repr-name": "of nothing but what it is given by a program a document says that the repr shows it",
    "exception/repr-path": "of nothing but what it is given by a program a document says that the repr shows it",
    "main/__cached__": "of a script no document says what it is before 3.15",
    "main/__loader__": "of a script no document says which loader it has",
    "main/repr": "of a __main__ whose __spec__ is no spec no document says what it shows",
    "names": "of a program that does not compile there is no namespace to speak of",
    "warnings": "no document says that nothing warns; what it says warns is predicted",
    "module/*/repr": "where __spec__ is no spec one sentence has it tried, the exact rules have it asked like a spec",
    "module/*/same-path": "where a portion stands twice no document says what the path holds",
    "module/*/spec.*": "of an object that is no spec no document says which attributes it has",
}
"""The facts, by their keys with ``*`` for names, and why no rule predicts them."""

_GOOD: Final = frozenset({Verdict.CONFORMS, Verdict.ALLOWED, Verdict.UNSPECIFIED})


def unpredicted(reply: Reply) -> tuple[str, ...]:
    """The observed facts of which no world says anything, and for which there is no reason, with ``*`` for names."""
    return tuple(sorted({*_unpredicted(reply)} - _REASONS.keys()))


def _unpredicted(reply: Reply) -> Iterator[str]:
    """Those of which no world says anything; of a module with several keys, those of its first key."""
    worlds = reply.answer.predicted.documents.worlds
    if reply.ruling.verdict not in _GOOD or any(world.ending is not Ending.COMPLETED for world in worlds):
        return
    facts = reply.answer.observation.facts
    predicted = {key for world in worlds for key in world.facts}
    looked_into = {key.split("/")[1] for key in predicted if key.count("/") > 1 and key.startswith("binding/")}
    for key in facts.keys() - predicted:
        if not (_again(key, facts) or _lent(key, predicted) or _of_a_dictionary(key, facts, looked_into)):
            yield _pattern(key)


def _again(key: str, facts: dict[str, Value]) -> bool:
    """Whether it is a fact of a module that an earlier key holds too, under which it is predicted."""
    holder, name, *_ = (*key.split("/"), "", "")
    return holder == "module" and facts.get(f"module/{name}") != ("module", name)


def _lent(key: str, predicted: set[str]) -> bool:
    """Whether it is a fact of a module of the library's own, of which nothing is predicted but that it is there."""
    holder, name, *_ = (*key.split("/"), "", "")
    module = f"module/{name}"
    return holder == "module" and name in LENT and module in predicted and f"{module}/__name__" not in predicted


def _of_a_dictionary(key: str, facts: dict[str, Value], looked_into: set[str]) -> bool:
    """Whether it is what a dictionary holds that is no namespace, of which it is predicted that it is one."""
    holder, name, *_ = (*key.split("/"), "", "")
    return holder == "binding" and facts.get(f"binding/{name}") == ("object", "dict") and name not in looked_into


def _pattern(key: str) -> str:
    plain = re.sub(r"^module/[^/]+", "module/*", key)
    return re.sub(
        r"spec\..+", "spec.*", re.sub(r"(binding|value)/.+?(?=/(?:spec\.|value/|names$|__[a-z]+__$)|$)", r"\1/*", plain)
    )
