import { type McpServer, ResourceNotFoundError, ResourceTemplate } from "@modelcontextprotocol/server";
import { pagesOf } from "../../core/paginate.ts";
import type { Service } from "../../core/service.ts";
import { decodeValue } from "../define-resource.ts";
import type { LongAnswers } from "./store.ts";
import { ANSWER_MIME_TYPE, ANSWERS_PREFIX } from "./truncate.ts";

/** Serves long answers: whole, and in the pages that results link to. */
export function serveAnswers(
  server: McpServer,
  service: Service,
  longAnswers: LongAnswers,
  principal: () => string | null,
): void {
  const textOf = async (uri: string, encoded: string): Promise<string> => {
    const routeId = decodeValue(uri, encoded);
    const text = (await longAnswers.get(routeId, principal())) ?? (await storedText(service, routeId));
    if (text !== null) return text;
    const message = `The answer ${routeId.slice(0, 80)} is not kept: long answers are, for up to an hour; all of them are with privacy.store_text`;
    throw new ResourceNotFoundError(uri, message);
  };
  const complete = {
    route_id: async (written: string) =>
      (await longAnswers.routeIds(principal())).filter((id) => id.startsWith(written)),
  };
  const metadata = {
    title: "A long answer",
    description: "The text of an answer that was too long for its result",
    mimeType: ANSWER_MIME_TYPE,
  };
  const whole = new ResourceTemplate(`${ANSWERS_PREFIX}{route_id}`, { list: undefined, complete });
  server.registerResource("answer", whole, metadata, async ({ href }, { route_id: routeId }) =>
    contents(href, await textOf(href, String(routeId))),
  );
  const paged = new ResourceTemplate(`${ANSWERS_PREFIX}{route_id}/{page}`, { list: undefined, complete });
  const inPages = { ...metadata, title: "A page of a long answer" };
  server.registerResource("answer_page", paged, inPages, async ({ href }, { route_id: routeId, page }) => {
    const pages = pagesOf(await textOf(href, String(routeId)), service.resultChars);
    const text = /^[1-9]\d{0,4}$/u.test(String(page)) ? pages[Number(page) - 1] : undefined;
    if (text === undefined) throw new ResourceNotFoundError(href, `This answer has the pages 1 to ${pages.length}`);
    return contents(href, text);
  });
}

function contents(uri: string, text: string) {
  return { contents: [{ uri, mimeType: ANSWER_MIME_TYPE, text }] };
}

/** The returned answer of a request, where the config lets the ledger keep texts. */
async function storedText(service: Service, routeId: string): Promise<string | null> {
  const receipt = await service.receipt(routeId);
  if (!receipt.ok) return null;
  return receipt.value.attempts.find(({ returned }) => returned)?.text ?? null;
}
