import { runPython } from "../python/run-python.ts";
import type { Example } from "../examples/example.ts";
import { encoder, newMark } from "../run/python-call.ts";
import { neighboursOf } from "./neighbours.ts";
import { pythonChanges } from "./python-changes.ts";
import { mostUnnoticed, type Strength } from "./strength.ts";

const TIME_LIMIT_MS = 4_000;
/** A change may run so many lines for each example before it counts as an endless loop. */
const MOST_LINES = 20_000;

/** What {@link scriptStrength} does, for Python. */
export async function pythonStrength(
  code: string,
  examples: readonly Example[],
  signal: AbortSignal,
): Promise<Strength | null> {
  const changes = await pythonChanges(code);
  const near = neighboursOf(examples, "python");
  const mark = newMark();
  const snippets = [snippetOf(code, changes, near, examples, mark)];
  const [result] = (await runPython({ code: "", snippets, timeoutMs: TIME_LIMIT_MS }, signal)).results;
  if (result?.kind !== "raised" || !result.message.startsWith(`'${mark}`)) return null;
  const [tried = Number.NaN, noticed = Number.NaN, broken = Number.NaN] = result.message
    .slice(mark.length + 1, -1)
    .split(" ")
    .map(Number);
  if (Number.isNaN(tried) || Number.isNaN(noticed) || Number.isNaN(broken)) return null;
  return { tried, noticed, breaksOn: near[broken] ?? null };
}

function snippetOf(
  code: string,
  changes: readonly string[],
  near: readonly string[],
  examples: readonly Example[],
  mark: string,
): string {
  const steps = examples.map(({ setup, call, expected }) => [setup, call, typeof expected === "symbol"]);
  return `${encoder}
import sys as __sys, json as __json, time as __time

class __Endless(BaseException):
    pass

def __outcome(source):
    left = [${MOST_LINES}]
    def trace(frame, event, argument):
        left[0] -= 1
        if left[0] < 0: raise __Endless
        return trace
    space = {"__name__": "answer"}
    outcome = []
    __sys.settrace(trace)
    try:
        exec(compile(source, "change", "exec"), space)
        for setup, call, raises in __steps:
            for statement in setup:
                exec(statement, space)
            try:
                value = eval(compile(call, "call", "eval"), space)
                outcome.append("!" if raises else __encode(value))
            except Exception as error:
                outcome.append("!" if raises else "!" + type(error).__name__)
                if not raises: break
    except SyntaxError:
        return "syntax"
    except BaseException as error:
        outcome.append("?")
    finally:
        __sys.settrace(None)
    return __json.dumps(outcome)

__steps = __json.loads(${JSON.stringify(JSON.stringify(steps))})
__changes = __json.loads(${JSON.stringify(JSON.stringify(changes))})
__original = __outcome(__json.loads(${JSON.stringify(JSON.stringify(code))}))
if __json.loads(__original)[-1:] == ["?"]: raise ValueError("the code itself takes too long")
__tried = __noticed = 0
__end = __time.time() + 1.5
for __change in __changes:
    if __time.time() > __end or __tried - __noticed > ${mostUnnoticed(changes.length)}: break
    __got = __outcome(__change)
    if __got == "syntax": continue
    __tried += 1
    __noticed += __got != __original
__broken = -1
for __at, __call in enumerate(__json.loads(${JSON.stringify(JSON.stringify(near))})):
    if __time.time() > __end + 0.5: break
    __steps = [[[], __call, False]]
    if any(each[:1] in "!?" for each in __json.loads(__outcome(__json.loads(${JSON.stringify(JSON.stringify(code))})))):
        __broken = __at
        break
{}['${mark}' + str(__tried) + ' ' + str(__noticed) + ' ' + str(__broken)]
`;
}
