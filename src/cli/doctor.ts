import { legibleValue } from "../core/legible.ts";
import type { DoctorFinding } from "../core/service.ts";
import { JSON_FLAG } from "./ask.ts";
import type { Command, World } from "./command.ts";
import { blankVariables } from "./known-variables.ts";
import { paint, printJson, printLine, renderTable, WIDE_FLAG } from "./print.ts";
import { startSpinner } from "./spinner.ts";

export interface DoctorFlags {
  readonly deep?: boolean;
  readonly wide?: boolean;
  readonly json?: boolean;
}

const LOOKS = { ok: "green", warning: "yellow", problem: "red" } as const satisfies Record<
  DoctorFinding["level"],
  string
>;

/** `signalbox doctor`: looks at everything that a route depends on, also when the config cannot be used. Exit 1 when there is a problem. */
export const doctor: Command<DoctorFlags> = {
  flags: [
    { flags: "--deep", about: "look at every page of the ledger, however large: seconds for each gigabyte" },
    WIDE_FLAG,
    JSON_FLAG,
  ],
  examples: ["doctor", "doctor --json"],
  async run(flags, world) {
    const spinner = await startSpinner(world.err, "looking around");
    const findings = legibleValue(await findingsOf(world, flags.deep ?? false).finally(() => spinner.stop()));
    const problems = findings.filter(({ level }) => level === "problem").length;
    if (flags.json) {
      printJson(world.out, { healthy: problems === 0, findings });
    } else {
      const rows = findings.map(({ level, about, detail }) => [paint(world.out, LOOKS[level], level), about, detail]);
      printLine(
        world.out,
        await renderTable(world.out, [{ head: "" }, { head: "what" }, { head: "finding" }], rows, flags.wide),
      );
      printLine(world.out);
      const warnings = findings.filter(({ level }) => level === "warning").length;
      const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
      const isUsable = findings.every(({ level, about }) => about !== "providers" || level === "ok");
      const first =
        problems === 0 ? "No problems" : `${isUsable ? "" : "Not usable yet: "}${counted(problems, "problem")}`;
      printLine(world.out, `${first}${warnings === 0 ? "" : `, ${counted(warnings, "warning")}`}.`);
    }
    return problems === 0 ? 0 : 1;
  },
};

async function findingsOf(world: World, deep: boolean): Promise<readonly DoctorFinding[]> {
  return [...(await findingsAbout(world, deep)), ...blankVariables(world.machine.env).map(blankFinding)];
}

function blankFinding(name: string): DoctorFinding {
  return { level: "warning", about: name, detail: "is set but empty, which counts as not set" };
}

async function findingsAbout(world: World, deep: boolean): Promise<readonly DoctorFinding[]> {
  const node: DoctorFinding = { level: "ok", about: "node", detail: `v${world.nodeVersion}` };
  const opened = await world.open();
  if (opened.ok) {
    const config: DoctorFinding = { level: "ok", about: "config", detail: "can be used" };
    return [node, config, ...(await opened.service.diagnose(deep))];
  }
  const broken = opened.problems.map((detail): DoctorFinding => ({ level: "problem", about: "config", detail }));
  const sound = await world.openSound();
  return [node, ...broken, ...(sound.ok ? await sound.service.diagnose(deep) : [])];
}
