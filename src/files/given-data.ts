import type { MediaFile } from "../core/media.ts";
import { mediaTypeOf, MOST_PDF_BYTES, readMedia } from "./media/read-media.ts";
import { secretName } from "./secrets.ts";

const MOST_NAME_CHARS = 200;
const MOST_BASE64_CHARS = Math.ceil(MOST_PDF_BYTES / 3) * 4;

/** An image or PDF that the caller gives as `{data, media_type?, name?}`; or what is wrong with it. `index`: its place in the list. */
export function givenMedia(entry: Readonly<Record<string, unknown>>, index: number): MediaFile | string {
  const { data, media_type: said, name = `file-${index + 1}`, ...others } = entry;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return `has an unknown key "${unknown.slice(0, 80)}": give data, media_type and name`;
  if (typeof data !== "string") return "data must be the base64 of an image or a PDF";
  if (
    typeof name !== "string" ||
    name === "" ||
    name.length > MOST_NAME_CHARS ||
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name)
  )
    return `name must be a text of at most ${MOST_NAME_CHARS} visible characters`;
  if (said !== undefined && typeof said !== "string") return 'media_type must be a text such as "image/png"';
  if (secretName(name) !== null) return "name looks like that of a secret, which is never sent";
  if (data.length > MOST_BASE64_CHARS)
    return `data is longer than ${MOST_BASE64_CHARS} characters: make the file smaller`;
  if (data.startsWith("data:")) return "data must be base64 alone, without data:…, before it";
  // Node skips what is no base64; what it read must be all that was given.
  const bytes = Buffer.from(data, "base64");
  if (bytes.length === 0 || bytes.toString("base64") !== data) return "data is not base64 with its padding";
  const type = mediaTypeOf(bytes);
  if (type === null) return "data is no PNG, JPEG, WebP, GIF or PDF by its first bytes: give text as {path, content}";
  if (said !== undefined && said !== type)
    return `is said to be ${JSON.stringify(said.slice(0, 80))}, and its bytes are ${type}`;
  return readMedia(bytes, type, name);
}
