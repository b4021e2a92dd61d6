import { crc32, deflateSync } from "node:zlib";

/** A PNG of one colour. */
export function png(width: number, height: number, before: readonly Buffer[] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // One bit a pixel, grey.
  header[8] = 1;
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    ...before,
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

export function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

/** A baseline JPEG of one grey: each block is two bits. */
export function jpeg(width: number, height: number): Buffer {
  const segment = (marker: number, data: readonly number[]): Buffer => {
    const length = data.length + 2;
    return Buffer.from([0xff, marker, length >> 8, length & 0xff, ...data]);
  };
  const oneCode = [1, ...Array.from({ length: 15 }, () => 0), 0];
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const scan = Buffer.alloc(Math.ceil((blocks * 2) / 8));
  const spare = scan.length * 8 - blocks * 2;
  if (spare > 0) scan[scan.length - 1] = 2 ** spare - 1;
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 1)]),
    segment(0xc0, [8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]),
    segment(0xc4, [0x00, ...oneCode]),
    segment(0xc4, [0x10, ...oneCode]),
    segment(0xda, [1, 1, 0, 0, 63, 0]),
    scan,
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A lossy WebP of one pixel, with another size in its header. */
export function webp(width: number, height: number): Buffer {
  const bytes = Buffer.from("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA", "base64");
  bytes.writeUInt16LE(width, 26);
  bytes.writeUInt16LE(height, 28);
  return bytes;
}

const GIF_HEAD = Buffer.from("R0lGODlhAQABAIAAAAAAAP///w==", "base64");
const GIF_IMAGE = Buffer.from("2c00000000010001000002014400", "hex");

/** A GIF of one pixel and so many frames. */
export function gif(frames = 1): Buffer {
  return Buffer.concat([GIF_HEAD, ...Array.from({ length: frames }, () => GIF_IMAGE), Buffer.from([0x3b])]);
}

/** A PDF with so many empty pages, its objects in plain text or in a compressed list. */
export function pdf(pages: number, form: "plain" | "compressed" = "plain", extra = ""): Buffer {
  const kids = Array.from({ length: pages }, (_, page) => `${page + 3} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`,
    ...Array.from({ length: pages }, () => "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"),
  ];
  const body =
    form === "plain"
      ? Buffer.from(objects.map((text, index) => `${index + 1} 0 obj\n${text}\nendobj\n`).join(""))
      : objectStream(objects);
  return Buffer.concat([
    Buffer.from("%PDF-1.7\n"),
    body,
    Buffer.from(`${extra}trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`),
  ]);
}

function objectStream(objects: readonly string[]): Buffer {
  const starts = objects.map((_, index) => objects.slice(0, index).reduce((sum, text) => sum + text.length + 1, 0));
  const head = `${starts.map((start, index) => `${index + 1} ${start}`).join(" ")}\n`;
  const data = deflateSync(Buffer.from(head + objects.join("\n")));
  const dictionary = `<< /Type /ObjStm /N ${objects.length} /First ${head.length} /Filter /FlateDecode /Length ${data.length} >>`;
  return Buffer.concat([Buffer.from(`900 0 obj\n${dictionary}\nstream\n`), data, Buffer.from("\nendstream\nendobj\n")]);
}
