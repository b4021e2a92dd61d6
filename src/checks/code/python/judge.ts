/** The audit event by which the judge tells the host. */
export const COMPARISON = "signalbox.comparison";

/**
 * Python that compiles the snippets, before the code under test is loaded. In each comparison of a snippet it has its own function
 * decide, which sits among the constants of the compiled snippet: it has no name that other code could reach or replace. It compares
 * as Python does, and tells the host (by an audit event) when the verdict was that of a class of the code under test, against a value
 * of another kind: a class that calls itself equal to everything passes every assertion. The same holds for arithmetic on the way to
 * a comparison, and for \`mock.ANY\`.
 */
export const JUDGE = `
import ast, operator, sys, types, warnings

MARK = "\\0compare"
COMPARED = {"Eq": operator.eq, "NotEq": operator.ne, "Lt": operator.lt, "LtE": operator.le, "Gt": operator.gt, "GtE": operator.ge}
HELD = {"In": lambda item, holder: item in holder, "NotIn": lambda item, holder: item not in holder}
COMPARED |= {"Is": operator.is_, "IsNot": operator.is_not}
WEIGHED = {"Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": operator.truediv, "FloorDiv": operator.floordiv, "Mod": operator.mod, "Pow": operator.pow}
CONVERTED = ("abs", "round", "int", "float", "complex")
METHODS = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
ARITHMETIC = tuple(f"__{side}{name}__" for side in ("", "r") for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"))
CONVERSIONS = ("__abs__", "__round__", "__int__", "__float__", "__complex__", "__index__", "__trunc__")
MOST_STEPS = 20_000

def make():
    audit, identity, kind_of, found_in, seen = sys.audit, id, type, dict.get, set()
    mro_of, dict_of = type.__dict__["__mro__"].__get__, type.__dict__["__dict__"].__get__
    function, wrapper, descriptor = types.FunctionType, types.WrapperDescriptorType, types.MethodDescriptorType
    plain = {id(kind): kind for kind in (int, float, complex, bool, str, bytes, bytearray, range, type(None), type(Ellipsis))}
    walked = {id(kind): kind.__iter__ for kind in (list, tuple, set, frozenset)}
    values, known, make_list = dict.values, {}, list
    # The library's own methods, as they are now: what a file name says, code can make up, and it can give a method another body.
    library = {}
    named = set(METHODS + ARITHMETIC + CONVERSIONS)
    classes = [object]
    for kind in classes:
        below = [each for each in type.__subclasses__(kind) if id(each) not in seen]
        seen.update(map(id, below))
        classes.extend(below)
        for method in named & dict_of(kind).keys():
            made = dict_of(kind)[method]
            if type(made) is function:
                library[id(made)] = made, made.__code__

    def decides(kind, methods=METHODS):
        for method in methods:
            for base in mro_of(kind):
                members = dict_of(base)
                if method not in members:
                    continue
                made = members[method]
                if kind_of(made) is function and found_in(library, identity(made), (None, None))[1] is made.__code__:
                    break
                if kind_of(made) in (wrapper, descriptor) and made.__objclass__ is base:
                    break
                if made is None:
                    break
                return True
        return False

    def own(value):
        found, pending, steps = set(), [value], 0
        while pending and steps < MOST_STEPS:
            item = pending.pop()
            steps += 1
            kind = kind_of(item)
            at = identity(kind)
            if at in plain:
                continue
            if at in walked:
                pending.extend(make_list(walked[at](item))[:MOST_STEPS])
            elif kind is dict:
                pending.extend(make_list(values(item))[:MOST_STEPS])
            else:
                if at not in known:
                    known[at] = kind, decides(kind)
                if known[at][1]:
                    found.add(at)
        return found

    def compare(operation, left, right):
        outcome = operation(left, right)
        if own(left) != own(right):
            audit("${COMPARISON}")
        return outcome

    def hold(operation, left, right):
        outcome = operation(left, right)
        if own(left):
            audit("${COMPARISON}")
        return outcome

    def rules(value, methods):
        kind = kind_of(value)
        at = identity(kind)
        return None if at in plain or at in walked or kind is dict or not decides(kind, methods) else kind

    def is_plain_at_heart(kind):
        for base in mro_of(kind):
            if identity(base) in plain:
                return True
        return False

    def weigh(operation, left, right):
        outcome = operation(left, right)
        first, second = rules(left, ARITHMETIC), rules(right, ARITHMETIC)
        if first is not second:
            kind = second if first is None else first
            if kind_of(outcome) is not kind or is_plain_at_heart(kind):
                audit("${COMPARISON}")
        return outcome

    def convert(name, value):
        kind = rules(value, CONVERSIONS)
        if kind is not None and (name != "abs" or is_plain_at_heart(kind)):
            audit("${COMPARISON}")
        return value

    def chain(count, *given):
        outcome = True
        for at in range_of(count):
            outcome = given[2 * at](given[2 * at + 1], given[2 * count + at], given[2 * count + at + 1])
            if not outcome:
                break
        return outcome

    range_of = range
    judges = {name: (compare, operation) for name, operation in COMPARED.items()}
    judges.update({name: (hold, operation) for name, operation in HELD.items()})
    judges.update({name: (weigh, operation) for name, operation in WEIGHED.items()})
    judges.update({"Chain": (chain, None), "Convert": (convert, None)})

    class Comparisons(ast.NodeTransformer):
        def visit_Compare(self, node):
            self.generic_visit(node)
            names = [type(each).__name__ for each in node.ops]
            if len(names) == 1 and names[0] in ("Is", "IsNot"):
                return node
            if len(names) == 1:
                return called(names[0], [ast.Constant(MARK + names[0] + "()"), node.left, node.comparators[0]], node)
            # Every operand is evaluated, also those that Python would not come to.
            deciding = [ast.Constant(MARK + name + ending) for name in names for ending in ("", "()")]
            return called("Chain", [ast.Constant(len(names)), *deciding, node.left, *node.comparators], node)

        def visit_BinOp(self, node):
            self.generic_visit(node)
            name = type(node.op).__name__
            if name not in WEIGHED or isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant):
                return node
            return called(name, [ast.Constant(MARK + name + "()"), node.left, node.right], node)

        def visit_Call(self, node):
            self.generic_visit(node)
            if isinstance(node.func, ast.Name) and node.func.id in CONVERTED and node.args and not isinstance(node.args[0], ast.Starred):
                node.args[0] = called("Convert", [ast.Constant(node.func.id), node.args[0]], node.args[0])
            return node

        def visit_match_case(self, node):
            node.guard = node.guard and self.visit(node.guard)
            node.body = [self.visit(each) for each in node.body]
            return node

    def called(name, arguments, node):
        return ast.copy_location(ast.Call(ast.Constant(MARK + name), arguments, []), node)

    def filled(code):
        constants = []
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                constant = filled(constant)
            elif isinstance(constant, str) and constant.startswith(MARK):
                judge, operation = judges[constant.removeprefix(MARK).removesuffix("()")]
                constant = operation if constant.endswith("()") else judge
            constants.append(constant)
        return code.replace(co_consts=tuple(constants))

    def compile_snippet(source, name):
        tree = ast.parse(source, name)
        with warnings.catch_warnings(action="ignore"):
            return filled(compile(ast.fix_missing_locations(Comparisons().visit(tree)), name, "exec", dont_inherit=True))

    return compile_snippet

compile_snippet = make()
`;
