import type { Model } from "../core/model.ts";
import { badRequest, type CallProblem, type SentMedia } from "./call.ts";

/**
 * What the vendors would count for images and PDF, reckoned apart from the product: sizes are read and tokens are counted here anew. Where
 * a vendor's figure was measured (image-token-cost and pdf-token-cost on Hugging Face, 2026-10) it is that figure.
 */
export function billedMediaTokens(model: Model, media: readonly SentMedia[]): number {
  return media.reduce((sum, sent) => sum + tokensOf(model, sent), 0);
}

/** What a vendor refuses about images and PDF: a model that takes none, bytes that are none, a type that is another. */
export function mediaRefusal(model: Model, media: readonly SentMedia[]): CallProblem | null {
  for (const sent of media) {
    const kind = sent.type === "application/pdf" ? "pdf" : "image";
    if (model.accepts?.includes(kind) !== true) return badRequest(`${model.wireId} does not support ${kind} input.`);
    if (model.provider === "google" && sent.type === "image/gif") return badRequest("Unsupported MIME type: image/gif");
    const bytes = Buffer.from(sent.base64, "base64");
    const isThere = kind === "pdf" ? bytes.toString("latin1", 0, 5) === "%PDF-" : sizeOf(sent.type, bytes) !== null;
    if (!isThere) return badRequest(`Could not process ${kind}: its data is not ${sent.type}.`);
  }
  return null;
}

function tokensOf({ mediaRule }: Model, { type, base64, isWhole }: SentMedia): number {
  const bytes = Buffer.from(base64, "base64");
  if (type === "application/pdf") {
    const pages = bytes.toString("latin1").split(/\/Type ?\/Page\b/).length - 1;
    return pages * (mediaRule === "gemini" ? 560 : mediaRule === "gpt_patches" ? 3600 : 2327);
  }
  const [width, height] = sizeOf(type, bytes) ?? [0, 0];
  if (mediaRule === undefined) return 0;
  switch (mediaRule) {
    case "claude":
      return claudeTokens(width, height, 1568, 1568);
    case "claude_large":
      return claudeTokens(width, height, 2576, 4784);
    case "gpt_patches":
      return gptTokens(width, height, isWhole);
    case "gemini":
      return Math.floor(Math.sqrt((1120 * width) / height)) * Math.floor(Math.sqrt((1120 * height) / width));
    case "llama_tiles":
      return [1601, 3202, 6404][Number(width > 559) + Number(height > 559)] ?? 0;
    // No model of the sandbox is counted by another rule.
    case "gpt_tiles":
    case "gemini_tiles":
      return 0;
  }
}

/** The largest size that keeps the shape and both limits, a pixel of width at a time. */
function claudeTokens(width: number, height: number, edge: number, most: number): number {
  for (let across = Math.min(width, Math.floor((edge * width) / Math.max(width, height))); across > 1; across -= 1) {
    const tokens = Math.ceil(across / 28) * Math.ceil(Math.round((across * height) / width) / 28);
    if (tokens <= most) return tokens;
  }
  return 1;
}

/** `isWhole`: without a detail level the image keeps its size. */
function gptTokens(width: number, height: number, isWhole: boolean): number {
  const patches = (across: number, down: number): number => Math.ceil(across / 32) * Math.ceil(down / 32);
  if (isWhole || patches(width, height) <= 2500) return billed(patches(width, height));
  const area = Math.sqrt(2_560_000 / width / height);
  const columns = Math.floor((width * area) / 32);
  const rows = Math.floor((height * area) / 32);
  // The side that loses more to whole patches sets the scale.
  const scale = Math.min((columns * 32) / width, (rows * 32) / height);
  return billed(patches(Math.floor(width * scale + 1e-6), Math.floor(height * scale + 1e-6)));
}

/** In tenths, so that nothing is lost to floating point. */
function billed(patches: number): number {
  return Math.ceil((patches * 12) / 10);
}

function sizeOf(type: string, bytes: Buffer): readonly [width: number, height: number] | null {
  if (type === "image/png" && bytes.toString("latin1", 1, 4) === "PNG")
    return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (type === "image/gif" && bytes.toString("latin1", 0, 3) === "GIF")
    return [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  if (type === "image/webp" && bytes.toString("latin1", 12, 15) === "VP8") return webpSize(bytes);
  return type === "image/jpeg" && bytes[0] === 0xff ? jpegSize(bytes) : null;
}

/** The frame is the first segment of the kinds C0 to C3. */
function jpegSize(bytes: Buffer): readonly [width: number, height: number] | null {
  for (let at = 2; at + 9 < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const kind = bytes.readUInt16BE(at);
    if (kind >= 0xffc0 && kind <= 0xffc3) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  }
  return null;
}

function webpSize(bytes: Buffer): readonly [width: number, height: number] {
  const form = bytes.toString("latin1", 15, 16);
  if (form === "X") return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
  if (form === " ") return [bytes.readUInt16LE(26) % 0x4000, bytes.readUInt16LE(28) % 0x4000];
  const bits = bytes.readUInt32LE(21);
  return [(bits % 0x4000) + 1, (Math.floor(bits / 0x4000) % 0x4000) + 1];
}
