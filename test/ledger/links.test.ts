import { lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { routeOnce } from "./records.ts";
import { ledgerAt, tempDir } from "./support.ts";

const ALL = { since: null, until: null, groupBy: "day" } as const;
const unavailable = expect.objectContaining({ kind: "ledger_unavailable" });

describe("a ledger behind a symbolic link", () => {
  it("is the ledger that the link leads to, under both names", async () => {
    const dir = tempDir();
    const [path, link] = [join(dir, "ledger.sqlite"), join(dir, "link.sqlite")];
    await routeOnce(ledgerAt(path), "r1");
    symlinkSync(path, link);
    const behind = ledgerAt(link);
    expect(await behind.route("r1")).not.toBeNull();
    await routeOnce(behind, "r2");
    expect((await ledgerAt(path).spend(ALL)).totals.requests).toBe(2);
    expect(readlinkSync(link)).toBe(path);
  });

  it("that leads to a file of something else is refused, and the file is left as it is", async () => {
    const dir = tempDir();
    const [secret, link] = [join(dir, "secret"), join(dir, "ledger.sqlite")];
    const content = "root:x:0:0:root:/root:/bin/bash\n".repeat(200);
    writeFileSync(secret, content, { mode: 0o644 });
    symlinkSync(secret, link);
    await expect(routeOnce(ledgerAt(link), "r1")).rejects.toThrow(unavailable);
    await expect(ledgerAt(link).spend(ALL)).rejects.toThrow(unavailable);
    expect(readFileSync(secret, "utf8")).toBe(content);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  it.each([
    ["a folder", (dir: string) => join(dir, "folder")],
    ["itself", (dir: string) => join(dir, "ledger.sqlite")],
    ["a device", () => "/dev/zero"],
  ])("that leads to %s is refused", async (_, target) => {
    const dir = tempDir();
    mkdirSync(join(dir, "folder"));
    const link = join(dir, "ledger.sqlite");
    symlinkSync(target(dir), link);
    await expect(routeOnce(ledgerAt(link), "r1")).rejects.toThrow(unavailable);
  });
});
