import { createHash, randomBytes, randomUUID } from "node:crypto";
import {
  type CallToolResult,
  type ClientCapabilities,
  createRequestStateCodec,
  inputRequired,
  type InputRequiredResult,
  inputResponse,
  type RequestStateCodec,
  type Result,
  type ServerContext,
  CLIENT_CAPABILITIES_META_KEY,
} from "@modelcontextprotocol/server";
import { approvalQuestion, notApproved, priceOf, waysOut } from "../core/approval.ts";
import type { ApprovalOut, ErrorOutput } from "../core/contract.ts";
import { SignalboxError } from "../core/errors.ts";
import type { Clock } from "../core/ports.ts";
import type { Awaitable, SharedState } from "../core/shared-state.ts";
import { failureResult, freeError } from "./define-tool.ts";

/** A user has this long to answer. */
const ANSWER_WITHIN_S = 600;
/** Signs questions for this process alone: one that another process has asked is asked again. */
const STATE_KEY = randomBytes(32);
const QUESTION = "approval";
/** The field of the form: a person has to check it. Some clients accept an empty form by themselves. */
const YES = "approve";

/** What was asked: for which call, and up to what. Signed, so that no client can change it. */
interface AskedState {
  /** SHA-256 of the tool's name and its arguments. */
  readonly call: string;
  readonly approval: ApprovalOut;
  readonly nonce: string;
}

/** What the user has said so far. */
export type ApprovalAnswer =
  | { readonly kind: "not_asked" }
  | { readonly kind: "approved"; readonly approvedUsd: number }
  | { readonly kind: "refused"; readonly result: CallToolResult };

/** Asks the user of one principal before money is spent, in the new era: the client brings the answer with its next call. */
export class Approvals {
  readonly #principal: () => string | null;
  readonly #shared: SharedState | null;

  /**
   * `principal` is asked when it is needed: a server that is only built asks its service nothing. `shared`: with the instances that share
   * it, each reads the answers to the questions of all, and each answer is used once among them.
   */
  constructor(principal: () => string | null, shared: SharedState | null) {
    this.#principal = principal;
    this.#shared = shared;
  }

