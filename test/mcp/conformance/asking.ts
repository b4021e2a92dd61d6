import {
  acceptedContent,
  createRequestStateCodec,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { described } from "./content.ts";
import { CHOICES_SCHEMA, DEFAULTS_SCHEMA, NAME_SCHEMA, OK_SCHEMA } from "./samples.ts";

const text = (value: string) => ({ content: [{ type: "text" as const, text: value }] });
const codec = createRequestStateCodec<{ round: number }>({ key: "a key that is long enough for a signature" });
const NAME = z.object({ name: z.string() });

/** Tools that ask the client while they run, as servers did before 2026-07-28. */
export function addOldQuestions(server: McpServer): void {
  server.registerTool(
    "test_sampling",
    { ...described("Asks"), inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt }, ctx) => {
      const answer = await ctx.mcpReq.requestSampling({
        messages: [{ role: "user", content: { type: "text", text: prompt } }],
        maxTokens: 100,
      });
      return text(`LLM response: ${JSON.stringify(answer.content)}`);
    },
  );
  const ask = async (ctx: ServerContext, message: string, requestedSchema: object): Promise<string> => {
    const { action, content } = await ctx.mcpReq.elicitInput({
      mode: "form",
      message,
      requestedSchema: requestedSchema as typeof NAME_SCHEMA,
    });
    return `action=${action}, content=${JSON.stringify(content)}`;
  };
  const USER = {
    type: "object",
    properties: {
      username: { type: "string", description: "User's response" },
      email: { type: "string", description: "User's email address" },
    },
    required: ["username", "email"],
  };
  server.registerTool(
    "test_elicitation",
    { ...described("Asks"), inputSchema: z.object({ message: z.string() }) },
    async ({ message }, ctx) => text(`User response: ${await ask(ctx, message, USER)}`),
  );
  server.registerTool("test_elicitation_sep1034_defaults", described("Asks"), async (ctx) =>
    text(`Elicitation completed: ${await ask(ctx, "Please check", DEFAULTS_SCHEMA)}`),
  );
  server.registerTool("test_elicitation_sep1330_enums", described("Asks"), async (ctx) =>
    text(`Elicitation completed: ${await ask(ctx, "Please choose", CHOICES_SCHEMA)}`),
  );
}

const askName = (message = "What is your name?") => inputRequired.elicit({ message, requestedSchema: NAME_SCHEMA });
const confirm = () => inputRequired.elicit({ message: "Please confirm", requestedSchema: OK_SCHEMA });
const sample = (question: string, maxTokens: number) =>
  inputRequired.createMessage({
    messages: [{ role: "user", content: { type: "text", text: question } }],
    maxTokens,
  });

/** Tools and a prompt that ask in rounds, as servers do since 2026-07-28. */
export function addNewQuestions(server: McpServer): void {
  verifyState(server);
  const nameIn = (ctx: ServerContext, key: string) => acceptedContent(ctx.mcpReq.inputResponses, key, NAME)?.name;
  const given = (ctx: ServerContext, key: string): boolean =>
    inputResponse(ctx.mcpReq.inputResponses, key).kind !== "missing";

  for (const name of ["test_input_required_result_elicitation", "test_streaming_elicitation"]) {
    server.registerTool(name, described("Asks"), (ctx) => {
      const answer = nameIn(ctx, "user_name");
      return answer === undefined
        ? inputRequired({ inputRequests: { user_name: askName() } })
        : text(`Hello, ${answer}!`);
    });
  }
  server.registerTool("test_input_required_result_sampling", described("Asks"), (ctx) =>
    given(ctx, "capital_question")
      ? text("Paris")
      : inputRequired({ inputRequests: { capital_question: sample("What is the capital of France?", 100) } }),
  );
  server.registerTool("test_input_required_result_list_roots", described("Asks"), (ctx) =>
    given(ctx, "client_roots")
      ? text(JSON.stringify(ctx.mcpReq.inputResponses))
      : inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } }),
  );
  for (const name of ["test_input_required_result_request_state", "test_input_required_result_tampered_state"]) {
    server.registerTool(name, described("Asks"), async (ctx) => {
      if (!given(ctx, "confirm")) {
        return inputRequired({ inputRequests: { confirm: confirm() }, requestState: await codec.mint({ round: 1 }) });
      }
      return text(roundOf(ctx) === 1 ? "state-ok" : "no state");
    });
  }
  server.registerTool("test_input_required_result_multiple_inputs", described("Asks"), async (ctx) => {
    if (["user_name", "greeting", "client_roots"].every((key) => given(ctx, key))) {
      return text(`all answered in round ${roundOf(ctx)}`);
    }
    return inputRequired({
      inputRequests: {
        user_name: askName(),
        greeting: sample("Generate a greeting", 50),
        client_roots: inputRequired.listRoots(),
      },
      requestState: await codec.mint({ round: 1 }),
    });
  });
  server.registerTool("test_input_required_result_multi_round", described("Asks"), async (ctx) => {
    if (given(ctx, "step2") && roundOf(ctx) === 2) return text("both rounds done");
    if (!given(ctx, "step1")) {
      const inputRequests = { step1: askName("Step 1: What is your name?") };
      return inputRequired({ inputRequests, requestState: await codec.mint({ round: 1 }) });
    }
    const step2 = inputRequired.elicit({
      message: "Step 2: What is your favorite color?",
      requestedSchema: { type: "object", properties: { color: { type: "string" } }, required: ["color"] },
    });
    return inputRequired({ inputRequests: { step2 }, requestState: await codec.mint({ round: 2 }) });
  });
  server.registerTool("test_input_required_result_capabilities", described("Asks"), () => {
    const can = server.server.getClientCapabilities() ?? {};
    return inputRequired({
      inputRequests: {
        ...(can.sampling === undefined ? {} : { capital_question: sample("What is the capital of France?", 100) }),
        ...(can.elicitation === undefined ? {} : { user_name: askName() }),
      },
    });
  });
  server.registerTool("test_missing_capability", described("Asks what no client can answer"), () =>
    inputRequired({ inputRequests: { capital_question: sample("What is the capital of France?", 100) } }),
  );
  server.registerPrompt("test_input_required_result_prompt", described("Asks"), (ctx) => {
    const answer = acceptedContent(ctx.mcpReq.inputResponses, "user_context", z.object({ context: z.string() }));
    if (answer !== undefined) {
      return { messages: [{ role: "user", content: { type: "text", text: `With ${answer.context}` } }] };
    }
    const user_context = inputRequired.elicit({
      message: "What context should the prompt use?",
      requestedSchema: { type: "object", properties: { context: { type: "string" } }, required: ["context"] },
    });
    return inputRequired({ inputRequests: { user_context } });
  });
}

/** The round that the client has echoed. */
function roundOf(ctx: ServerContext): number | undefined {
  return ctx.mcpReq.requestState<{ round: number }>()?.round;
}

/** Has the server refuse a state that is neither one of these tools nor one of its own. */
function verifyState(server: McpServer): void {
  const own = Reflect.get(server.server, "_requestStateVerify") as typeof codec.verify | undefined;
  Reflect.set(server.server, "_requestStateVerify", async (state: string, ctx: ServerContext) => {
    try {
      return await codec.verify(state, ctx);
    } catch (error) {
      if (own === undefined) throw error;
      return own(state, ctx);
    }
  });
}
