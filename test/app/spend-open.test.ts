import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { launch } from "../support/launched.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "signalbox-open-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe.skipIf(process.platform !== "linux")("signalbox spend --open", () => {
  it("opens a link in the browser that is good once, on loopback, and ends with Ctrl-C", async () => {
    const opened = join(directory, "opened");
    const opener = join(directory, "xdg-open");
    await writeFile(opener, `#!/bin/sh\nprintf %s "$1" > ${opened}.part && mv ${opened}.part ${opened}\n`);
    await chmod(opener, 0o755);
    const PATH = `${directory}${delimiter}${process.env["PATH"] ?? ""}`;
    const { child, ended } = launch(["spend", "--open"], directory, { PATH });
    const link = await expect
      .poll(() => readFile(opened, "utf8").catch(() => ""))
      .toMatch(/^http/)
      .then(() => readFile(opened, "utf8"));
    const { hostname, pathname, hash, origin } = new URL(link);
    expect([hostname, pathname]).toEqual(["127.0.0.1", "/dashboard"]);
    const code = hash.replace("#code=", "");
    expect(code).toMatch(/^[\w-]{43}$/);
    const signIn = (): Promise<Response> =>
      fetch(`${origin}/dashboard/session`, { method: "POST", headers: { authorization: `Bearer ${code}` } });
    const first = await signIn();
    expect(first.status).toBe(204);
    expect((await signIn()).status).toBe(401);
    const cookie = first.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
    const data = await fetch(`${origin}/dashboard/data?days=7`, { headers: { cookie } });
    expect(await data.json()).toMatchObject({ days: 7, totals: { requests: 0 } });
    expect((await fetch(`${origin}/dashboard/data?days=7`)).status).toBe(401);
    child.kill("SIGINT");
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toBe("");
    expect(stderr).toContain(link);
  });

  it("prints the link where nothing opens it, and takes no other flag", async () => {
    const { child, ended } = launch(["spend", "--open"], directory, { PATH: "/nowhere" });
    const printed = new Promise<string>((resolve) => {
      let text = "";
      child.stderr?.on("data", (part: Buffer) => {
        text += part.toString();
        if (text.includes("#code=")) resolve(text);
      });
    });
    expect(await printed).toMatch(
      /signalbox: the view, good for one browser, until Ctrl-C: http:\/\/127\.0\.0\.1:\d+\/dashboard#code=/,
    );
    child.kill("SIGINT");
    expect((await ended).exitCode).toBe(0);
    const wrong = await launch(["spend", "--open", "--by", "model"], directory).ended;
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toContain("--open goes alone");
  });
});
