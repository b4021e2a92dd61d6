import { MEDIA_RULES, type MediaRuleId, type MediaTokens } from "./media-rules/index.ts";

/** What a model may take beside text: the column `accepts` of the catalogue. */
export const MEDIA_KINDS = ["image", "pdf"] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif"] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];
export type MediaType = ImageType | "application/pdf";

interface MediaBase {
  /** Its path from its root, or the name that the caller gave. */
  readonly name: string;
  /** The bytes as they are sent. */
  readonly base64: string;
  readonly bytes: number;
  /** Of the bytes, hex. */
  readonly sha256: string;
}

/** An image or a PDF of the context: its type is told by its bytes, and it was read to its end. */
export type MediaFile =
  | (MediaBase & {
      readonly kind: "image";
      readonly type: ImageType;
      readonly widthPx: number;
      readonly heightPx: number;
    })
  | (MediaBase & {
      readonly kind: "pdf";
      readonly type: "application/pdf";
      /** At least as many as it has. */
      readonly pages: number;
    });

/** The columns of a model that say what it takes, and how that is counted. */
export interface MediaColumns {
  /** What it takes beside text. Absent: text alone. */
  readonly accepts?: readonly MediaKind[];
  /** How its vendor counts images and PDF; absent: by the dearest rule that is known. */
  readonly mediaRule?: MediaRuleId;
}

const NO_TOKENS: MediaTokens = { expected: 0, max: 0 };

/** Input tokens of images and PDF by the rule of the model's vendor; without a known rule the dearest of all rules. */
export function mediaTokens({ mediaRule }: MediaColumns, media: readonly MediaFile[] = []): MediaTokens {
  return media.reduce<MediaTokens>((sum, file) => {
    const { expected, max } = mediaRule === undefined ? dearest(file) : tokensBy(mediaRule, file);
    return { expected: sum.expected + expected, max: sum.max + max };
  }, NO_TOKENS);
}

function tokensBy(id: MediaRuleId, file: MediaFile): MediaTokens {
  const rule = MEDIA_RULES[id];
  if (file.kind === "image") {
    const tokens = rule.imageTokens(file.widthPx, file.heightPx);
    return { expected: tokens, max: tokens };
  }
  const { expected, max } = rule.pageTokens ?? NO_TOKENS;
  return { expected: expected * file.pages, max: max * file.pages };
}

function dearest(file: MediaFile): MediaTokens {
  const all = (Object.keys(MEDIA_RULES) as MediaRuleId[]).map((id) => tokensBy(id, file));
  return {
    expected: Math.max(...all.map(({ expected }) => expected)),
    max: Math.max(...all.map(({ max }) => max)),
  };
}

/** Why a model cannot take these images and PDF; `null`: it can, or there are none. */
export function mediaProblem(
  { accepts = [], mediaRule }: MediaColumns,
  media: readonly MediaFile[] = [],
): string | null {
  const lacks = (kind: MediaKind): boolean => !accepts.includes(kind) && media.some((file) => file.kind === kind);
  if (lacks("image")) return "model without vision: it takes no image";
  if (lacks("pdf")) return "it takes no PDF";
  const refused = mediaRule === undefined ? [] : (MEDIA_RULES[mediaRule].refusedTypes ?? []);
  const type = media.find((file) => refused.includes(file.type))?.type;
  return type === undefined ? null : `its vendor takes no ${type}: send it as image/png`;
}
