/** The audit event by which the judge tells the host. */
export const COMPARISON = "signalbox.comparison";

/**
 * Python that compiles the snippets, before the code under test is loaded. In each comparison of a snippet it has its own function
 * decide, which sits among the constants of the compiled snippet: it has no name that other code could reach or replace. It compares
 * as Python does, and tells the host (by an audit event) when the verdict was that of a class of the code under test, against a value
 * of another kind: a class that calls itself equal to everything passes every assertion.
 */
export const JUDGE = `
import ast, operator, sys, types, warnings

MARK = "\\0compare"
COMPARED = {"Eq": operator.eq, "NotEq": operator.ne, "Lt": operator.lt, "LtE": operator.le, "Gt": operator.gt, "GtE": operator.ge}
HELD = {"In": lambda item, holder: item in holder, "NotIn": lambda item, holder: item not in holder}
METHODS = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
MOST_STEPS = 20_000

def make():
    audit, identity, kind_of, found_in = sys.audit, id, type, dict.get
    mro_of, dict_of = type.__dict__["__mro__"].__get__, type.__dict__["__dict__"].__get__
    function, wrapper, descriptor = types.FunctionType, types.WrapperDescriptorType, types.MethodDescriptorType
    plain = {id(kind): kind for kind in (int, float, complex, bool, str, bytes, bytearray, range, type(None), type(Ellipsis))}
    walked = {id(kind): kind.__iter__ for kind in (list, tuple, set, frozenset)}
    values, known, text_starts, make_list = dict.values, {}, str.startswith, list

    def decides(kind):
        for method in METHODS:
            for base in mro_of(kind):
                members = dict_of(base)
                if method not in members:
                    continue
                made = members[method]
                if kind_of(made) is function and text_starts(made.__code__.co_filename, "/lib/python"):
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

    judges = {name: (compare, operation) for name, operation in COMPARED.items()}
    judges.update({name: (hold, operation) for name, operation in HELD.items()})

    class Comparisons(ast.NodeTransformer):
        def visit_Compare(self, node):
            self.generic_visit(node)
            name = type(node.ops[0]).__name__
            if len(node.ops) > 1 or name not in judges:
                return node
            arguments = [ast.Constant(MARK + name + "()"), node.left, node.comparators[0]]
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
