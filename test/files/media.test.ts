import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFiles } from "../../src/files/read-files.ts";
import { mediaTypeOf, readMedia } from "../../src/files/media/read-media.ts";
import { chunk, gif, jpeg, pdf, png, webp } from "../support/media-fixtures.ts";

let root: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "media-")));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString("base64");
const cut = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 20);
const behind = (bytes: Buffer, more: string): Buffer => Buffer.concat([bytes, Buffer.from(more)]);
const patched = (bytes: Buffer, at: number, value: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = value;
  return copy;
};
const read = (bytes: Buffer) => {
  const type = mediaTypeOf(bytes);
  return type === null ? "unknown" : readMedia(bytes, type, "x");
};

describe("an image or PDF", () => {
  it.each([
    ["PNG", png(33, 7), { type: "image/png", widthPx: 33, heightPx: 7 }],
    ["JPEG", jpeg(300, 20), { type: "image/jpeg", widthPx: 300, heightPx: 20 }],
    ["WebP", webp(640, 480), { type: "image/webp", widthPx: 640, heightPx: 480 }],
    ["GIF", gif(), { type: "image/gif", widthPx: 1, heightPx: 1 }],
    ["PDF", pdf(7), { type: "application/pdf", pages: 7 }],
    ["PDF with its objects compressed", pdf(7, "compressed"), { type: "application/pdf", pages: 7 }],
  ])("of the type %s is read by its bytes, whatever its name says", async (_, bytes, expected) => {
    await writeFile(join(root, "notes.txt"), bytes);
    const { media, problems, files } = await readFiles([{ path: "notes.txt" }, { data: base64(bytes) }], [root]);
    expect(problems).toEqual([]);
    expect(files).toEqual([]);
    expect(media).toMatchObject([
      { name: "notes.txt", base64: base64(bytes), ...expected },
      { name: "file-2", ...expected },
    ]);
  });

  /** Each by path and as base64; the first word of what is wrong. */
  it.each([
    ["a text that is called .png", Buffer.from("hello"), "by its bytes it is no PNG", "by its first bytes"],
    ["a broken PNG", cut(png(50, 50)), "broken image/png", null],
    ["a PNG with a wrong checksum", patched(png(50, 50), 20, 9), "checksum", null],
    [
      "a PNG without pixels",
      Buffer.concat([png(1, 1).subarray(0, 33), chunk("IEND", Buffer.alloc(0))]),
      "no pixels",
      null,
    ],
    ["a PNG of no width", png(0, 4), "no pixels", null],
    ["a moving PNG", png(4, 4, [chunk("acTL", Buffer.alloc(8))]), "animated", null],
    ["a PNG that is a zip too", behind(png(4, 4), "PK\u0003\u0004more"), "another file", null],
    ["a PNG that is too wide", png(8001, 2), "8001 by 2 pixels", null],
    ["a broken JPEG", cut(jpeg(200, 200)), "cut off", null],
    ["a JPEG that is a page too", behind(jpeg(20, 20), "<script>alert(1)</script>"), "another file", null],
    ["a JPEG without segments", Buffer.from([0xff, 0xd8, 0xff, 0xd9]), "broken image/jpeg", null],
    ["a broken WebP", webp(4, 4).subarray(0, 30), "cut off", null],
    ["a WebP with more behind it", behind(webp(4, 4), "more"), "another file", null],
    ["a broken GIF", cut(gif()), "cut off", null],
    ["a moving GIF", gif(2), "animated", null],
    ["a GIF that is a script too", behind(gif(), "=1;alert(1)"), "another file", null],
    ["an image that is too large", Buffer.concat([png(4, 4), Buffer.alloc(3_750_000)]), "make it smaller", null],
    ["a PDF that is cut off", pdf(2).subarray(0, 150), "cut off", null],
    ["a PDF that is a zip too", behind(pdf(2), "PK\u0003\u0004"), "another file", null],
    ["a PDF with a password", pdf(2, "plain", "<< /Encrypt 9 0 R >>\n"), "encrypted", null],
    ["a PDF of too many pages", pdf(101), "more than 100 pages", null],
    ["a PDF of no pages", pdf(0), "no page", null],
    ["a TIFF", Buffer.from("II*\0rest\0"), "cannot be sent", "by its first bytes"],
    ["a program", Buffer.from("\u007fELF\0\0"), "cannot be sent", "by its first bytes"],
  ])("that is %s is refused", async (_, bytes, byPath, byData) => {
    await writeFile(join(root, "shot.png"), bytes);
    const path = await readFiles([{ path: "shot.png" }], [root]);
    const data = await readFiles([{ data: base64(bytes), name: "shot.png" }], []);
    expect(path.media).toEqual([]);
    expect(path.problems.join()).toContain(byPath);
    expect(path.problems.join()).toContain('context.files[0] "shot.png"');
    expect(data.media).toEqual([]);
    expect(data.problems.join()).toContain(byData ?? byPath);
  });

  const shot = base64(png(4, 4));
  it.each([
    ["with another type than was said", { data: shot, media_type: "image/jpeg" }, 'said to be "image/jpeg"'],
    ["that is no base64", { data: "%%%" }, "not base64"],
    ["with white space in its base64", { data: `${shot.slice(0, 8)}\n${shot.slice(8)}` }, "not base64"],
    ["as a data URL", { data: `data:image/png;base64,${shot}` }, "without data:"],
    ["of nothing", { data: "" }, "not base64"],
    ["of another kind of value", { data: 7 }, "must be the base64"],
    ["with an unknown key", { data: shot, detail: "low" }, 'unknown key "detail"'],
    ["with a name that hides itself", { data: shot, name: "a\u202Egnp.exe" }, "visible characters"],
    ["with the name of a secret", { data: shot, name: "id_rsa" }, "secret"],
    ["that is longer than any PDF may be", { data: "A".repeat(13_400_000) }, "longer than"],
  ])("as base64 %s is refused", async (_, entry, why) => {
    const { media, problems } = await readFiles([entry], [root]);
    expect(media).toEqual([]);
    expect(problems.join()).toContain(why);
  });

  it("is refused together with others: too many, too many bytes, too many pages, or lines of one", async () => {
    const reading = async (entries: readonly unknown[]) => (await readFiles(entries, [root])).problems.join();
    expect(await reading(Array.from({ length: 21 }, () => ({ data: shot })))).toContain("at most 20");
    expect(await reading([{ data: base64(pdf(60)) }, { data: base64(pdf(41)) }])).toContain("101 pages");
    const large = base64(pdf(1, "plain", `% ${"x".repeat(6_500_000)}\n`));
    expect(await reading([{ data: large }, { data: large }])).toContain("bytes of images and PDF");
    await writeFile(join(root, "shot.png"), png(4, 4));
    expect(await reading([{ path: "shot.png", lines: "1-2" }])).toContain("leave out lines");
  });

  it("of any bytes is told as data, and no cut of a good one passes", () => {
    const good = [png(40, 40), jpeg(40, 40), webp(40, 40), gif(), pdf(3, "compressed")];
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.nat(), fc.uint8Array({ maxLength: 40 }), (bytes, at, junk) => {
        const whole = Buffer.from(bytes);
        // The last byte of a PDF is a line break that it can do without.
        const shorter = whole.subarray(0, at % (whole.length - 1));
        expect(typeof read(shorter)).toBe("string");
        // Bytes in the middle of it: whatever comes of it is said, not thrown.
        whole.set(junk.subarray(0, whole.length - (at % whole.length)), at % whole.length);
        read(whole);
      }),
      { numRuns: 400 },
    );
  });
});

