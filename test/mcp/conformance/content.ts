import { setTimeout as wait } from "node:timers/promises";
import { completable, fromJsonSchema, type McpServer, ResourceTemplate } from "@modelcontextprotocol/server";
import { z } from "zod";
import { DOT_PNG, HEADER_SCHEMA, RICH_SCHEMA, SILENCE_WAV } from "./samples.ts";

const text = (value: string) => ({ type: "text" as const, text: value });
const PICTURE = { type: "image" as const, data: DOT_PNG, mimeType: "image/png" };
const resource = (uri: string, mimeType: string, value: string) => ({
  type: "resource" as const,
  resource: { uri, mimeType, text: value },
});

export const described = (description: string) => ({ description });

/** Tools that answer with each kind of content, with progress, with log messages, or with an error. */
export function addContentTools(server: McpServer): void {
  const answers = {
    test_simple_text: [text("This is a simple text response for testing.")],
    test_image_content: [PICTURE],
    test_audio_content: [{ type: "audio" as const, data: SILENCE_WAV, mimeType: "audio/wav" }],
    test_embedded_resource: [
      resource("test://embedded-resource", "text/plain", "This is an embedded resource content."),
    ],
    test_multiple_content_types: [
      text("Multiple content types test:"),
      PICTURE,
      resource("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
    ],
  };
  for (const [name, content] of Object.entries(answers))
    server.registerTool(name, described(name), () => ({ content }));

  server.registerTool("test_error_handling", described("An error"), () => {
    throw new Error("This tool intentionally returns an error for testing");
  });
  server.registerTool(
    "json_schema_2020_12_tool",
    { ...described("A rich schema"), inputSchema: fromJsonSchema(RICH_SCHEMA) },
    () => ({
      content: [text("ok")],
    }),
  );
  const withHeader = fromJsonSchema<{ region: string }>(HEADER_SCHEMA);
  const inHeader = { ...described("An argument that comes in a header too"), inputSchema: withHeader };
  server.registerTool("test_header_argument", inHeader, ({ region }) => ({ content: [text(region)] }));
  server.registerTool("test_tool_with_progress", described("Progress"), async (ctx) => {
    const progressToken = ctx.mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined) {
        await ctx.mcpReq.notify({
          method: "notifications/progress",
          params: { progressToken, progress, total: 100 },
        });
      }
      await wait(50);
    }
    return { content: [text("done")] };
  });
  for (const name of ["test_tool_with_logging", "test_logging_tool"]) {
    server.registerTool(name, described("Log messages"), async (ctx) => {
      for (const data of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
        await ctx.mcpReq.log("info", data);
        await wait(50);
      }
      return { content: [text("done")] };
    });
  }
}

/** Resources of text and bytes, a template, and one to subscribe to. */
export function addResources(server: McpServer): void {
  const addText = (name: string, value: string): void => {
    server.registerResource(name, `test://${name}`, { mimeType: "text/plain" }, (uri) => ({
      contents: [{ uri: uri.href, mimeType: "text/plain", text: value }],
    }));
  };
  addText("static-text", "This is the content of the static text resource.");
  addText("watched-resource", "Watched.");
  server.registerResource("static-binary", "test://static-binary", { mimeType: "image/png" }, (uri) => ({
    contents: [{ uri: uri.href, mimeType: "image/png", blob: DOT_PNG }],
  }));
  const template = new ResourceTemplate("test://template/{id}/data", { list: undefined });
  server.registerResource("template", template, { mimeType: "application/json" }, (uri, { id }) => ({
    contents: [
      {
        uri: uri.href,
        mimeType: "application/json",
        text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` }),
      },
    ],
  }));
  // In place of our own, which knows the addresses of Signalbox alone.
  server.server.setRequestHandler("resources/subscribe", () => ({}));
  server.server.setRequestHandler("resources/unsubscribe", () => ({}));
}

/** Prompts without and with arguments, with a resource, with a picture. */
export function addPrompts(server: McpServer): void {
  const say = (...content: (ReturnType<typeof text> | typeof PICTURE | ReturnType<typeof resource>)[]) => ({
    messages: content.map((each) => ({ role: "user" as const, content: each })),
  });
  server.registerPrompt("test_simple_prompt", described("One sentence"), () =>
    say(text("This is a simple prompt for testing.")),
  );
  const argument = () =>
    completable(z.string(), (written) => ["test", "testing"].filter((each) => each.startsWith(written)));
  server.registerPrompt(
    "test_prompt_with_arguments",
    { ...described("Arguments"), argsSchema: z.object({ arg1: argument(), arg2: argument() }) },
    ({ arg1, arg2 }) => say(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  );
  server.registerPrompt(
    "test_prompt_with_embedded_resource",
    { ...described("A resource"), argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri }) =>
      say(
        resource(resourceUri, "text/plain", "Embedded resource content for testing."),
        text("Please process the embedded resource above."),
      ),
  );
  server.registerPrompt("test_prompt_with_image", described("A picture"), () =>
    say(PICTURE, text("Please analyze the image above.")),
  );
}
