import type { ContentBlock } from "@modelcontextprotocol/server";
import { cutAt, pagesOf } from "../../core/paginate.ts";
import type { ToolContext } from "../define-tool.ts";

/**
 * Clients cut a result at some 25,000 tokens, wherever that is. Prose has four characters to a token, code hardly three and a
 * half, and what stands around the answer needs room too.
 */
export const MOST_ANSWER_TEXT_CHARS = 80_000;

export const ANSWERS_PREFIX = "signalbox://answers/";
export const ANSWER_MIME_TYPE = "text/plain";

/** An answer as a result shows it. */
export interface TruncatedAnswer {
  readonly text: string;
  /** For the structured content: that the text is cut, and how long it is. Empty for a whole one. */
  readonly mark: { readonly text_is_cut?: true; readonly text_chars?: number };
  /** What a reader of the text is told; `null` for a whole one. */
  readonly notice: string | null;
  /** Where the rest is, for clients that know links. */
  readonly links: readonly ContentBlock[];
}

/** The answer, or as much of it as fits, with the way to the rest, which is kept for a while. */
export function truncate(routeId: string, text: string, mostChars: number, house: ToolContext): TruncatedAnswer {
  if (text.length <= mostChars) return { text, mark: {}, notice: null, links: [] };
  house.keepAnswer(routeId, text);
  const shown = text.slice(0, cutAt(text, 0, mostChars));
  const pages = pagesOf(text, MOST_ANSWER_TEXT_CHARS);
  const first = pages[0] === shown ? 2 : 1;
  const uris = pages
    .slice(first - 1)
    .map((page, index) => ({ uri: pageUri(routeId, first + index), chars: page.length }));
  const last = uris.at(-1)?.uri ?? "";
  const where = uris.length === 1 ? last : `${uris[0]?.uri} to ${last}`;
  return {
    text: shown,
    mark: { text_is_cut: true, text_chars: text.length },
    notice:
      `These are the first ${shown.length} of ${text.length} characters. ` +
      `${first === 1 ? "All of it" : "The rest"} can be read for up to an hour as ${where}.`,
    links: house.canLink
      ? uris.map(({ uri, chars }, index) => ({
          type: "resource_link",
          uri,
          name: `answer ${routeId}, page ${first + index}`,
          description: `Page ${first + index} of ${pages.length} of the answer`,
          mimeType: ANSWER_MIME_TYPE,
          size: chars,
        }))
      : [],
  };
}

function pageUri(routeId: string, page: number): string {
  return `${ANSWERS_PREFIX}${encodeURIComponent(routeId)}/${page}`;
}