  async #codec(): Promise<RequestStateCodec<AskedState>> {
    return createRequestStateCodec<AskedState>({
      key: (await this.#shared?.secret("approvals")) ?? STATE_KEY,
      ttlSeconds: ANSWER_WITHIN_S,
      bind: (ctx) => JSON.stringify([ctx.mcpReq.method, this.#principal()]),
    });
  }

  /**
   * Reads the answer to a question of ours. A state that is not ours, was changed, is of another principal or too old, belongs to
   * another call, or was used before, is refused. (Here and not in the server's options: other tools may have states of their own.)
   */
  async answerOf(tool: string, args: unknown, ctx: ServerContext): Promise<ApprovalAnswer> {
    const sent = ctx.mcpReq.requestState();
    if (sent === undefined) return { kind: "not_asked" };
    try {
      return await this.#read(sent, tool, args, ctx);
    } catch (error) {
      if (!(error instanceof SignalboxError)) throw error;
      const unusable = freeError(error.kind, `${error.message}. The approval was not used, and nothing was spent.`);
      const { retryAfterMs } = error;
      const retry = retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs };
      return { kind: "refused", result: failureResult({ ...unusable, ...retry }) };
    }
  }

  async #read(sent: unknown, tool: string, args: unknown, ctx: ServerContext): Promise<ApprovalAnswer> {
    const codec = await this.#codec();
    const state = typeof sent === "string" ? await codec.verify(sent, ctx).catch(() => null) : null;
    if (state === null) return { kind: "refused", result: notThisCall() };
    if (state.call !== digestOf(tool, args)) return { kind: "refused", result: notThisCall() };
    const response = inputResponse(ctx.mcpReq.inputResponses, QUESTION);
    const said = response.kind === "elicit" ? saidBy(response) : "not_asked";
    if (said !== "yes") return { kind: "refused", result: withoutYes(said, state.approval) };
    if (!(await this.#useOnce(state.nonce))) return { kind: "refused", result: notThisCall() };
    return { kind: "approved", approvedUsd: state.approval.worst_case_usd };
  }

  async ask(tool: string, args: unknown, approval: ApprovalOut, ctx: ServerContext): Promise<InputRequiredResult> {
    const state = { call: digestOf(tool, args), approval, nonce: randomUUID() };
    return inputRequired({
      inputRequests: {
        [QUESTION]: inputRequired.elicit(formOf(tool, approval)),
      },
      requestState: await (await this.#codec()).mint(state, ctx),
    });
  }

  #useOnce(nonce: string): Awaitable<boolean> {
    return this.#shared?.useOnce(nonce, USED_MS) ?? useOnce(nonce);
  }
}

/**
 * What came of a question. `not_asked`: no person has answered: the client refused the question, answered it with nonsense or not
 * in time, or accepted an empty form by itself.
 */
export type Said = "yes" | "declined" | "closed" | "not_asked";

/** Old era: asks while the call is open. Throws when the call itself is cancelled. */
export async function askWithin(tool: string, approval: ApprovalOut, ctx: ServerContext, clock: Clock): Promise<Said> {
  const { send, signal } = ctx.mcpReq;
  const timeoutMs = ANSWER_WITHIN_S * 1000;
  const over = new AbortController();
  const late = new AbortController();
  void clock.sleep(timeoutMs, over.signal).then(() => late.abort());
  try {
    // The SDK counts as well, on a clock of its own.
    const options = { timeout: 2 * timeoutMs, signal: AbortSignal.any([signal, late.signal]) };
    return saidBy(await send({ method: "elicitation/create", params: formOf(tool, approval) }, options));
  } catch (error) {
    if (signal.aborted) throw error;
    return "not_asked";
  } finally {
    over.abort();
  }
}

function formOf(tool: string, approval: ApprovalOut) {
  return {
    message: approvalQuestion(tool, approval),
    requestedSchema: {
      type: "object" as const,
      properties: { [YES]: { type: "boolean" as const, title: "Spend it", description: "Check to approve the cost" } },
      required: [YES],
    },
  };
}

function saidBy({ action, content }: { readonly action: string; readonly content?: unknown }): Said {
  if (action === "decline") return "declined";
  if (action === "cancel") return "closed";
  const form = typeof content === "object" && content !== null ? new Map(Object.entries(content)) : null;
  const yes = form?.get(YES);
  if (action === "accept" && yes === true) return "yes";
  return action === "accept" && yes === false ? "declined" : "not_asked";
}

/** Whether this client can put a form in front of its user. `declared`: what it said when the session began. */
export function canAsk(ctx: ServerContext, declared: ClientCapabilities | undefined): boolean {
  const elicitation = capabilitiesOf(ctx, declared)?.elicitation;
  // An empty object stands for forms, as it did before there was anything else.
  return elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
}

/** What has to be approved before a failed call can be made; `null` for every other result. */
export function approvalIn(result: Result): ApprovalOut | null {
  if (result["isError"] !== true) return null;
  const { error } = (result["structuredContent"] ?? {}) as { readonly error?: Partial<ErrorOutput> };
  return error?.approval ?? null;
}

/** The result of a call whose cost was not approved. */
export function withoutYes(said: Exclude<Said, "yes">, approval: ApprovalOut): CallToolResult {
  if (said !== "not_asked") return failureResult(freeError("approval_declined", notApproved(said, approval)));
  const message =
    `No person approved this: ${priceOf(approval)}. The client refused the question, or its answer lacks ` +
    `"${YES}": true. Nothing was spent.`;
  return failureResult({ ...freeError("approval_required", `${message} ${waysOut(approval)}`), approval });
}

function notThisCall(): CallToolResult {
  const message =
    "This approval is not valid here: changed, too old, for another call, or used before. Nothing was spent. Call the tool again without it.";
  return failureResult(freeError("invalid_request", message));
}

/** The same for the same arguments in any order of their keys. */
function digestOf(tool: string, args: unknown): string {
  const text = JSON.stringify([tool, args], (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(text).digest("base64url");
}

const USED_MS = (ANSWER_WITHIN_S + 1) * 1000;
/** Answers that were used, until they are too old to be used again. */
const used = new Map<string, number>();

function useOnce(nonce: string): boolean {
  const nowMs = performance.now();
  for (const [old, untilMs] of used) {
    // In order of time: the first one that still counts is followed by those that do.
    if (untilMs > nowMs) break;
    used.delete(old);
  }
  if (used.has(nonce)) return false;
  used.set(nonce, nowMs + USED_MS);
  return true;
}

/** What the client can do: said with each request in the new era, once at the beginning (`declared`) in the old one. */
export function capabilitiesOf(
  ctx: ServerContext,
  declared: ClientCapabilities | undefined,
): ClientCapabilities | undefined {
  const envelope: { readonly [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities } = ctx.mcpReq.envelope ?? {};
  return envelope[CLIENT_CAPABILITIES_META_KEY] ?? declared;
}
