import type {
  CallToolRequest,
  CallToolResult,
  InputRequiredResult,
  McpServer,
  Result,
  ServerContext,
} from "@modelcontextprotocol/server";
import type { CallOptions, Service } from "../core/service.ts";
import { serveAnswers } from "./long-answers/resource.ts";
import { longAnswersOf, sharedAnswers, type LongAnswers } from "./long-answers/store.ts";
import { approvalIn, Approvals, askWithin, canAsk, withoutYes } from "./approval.ts";
import { ProjectRoots } from "./project-roots.ts";
import { startProgress, type ProgressReporter } from "./progress.ts";
import type { ServerOptions } from "./server-options.ts";
import { callBehindTask } from "./tasks/call.ts";
import { knowsTasks, serveTasks } from "./tasks/extension.ts";
import { sharedTasksOf } from "./tasks/shared-store.ts";
import { storeOf, type Tasks } from "./tasks/store.ts";
import { viewMeta } from "./views.ts";
import type { ToolContext, Tool } from "./define-tool.ts";

/** Clients give up on a call after 60 s or so: from this deadline on those that know tasks get one. */
const LONG_MS = 30_000;
/** The revision of the protocol that brought structured content and links to resources: older clients do not know them. */
const STRUCTURED_SINCE = "2025-06-18";

type CallAnswer = CallToolResult | InputRequiredResult;
/** How much progress a call has told: it goes on from there after the question to its user. */
interface Told {
  count: number;
}
/** What is known of a call beside its arguments. */
type Approved = Pick<CallOptions, "approvedUsd" | "projectFolders">;
type CallHandler = (request: CallToolRequest, ctx: ServerContext) => Promise<Result>;

/** The calls of one server's tools: progress, the question to the user where one is due, and tasks for what takes long. */
export class Calls {
  readonly #server: McpServer;
  readonly #service: Service;
  readonly #options: ServerOptions;
  readonly #approvals: Approvals;
  readonly #tasks: Tasks;
  readonly #longAnswers: LongAnswers;
  readonly #projectRoots: ProjectRoots;

  constructor(server: McpServer, service: Service, options: ServerOptions) {
    this.#server = server;
    this.#service = service;
    this.#options = options;
    const { shared, clock, onError } = options;
    this.#approvals = new Approvals(this.#principal, shared ?? null);
    this.#tasks = shared === undefined ? storeOf(clock) : sharedTasksOf(shared, clock, onError);
    this.#longAnswers = shared === undefined ? longAnswersOf(clock) : sharedAnswers(shared);
    this.#projectRoots = new ProjectRoots(server);
  }

  register(tools: readonly Tool[]): void {
    this.#putTasksBefore(tools);
    for (const tool of tools) {
      const { name, title, description, outputSchema, annotations } = tool;
      const inputSchema = tool.inputSchema(this.#service);
      const about = { title, description, inputSchema, outputSchema, annotations, ...viewMeta(tool) };
      this.#server.registerTool(name, about, (args, ctx) => this.#answer(tool, args, ctx));
    }
    serveTasks(this.#server, this.#tasks, this.#principal);
    this.#projectRoots.follow();
  }

  /** The resources of answers that were too long for their results. */
  registerAnswers(): void {
    serveAnswers(this.#server, this.#service, this.#longAnswers, this.#principal);
  }

  /** Who has the tasks: asked when one is made or fetched. */
  readonly #principal = (): string | null => this.#service.principal;

  /**
   * The SDK knows no result that is a task: it would miss the structured content. So ours come in before its handler of
   * `tools/call`, as it is set; every other call goes on to it.
   */
  #putTasksBefore(tools: readonly Tool[]): void {
    const { server } = this.#server;
    const set = server.setRequestHandler.bind(server) as (method: string, ...rest: unknown[]) => void;
    const wrapped = (handler: CallHandler): CallHandler => {
      return async (request, ctx) => {
        const { name, arguments: args } = request.params;
        const tool = tools.find((each) => each.name === name);
        const deadlineMs = tool !== undefined && knowsTasks(ctx) ? tool.deadlineMs(this.#service, args) : 0;
        const task = tool !== undefined && deadlineMs > LONG_MS ? await this.#begin(tool, args, deadlineMs, ctx) : null;
        return task ?? this.#asKnown(await handler(request, ctx));
      };
    };
    const setWrapped = (method: string, ...rest: unknown[]): void => {
      const [handler] = rest;
      set(method, ...(method === "tools/call" ? [wrapped(handler as CallHandler)] : rest));
    };
    server.setRequestHandler = setWrapped;
    // Said now and not when the server is made: that would set its handler before ours can come in.
    server.registerCapabilities({ tools: { listChanged: false } });
  }

  /** Without the structured content, for clients whose protocol does not have it. They have the same in text. */
  #asKnown(result: Result): Result {
    if (this.#knowsStructured() || result["structuredContent"] === undefined) return result;
    const { structuredContent: _unknown, ...known } = result;
    return known;
  }

  #knowsStructured(): boolean {
    const version = this.#server.server.getNegotiatedProtocolVersion();
    return version === undefined || version >= STRUCTURED_SINCE;
  }

  /** `null`: there is no room for another task, the call stays a call. */
  async #begin(tool: Tool, args: unknown, deadlineMs: number, ctx: ServerContext): Promise<Result | null> {
    const { onError } = this.#options;
    const open = (cancel: () => void) => this.#tasks.open(this.#principal(), deadlineMs, cancel);
    if (!(await this.#tasks.hasRoom(this.#principal()))) return null;
    return this.#withApproval(tool, args, ctx, async (approved, told) => {
      const make = (options: CallOptions) => this.#run(tool, args, { ...options, ...approved });
      // Others may have taken the room since.
      const task = await callBehindTask(open, make, ctx.mcpReq.signal, onError);
      return task ?? this.#call(tool, args, ctx, approved, told);
    });
  }

  #answer(tool: Tool, args: unknown, ctx: ServerContext): Promise<CallAnswer> {
    return this.#withApproval(tool, args, ctx, (approved, told) => this.#call(tool, args, ctx, approved, told));
  }

