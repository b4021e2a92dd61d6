import { BoundedCache } from "../checks/kit/bounded-cache.ts";
import type { EarlierExchange, FoundExchange } from "../core/exchange.ts";
import type { LedgerReader } from "../core/ledger-reader.ts";
import type { ModelId } from "../core/model.ts";
import type { Clock } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import { promptHash } from "./prompt-hash.ts";

const MOST_EXCHANGES = 100;
/** UTF-16 units of prompt, answer and base64: what is longer is not remembered. */
const MOST_CHARS = 400_000;
/** As long as an answer that was cut. */
const REMEMBERED_MS = 3_600_000;

type Remembered = EarlierExchange & { readonly principal: string | null; readonly untilMs: number };

/** What was asked and answered lately, in the memory of this process; what is older, in the ledger, where `privacy.store_text` keeps it. */
export class Exchanges {
  readonly #clock: Clock;
  readonly #reader: LedgerReader;
  readonly #remembered = new BoundedCache<Remembered>(MOST_EXCHANGES);

  constructor(clock: Clock, reader: LedgerReader) {
    this.#clock = clock;
    this.#reader = reader;
  }

  remember({ routeId, principal, rendered }: Request, answer: string, model: ModelId): void {
    const { system, user, media = [] } = rendered;
    const chars = [system ?? "", user, answer, ...media.map(({ base64 }) => base64)].reduce(
      (sum, { length }) => sum + length,
      0,
    );
    if (chars > MOST_CHARS) return;
    const untilMs = this.#clock.monotonicMs() + REMEMBERED_MS;
    this.#remembered.set(routeId, { routeId, principal, rendered, answer, model, untilMs });
  }

  /** The exchange of a route, as far as it is the principal's own. Throws `ledger_unavailable`. */
  async find(named: string, principal: string | null): Promise<FoundExchange> {
    const routeId = named.replace(/^signalbox:\/\/routes\//, "");
    const shown = JSON.stringify(routeId.slice(0, 80));
    const kept = this.#remembered.get(routeId)?.value;
    if (kept?.principal === principal && kept.untilMs > this.#clock.monotonicMs()) return { ok: true, exchange: kept };
    const stored = await this.#reader.route(routeId);
    // The owner sees every receipt, and still goes on from its own requests alone.
    if (stored === null || stored.request.principal !== principal)
      return {
        ok: false,
        problem: `continue_from ${shown} is no route of yours: give the route_id that route_task returned`,
      };
    const { request, end, attempts } = stored;
    const attempt = attempts.find(({ attemptId }) => attemptId === end?.attemptId);
    const again = end?.answeredFrom === undefined ? undefined : await this.#answerOf(end.answeredFrom, principal);
    const { text: answer, model } = attempt ?? again ?? { text: null, model: "" };
    if (attempt === undefined && again === undefined)
      return { ok: false, problem: `continue_from ${shown} has no answer to go on from` };
    const { promptText, promptParts } = request;
    if (promptText === null || answer === null)
      return {
        ok: false,
        problem:
          `the text of continue_from ${shown} is gone: it is remembered for up to an hour by the process that answered it, and for as long as ` +
          "the receipt with privacy.store_text. Give the whole task again",
      };
    const systemChars = promptParts?.systemChars ?? null;
    const rendered = {
      system: systemChars === null ? null : promptText.slice(0, systemChars),
      user: systemChars === null ? promptText : promptText.slice(systemChars + "\n\n".length),
      sharedChars: promptParts?.sharedChars ?? 0,
    };
    if (promptHash(rendered) !== request.promptSha256)
      return {
        ok: false,
        problem: `continue_from ${shown} had images or PDF, which are not stored. Give the whole task again`,
      };
    return { ok: true, exchange: { routeId, rendered, answer, model } };
  }

  async #answerOf(routeId: string, principal: string | null) {
    const stored = await this.#reader.route(routeId);
    if (stored?.request.principal !== principal) return undefined;
    return stored.attempts.find(({ attemptId }) => attemptId === stored.end?.attemptId);
  }
}
