import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/app.ts";
import { serveStdioServer } from "../../src/mcp/stdio.ts";
import { runLine } from "../cli/support/world.ts";
import { connectInMemory, type ToolResult } from "../support/clients.ts";
import { FIRST } from "../support/routed.ts";
import { answers } from "../support/scripted-provider.ts";
import { station } from "../support/station.ts";

const CODE = "export const one = 1;\n";
const FENCED = `Here it is:\n\n\`\`\`ts\n${CODE}\`\`\`\n\nIt exports one.`;

/** A root beside a folder that nothing may be written to, and a client of a service whose model gives these answers. */
async function world(given: readonly string[] = [FENCED], files?: Record<string, unknown>) {
  const base = await realpath(await mkdtemp(join(tmpdir(), "out-")));
  onTestFinished(() => rm(base, { recursive: true, force: true }));
  const root = join(base, "root");
  const outside = join(base, "root-outside");
  await mkdir(join(root, "src"), { recursive: true });
  await mkdir(outside);
  const all = await station({ [FIRST]: given.map((text) => answers(text)) });
  onTestFinished(() => all.close());
  const { service } = await all.open({ config: { files: files ?? { output_roots: [root] } } });
  const options = { version: "0.0.0", clock: systemClock, onError: () => undefined };
  const client = await connectInMemory("v2-modern", (end) => void serveStdioServer(service, options, end));
  onTestFinished(() => client.close());
  const route = (output: Record<string, unknown>, args: Record<string, unknown> = {}): Promise<ToolResult> =>
    client.callTool("route_task", { task: "general", prompt: "Write it.", models: [FIRST], output, ...args });
  const at = (path: string): string => join(root, path);
  return { base, root, outside, client, service, calls: all.calls, route, at };
}

/** Every file below a folder, with its text. */
async function filesBelow(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  return Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, "utf8")] as const),
    ),
  );
}

const messageOf = ({ structured }: ToolResult): string =>
  (structured["error"] as Record<string, string> | undefined)?.["message"] ?? "";
const errorOf = ({ structured }: ToolResult): string =>
  (structured["output"] as Record<string, string> | undefined)?.["error"] ?? "";

