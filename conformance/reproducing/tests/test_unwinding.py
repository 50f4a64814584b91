"""A traceback as it can stand in a report."""

from conformance.reproducing.unwinding import shown

BEGIN = "Traceback (most recent call last):"


def test_short_paths() -> None:
    """Nothing of the machine is in it but the last two parts of paths, and nothing is underlined."""
    said = f"""a warning
{BEGIN}
  File "/x/program3/repro.py", line 3, in <module>
    import m
    ^^^^^^^^
  File "/y/z/python3.12/importlib/__init__.py", line 90, in import_module
  File "<frozen zipimport>", line 5, in _read
KeyError: 'm'
"""
    assert shown(said).splitlines() == [
        BEGIN,
        '  File "repro.py", line 3, in <module>',
        "    import m",
        '  File "…/importlib/__init__.py", line 90, in import_module',
        '  File "<frozen zipimport>", line 5, in _read',
        "KeyError: 'm'",
    ]


def test_the_directory_of_the_program() -> None:
    """What the program makes is called as the program calls it."""
    found = shown(f"""{BEGIN}
  File "/…/tmp_x1lab2c/pkg/a.py", line 3, in <module>
ValueError: ['/…/tmp_x1lab2c/ns', '/…/tmpother']
""")
    assert [
        '  File "tmp/pkg/a.py", line 3, in <module>',
        "ValueError: ['tmp/ns', '/…/tmpother']",
    ] == found.splitlines()[1:]


def test_the_last_lines() -> None:
    """Of a long one the end is shown, and that there was more."""
    found = shown("\n".join([BEGIN, *(f"line {number}" for number in range(40)), "KeyError"])).splitlines()
    assert (found[0], found[1], found[-1], len(found)) == ("…", "line 29", "KeyError", 13)


def test_none() -> None:
    """What ends without a traceback shows none."""
    assert [shown(""), shown("Segmentation fault")] == ["", ""]
