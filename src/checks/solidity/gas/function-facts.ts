import type { Compilation } from "../solidity/compile.ts";
import { nodeIn, nodesIn, referenceOf, textIn, typeStringOf, walk, type SolcNode } from "../solidity/solc-ast.ts";
import { atomsOf, negated, normal, unwrapped, type Meaning } from "./normal-form.ts";

/** A condition without which a function reverts. */
export interface Guard {
  readonly condition: string;
  /** The text of the `require` or the name of the error. */
  readonly reason: string;
}

/** What a function checks and does, including its modifiers and the functions that it calls. */
export interface Facts {
  readonly name: string;
  /** Its own code; equal when it does the same with the same declarations. */
  readonly code: string;
  readonly guards: readonly Guard[];
  readonly events: ReadonlySet<string>;
  /** What is written to storage: `balances[$0]`, `stakes[msg.sender].amount`. */
  readonly writes: ReadonlySet<string>;
  /** The writes that happen after a call to another contract, which may have called back. */
  readonly lateWrites: ReadonlySet<string>;
  /** `a - b` that reverts by itself when `b` is larger. */
  readonly checkedDifferences: ReadonlySet<string>;
  /** Reverts and logs within assembly, which no rule reads. */
  readonly hasAssembly: boolean;
  /** Conditions that it branches on, in a form in which a condition and its opposite are the same. */
  readonly branches: ReadonlySet<string>;
  /** Those conditions that decide which fixed value is returned. */
  readonly decisive: ReadonlySet<string>;
}

const MAX_DEPTH = 8;
const MAX_VISITS = 300;
const MAX_NODES = 40_000;

/** Names of the variables in storage that a source declares. */
export function storageNamesOf(compilation: Compilation): ReadonlySet<string> {
  const names = new Set<string>();
  for (const tree of compilation.trees.values()) {
    for (const node of walk(tree)) {
      const isStored = node["stateVariable"] === true && textIn(node, "mutability") === "mutable";
      if (isStored) names.add(textIn(node, "name"));
    }
  }
  return names;
}

/** Names of the storage variables that are initialised in their declaration. */
export function initialisedNamesOf(compilation: Compilation): ReadonlySet<string> {
  const names = new Set<string>();
  for (const tree of compilation.trees.values()) {
    for (const node of walk(tree)) {
      if (node["stateVariable"] === true && nodeIn(node, "value") !== null) names.add(textIn(node, "name"));
    }
  }
  return names;
}

/** The facts of the public functions of a contract by selector, and of its constructor. */
export function factsOf(compilation: Compilation, contract: string): ReadonlyMap<string, Facts> {
  const declarations = new Map<number, SolcNode>();
  const contracts: SolcNode[] = [];
  let count = 0;
  for (const tree of compilation.trees.values()) {
    for (const node of walk(tree)) {
      if ((count += 1) > MAX_NODES) return new Map();
      if (/Definition$|^VariableDeclaration$/.test(node.nodeType)) declarations.set(node.id, node);
      if (node.nodeType === "ContractDefinition") contracts.push(node);
    }
  }
  const root = contracts.findLast((node) => textIn(node, "name") === contract);
  const linear = (root?.["linearizedBaseContracts"] ?? []) as readonly number[];
  const bases = linear.flatMap((id) => declarations.get(id) ?? []);
  const functions = bases
    .flatMap((base) => nodesIn(base, "nodes"))
    .filter((node) => node.nodeType === "FunctionDefinition");
  const facts = new Map<string, Facts>();
  for (const fn of functions) {
    const selector = textIn(fn, "kind") === "constructor" ? "constructor" : textIn(fn, "functionSelector");
    if (selector !== "" && !facts.has(selector)) facts.set(selector, read(fn, declarations));
  }
  return facts;
}

