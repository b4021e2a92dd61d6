import type { DoctorFinding } from "../../core/service.ts";
import type { World } from "../command.ts";
import { blankVariables } from "../known-variables.ts";
import { printLine } from "../print.ts";

/** What `doctor` finds about the providers and their keys, and what to do next. */
export async function printKeys(world: World): Promise<void> {
  const opened = await world.open();
  if (!opened.ok) {
    for (const problem of opened.problems) printLine(world.err, `signalbox: config: ${problem}`);
    printLine(world.err, "The server will refuse to start until this is mended: signalbox doctor");
    return;
  }
  const findings = (await opened.service.diagnose(false)).filter(({ about }) => /^providers?\b/.test(about));
  printLine(world.out);
  printLine(world.out, "Keys:");
  for (const finding of findings) printLine(world.out, `  ${lineOf(finding)}`);
  for (const name of blankVariables(world.machine.env)) {
    printLine(world.out, `  ${name} is set but empty, which counts as not set`);
  }
  printLine(world.out);
  printLine(world.out, "Next: ask your agent “Use signalbox to …”, or look around with `signalbox doctor`.");
}

function lineOf({ level, about, detail }: DoctorFinding): string {
  return `${about.replace(/^provider /, "")}: ${detail}${level === "problem" ? " (a problem)" : ""}`;
}
