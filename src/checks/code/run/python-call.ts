import { randomUUID } from "node:crypto";
import type { PythonResult } from "../python/run-python.ts";
import type { PromptValue } from "../values/value.ts";

/** What the runner hands out of a message; a longer value is not compared. */
const MOST_CHARS = 1_700;

/**
 * Gives a value as JSON. What the answer has made of `list`, `repr` or `type` plays no part, since everything is reached through
 * literals.
 */
export const encoder = `def __encode(__v, __d=0):
    __T = ().__class__.__class__
    __t = __T(__v)
    __m = [__c.__name__ for __c in __T.mro(__t)]
    if __v is None: return '{"t":"none"}'
    if __v is True: return 'true'
    if __v is False: return 'false'
    if __d > 30: return '{"t":"other","v":"deep"}'
    if 'int' in __m: return '{"t":"bigint","v":"' + (0).__class__.__repr__(__v) + '"}'
    if 'float' in __m: return '{"t":"number","v":"' + (0.0).__class__.__repr__(__v) + '"}'
    if 'str' in __m:
        __s = ''
        for __c in ''.__class__.__iter__(__v):
            if __c in ' !#$%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_\`abcdefghijklmnopqrstuvwxyz{|}~': __s += __c
            else:
                __h = __c.encode('utf-16-be', 'surrogatepass').hex()
                __s += '\\\\u' + __h[0:4] + ('\\\\u' + __h[4:8] if __h[4:8] else '')
        return '"' + __s + '"'
    for __n, __k in (('list', ''), ('tuple', 'tuple'), ('set', 'set'), ('frozenset', 'set')):
        if __n in __m:
            __b = '[' + ','.join([__encode(__x, __d + 1) for __x in __v]) + ']'
            return __b if __k == '' else '{"t":"' + __k + '","v":' + __b + '}'
    if 'dict' in __m:
        return '{"t":"dict","v":[' + ','.join(['[' + __encode(__k, __d + 1) + ',' + __encode({}.__class__.__getitem__(__v, __k), __d + 1) + ']' for __k in {}.__class__.__iter__(__v)]) + ']}'
    return '{"t":"other","v":' + __encode(__t.__name__, 39 if __d > 30 else __d) + '}'
`;

/**
 * Statements that evaluate an expression and hand out its value, in the message of an exception. It is compared outside, so that no
 * object of the answer has a say in it.
 */
export function snippetFor(expression: string, mark: string): string {
  return `${encoder}
__value = (${expression}
)
if ().__class__.__class__(__value).__name__ == 'coroutine':
    import asyncio as __asyncio
    __value = __asyncio.run(__value)
__text = __encode(__value)
{}['${mark}' + (__text if __text.__len__() < ${MOST_CHARS} else '"')]
`;
}

/** A mark that no answer can know. */
export function newMark(): string {
  return `value ${randomUUID()} `;
}

/** The value that a snippet handed out; `undefined`: it is too long to be compared. `null`: the expression came to no value. */
export function valueOf(result: PythonResult, mark: string): { readonly value: PromptValue | undefined } | null {
  if (result.kind !== "raised" || result.error !== "KeyError" || !result.message.startsWith(`'${mark}`)) return null;
  const text = result.message.slice(mark.length + 1, -1).replaceAll("\\\\", "\\");
  try {
    return { value: untagged(JSON.parse(text) as PromptValue) };
  } catch {
    return { value: undefined };
  }
}

/** Numbers as JavaScript holds them, where it can. */
function untagged(value: PromptValue): PromptValue {
  if (Array.isArray(value)) return (value as readonly PromptValue[]).map(untagged);
  if (typeof value !== "object" || value === null || !("t" in value)) return value;
  if (value.t === "bigint") return Number.isSafeInteger(Number(value.v)) ? Number(value.v) : value;
  if (value.t === "number") return numberOf(value.v);
  if (value.t === "tuple" || value.t === "set") return { t: value.t, v: value.v.map(untagged) };
  if (value.t !== "dict") return value;
  return { t: "dict", v: value.v.map(([key, inner]) => [untagged(key), untagged(inner)] as const) };
}

function numberOf(text: string): PromptValue {
  const named: ReadonlyMap<string, string> = new Map(
    Object.entries<string>({ nan: "NaN", inf: "Infinity", "-inf": "-Infinity" }),
  );
  const name = named.get(text);
  return name === undefined ? Number(text) : { t: "number", v: name };
}
