"""The codec reads back what it wrote, and refuses what it did not write."""

import json
import re
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model import codec
from harness.model.case import Case, Embedded, Script, case_id
from harness.model.codec import OLDEST, SCHEMA, CodecError, decode, decode_document, encode, encode_document
from harness.model.observation import Identity, Observation
from harness.model.prediction import Prediction
from harness.model.source import Alias, Assign, Import, Source
from harness.model.tests.strategies import cases, observations, predictions, texts, values
from harness.model.tree import Root, SourceFile, Tree
from harness.model.values import Value


def records(kind: object) -> Iterator[msgspec.inspect.StructType]:
    """Every record that one of that kind can hold."""
    seen: set[type] = set()
    waiting: list[object] = [msgspec.inspect.type_info(kind)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, msgspec.inspect.StructType):
            if item.cls in seen:
                continue
            seen.add(item.cls)
            yield item
            waiting += [field.type for field in item.fields]
        elif isinstance(item, msgspec.inspect.UnionType):
            waiting += item.types
        elif isinstance(item, msgspec.inspect.VarTupleType):
            waiting.append(item.item_type)
        elif isinstance(item, msgspec.inspect.TupleType):
            waiting += item.item_types


def structs(value: object) -> Iterator[msgspec.Struct]:
    """Every record in a value, itself included."""
    if isinstance(value, msgspec.Struct):
        yield value
        yield from structs(tuple(getattr(value, field.name) for field in msgspec.structs.fields(value)))
    elif isinstance(value, tuple):
        for item in value:
            yield from structs(item)


def defaults(item: msgspec.Struct) -> Iterator[str]:
    """The fields of a record that have their default value."""
    yield from (field.name for field in msgspec.structs.fields(item) if field.default == getattr(item, field.name))


class TestRoundTrip:
    """Whatever is written is read back equal, and is written the same again (1 and True are told apart)."""

    @given(case=cases)
    def test_case(self, case: Case) -> None:
        """A case of the whole language."""
        written = encode(case)
        read = decode(written, Case)
        assert (case, written) == (read, encode(read))

    @given(case=cases)
    def test_document(self, case: Case) -> None:
        """A case in a file of its own keeps its id."""
        written = encode_document(case)
        read = decode_document(written, Case)
        assert (case, case_id(case), written) == (read, case_id(read), encode_document(read))

    @given(observation=observations)
    def test_observation(self, observation: Observation) -> None:
        """An observation, with facts of any shape and keys of any text."""
        written = encode(observation)
        read = decode(written, Observation)
        assert (observation, written) == (read, encode(read))

    @given(prediction=predictions)
    def test_prediction(self, prediction: Prediction) -> None:
        """A prediction, with expectations of each kind."""
        written = encode(prediction)
        read = decode(written, Prediction)
        assert (prediction, written) == (read, encode(read))

    @given(command=st.lists(texts).map(tuple))
    def test_identity(self, command: tuple[str, ...]) -> None:
        """Who an implementation is, whatever its command holds."""
        identity = Identity("a", "1", (3, 12), command, ("fork",))
        assert identity == decode(encode(identity), Identity)

    @given(first=texts, second=texts)
    def test_texts_stay_distinct(self, first: str, second: str) -> None:
        """Two strings are written alike only if they are equal."""
        assert (encode(first) == encode(second)) == (first == second)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("\ud83d\ude00", id="adjacent surrogates"),
            pytest.param("\U0001f600", id="the character they would make"),
            pytest.param("\\ud83d", id="what an escape looks like"),
            pytest.param("\\\\ud83d", id="what an escaped escape looks like"),
            pytest.param("\\", id="a backslash at the end"),
            pytest.param("\udcff", id="an undecodable byte"),
        ],
    )
    def test_text(self, text: str) -> None:
        """Texts that are easily mistaken for one another."""
        assert {text: text} == decode(encode({text: text}), dict[str, str])

    @pytest.mark.parametrize("number", [0, -1, 2**53 + 1, 2**63 - 1, -(2**63), 2**64 - 1])
    def test_number(self, number: int) -> None:
        """Integers of 64 bits keep each of them."""
        case = Case(Tree(), Source((Assign("n", number),)))
        assert case == decode(encode(case), Case)


class TestCanonical:
    """One value has one text."""

    @given(facts=st.dictionaries(texts, values, min_size=2, max_size=4))
    def test_order_of_keys(self, facts: dict[str, Value]) -> None:
        """The order in which facts were found does not show."""
        turned = dict(reversed(facts.items()))
        assert encode(Observation(facts)) == encode(Observation(turned))

    @given(case=cases)
    def test_no_defaults(self, case: Case) -> None:
        """A field that has its default value is not written, wherever it stands."""
        assert [] == [name for item in structs(case) for name in defaults(item) if name in json.loads(encode(item))]

    def test_equal_defaults(self) -> None:
        """What equals a default is one."""
        told = Case(Tree((Root((SourceFile("a.py", Source(())),)),)), Source(), Embedded())
        assert b'{"tree":{"roots":[{"entries":[{"type":"source-file","path":"a.py"}]}]},"program":{}}' == encode(told)

    @given(case=cases)
    def test_two_ways(self, case: Case) -> None:
        """What needs no escapes is encoded at once, and to the same bytes."""
        assert encode(case) == codec._escaping(case)

    @given(case=cases)
    def test_plain_json(self, case: Case) -> None:
        """Any other reader of JSON can read what is written."""
        assert isinstance(json.loads(encode_document(case).decode("utf-8")), dict)


