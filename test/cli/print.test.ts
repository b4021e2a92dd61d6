import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Output } from "../../src/cli/command.ts";
import { paint, printMs, printUsd, renderTable } from "../../src/cli/print.ts";
import { startSpinner } from "../../src/cli/spinner.ts";

function stream(isTTY: boolean, colourDepth = 8): Output {
  return Object.assign(new PassThrough(), { isTTY, getColorDepth: () => colourDepth });
}

// A runner may force colours on; here only the stream counts.
beforeEach(() => vi.stubEnv("FORCE_COLOR", undefined));
afterEach(() => vi.unstubAllEnvs());

describe("colours", () => {
  it("appear on a terminal that has them", () => {
    expect(paint(stream(true), "red", "x")).toBe("\u001b[31mx\u001b[39m");
  });

  it("stay away from pipes, and from terminals without colours", () => {
    expect(paint(stream(false), "red", "x")).toBe("x");
    expect(paint(stream(true, 1), "red", "x")).toBe("x");
  });
});

describe("tables", () => {
  it("align figures to the right, words to the left, colours not counted in", async () => {
    const out = stream(true);
    const table = await renderTable(
      stream(false),
      [{ head: "model" }, { head: "cost", align: "right" }, { head: "state" }],
      [
        ["a", "$1.25", paint(out, "green", "ok")],
        ["longer", "$0.0031", "off"],
      ],
    );
    expect(table.split("\n")).toEqual([
      "model      cost  state",
      "a         $1.25  \u001b[32mok\u001b[39m",
      "longer  $0.0031  off",
    ]);
  });
});

describe("the spinner", () => {
  it("is silent where there is no terminal", async () => {
    const err = stream(false);
    const spinner = await startSpinner(err, "planning");
    spinner.say("calling");
    spinner.stop();
    expect((err as unknown as PassThrough).readableLength).toBe(0);
  });
});

describe("figures", () => {
  it("show differences with their sign and times in the unit that fits", () => {
    expect(printUsd(-0.0031)).toBe("-$0.003100");
    expect(printUsd(1.25)).toBe("$1.25");
    expect(printMs(830.4)).toBe("830 ms");
    expect(printMs(2412)).toBe("2.4 s");
  });
});
