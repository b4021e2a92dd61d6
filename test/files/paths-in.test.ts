import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { link, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { station } from "../support/station.ts";
import { answers } from "../support/scripted-provider.ts";
import { FIRST } from "../support/routed.ts";

/** A root beside a folder that nothing may leave by, and a service that may read the root. */
async function world(files: Record<string, unknown> | null = null) {
  const base = await realpath(await mkdtemp(join(tmpdir(), "files-")));
  onTestFinished(() => rm(base, { recursive: true, force: true }));
  const root = join(base, "root");
  const outside = join(base, "root-outside");
  await mkdir(join(root, "src"), { recursive: true });
  await mkdir(outside);
  await writeFile(join(outside, "other.ts"), "outside");
  await writeFile(join(root, "src/a.ts"), "one\ntwo\n```\nthree");
  const all = await station({ [FIRST]: [answers("Signals keep trains apart.")] });
  onTestFinished(() => all.close());
  const process = await all.open({ config: { files: files ?? { roots: [root] } } });
  const send = (...named: readonly unknown[]) => process.route({ context: { files: named }, models: [FIRST] });
  return { base, root, outside, send, process, calls: all.calls };
}

describe("files by path", () => {
  test("reach the model in a fence that they cannot close, and are listed with bytes and SHA-256", async () => {
    const { send, process, calls } = await world();
    const routed = await send({ path: "src/a.ts", lines: "2-3" });
    if (!routed.ok) throw new Error(routed.error.message);
    expect(JSON.stringify(calls[0])).toContain("````\\ntwo\\n```\\n````");
    const sha256 = createHash("sha256").update("two\n```").digest("hex");
    const files = [{ path: "src/a.ts", bytes: 7, sha256, lines: "2-3" }];
    expect(await process.service.receipt(routed.value.route_id)).toMatchObject({ ok: true, value: { files } });
  });

  test("of a glob are those below the root, without links, hidden ones and secrets", async () => {
    const { root, outside, send, process } = await world();
    await writeFile(join(root, "src/secrets.ts"), "x");
    await writeFile(join(root, "src/.hidden.ts"), "x");
    await symlink(join(outside, "other.ts"), join(root, "src/link.ts"));
    await symlink(outside, join(root, "src/folder"));
    const routed = await send({ glob: "**/*.ts" });
    if (!routed.ok) throw new Error(routed.error.message);
    const receipt = await process.service.receipt(routed.value.route_id);
    expect(receipt).toMatchObject({ value: { files: [{ path: "src/a.ts" }] } });
    const files = receipt.ok ? receipt.value.files : [];
    expect(files).toHaveLength(1);
  });

  test("are read of no root that the config does not name, and of a principal's own alone", async () => {
    const { send, process, root } = await world({});
    expect(await send({ path: "src/a.ts" })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("files.roots") },
    });
    const other = await world({ roots: [root] });
    const asked = { task: "general", prompt: "x", context: { files: [{ path: "src/a.ts" }] } };
    expect(await other.process.service.as("bob").estimate(asked)).toMatchObject({ ok: false });
    expect(process.calls).toHaveLength(0);
  });
});

const WAYS_OUT: Readonly<Record<string, readonly [path: string, rule: string]>> = {
  "a parent": ["../root-outside/other.ts", ".."],
  "a parent in the middle": ["src/../../root-outside/other.ts", ".."],
  "an absolute path": ["/etc/passwd", "outside"],
  "a sibling whose name begins like the root": ["$BASE/root-outside/other.ts", "outside"],
  "a link to a file": ["link.ts", "outside"],
  "a link to a folder": ["folder/other.ts", "outside"],
  "a link over a link": ["twice", "outside"],
  "a relative link": ["relative.ts", "outside"],
  "a hard link": ["hard.ts", "hard link"],
  "a link to a secret within": ["innocent.txt", "secret"],
  "a link to a device": ["zero", "outside"],
  "a link to /proc": ["environ", "outside"],
  "a pipe": ["pipe", "regular"],
  "a folder": ["src", "regular"],
  "a NUL": ["src/a.ts\0.png", "control"],
  backslashes: ["..\\root-outside\\other.ts", "backslash"],
  "a stream of a file": ["src/a.ts:stream", "colon"],
  "a trailing dot": ["src/a.ts.", "dot"],
  "three dots and a blank": ["... /a.ts", "dot"],
  "dots of full width": ["\uFF0E\uFF0E/root-outside/other.ts", "plain form"],
  "a leader of two dots": ["\u2025/root-outside/other.ts", "plain form"],
  "a turned text": ["src/\u202Est.a", "invisible"],
  "a word without width": [".\u200Benv", "invisible"],
  "a file: address": ["file:///etc/passwd", "colon"],
  "a path that is too long": ["a/".repeat(600), "longer"],
  "an environment file": [".env.local", "environment"],
  "one in capitals": [".ENV", "environment"],
  "an SSH key": ["id_rsa", "SSH"],
  "a key file": ["src/server.pem", "private key"],
  "a cluster's config": [".kube/config", "cluster"],
  "an image": ["logo.png", "type"],
  "a binary file": ["binary", "UTF-8"],
  "a key in the text": ["keyed.txt", "private key block"],
  "a random value of a token": ["random.txt", "random value"],
  "a file that is too large": ["large.txt", "bytes"],
  "a file that is not there": ["none.ts", "not exist"],
};

test("no way leads out of a root; each is refused by its rule before anything is spent, and nothing is repeated", async () => {
  const { base, root, outside, send, calls } = await world();
  await writeFile(join(root, ".env"), "A=1");
  await symlink(join(outside, "other.ts"), join(root, "link.ts"));
  await symlink(outside, join(root, "folder"));
  await symlink("link.ts", join(root, "twice"));
  await symlink("../root-outside/other.ts", join(root, "relative.ts"));
  await link(join(outside, "other.ts"), join(root, "hard.ts"));
  await symlink(".env", join(root, "innocent.txt"));
  await symlink("/dev/zero", join(root, "zero"));
  await symlink("/proc/self/environ", join(root, "environ"));
  execFileSync("mkfifo", [join(root, "pipe")]);
  await writeFile(join(root, "logo.png"), "x");
  await writeFile(join(root, "binary"), Buffer.from([1, 0, 255]));
  await writeFile(join(root, "keyed.txt"), "-----BEGIN RSA PRIVATE KEY-----\nhush");
  await writeFile(join(root, "random.txt"), "api_key = 'q8Zr2LmX7vKp4TnB9sWd3HcJ'");
  await writeFile(join(root, "large.txt"), "x".repeat(1_000_001));
  for (const [way, [path, rule]] of Object.entries(WAYS_OUT)) {
    const refused = await send({ path: path.replace("$BASE", base) });
    expect(refused, way).toMatchObject({ ok: false, error: { code: "invalid_request", cost_usd: 0 } });
    if (refused.ok) return;
    expect(refused.error.message, way).toContain(rule);
    expect(refused.error.message, way).not.toMatch(/hush|q8Zr2/);
  }
  expect(calls).toHaveLength(0);
});