describe("an answer that is written to a file", () => {
  test("is there whole; the result holds what was written in place of the text, and the receipt lists it", async () => {
    const { route, at, client, service } = await world();
    const { isError, structured, texts } = await route({ path: "src/deep/one.ts" });
    expect(isError, JSON.stringify(structured)).toBe(false);
    expect(await readFile(at("src/deep/one.ts"), "utf8")).toBe(CODE);
    const sha256 = createHash("sha256").update(CODE).digest("hex");
    const written = [{ path: "src/deep/one.ts", bytes: CODE.length, sha256 }];
    expect(structured).toMatchObject({ text: "Wrote 1 file: src/deep/one.ts (22 bytes).", output: { written } });
    expect(texts.join("\n")).not.toContain("export const");
    expect(await client.readResource(String(structured["receipt"]))).toMatchObject({ written });
    expect((await runLine(["show", "last"], { service })).stdout).toContain("wrote src/deep/one.ts: 22 bytes");
    const { structured: receipt } = await client.callTool("get_receipt", { route_id: structured["route_id"] });
    expect(receipt).toMatchObject({ summary: { written } });
  });

  test("takes the place of another one only with overwrite, and keeps its mode", async () => {
    const { route, at, calls } = await world();
    await writeFile(at("src/one.ts"), "old");
    await chmod(at("src/one.ts"), 0o640);
    const refused = await route({ path: "src/one.ts" });
    expect(messageOf(refused)).toContain("exists: give overwrite: true");
    expect(calls).toHaveLength(0);
    expect(await readFile(at("src/one.ts"), "utf8")).toBe("old");
    await route({ path: "src/one.ts", overwrite: true });
    expect(await readFile(at("src/one.ts"), "utf8")).toBe(CODE);
    expect((await stat(at("src/one.ts"))).mode & 0o777).toBe(0o640);
    expect(await readdir(at("src"))).toEqual(["one.ts"]);
  });

  test("of prose is the answer as it is", async () => {
    const { route, at } = await world(["# Plan\n\n```sh\nls\n```"]);
    await route({ path: "plan.md" });
    expect(await readFile(at("plan.md"), "utf8")).toBe("# Plan\n\n```sh\nls\n```\n");
  });

  test("is written by an absolute path below a root as well, and by a task of a batch", async () => {
    const { client, at } = await world();
    const task = { task: "general", prompt: "Write it.", models: [FIRST], output: { path: at("src/two.ts") } };
    const { structured } = await client.callTool("route_batch", { tasks: [task] });
    expect(structured).toMatchObject({ results: [{ text: "Wrote 1 file: src/two.ts (22 bytes)." }] });
    expect(await readFile(at("src/two.ts"), "utf8")).toBe(CODE);
  });

  test("is written by one task of a batch alone: another one that names the same file is refused before it is begun", async () => {
    const { client, at, calls } = await world();
    const task = { task: "general", prompt: "Write it.", models: [FIRST], output: { path: "src/two.ts" } };
    const { structured } = await client.callTool("route_batch", {
      tasks: [task, { ...task, output: { path: at("src//two.ts") } }],
    });
    expect(structured).toMatchObject({ results: [{ status: "accepted" }, { status: "failed", cost_usd: 0 }] });
    expect(JSON.stringify(structured)).toContain("written by task 1");
    expect(calls).toHaveLength(1);
  });

  test("is not written when its verdict failed, or it is below quality", async () => {
    const { route, root } = await world(["No."]);
    const failed = await route({ path: "src/one.ts" }, { accept: [{ contains: ["yes"] }] });
    expect(failed.structured).toMatchObject({ status: "below_quality", text: "No.", output: { written: [] } });
    expect(errorOf(failed)).toContain("not accepted");
    expect(await filesBelow(root)).toEqual({});
  });

  test("that cannot be told from other blocks is returned with the error, since it was paid for", async () => {
    const { route, root } = await world(["```ts\none\n```\n\n```ts\ntwo\n```"]);
    const result = await route({ path: "src/one.ts" });
    expect(result.isError).toBe(false);
    expect(errorOf(result)).toContain("2 blocks of code");
    expect(result.structured["text"]).toContain("two");
    expect(await filesBelow(root)).toEqual({});
  });

  test("is refused without a root in the config, and of a principal without its own", async () => {
    const { route, calls } = await world([FENCED], {});
    expect(messageOf(await route({ path: "a.ts" }))).toContain("files.output_roots");
    const mine = await mkdtemp(join(tmpdir(), "mine-"));
    onTestFinished(() => rm(mine, { recursive: true, force: true }));
    const other = await world([FENCED], { output_roots: [mine], output_per_principal: { alice: [mine] } });
    const asked = { task: "general", prompt: "Write it.", models: [FIRST], output: { path: "a.ts" } };
    const { signal } = new AbortController();
    expect(await other.service.as("bob").route(asked, { signal })).toMatchObject({ ok: false });
    expect(await readdir(mine)).toEqual([]);
    expect(await other.service.as("alice").route(asked, { signal })).toMatchObject({ ok: true });
    expect(await readdir(mine)).toEqual(["a.ts"]);
    expect(calls).toHaveLength(0);
  });
});

