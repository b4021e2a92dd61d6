import type {
  CallToolRequest,
  CallToolResult,
  InputRequiredResult,
  McpServer,
  RequestId,
  Result,
  ServerContext,
} from "@modelcontextprotocol/server";
import type { CallOptions, Service } from "../core/service.ts";
import { serveAnswers } from "./answers/resource.ts";
import { shelfOf, type AnswerShelf } from "./answers/shelf.ts";
import { ANSWER_WITHIN_S, approvalIn, Approvals, canAsk } from "./approval.ts";
import { startProgress, type ProgressReporter } from "./progress.ts";
import type { ServerOptions } from "./server.ts";
import { callBehindTask } from "./tasks/call.ts";
import { knowsTasks, serveTasks } from "./tasks/extension.ts";
import { storeOf, type TaskStore } from "./tasks/store.ts";
import type { House, Tool } from "./tool.ts";

/** Clients give up on a call after 60 s or so: from this deadline on those that know tasks get one. */
const LONG_MS = 30_000;
/** The revision of the protocol that brought links to resources: older clients break on what they do not know. */
const LINKS_SINCE = "2025-06-18";

type CallAnswer = CallToolResult | InputRequiredResult;
type CallHandler = (request: CallToolRequest, ctx: ServerContext) => Promise<Result>;

/** The calls of one server's tools: progress, the question to the user where one is due, and tasks for what takes long. */
export class Calls {
  readonly #server: McpServer;
  readonly #service: Service;
  readonly #options: ServerOptions;
  readonly #approvals: Approvals;
  readonly #tasks: TaskStore;
  readonly #shelf: AnswerShelf;
  /** Calls that wait for their user, by the id of the request. */
  readonly #asking = new Map<RequestId, ProgressReporter>();

  constructor(server: McpServer, service: Service, options: ServerOptions) {
    this.#server = server;
    this.#service = service;
    this.#options = options;
    this.#approvals = new Approvals(this.#principal);
    this.#tasks = storeOf(options.clock);
    this.#shelf = shelfOf(options.clock);
  }

  register(tools: readonly Tool[]): void {
    this.#putTasksBefore(tools);
    for (const tool of tools) {
      const { name, title, description, inputSchema, outputSchema, annotations } = tool;
      const about = { title, description, inputSchema, outputSchema, annotations };
      this.#server.registerTool(name, about, (args, ctx) => this.#answer(tool, args, ctx));
    }
    serveTasks(this.#server, this.#tasks, this.#principal);
  }

  /** The resources of answers that were too long for their results. */
  registerAnswers(): void {
    serveAnswers(this.#server, this.#service, this.#shelf, this.#principal);
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
        return task ?? handler(request, ctx);
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

  /** `null`: there is no room for another task, the call stays a call. */
  async #begin(tool: Tool, args: unknown, deadlineMs: number, ctx: ServerContext): Promise<Result | null> {
    const { onError } = this.#options;
    const open = (cancel: () => void) => this.#tasks.open(this.#principal(), deadlineMs, cancel);
    if (!this.#tasks.hasRoom(this.#principal())) return null;
    return this.#withApproval(tool, args, ctx, (approved) =>
      callBehindTask(
        open,
        (options) => tool.call(this.#service, args, { ...options, ...approved }, this.#house()),
        ctx.mcpReq.signal,
        onError,
      ),
    );
  }

  #answer(tool: Tool, args: unknown, ctx: ServerContext): Promise<CallAnswer> {
    return this.#withApproval(tool, args, ctx, (approved) => this.#call(tool, args, ctx, approved));
  }

  /** Reads the user's answer, if one came; makes the call; and asks, if that is what it needs. */
  async #withApproval<R extends Result>(
    tool: Tool,
    args: unknown,
    ctx: ServerContext,
    call: (approved: Pick<CallOptions, "approvedUsd">) => Promise<R | CallToolResult>,
  ): Promise<R | CallAnswer> {
    const answer = await this.#approvals.answerOf(tool.name, args, ctx);
    if (answer.kind === "refused") {
      this.#heard(ctx.mcpReq.id);
      return answer.result;
    }
    const result = await call(answer.kind === "approved" ? { approvedUsd: answer.approvedUsd } : {});
    const approval = approvalIn(result);
    if (approval === null || !canAsk(ctx, this.#server.server.getClientCapabilities())) return result;
    this.#keepAlive(ctx);
    return this.#approvals.ask(tool.name, args, approval, ctx);
  }

  /** A user may take their time: in the old era the call is open meanwhile, and its client's own time-out runs. */
  #keepAlive(ctx: ServerContext): void {
    const { signal, notify, id, envelope, _meta: meta } = ctx.mcpReq;
    if (envelope !== undefined || meta?.progressToken === undefined) return;
    const { clock } = this.#options;
    const progress = startProgress(meta.progressToken, notify, clock, signal);
    progress.report({ stage: "asking", model: null, tokens: 0, message: "waiting for the user's approval" });
    this.#asking.set(id, progress);
    void clock.sleep(ANSWER_WITHIN_S * 1000, signal).then(() => this.#heard(id));
  }

  /** The user has answered, or will not any more; says how much progress was told by then. */
  #heard(id: RequestId): number {
    const progress = this.#asking.get(id);
    progress?.stop();
    this.#asking.delete(id);
    return progress?.told() ?? 0;
  }

  #house(): House {
    const version = this.#server.server.getNegotiatedProtocolVersion();
    return {
      onError: this.#options.onError,
      canLink: version !== undefined && version >= LINKS_SINCE,
      keepAnswer: (routeId, text) => this.#shelf.keep(routeId, this.#principal(), text),
    };
  }

  async #call(
    tool: Tool,
    args: unknown,
    ctx: ServerContext,
    approved: Pick<CallOptions, "approvedUsd">,
  ): Promise<CallToolResult> {
    const { clock } = this.#options;
    const { signal, notify, id, _meta: meta } = ctx.mcpReq;
    const told = this.#heard(id);
    const token = meta?.progressToken;
    if (token === undefined) return tool.call(this.#service, args, { signal, ...approved }, this.#house());
    const progress = startProgress(token, notify, clock, signal, told);
    try {
      return await tool.call(this.#service, args, { signal, ...approved, onProgress: progress.report }, this.#house());
    } finally {
      progress.stop();
    }
  }
}
