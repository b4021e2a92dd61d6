import { createHash } from "node:crypto";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MODELS } from "../../src/catalog/models.ts";
import type { RouteInput } from "../../src/core/contract.ts";
import { mediaTokens, type MediaFile } from "../../src/core/media.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { gif, jpeg, pdf, png, webp } from "../support/media-fixtures.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";

/** A model of Together's that sees: none of the catalogue does. */
const SEEING = {
  ...(MODELS.find(({ id }) => id === "llama-3.3-70b") ?? MODELS[0]),
  id: "seeing-llama",
  wireId: "meta-llama/Seeing",
  accepts: ["image"],
  mediaRule: "llama_tiles",
} as (typeof MODELS)[number];
const MODEL = {
  openai: "gpt-6-luna",
  anthropic: "claude-haiku-5-5",
  google: "gemini-3.8-flash",
  together: SEEING.id,
} as const;
type Vendor = keyof typeof MODEL;
const VENDORS = Object.keys(MODEL) as readonly Vendor[];

let sandbox: Sandbox;
let app: SandboxService;
let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "media-")));
  sandbox = await startSandbox({ answers: () => "Two signals, both at danger.", models: [...MODELS, SEEING] });
  const row = {
    id: SEEING.id,
    provider: "together",
    wire_id: SEEING.wireId,
    context_tokens: 131_072,
    prices: {
      input_usd_per_mtok: 0.88,
      output_usd_per_mtok: 0.88,
      cache_read_usd_per_mtok: "none",
      cache_write_usd_per_mtok: "none",
    },
    accepts: ["image"],
    media_rule: "llama_tiles",
  };
  app = await sandboxService(
    sandbox,
    { defaults: { budget_usd: null }, models: [row], files: { roots: [root] } },
    { verifier: HERE },
  );
});
afterEach(async () => {
  await app.close();
  await sandbox.close();
  await rm(root, { recursive: true, force: true });
});

const ask = (models: readonly string[], files: readonly unknown[], more: Partial<RouteInput> = {}): RouteInput => ({
  task: "general",
  prompt: "Which signals are shown?",
  models: [...models],
  context: { files: [...files] },
  max_output_tokens: 500,
  ...more,
});
const routed = (input: RouteInput) => app.service.route(input, { signal: new AbortController().signal });
const given = (bytes: Buffer, media_type: string, name: string) => ({
  data: bytes.toString("base64"),
  media_type,
  name,
});
const spentNanoUsd = async (): Promise<number> => {
  const spend = await app.service.spendReport({});
  return spend.ok ? Math.round(spend.value.totals.cost_usd * 1e9) : Number.NaN;
};
/** The content of the user message, wherever the vendor has it. */
const sentParts = (): unknown => {
  const [call] = sandbox.calls;
  const body = call?.parameters as Record<string, { content?: unknown; parts?: unknown }[]>;
  return (body["contents"] ?? body["messages"])?.at(-1)?.[body["contents"] === undefined ? "content" : "parts"];
};

const SHOT = png(1920, 1080);
const PHOTO = jpeg(4032, 3024);
const REPORT = pdf(3);
const text = { text: expect.stringContaining("Which signals are shown?") };