describe("an answer of several files", () => {
  const SEVERAL = "```ts src/a.ts\nexport {};\n```\n\n```css\n/* styles/b.css */\na {}\n```\n\n```\nnpm test\n```";

  test("goes into its folder, each file by the name that its block gives; the others are told", async () => {
    const { route, at, root } = await world([SEVERAL]);
    const { structured } = await route({ path: "new/" });
    expect(await filesBelow(root)).toEqual({
      "new/src/a.ts": "export {};\n",
      "new/styles/b.css": "/* styles/b.css */\na {}\n",
    });
    expect(structured).toMatchObject({ output: { written: [{ path: "new/src/a.ts" }, { path: "new/styles/b.css" }] } });
    expect((await stat(at("new/src"))).isDirectory()).toBe(true);
  });

  test("is written as a whole or not at all", async () => {
    const { route, at, root } = await world([SEVERAL]);
    await mkdir(at("new/styles"), { recursive: true });
    await writeFile(at("new/styles/b.css"), "mine");
    const result = await route({ path: "new/" });
    expect(errorOf(result)).toContain("b.css exists");
    expect(result.structured["text"]).toBe(SEVERAL);
    expect(await filesBelow(root)).toEqual({ "new/styles/b.css": "mine" });
    expect(await readdir(at("new"))).toEqual(["styles"]);
  });

  test.each([
    ["a parent", "../evil.ts"],
    ["a parent in the middle", "src/../../evil.ts"],
    ["an absolute path", "/tmp/signalbox-evil.ts"],
    ["a repository's hook", ".git/hooks/evil.sh"],
    ["a link to a folder", "folder/evil.ts"],
  ])("that names %s writes nothing", async (_way, path) => {
    const { route, root, outside, at } = await world([`\`\`\`ts good.ts\nx\n\`\`\`\n\n\`\`\`ts ${path}\nx\n\`\`\``]);
    await symlink(outside, at("folder"));
    const result = await route({ path: "./" });
    expect(errorOf(result)).not.toBe("");
    expect(await filesBelow(root)).toEqual({});
    expect(await readdir(outside)).toEqual([]);
  });
});

describe("a patch", () => {
  const BEFORE = "one\ntwo\nthree\nfour\nfive\n";
  const DIFF = "```diff\n--- a/src/a.ts\n+++ b/src/a.ts\n@@ -9,9 +9,7 @@\n one\n-two\n+TWO\n+and a half\n three\n```";

  test("as a unified diff with miscounted lines changes the file in place", async () => {
    const { route, at, calls } = await world([DIFF]);
    await writeFile(at("src/a.ts"), BEFORE);
    const { structured } = await route({ path: "./", patch: true });
    expect(await readFile(at("src/a.ts"), "utf8")).toBe("one\nTWO\nand a half\nthree\nfour\nfive\n");
    expect(structured).toMatchObject({ output: { written: [{ path: "src/a.ts" }] } });
    expect(calls[0]?.user).toContain("unified diff");
  });

  test("as SEARCH/REPLACE blocks does so too, and a file with \\r\\n keeps its line breaks", async () => {
    const blocks = "src/a.ts\n```ts\n<<<<<<< SEARCH\ntwo\n=======\nTWO\n2\n>>>>>>> REPLACE\n```";
    const { route, at } = await world([blocks]);
    await writeFile(at("src/a.ts"), BEFORE.replaceAll("\n", "\r\n"));
    await route({ path: "src/a.ts", patch: true });
    expect(await readFile(at("src/a.ts"), "utf8")).toBe("one\r\nTWO\r\n2\r\nthree\r\nfour\r\nfive\r\n");
  });

  test("makes a new file, and several files at once", async () => {
    const made = "--- /dev/null\n+++ b/src/new.ts\n@@ -0,0 +1,2 @@\n+a\n+b\n";
    const { route, root, at } = await world([`${DIFF.slice(0, -4)}\n${made}\`\`\``]);
    await writeFile(at("src/a.ts"), BEFORE);
    await route({ path: "./", patch: true });
    expect(await filesBelow(root)).toEqual({
      "src/a.ts": "one\nTWO\nand a half\nthree\nfour\nfive\n",
      "src/new.ts": "a\nb\n",
    });
  });

  test.each([
    ["whose lines are not there", DIFF.replace("-two", "-zwei"), "is not there"],
    [
      "that fits in two places",
      DIFF.replace(" one\n", "").replace(" three\n", "").replace("-two", "-four"),
      "2 places",
    ],
    ["that deletes a file", "--- a/src/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n", "deletes"],
    ["that renames a file", "diff --git a/src/a.ts b/src/b.ts\nrename from src/a.ts\nrename to src/b.ts", "renames"],
    ["that is prose", "I would change the second line.", "no unified diff"],
    ["with a line of no kind", DIFF.replace(" three", "three"), "begins with none"],
    ["that is cut", DIFF.slice(0, -4), "not accepted"],
    ["that changes nothing", DIFF.replace("+TWO\n+and a half", "+two"), "changes nothing"],
    ["of a file that is not there", DIFF.replaceAll("a.ts", "none.ts"), "does not exist"],
    ["of a file outside", DIFF.replaceAll("src/a.ts", "../root-outside/a.ts"), ".."],
    ["of a link", DIFF.replaceAll("src/a.ts", "src/link.ts"), "outside"],
    ["of a link within", DIFF.replaceAll("src/a.ts", "src/within.ts"), "link"],
    [
      "of which one file of two fits",
      `${DIFF.slice(0, -4)}\n${DIFF.slice(8).replaceAll("a.ts", "other.ts")}`,
      "other.ts",
    ],
  ])("%s is refused, and nothing is changed", async (_what, answer, why) => {
    const { route, root, outside, at } = await world([answer]);
    await writeFile(at("src/a.ts"), `${BEFORE}four\n`);
    await writeFile(at("src/other.ts"), "other\n");
    await writeFile(join(outside, "a.ts"), BEFORE);
    await symlink(join(outside, "a.ts"), at("src/link.ts"));
    await symlink("a.ts", at("src/within.ts"));
    const result = await route({ path: "./", patch: true });
    expect(errorOf(result)).toContain(why);
    expect(result.structured["text"]).toBe(answer);
    expect(await filesBelow(root)).toEqual({ "src/a.ts": `${BEFORE}four\n`, "src/other.ts": "other\n" });
    expect(await readFile(join(outside, "a.ts"), "utf8")).toBe(BEFORE);
  });
});