class TestRefusal:
    """What is no such record is refused with the name of the input."""

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"", id="empty"),
            pytest.param(b"{", id="cut"),
            pytest.param(b"\xff", id="no UTF-8"),
            pytest.param(b"[]", id="no object"),
            pytest.param(b"{}", id="no fields"),
            pytest.param(b"[" * 100_000, id="nested too deep"),
            pytest.param(b'{"schema": "1", "case": {}}', id="version is no number"),
            pytest.param(b'{"schema": 2, "case": {"tree": {}}}', id="half a case"),
            pytest.param(
                b'{"schema": 2, "case": {"tree": {}, "program": {"statements": [{"type": "x"}]}}}', id="a word"
            ),
        ],
    )
    def test_no_case(self, data: bytes) -> None:
        """A file that holds no case, for whichever reason."""
        with pytest.raises(CodecError) as caught:
            decode_document(data, Case, where="some.json")
        assert str(caught.value).startswith("some.json: ")

    @pytest.mark.parametrize("version", [OLDEST - 1, SCHEMA + 1])
    def test_schema(self, version: int) -> None:
        """A case of a schema version that nobody reads, whatever it holds."""
        data = msgspec.json.encode({"schema": version, "case": {"new": True}})
        with pytest.raises(CodecError) as caught:
            decode_document(data, Case, where="some.json")
        assert f"schema version {version}, expected {OLDEST} to {SCHEMA}" == caught.value.reason

    @pytest.mark.parametrize(
        "path", ["../a.py", "/etc/a.py", "a/../../b.py", "", "a//b.py", "./a.py", "a\\b.py", "a\0.py"]
    )
    def test_path_out_of_the_tree(self, path: str) -> None:
        """A file that would be written outside the tree of its case."""
        entry = {"type": "source-file", "path": path.replace("\\", "\\\\")}
        data = {"schema": SCHEMA, "case": {"tree": {"roots": [{"entries": [entry]}]}, "program": {}}}
        with pytest.raises(CodecError) as caught:
            decode_document(msgspec.json.encode(data), Case, where="some.json")
        assert "expected a relative path of plain names" in caught.value.reason

    @pytest.mark.parametrize(
        ("place", "field"),
        [
            pytest.param((), "lazy", id="document"),
            pytest.param(("case",), "flags", id="case"),
            pytest.param(("case", "tree"), "zip", id="tree"),
            pytest.param(("case", "tree", "roots", 0), "mode", id="root"),
            pytest.param(("case", "tree", "roots", 0, "entries", 0), "text", id="entry"),
            pytest.param(("case", "launch"), "flags", id="launch"),
            pytest.param(("case", "program", "statements", 0), "lazy", id="statement"),
            pytest.param(("case", "program", "statements", 0, "names", 0), "as", id="alias"),
        ],
    )
    def test_unknown_field(self, place: tuple[str | int, ...], field: str) -> None:
        """A field that a record does not have is refused, and its place is named."""
        source = SourceFile("a.py")
        case = Case(Tree((Root((source,)),)), Source((Import((Alias("a"),)),)), Script("r0/main.py"))
        document = found = json.loads(encode_document(case))
        for step in place:
            found = found[step]
        found[field] = "b"
        with pytest.raises(CodecError) as caught:
            decode_document(json.dumps(document), Case, where="some.json")
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
        assert f"Object contains unknown field `{field}`" + f" - at `${path}`" * bool(place) == caught.value.reason

    def test_every_record_is_strict(self) -> None:
        """Each record that a case can hold refuses fields that it does not have."""
        assert [item.cls for item in records(Case) if not item.forbid_unknown_fields] == []

    def test_every_record_can_grow(self) -> None:
        """Each writes no field that has its default value: what is added later changes no text, and no id."""
        assert [item.cls for item in records(Case) if not item.cls.__struct_config__.omit_defaults] == []

    def test_records_are_called_as_their_classes(self) -> None:
        """What kind of thing an object is, is said by the name of its class, in small letters and hyphens."""
        told = {item.cls.__name__: item.tag for item in records(Case) if item.tag is not None}
        assert told == {name: re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower() for name in told}

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param('{"schema": 2, "schema": 2, "case": {"tree": {}, "program": {}}}', id="document"),
            pytest.param('{"schema": 2, "case": {"tree": {}, "program": {"doc": "a", "doc": "b"}}}', id="source"),
        ],
    )
    def test_field_twice(self, text: str) -> None:
        """A field that stands twice in an object is refused."""
        with pytest.raises(CodecError, match="expected each field once"):
            decode_document(text, Case)

    def test_field_twice_by_another_spelling(self) -> None:
        """Escapes make no second field of one name."""
        with pytest.raises(CodecError, match="distinct names"):
            decode(r'{"\\u0061": 1, "a": 2}', dict[str, int])

    def test_strict(self) -> None:
        """A number in a string is no number."""
        with pytest.raises(CodecError):
            decode(b'["1"]', tuple[int, ...])
