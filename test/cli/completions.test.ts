import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/index.ts";
import { runLine } from "./support/world.ts";

const { stdout: script } = await runLine(["completions", "bash"]);

/** What bash offers behind these words, of which the last one is being written. */
function offered(...words: readonly string[]): readonly string[] {
  const line = ["signalbox", ...words].map((word) => `"${word}"`).join(" ");
  const run = `${script}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _signalbox; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", run], { encoding: "utf8" })
    .split("\n")
    .filter((word) => word !== "");
}

describe.runIf(process.platform !== "win32")("completions for bash", () => {
  it("offer every command", () => {
    expect(new Set(offered(""))).toEqual(new Set(COMMANDS.map(({ name }) => name.split(" ")[0])));
    expect(offered("re")).toEqual(["receipts", "report"]);
  });

  it("offer the commands of a group, the flags of a command and the values of a flag", () => {
    expect(offered("ledger", "")).toEqual(expect.arrayContaining(["path", "backup", "reset", "prune"]));
    expect(offered("ledger", "prune", "--v")).toEqual(["--vacuum"]);
    expect(offered("route", "--max")).toEqual(["--max-output-tokens"]);
    expect(offered("route", "--budget", "1", "--opt")).toEqual(["--optimize"]);
    expect(offered("route", "--optimize", "")).toEqual(["quality", "cost", "latency"]);
    expect(offered("export", "--format", "j")).toEqual(["jsonl"]);
  });
});

describe.each(["zsh", "fish"] as const)("completions for %s", (shell) => {
  it("name every command and flag", async () => {
    const { stdout, exitCode } = await runLine(["completions", shell]);
    expect(exitCode).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toContain(name.split(" ").at(-1));
    expect(stdout).toMatch(shell === "zsh" ? /bashcompinit/ : /-l max-output-tokens -d '/);
  });

  it.runIf(spawnSync(shell, ["--version"]).error === undefined)("are read by the shell", async () => {
    const { stdout } = await runLine(["completions", shell]);
    const file = join(mkdtempSync(join(tmpdir(), "signalbox-completions-")), "script");
    writeFileSync(file, stdout);
    expect(spawnSync(shell, ["-n", file], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
    if (shell === "fish") {
      const asked = 'complete -C "signalbox ledger b"; complete -C "signalbox route --opt"';
      const offers = execFileSync(shell, ["-c", `source ${file}; ${asked}`], { encoding: "utf8" });
      expect(offers).toMatch(/^backup\t.*\n--optimize\t/);
    }
    rmSync(dirname(file), { recursive: true });
  });
});

it("another shell is wrong usage", async () => {
  expect(await runLine(["completions", "cmd"])).toMatchObject({ exitCode: 2, stdout: "" });
});