describe.each(VENDORS)("images and PDF at %s", (vendor) => {
  const url = (bytes: Buffer, type: string): string => `data:${type};base64,${bytes.toString("base64")}`;
  const data = (bytes: Buffer): string => bytes.toString("base64");
  const EXPECTED: Readonly<Record<Vendor, unknown>> = {
    openai: [
      { type: "image_url", image_url: { url: url(SHOT, "image/png"), detail: "high" } },
      { type: "file", file: { filename: "report.pdf", file_data: url(REPORT, "application/pdf") } },
      { type: "text", ...text },
    ],
    anthropic: [
      { type: "image", source: { type: "base64", media_type: "image/png", data: data(SHOT) } },
      {
        type: "document",
        source: { type: "base64", media_type: "application/pdf", data: data(REPORT) },
        title: "report.pdf",
      },
      { type: "text", ...text },
    ],
    google: [
      { inlineData: { mimeType: "image/png", data: data(SHOT) } },
      { inlineData: { mimeType: "application/pdf", data: data(REPORT) } },
      text,
    ],
    together: [
      { type: "image_url", image_url: { url: url(SHOT, "image/png") } },
      { type: "text", ...text },
    ],
  };

  it("go in the vendor's own parts, by path and as base64, before the text that names them", async () => {
    await writeFile(join(root, "shot.png"), SHOT);
    const report = vendor === "together" ? [] : [given(REPORT, "application/pdf", "report.pdf")];
    const done = await routed(ask([MODEL[vendor]], [{ path: "shot.png" }, ...report]));
    if (!done.ok) throw new Error(done.error.message);
    expect(sandbox.calls.map(({ status }) => status)).toEqual([200]);
    expect(sentParts()).toEqual(EXPECTED[vendor]);
    expect(sandbox.calls[0]?.promptText).toContain('Attached before this text, in this order: image "shot.png"');
    const receipt = await app.service.receipt(done.value.route_id);
    if (!receipt.ok) throw new Error(receipt.error.message);
    expect(receipt.value.files).toContainEqual({
      path: "shot.png",
      type: "image/png",
      size: "1920x1080 pixels",
      bytes: SHOT.length,
      sha256: createHash("sha256").update(SHOT).digest("hex"),
    });
  });

  it("are estimated, held and settled: the money is the vendor's bill", async () => {
    const report = vendor === "together" ? [] : [given(REPORT, "application/pdf", "report.pdf")];
    const files = [
      given(PHOTO, "image/jpeg", "photo.jpg"),
      given(webp(800, 600), "image/webp", "plan.webp"),
      ...report,
    ];
    const plain = await app.service.estimate(ask([MODEL[vendor]], []));
    const estimated = await app.service.estimate(ask([MODEL[vendor]], files));
    if (!plain.ok || !estimated.ok) throw new Error("no estimate");
    const done = await routed(ask([MODEL[vendor]], files));
    if (!done.ok) throw new Error(done.error.message);
    const [line] = sandbox.bill;
    const [candidate] = estimated.value.candidates;
    expect(await spentNanoUsd()).toBe(sandbox.billedNanoUsd());
    expect(done.value.cost_is_estimated).toBe(false);
    // Counted before the call as they are billed after it, but for a few per cent.
    const text = plain.value.candidates[0]?.input_tokens ?? Number.NaN;
    const added = (candidate?.input_tokens ?? Number.NaN) - text;
    expect(added).toBeGreaterThan(1000);
    expect((line?.inputTokens ?? 0) - text).toBeGreaterThan(0.9 * added);
    expect((line?.inputTokens ?? 0) - text).toBeLessThan(1.05 * added);
    expect((candidate?.cost_usd_max ?? 0) * 1e9).toBeGreaterThanOrEqual(sandbox.billedNanoUsd());
  });

  it("are settled by our own count, as an estimate, when the vendor says no usage", async () => {
    const long = given(PHOTO, "image/jpeg", "photo.jpg");
    sandbox.setFault("*", { kind: "truncated" });
    const done = await routed(ask([MODEL[vendor]], [long]));
    expect(done.ok).toBe(false);
    const nano = await spentNanoUsd();
    expect(nano).toBeGreaterThan(0.9 * sandbox.billedNanoUsd());
  });
});

const image = (widthPx: number, heightPx: number): MediaFile => ({
  kind: "image",
  type: "image/png",
  name: "x",
  base64: "",
  bytes: 0,
  sha256: "",
  widthPx,
  heightPx,
});