function read(root: SolcNode, declarations: ReadonlyMap<number, SolcNode>): Facts {
  const guards: Guard[] = [];
  const events = new Set<string>();
  const writes = new Set<string>();
  const lateWrites = new Set<string>();
  let hasCalled = false;
  const checked = new Set<string>();
  const branches = new Set<string>();
  const decisive = new Set<string>();
  let hasAssembly = false;
  let visits = 0;

  function visit(owner: SolcNode, given: ReadonlyMap<number, string>, depth: number): void {
    const body = nodeIn(owner, "body");
    const values = new Map(given);
    const meaning: Meaning = (id) => values.get(id) ?? constantOf(declarations.get(id));
    for (const node of nodesIn(owner, "modifiers")) follow(nodeIn(node, "modifierName"), nodesIn(node, "arguments"));
    if (body === null) return;
    remember(body, values, meaning);
    inspect(body, false);

    function follow(name: SolcNode | null, args: readonly SolcNode[]): void {
      const target = name === null ? undefined : declarations.get(referenceOf(name) ?? -1);
      if (
        target === undefined ||
        depth >= MAX_DEPTH ||
        (visits += 1) > MAX_VISITS ||
        !/^(?:Function|Modifier)Definition$/.test(target.nodeType)
      )
        return;
      const parameters = nodesIn(nodeIn(target, "parameters") ?? target, "parameters");
      const bound = new Map(parameters.map(({ id }, index) => [id, normal(args[index] ?? null, meaning)]));
      visit(target, bound, depth + 1);
    }

    function inspect(node: SolcNode, within: boolean): void {
      const inner = within || node.nodeType === "UncheckedBlock";
      if (node.nodeType === "InlineAssembly") hasAssembly = true;
      if (node.nodeType === "EmitStatement") events.add(calledName(nodeIn(node, "eventCall")));
      if (node.nodeType === "IfStatement" && nodeIn(node, "falseBody") === null) {
        const thrown = revertOf(nodeIn(node, "trueBody"));
        if (thrown !== null) addGuards(nodeIn(node, "condition"), true, thrown);
      }
      if (/^(?:IfStatement|Conditional)$/.test(node.nodeType)) {
        const parts = eitherWay(nodeIn(node, "condition"), meaning);
        for (const each of parts) branches.add(each);
        if (decides(node)) for (const each of parts) decisive.add(each);
      }
      if (node.nodeType === "FunctionCall" && textIn(node, "kind") === "functionCall") {
        const name = calledName(node);
        const [condition, reason] = nodesIn(node, "arguments");
        if (name === "require" || name === "assert")
          addGuards(condition ?? null, false, reason === undefined ? "" : reasonText(reason));
        else follow(nodeIn(node, "expression"), nodesIn(node, "arguments"));
      }
      const target = writtenIn(node);
      const place = target !== null && isStored(target) ? normal(target, meaning) : null;
      if (place !== null) (hasCalled ? [writes, lateWrites] : [writes]).forEach((each) => each.add(place));
      if (callsOther(node)) hasCalled = true;
      const difference = differenceIn(node, meaning);
      if (difference !== null && !inner) checked.add(difference);
      for (const value of Object.values(node)) {
        for (const each of Array.isArray(value) ? value : [value]) {
          if (typeof each === "object" && each !== null && "nodeType" in each) inspect(each as SolcNode, inner);
        }
      }
    }

    /** Whether an expression lies in storage: through a variable of the contract, or an alias. */
    function isStored(target: SolcNode): boolean {
      let root = target;
      for (let inner = rootOf(root); inner !== null; inner = rootOf(root)) root = inner;
      const declaration = declarations.get(referenceOf(root) ?? -1);
      return (
        declaration?.["stateVariable"] === true || (root !== target && declaration?.["storageLocation"] === "storage")
      );
    }

    function addGuards(condition: SolcNode | null, isNegated: boolean, reason: string): void {
      for (const atom of atomsOf(condition, isNegated, meaning)) guards.push({ condition: atom, reason });
    }
  }

  const parameters = nodesIn(nodeIn(root, "parameters") ?? root, "parameters");
  visit(root, new Map(parameters.map(({ id }, index) => [id, `$${index}`])), 0);
  return {
    name: textIn(root, "name"),
    code: JSON.stringify(root, withoutPlaces),
    guards,
    events,
    writes,
    lateWrites,
    checkedDifferences: checked,
    branches,
    decisive,
    hasAssembly,
  };
}

/** `if (…) return 2;` and `… ? 1 : 2`: each side of the condition has its own fixed value. */
function decides(node: SolcNode): boolean {
  const isFixed = (each: SolcNode | null): boolean =>
    each?.nodeType === "Literal" || each?.nodeType === "UnaryOperation";
  if (node.nodeType === "Conditional")
    return isFixed(nodeIn(node, "trueExpression")) && isFixed(nodeIn(node, "falseExpression"));
  const branch = nodeIn(node, "trueBody");
  const only = branch?.nodeType === "Block" ? nodesIn(branch, "statements")[0] : branch;
  return only?.nodeType === "Return" && isFixed(nodeIn(only, "expression"));
}

/** The parts of a condition; a part and its opposite read the same. */
function eitherWay(condition: SolcNode | null, meaning: Meaning): readonly string[] {
  const inner = unwrapped(condition);
  if (inner?.nodeType === "BinaryOperation" && /^(?:&&|\|\|)$/.test(textIn(inner, "operator")))
    return ["leftExpression", "rightExpression"].flatMap((side) => eitherWay(nodeIn(inner, side), meaning));
  const [is = "", not = ""] = [normal(inner, meaning), negated(inner, meaning)].toSorted();
  return [is.includes(" == ") || not.includes(" < ") ? not : is];
}

