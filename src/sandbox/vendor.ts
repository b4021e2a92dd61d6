import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { Model } from "../core/model.ts";
import type { AskedFor, ScriptedAnswer } from "./answers/answer.ts";
import type { Bill } from "./bill.ts";
import { badRequest, type ReadCall, type SandboxCall, type SandboxProvider, type CallProblem } from "./call.ts";
import { isStatusFault, type Fault, type FaultBox, type StatusFaultKind } from "./faults.ts";
import { billedMediaTokens, mediaRefusal } from "./media-bill.ts";
import { countTokens } from "./pieces.ts";
import type { PromptCaches } from "./prompt-caches.ts";
import { play } from "./play.ts";
import { replyOf } from "./reply.ts";
import { refusalOf, thinks } from "./rules.ts";
import { sendJson } from "./send.ts";
import { asRecord, type Wire } from "./wire/wire.ts";

/**
 * Decides the fault of a call by the call itself, so that many cases can run side by side: `null` for none, `undefined` leaves
 * it to the faults that are set by name.
 */
export type FaultChooser = (
  call: Pick<ReadCall, "wireId" | "system" | "user" | "wantsFlex"> & { readonly provider: SandboxProvider },
) => Fault | null | undefined;

export interface VendorDeps {
  readonly models: readonly Model[];
  readonly faults: FaultBox;
  readonly faultFor: FaultChooser;
  readonly bill: Bill;
  readonly caches: PromptCaches;
  /** Written to. */
  readonly calls: SandboxCall[];
  readonly latencyMs: number;
  readonly answers: (asked: AskedFor) => string | ScriptedAnswer;
  readonly nowMs: () => number;
}

/** A request to a vendor. `path` starts after the vendor's prefix; `body` is `undefined` when it was not JSON. */
interface VendorRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export type SandboxVendor = (wire: Wire, request: VendorRequest, response: ServerResponse) => void;

/** Error statuses that a fault stands for, as the vendor's troubles. */
const TROUBLES = {
  rate_limit: (fault) => ({
    kind: "rate_limit",
    retryAfterS: fault.kind === "rate_limit" ? (fault.retryAfterS ?? 1) : 1,
  }),
  quota: () => ({ kind: "quota" }),
  server_error: () => ({ kind: "server_error" }),
  unavailable: () => ({ kind: "unavailable" }),
  overloaded: () => ({ kind: "overloaded" }),
  unauthorized: () => ({ kind: "unauthorized" }),
  context_length: (_fault, model) => ({
    kind: "context_length",
    promptTokens: model.contextTokens + 1,
    maxTokens: model.contextTokens,
  }),
} as const satisfies Record<StatusFaultKind, (fault: Fault, model: Model) => CallProblem>;

/** One request on its way through the sandbox. */
interface SandboxRequest {
  readonly wire: Wire;
  readonly response: ServerResponse;
  readonly serial: string;
  readonly nowMs: number;
}

/** The vendors' side of a request: key, endpoint, request, model, then the fault that is set, then the answer; noted and billed. */
export function createVendor(deps: VendorDeps): SandboxVendor {
  const modelsByName = new Map(deps.models.map((model) => [`${model.provider} ${model.wireId}`, model]));
  let serials = 0;
  return (vendorsWire, request, response) => {
    serials += 1;
    const wire = vendorsWire.asked?.(request.query) ?? vendorsWire;
    const visit: SandboxRequest = { wire, response, serial: String(serials).padStart(6, "0"), nowMs: deps.nowMs() };
    if (wire.keyOf(request.headers, request.query) === "") return refuse(visit, { kind: "missing_key" });
    if (request.method === "GET" && wire.modelsPath.test(request.path)) {
      return sendJson(response, 200, wire.models(wireIdsOf(deps.models, wire)));
    }
    if (request.method !== "POST" || !wire.answers(request.path)) {
      const message = `The sandbox does not know ${request.method} ${wire.prefix}${request.path}`;
      return sendJson(response, 404, { error: { message } });
    }
    if (request.body === undefined) return refuse(visit, badRequest("The body of the request is not valid JSON."));
    const call = wire.read({ ...request, body: asRecord(request.body) });
    answerCall(deps, visit, call, modelsByName.get(`${wire.provider} ${call.wireId}`));
  };
}

