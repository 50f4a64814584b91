"""Compiles, in the interpreter that is to be faulty, what makes it so.

On standard input is what to do, as a literal; each file is written with its bytecode beside it.
"""

import ast
import marshal
import os
import sys
from importlib.util import MAGIC_NUMBER, cache_from_source

_CODE = type((lambda: None).__code__)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_NO_CHECK = (1).to_bytes(4, "little") + bytes(8)


def write(path, text):
    """Writes a source and its bytecode, which is never compared with it."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    cached = os.path.join(os.path.dirname(path), "__pycache__", os.path.basename(cache_from_source(path)))
    os.makedirs(os.path.dirname(cached), exist_ok=True)
    with open(cached, "wb") as file:
        file.write(MAGIC_NUMBER + _NO_CHECK + marshal.dumps(compile(text, path, "exec", dont_inherit=True)))


def codes(code):
    """Every code object inside another, by name and first line."""
    found = {}
    for constant in code.co_consts:
        if isinstance(constant, _CODE):
            found[constant.co_name, constant.co_firstlineno] = constant
            found.update(codes(constant))
    return found


def filename(name):
    """What the functions of a module that is part of the interpreter say they are from."""
    module = sys.modules[name]
    for value in vars(module).values():
        if type(value) is type(write) and value.__module__ in (name, module.__name__):
            return value.__code__.co_filename
    raise LookupError(name)


def closed_over(tree, chain, before):
    """Lets the functions of the ``chain`` close over what they did ``before``: those that exist could not do else."""
    for node in ast.walk(tree):
        if isinstance(node, _FUNCTIONS):
            first = min([node.lineno] + [decorator.lineno for decorator in node.decorator_list])
            if (node.name, first) in chain:
                names = [ast.Expr(ast.Name(name, ast.Load())) for name in before[node.name, first].co_freevars]
                if names:
                    never = ast.If(ast.Constant(False, kind=None), names, [])
                    node.body.append(ast.fix_missing_locations(ast.copy_location(never, node.body[-1])))


def statement(node, file, found):
    """The code of a statement by itself, with that of its definitions as the whole module has it."""
    code = compile(ast.Module([node], []), file, "exec", dont_inherit=True)
    inside = [(getattr(one, "co_name", ""), getattr(one, "co_firstlineno", 0)) for one in code.co_consts]
    return code.replace(co_consts=tuple(found.get(key, one) for key, one in zip(inside, code.co_consts)))


def grafted(original, source, name, chain, places, names, bound):
    """The step that gives the functions of the ``chain`` their code and runs the statements at those ``places``."""
    file = filename(name)
    with open(original, encoding="utf-8") as text:
        before = codes(compile(text.read(), file, "exec", dont_inherit=True))
    tree = ast.parse(source)
    closed_over(tree, chain or (), before)
    found = codes(compile(tree, file, "exec", dont_inherit=True))
    statements = [statement(tree.body[place], file, found) for place in places]
    return ("graft", name, {key: found[key] for key in chain or found}, statements, names, bound)


def frozen(name, source):
    """The step that puts a source in the place of a frozen module."""
    return ("freeze", name, compile(source, "<frozen %s>" % name, "exec", dont_inherit=True))


def again(names):
    """The step that sets up the import system once more, of modules that bind no more than those names."""
    return ("again", names)


def prelude(path, program, original, plan):
    """Writes ``encodings``, which every start imports, with what makes the fault be there at its end."""
    payload = marshal.dumps((compile(program, "<start>", "exec", dont_inherit=True), plan))
    with open(original, encoding="utf-8") as file:
        text = file.read()
    start = "(lambda start, plan: exec(start, {'PLAN': plan}))(*__import__('marshal').loads(%r))" % payload
    write(path, text + "\n" + start + "\n")


def main(files, encodings, steps):
    """Writes the files, and the steps of the start into ``encodings``."""
    for path, text in files:
        write(path, text)
    plan = [{"graft": grafted, "freeze": frozen, "again": again}[kind](*arguments) for kind, *arguments in steps]
    prelude(*encodings, plan)


main(*ast.literal_eval(sys.stdin.buffer.read().decode("utf-8")))