/** A local variable that is assigned once stands for its value, a storage alias for the storage behind it. */
function remember(body: SolcNode, values: Map<number, string>, meaning: Meaning): void {
  const written = new Set<number>();
  for (const node of walk(body)) {
    const target =
      node.nodeType === "Assignment"
        ? nodeIn(node, "leftHandSide")
        : node.nodeType === "UnaryOperation"
          ? nodeIn(node, "subExpression")
          : null;
    const writes = node.nodeType === "Assignment" || /^(?:\+\+|--|delete)$/.test(textIn(node, "operator"));
    if (writes && target?.nodeType === "Identifier") written.add(referenceOf(target) ?? -1);
  }
  for (const node of walk(body)) {
    if (node.nodeType !== "VariableDeclarationStatement") continue;
    const [variable, ...more] = nodesIn(node, "declarations");
    const value = nodeIn(node, "initialValue");
    if (variable !== undefined && more.length === 0 && value !== null && !written.has(variable.id)) {
      values.set(variable.id, normal(value, meaning));
    }
  }
}

/** Whether a node calls another contract with enough gas to call back. */
function callsOther(node: SolcNode): boolean {
  const callee = node.nodeType === "FunctionCall" ? nodeIn(node, "expression") : null;
  const type = callee === null ? "" : typeStringOf(callee);
  return (
    /^function \(.*\) (?:payable )?external(?! (?:view|pure))/.test(type) ||
    type.startsWith("function (bytes memory) payable")
  );
}

function rootOf(node: SolcNode): SolcNode | null {
  if (node.nodeType === "IndexAccess") return nodeIn(node, "baseExpression");
  return node.nodeType === "MemberAccess" ? nodeIn(node, "expression") : null;
}

/** What a node assigns to, deletes, or appends to. */
function writtenIn(node: SolcNode): SolcNode | null {
  if (node.nodeType === "Assignment") return nodeIn(node, "leftHandSide");
  if (node.nodeType === "UnaryOperation" && /^(?:\+\+|--|delete)$/.test(textIn(node, "operator")))
    return nodeIn(node, "subExpression");
  const callee = node.nodeType === "FunctionCall" ? nodeIn(node, "expression") : null;
  return callee?.nodeType === "MemberAccess" && /^(?:push|pop)$/.test(textIn(callee, "memberName"))
    ? nodeIn(callee, "expression")
    : null;
}

function constantOf(node: SolcNode | undefined): string | null {
  if (node?.nodeType !== "VariableDeclaration" || node["constant"] !== true) return null;
  return normal(nodeIn(node, "value"), () => null);
}

function differenceIn(node: SolcNode, meaning: Meaning): string | null {
  const isBinary = node.nodeType === "BinaryOperation" && textIn(node, "operator") === "-";
  if (!isBinary && !(node.nodeType === "Assignment" && textIn(node, "operator") === "-=")) return null;
  const sides = isBinary ? ["leftExpression", "rightExpression"] : ["leftHandSide", "rightHandSide"];
  const [left, right] = sides.map((side) => normal(nodeIn(node, side), meaning));
  return `${left} - ${right}`;
}

function calledName(call: SolcNode | null): string {
  const callee = call === null ? null : nodeIn(call, "expression");
  if (callee === null) return "";
  return callee.nodeType === "MemberAccess" ? textIn(callee, "memberName") : textIn(callee, "name");
}

/** The reason, when the branch only reverts; else `null`. */
function revertOf(branch: SolcNode | null): string | null {
  const only = branch?.nodeType === "Block" ? (nodesIn(branch, "statements")[0] ?? null) : branch;
  if (only?.nodeType === "RevertStatement") return calledName(nodeIn(only, "errorCall"));
  const call = only?.nodeType === "ExpressionStatement" ? nodeIn(only, "expression") : null;
  if (call === null || !/revert/i.test(calledName(call))) return null;
  const [reason] = nodesIn(call, "arguments");
  return reason === undefined ? "" : reasonText(reason);
}

function reasonText(node: SolcNode): string {
  const inner = unwrapped(node);
  return inner?.nodeType === "FunctionCall" ? calledName(inner) : textIn(inner ?? node, "value");
}

const PLACES = new Set(["src", "nameLocation", "memberLocation", "documentation", "typeDescriptions"]);

/** Numbers are ids throughout: those of literals are texts. */
function withoutPlaces(key: string, value: unknown): unknown {
  const isIds = Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "number");
  return PLACES.has(key) ||
    /^(?:nameLocations|argumentTypes|overloadedDeclarations|baseFunctions)$/.test(key) ||
    typeof value === "number" ||
    isIds
    ? undefined
    : value;
}
