import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  type ServerContext,
} from "@modelcontextprotocol/server";

/** What the client can do: said with each request in the new era, once at the beginning (`declared`) in the old one. */
export function capabilitiesOf(
  ctx: ServerContext,
  declared: ClientCapabilities | undefined,
): ClientCapabilities | undefined {
  const envelope: { readonly [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities } = ctx.mcpReq.envelope ?? {};
  return envelope[CLIENT_CAPABILITIES_META_KEY] ?? declared;
}