const WAYS_OUT: Readonly<Record<string, readonly [path: string, rule: string]>> = {
  "a parent": ["../root-outside/a.ts", ".."],
  "a parent in the middle": ["src/../../root-outside/a.ts", ".."],
  "an absolute path": ["/etc/signalbox-evil", "outside"],
  "a sibling whose name begins like the root": ["$BASE/root-outside/a.ts", "outside"],
  "a link to a file": ["link.ts", "link"],
  "a link to a file within": ["within.ts", "link"],
  "a link to nothing": ["dangling.ts", "link"],
  "a link to a folder": ["folder/a.ts", "link"],
  "a link to a folder, as a folder": ["folder/", "link"],
  "a link to a folder within": ["src-link/a.ts", "link"],
  "a link further up": ["folder/deep/a.ts", "link"],
  "a file as a folder": ["there.ts/a.ts", "no folder"],
  "a folder as a file": ["src", "no regular file"],
  "the root as a file": ["$ROOT", "is a root"],
  "a NUL": ["src/a.ts\0.png", "control"],
  backslashes: ["..\\root-outside\\a.ts", "backslash"],
  "a stream of a file": ["src/a.ts:stream", "colon"],
  "a trailing dot": ["src/a.ts.", "dot"],
  "dots of full width": ["\uFF0E\uFF0E/root-outside/a.ts", "plain form"],
  "a turned text": ["src/\u202Est.a", "invisible"],
  "a file: address": ["file:///tmp/a.ts", "colon"],
  "a path that is too long": ["a/".repeat(600), "longer"],
  "an empty path": ["", "empty"],
  "a device": ["src/con.ts", "device"],
  "a repository's hook": [".git/hooks/pre-commit", "repository"],
  "a repository's config in capitals": [".GIT/config", "repository"],
  "an environment file": ["src/.env", "environment"],
  "an SSH key": ["id_rsa", "SSH"],
  "a registry's login": [".npmrc", "registry"],
};

test("no way leads out of a root for writing; each is refused by its rule before anything is spent", async () => {
  const { base, root, outside, route, calls, at } = await world();
  await writeFile(join(outside, "a.ts"), "theirs");
  await writeFile(at("there.ts"), "mine");
  await symlink(join(outside, "a.ts"), at("link.ts"));
  await symlink("there.ts", at("within.ts"));
  await symlink(join(outside, "none.ts"), at("dangling.ts"));
  await symlink(outside, at("folder"));
  await symlink("src", at("src-link"));
  for (const [way, [path, rule]] of Object.entries(WAYS_OUT)) {
    const named = path.replace("$BASE", base).replace("$ROOT", root);
    for (const more of [{ overwrite: true }, { patch: true }]) {
      const refused = await route({ path: named, ...more });
      expect(refused.isError, way).toBe(true);
      expect(messageOf(refused), way).toContain(rule);
      expect(refused.structured, way).toMatchObject({ error: { code: "invalid_request", cost_usd: 0 } });
    }
  }
  expect(calls).toHaveLength(0);
  expect(await filesBelow(outside)).toEqual({ "a.ts": "theirs" });
  expect(await filesBelow(root)).toEqual({ "there.ts": "mine" });
});

