"""Small changes of one place of a module: edges of comparisons, numbers, truth values, dropped conditions, lost results."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_CALCULATED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Pow: ast.Mult,
}  # fmt: skip
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_LEFT = {"decorator_list", "annotation", "returns", "type_params"}
EVERYWHERE = 1_000_000
"""Where a control ends: behind every function of its module."""


Way = tuple[tuple[str, int | None], ...]
Lines = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change: in the function of these lines (its decorators included), or, with no lines, in the constant ``name``."""

    path: str
    line: int
    what: str
    begins: int
    ends: int
    name: str
    place: Way
    """The way from the module to the changed node: field and index."""
    new: ast.AST

    def tree(self, source: str) -> ast.Module:
        """The module with the change; without a place, as it is."""
        module = ast.parse(source)
        if not self.place:
            return module
        node: ast.AST = module
        for field, index in self.place[:-1]:
            below = getattr(node, field)
            node = below if index is None else below[index]
        field, index = self.place[-1]
        if index is None:
            setattr(node, field, self.new)
        else:
            getattr(node, field)[index] = self.new
        return ast.fix_missing_locations(module)

    @property
    def function(self) -> str:
        """The function or constant that it changes."""
        return f"{self.path}:{self.name}"

    @property
    def id(self) -> str:
        """How a list of equivalent mutants names it: stable while the line's text stays."""
        return f"{self.function}: {self.what}"


def unchanged(path: str) -> Mutant:
    """No change at all: put in place like any mutant, it must not be noticed, or the machinery itself is."""
    return Mutant(path=path, line=0, what="nothing", begins=1, ends=EVERYWHERE, name="", place=(), new=ast.Pass())


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    """The node in other words, each wrong in its own way."""
    yield from _of_operators(node)
    yield from _of_values(node)


def _of_operators(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            yield ast.Compare(node.left, [_COMPARED[type(op)]()], node.comparators)
        case ast.BinOp(op=op) if type(op) in _CALCULATED:
            yield ast.BinOp(node.left, _CALCULATED[type(op)](), node.right)
        case ast.BoolOp(values=values):
            for place in range(len(values)):
                rest = values[:place] + values[place + 1 :]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.If(test=test) | ast.IfExp(test=test) if not isinstance(test, ast.BoolOp):
            yield _with(node, test=ast.Constant(value=False))
        case ast.comprehension(ifs=ifs) if ifs:
            for place in range(len(ifs)):
                yield _with(node, ifs=ifs[:place] + ifs[place + 1 :])


def _of_values(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(value=float(value)):
            yield from (ast.Constant(value * 1.1 + 0.01), ast.Constant(value * 0.9 - 0.01))
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            yield ast.Call(ast.Name(_CALLED[name], ast.Load()), node.args, node.keywords)
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """Every change of the functions, methods and constants of a module; fields of classes, types and texts stay."""

    def walk(node: ast.AST, way: Way, lines: Lines, name: str) -> Iterator[Mutant]:
        if name:
            for new in _variants(node):
                old_words, new_words = (ast.unparse(one).split("\n", maxsplit=1)[0] for one in (node, new))
                where = ast.copy_location(new, node) if hasattr(node, "lineno") else new
                line = getattr(node, "lineno", 0)
                yield Mutant(
                    path=path, line=line, what=f"{old_words} → {new_words}", begins=lines[0], ends=lines[1], name=name, place=way,
                    new=where,
                )  # fmt: skip
        for field, value in ast.iter_fields(node):
            if field in _LEFT or (isinstance(node, _FUNCTIONS) and field == "args"):
                continue
            for index, below in enumerate(value) if isinstance(value, list) else ((None, value),):
                if isinstance(below, ast.AST):
                    yield from enter(node, below, (*way, (field, index)), lines, name)

    def enter(above: ast.AST, node: ast.AST, way: Way, lines: Lines, name: str) -> Iterator[Mutant]:
        if isinstance(node, _FUNCTIONS):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            yield from walk(node, way, (first, node.end_lineno or first), f"{name}.{node.name}" if name else node.name)
        elif isinstance(node, ast.ClassDef):
            yield from walk(node, way, (0, 0), "")
        elif isinstance(above, ast.Module) and isinstance(node, (ast.Assign, ast.AnnAssign)):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            yield from walk(node, way, (0, 0), getattr(target, "id", ""))
        elif name:
            yield from walk(node, way, lines, name)

    yield from walk(ast.parse(source), (), (0, 0), "")