describe("an image that states more than one size", () => {
  const frame = (bytes: Buffer): Buffer => {
    const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    return bytes.subarray(at, at + 13);
  };
  const [start, small, large] = [jpeg(8, 8).subarray(0, 2), frame(jpeg(8, 8)), frame(jpeg(3000, 8))];
  const wide = Buffer.from(gif());
  wide.writeUInt16LE(4000, 19 + 5);
  const canvas = Buffer.concat([Buffer.from("VP8X"), Buffer.from([10, 0, 0, 0]), Buffer.alloc(10)]);
  const lossy = webp(640, 480);
  const extended = Buffer.concat([lossy.subarray(0, 12), canvas, lossy.subarray(12)]);
  extended.writeUInt32LE(extended.length - 8, 4);

  it.each([
    ["a GIF", wide, 4000],
    ["a WebP", extended, 640],
    ["a JPEG", Buffer.concat([start, large, small, jpeg(8, 8).subarray(2)]), 3000],
  ])("%s is counted by the largest", (_, bytes, widthPx) => {
    expect(read(bytes)).toMatchObject({ widthPx });
  });
});

describe("the pages of a PDF", () => {
  const tree = (objects: Readonly<Record<number, string>>): Buffer => {
    const body = Object.entries(objects).map(([id, text]) => `${id} 0 obj\n${text}\nendobj\n`);
    return Buffer.from(`%PDF-1.4\n${body.join("")}trailer\n<< /Root 1 0 R >>\n%%EOF`);
  };
  const page = "<< /Type /Page >>";
  const pages = (kids: string): string => `<< /Type /Pages /Count 1 /Kids [${kids}] >>`;

  it.each([
    ["that are used more than once", { 2: pages("3 0 R 3 0 R 3 0 R"), 3: page }, 3],
    [
      "below a node that is used more than once",
      { 2: pages("3 0 R 3 0 R"), 3: pages("4 0 R 5 0 R"), 4: page, 5: page },
      4,
    ],
    ["that no /Type names", { 2: pages("3 0 R 4 0 R"), 3: "<< >>", 4: "<< /T#79pe /P#61ge >>" }, 2],
    [
      "of an older version too, once",
      { 2: `${pages("3 0 R 4 0 R")}\nendobj\n2 0 obj\n${pages("3 0 R 4 0 R")}`, 3: page, 4: page },
      2,
    ],
  ])("%s are counted", (_, objects, expected) => {
    expect(read(tree(objects))).toMatchObject({ pages: expected });
  });

  it.each([
    ["in a circle", { 2: pages("3 0 R"), 3: pages("2 0 R 4 0 R"), 4: page }, "more than 100"],
    [
      "by a tree that doubles",
      Object.fromEntries([
        ...Array.from({ length: 12 }, (_, at) => [at + 2, pages(`${at + 3} 0 R ${at + 3} 0 R`)]),
        [14, page],
      ]),
      "more than 100",
    ],
    ["by a name that hides itself", { 2: "<< /Type /Pages /K#69ds [3 0 R 4 0 R] >>", 3: page, 4: page }, "counted"],
    ["from a list that stands elsewhere", { 2: "<< /Type /Pages /Kids 9 0 R >>", 3: page, 9: "[3 0 R]" }, "counted"],
    ["with a comment among them", { 2: pages("3 0 R %]\n 4 0 R"), 3: page, 4: page }, "counted"],
    [
      "in a list of objects that cannot be read",
      { 2: pages("3 0 R"), 3: page, 8: "<< /Type /ObjStm /First 4 /Filter /LZWDecode >>\nstream\nxx\nendstream" },
      "counted",
    ],
    [
      "in a list of objects that grows without end",
      { 2: pages("3 0 R"), 3: page, 8: "<< /N 1 /First 4 /Filter /FlateDecode >>\nstream\nxx\nendstream" },
      "counted",
    ],
  ])("%s are refused", (_, objects, why) => {
    expect(read(tree(objects))).toContain(why);
  });

  it.each([
    ["more blanks", "5          0 obj"],
    ["NUL for a blank", "5\0 0 obj"],
    ["a comment between its numbers", "5 %x\n0 obj"],
    ["a comment before its word", "5 0 %x\nobj"],
  ])("are refused where a node begins with %s", (_, head) => {
    const many = Array.from({ length: 60 }, (_kid, at) => `${at + 10} 0 R`).join(" ");
    const leaves = Object.fromEntries(Array.from({ length: 60 }, (_kid, at) => [at + 10, page]));
    const hiding = `${pages(many)}\nendobj\n${head}\n${pages(many)}`;
    expect(read(tree({ 2: pages("4 0 R 5 0 R"), 4: hiding, ...leaves }))).toContain("counted");
  });

  it("are counted beside texts that speak of objects", () => {
    const script = "<< /S /JavaScript /JS (var obj = {}; obj.a = 1) >>";
    expect(read(tree({ 2: pages("3 0 R"), 3: page, 8: script }))).toMatchObject({ pages: 1 });
  });
});