describe("what is done to the root while a model answers", () => {
  /** A service whose model answers only after the world was changed. */
  async function changedMeanwhile(
    change: (root: string, outside: string) => Promise<void>,
    output: Record<string, unknown>,
  ) {
    const made = await world();
    await writeFile(join(made.outside, "a.ts"), "theirs");
    const { writeOutput } = await import("../../src/files/write/write-output.ts");
    const { prepareOutput } = await import("../../src/files/write/prepare.ts");
    const prepared = await prepareOutput({ path: "src/a.ts", ...output }, [made.root]);
    if (!prepared.ok) throw new Error(prepared.problem);
    await change(made.root, made.outside);
    const delivery = await writeOutput(prepared.output, FENCED);
    expect(await filesBelow(made.outside)).toEqual({ "a.ts": "theirs" });
    return { ...made, delivery };
  }

  test.each<[string, (root: string, outside: string) => Promise<void>]>([
    [
      "its folder becomes a link",
      async (root, outside) => {
        await rename(join(root, "src"), join(root, "was"));
        await symlink(outside, join(root, "src"));
      },
    ],
    ["the file becomes a link", (root, outside) => symlink(join(outside, "a.ts"), join(root, "src/a.ts"))],
    [
      "the root becomes a link",
      async (root, outside) => {
        await rename(root, `${root}-was`);
        await mkdir(join(outside, "src"));
        await symlink(outside, root);
      },
    ],
  ])("%s: nothing is written", async (_what, change) => {
    const { delivery } = await changedMeanwhile(change, { overwrite: true });
    expect(delivery).toMatchObject({ ok: false });
  });

  test("a file that was made meanwhile is not written over", async () => {
    const { delivery, at } = await changedMeanwhile((root) => writeFile(join(root, "src/a.ts"), "new"), {});
    expect(delivery).toMatchObject({ ok: false, problem: expect.stringContaining("exists") as unknown });
    expect(await readFile(at("src/a.ts"), "utf8")).toBe("new");
  });

  test("a hard link to a file outside is replaced, not written through", async () => {
    const change = (root: string, outside: string): Promise<void> =>
      link(join(outside, "a.ts"), join(root, "src/a.ts"));
    const { delivery, at } = await changedMeanwhile(change, { overwrite: true });
    expect(delivery).toMatchObject({ ok: true });
    expect(await readFile(at("src/a.ts"), "utf8")).toBe(CODE);
  });
});

test("a folder that cannot be written to is told before anything is spent", async () => {
  // Not even root can make a file here.
  const { route, calls } = await world([FENCED], { output_roots: ["/proc/self/task"] });
  expect(messageOf(await route({ path: "a.ts" }))).toMatch(/cannot be written to|outside|was exchanged/);
  expect(calls).toHaveLength(0);
});

test("a disk that fails between two files leaves none of them, and what was there", async () => {
  const { at, root } = await world();
  await writeFile(at("a.ts"), "mine");
  const { writeAll } = await import("../../src/files/write/write-all.ts");
  const name = "n".repeat(300);
  const broken = await writeAll(root, [
    { path: "new/c.ts", content: "x", onto: "create" },
    { path: "a.ts", content: "x", onto: "overwrite" },
    { path: `new/${name}.ts`, content: "x", onto: "create" },
  ]);
  expect(broken).toMatchObject({ ok: false, problem: expect.stringContaining("ENAMETOOLONG") as unknown });
  const late = await writeAll(root, [
    { path: "a.ts", content: "x", onto: "overwrite" },
    { path: "c.ts", content: "x", onto: "create" },
    { path: "c.ts", content: "y", onto: "create" },
  ]);
  expect(late).toMatchObject({ ok: false, problem: expect.stringContaining("c.ts exists") as unknown });
  expect(await filesBelow(root)).toEqual({ "a.ts": "mine" });
  expect((await readdir(root)).sort()).toEqual(["a.ts", "src"]);
});
