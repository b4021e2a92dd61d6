import { TEST_WRITER_ROLE } from "../../core/written-tests.ts";
import type { AskedFor, TaskScript } from "./answer.ts";
import { audit } from "./audit.ts";
import { code } from "./code.ts";
import { extraction } from "./extraction.ts";
import { gas } from "./gas.ts";
import { generalAnswer } from "./general.ts";
import { jsonAnswer } from "./json.ts";
import { planning } from "./planning.ts";
import { solidity } from "./solidity.ts";
import { ui } from "./ui.ts";

/** One script a task. The first whose keywords occur answers, so the narrow ones come first. */
export const SCRIPTS: readonly TaskScript[] = [extraction, audit, gas, planning, solidity, ui, code];

/** The scripted answer to a prompt: by its JSON Schema, else by its keywords, else an echo. The same prompt always gets the same answer. */
export function answerFor(asked: AskedFor): string {
  if (asked.system?.startsWith(TEST_WRITER_ROLE) === true) return testsFor(asked);
  const json = jsonAnswer(`${asked.system ?? ""}\n${asked.user}`, asked.bad);
  if (json !== null) return json;
  const script = scriptFor(asked.user);
  if (script === undefined) return generalAnswer(asked);
  return asked.bad ? script.bad : script.good;
}

/** What a model that is asked for tests writes: those of the script whose prompt it was given. The bad ones break off. */
function testsFor({ user, bad }: AskedFor): string {
  const tests = JSON.stringify({ criteria: scriptFor(user)?.tests ?? [] }, null, 2);
  return bad ? tests.slice(0, Math.floor(tests.length / 2)) : tests;
}

/** A script's own prompt gets its answer. Else code is set aside: a contract's own words must not decide what is asked about it. */
function scriptFor(prompt: string): TaskScript | undefined {
  const own = SCRIPTS.find((script) => prompt.includes(script.prompt));
  if (own !== undefined) return own;
  const prose = prompt.replace(/(```|~~~)[\s\S]*?(\1|$)/g, " ");
  return SCRIPTS.find((script) => script.matches.test(prose)) ?? SCRIPTS.find((script) => script.matches.test(prompt));
}