  /** Reads the user's answer, if one came; makes the call; and asks, if that is what it needs. */
  async #withApproval<R extends Result>(
    tool: Tool,
    args: unknown,
    ctx: ServerContext,
    call: (approved: Approved, told: Told) => Promise<R | CallToolResult>,
  ): Promise<R | CallAnswer> {
    const answer = await this.#approvals.answerOf(tool.name, args, ctx);
    if (answer.kind === "refused") return answer.result;
    const told: Told = { count: 0 };
    const known = await this.#knownOf(ctx);
    const result = await call(
      { ...known, ...(answer.kind === "approved" ? { approvedUsd: answer.approvedUsd } : {}) },
      told,
    );
    const approval = approvalIn(result);
    if (approval === null || !canAsk(ctx, this.#server.server.getClientCapabilities())) return result;
    if (ctx.mcpReq.envelope !== undefined) return this.#approvals.ask(tool.name, args, approval, ctx);
    const progress = this.#keepAlive(ctx, told);
    const said = await askWithin(tool.name, approval, ctx, this.#options.clock).finally(() => progress?.stop());
    told.count = progress?.told() ?? told.count;
    return said === "yes" ? call({ ...known, approvedUsd: approval.worst_case_usd }, told) : withoutYes(said, approval);
  }

  /** A user may take their time: in the old era the call is open meanwhile, and its client's own time-out runs. */
  #keepAlive(ctx: ServerContext, { count }: Told): ProgressReporter | null {
    const { signal, notify, _meta: meta } = ctx.mcpReq;
    if (meta?.progressToken === undefined) return null;
    const progress = startProgress(meta.progressToken, notify, this.#options.clock, signal, count);
    progress.report({ stage: "asking", model: null, tokens: 0, message: "waiting for the user's approval" });
    return progress;
  }

  async #knownOf(ctx: ServerContext): Promise<Pick<CallOptions, "projectFolders">> {
    const folders = this.#service.readsProject ? await this.#projectRoots.of(ctx) : null;
    return folders === null ? {} : { projectFolders: folders };
  }

  /** What a result refers to is kept before the client has it. */
  async #run(tool: Tool, args: unknown, options: CallOptions): Promise<CallToolResult> {
    const kept: Promise<void>[] = [];
    const result = await tool.call(this.#service, args, options, this.#house(kept));
    // The answer was paid for: it goes out, though its rest may be lost.
    await Promise.all(kept).catch(this.#options.onError);
    return result;
  }

  #house(kept: Promise<void>[]): ToolContext {
    return {
      onError: this.#options.onError,
      canLink: this.#knowsStructured(),
      answerChars: this.#service.resultChars,
      keepAnswer: (routeId, text) =>
        void kept.push(Promise.resolve(this.#longAnswers.keep(routeId, this.#principal(), text))),
      keptAnswer: (routeId) => this.#longAnswers.get(routeId, this.#principal()),
    };
  }

  async #call(tool: Tool, args: unknown, ctx: ServerContext, approved: Approved, told: Told): Promise<CallToolResult> {
    const { clock } = this.#options;
    const { signal, notify, _meta: meta } = ctx.mcpReq;
    const token = meta?.progressToken;
    if (token === undefined) return this.#run(tool, args, { signal, ...approved });
    const progress = startProgress(token, notify, clock, signal, told.count);
    try {
      return await this.#run(tool, args, { signal, ...approved, onProgress: progress.report });
    } finally {
      progress.stop();
      told.count = progress.told();
    }
  }
}