function answerCall(deps: VendorDeps, visit: SandboxRequest, call: ReadCall, model: Model | undefined): void {
  const { wire, response, nowMs } = visit;
  if (call.invalid !== null) return noteAndRefuse(deps, visit, call, call.invalid);
  if (model === undefined) return noteAndRefuse(deps, visit, call, { kind: "unknown_model", wireId: call.wireId });
  const schema = call.schema === null ? "" : JSON.stringify(call.schema);
  const promptTokens = [call.system ?? "", call.user, schema].reduce(
    (sum, text) => sum + countTokens(text, model.tokenFactor),
    billedMediaTokens(model, call.media),
  );
  const refusal = mediaRefusal(model, call.media) ?? refusalOf(call, model, promptTokens, nowMs);
  if (refusal !== null) return noteAndRefuse(deps, visit, call, refusal);
  const chosen = deps.faultFor({ provider: wire.provider, ...call });
  const fault = chosen === undefined ? deps.faults.take(call.wireId) : chosen;
  if (fault !== null && isStatusFault(fault.kind)) {
    return noteAndRefuse(deps, visit, call, TROUBLES[fault.kind](fault, model), fault);
  }
  const kind = fault?.kind ?? null;
  const ordinal = note(deps.calls, visit, call, fault, kind === "hang" || kind === "reset" ? null : 200);
  const { provider, refusalText } = wire;
  const asked: AskedFor = { provider, ...call, call: ordinal, bad: kind === "bad_answer" };
  const said = deps.answers(asked);
  const answer = typeof said === "string" ? { text: said } : said;
  const thinking = thinks(provider, call, model);
  const { serial } = visit;
  // A model that has no slower tier is served, and billed, as usual.
  const tier = call.wantsFlex && model.flexPrices !== undefined ? "flex" : "standard";
  const reply = replyOf({
    serial,
    call,
    fault: kind,
    answer,
    thinks: thinking,
    promptTokens,
    cached: deps.caches.take(provider, model, call, nowMs),
    tokenFactor: model.tokenFactor,
    refusalText,
    nowMs,
    tier,
  });
  const line = deps.bill.open(ordinal, provider, model, reply.usage, nowMs, tier);
  const delayMs = deps.latencyMs + (fault?.kind === "latency" ? fault.ms : 0);
  later(delayMs, response, () => play({ response, wire, stream: call.stream, reply, fault, line }));
}

function refuse({ wire, response, serial }: SandboxRequest, trouble: CallProblem): void {
  const { status, headers, body } = wire.error(trouble, serial);
  sendJson(response, status, body, headers);
}

function noteAndRefuse(
  deps: VendorDeps,
  visit: SandboxRequest,
  call: ReadCall,
  trouble: CallProblem,
  fault: Fault | null = null,
): void {
  note(deps.calls, visit, call, fault, visit.wire.error(trouble, visit.serial).status);
  later(deps.latencyMs, visit.response, () => refuse(visit, trouble));
}

/** Notes a call and returns its ordinal. */
function note(
  calls: SandboxCall[],
  visit: SandboxRequest,
  call: ReadCall,
  fault: Fault | null,
  status: number | null,
): number {
  const ordinal = calls.length + 1;
  const { wireId, stream, system, limitTokens, parameters } = call;
  const noted = {
    ordinal,
    provider: visit.wire.provider,
    wireId,
    stream,
    fault: fault?.kind ?? null,
    status,
    promptText: call.user,
    system,
    limitTokens,
    parameters,
    atMs: visit.nowMs,
    closedEarly: false,
  };
  visit.response.once("close", () => {
    noted.closedEarly = !visit.response.writableEnded;
  });
  calls.push(noted);
  return ordinal;
}

function wireIdsOf(models: readonly Model[], wire: Wire): readonly string[] {
  return models.filter((model) => model.provider === wire.provider).map((model) => model.wireId);
}

/** Now when there is nothing to wait for; not at all when the client has gone by then. */
function later(delayMs: number, response: ServerResponse, act: () => void): void {
  if (delayMs <= 0) return act();
  const timer = setTimeout(act, delayMs);
  response.once("close", () => clearTimeout(timer));
}