describe("the tokens of an image", () => {
  // Measured at the vendors' APIs on 2026-10 (huggingface.co/datasets/JOHNISKING/image-token-cost), without the tokens of the question.
  it.each([
    ["gpt_patches", 256, 256, 77],
    ["gpt_patches", 1024, 1024, 1229],
    ["gpt_patches", 1920, 1080, 2448],
    ["gpt_patches", 2560, 1440, 2931],
    ["gpt_patches", 3840, 2160, 2931],
    ["gpt_patches", 4032, 3024, 2942],
    ["claude_large", 256, 256, 100],
    ["claude_large", 768, 768, 784],
    ["claude_large", 1920, 1080, 2691],
    ["claude", 1280, 720, 1196],
  ] as const)("by the rule %s of %i by %i pixels are those that were measured: %i", (rule, width, height, tokens) => {
    expect(mediaTokens({ mediaRule: rule }, [image(width, height)])).toEqual({ expected: tokens, max: tokens });
  });

  it.each([
    ["gpt_tiles", 1024, 1024, 765],
    ["gpt_tiles", 2048, 4096, 1105],
    ["gemini", 4000, 3000, 1120],
    ["gemini_tiles", 384, 384, 258],
    ["gemini_tiles", 960, 540, 1548],
    ["llama_tiles", 559, 1000, 3202],
    ["llama_tiles", 1000, 1000, 6404],
  ] as const)(
    "by the rule %s of %i by %i pixels are those of the vendor's documents: %i",
    (rule, width, height, tokens) => {
      expect(mediaTokens({ mediaRule: rule }, [image(width, height)]).expected).toBe(tokens);
    },
  );

  it("without a known rule are the dearest of all rules, and never above the budgets of the rules that have one", () => {
    expect(mediaTokens({}, [image(1000, 1000)]).expected).toBe(6404);
    for (const [width, height] of [
      [8000, 8000],
      [8000, 1],
      [1, 8000],
      [8000, 1500],
      [2577, 2577],
    ] as const) {
      expect(mediaTokens({ mediaRule: "gpt_patches" }, [image(width, height)]).max).toBeLessThanOrEqual(3000);
      expect(mediaTokens({ mediaRule: "claude_large" }, [image(width, height)]).max).toBeLessThanOrEqual(4784);
      expect(mediaTokens({ mediaRule: "claude" }, [image(width, height)]).max).toBeLessThanOrEqual(1568);
    }
  });
});

describe("models that do not take them", () => {
  const shot = given(SHOT, "image/png", "shot.png");

  it("are skipped with the reason, and another one answers", async () => {
    const done = await routed(ask(["deepseek-v4-flash", MODEL.openai], [shot]));
    if (!done.ok) throw new Error(done.error.message);
    expect(done.value.model).toBe(MODEL.openai);
    expect(done.value.plan.rejected).toContainEqual({
      model: "deepseek-v4-flash",
      reason: "model without vision: it takes no image",
    });
    expect(sandbox.calls).toHaveLength(1);
  });

  it.each([
    ["an image", [shot], "deepseek-v4-flash", "without vision", "claude-fable-5-1"],
    ["a PDF", [given(REPORT, "application/pdf", "r.pdf")], SEEING.id, "no PDF", "claude-fable-5-1"],
    ["a GIF", [given(gif(), "image/gif", "a.gif")], MODEL.google, "no image/gif", "claude-fable-5-1"],
  ] as const)(
    "when no other is left for %s, are refused with the name of one that does",
    async (_, files, model, why, other) => {
      for (const outcome of [await routed(ask([model], files)), await app.service.estimate(ask([model], files))]) {
        expect(outcome).toMatchObject({ ok: false, error: { code: "no_candidate", cost_usd: 0 } });
        if (outcome.ok) return;
        expect(outcome.error.message).toContain(why);
        expect(outcome.error.message).toContain(`models: ["${other}"]`);
      }
      expect(sandbox.calls).toHaveLength(0);
    },
  );
});

describe("a judge", () => {
  it("sees the image that the answer is about", async () => {
    const done = await routed(
      ask([MODEL.openai], [given(SHOT, "image/png", "shot.png")], { on_unchecked: ["judge", "accept"] }),
    );
    if (!done.ok) throw new Error(done.error.message);
    expect(sandbox.calls).toHaveLength(2);
    expect(JSON.stringify(sandbox.calls[1]?.parameters)).toContain(SHOT.toString("base64"));
    expect(await spentNanoUsd()).toBe(sandbox.billedNanoUsd());
  });
});

describe("an answer that is kept", () => {
  it("is given again for the same image, and not for another one under the same name", async () => {
    const keeping = await sandboxService(
      sandbox,
      { defaults: { budget_usd: null }, answer_cache: { ttl_s: 600 } },
      { verifier: HERE },
    );
    const routeOf = (bytes: Buffer) => {
      const files = [given(bytes, "image/png", "shot.png")];
      const asked = ask([MODEL.openai], files, { accept: [{ contains: ["signals"] }] });
      return keeping.service.route(asked, { signal: new AbortController().signal });
    };
    for (const bytes of [SHOT, SHOT, png(1920, 1081)]) expect(await routeOf(bytes)).toMatchObject({ ok: true });
    expect(sandbox.calls).toHaveLength(2);
    await keeping.close();
  });
});
