/** What a request is refused with: JSON-RPC, so that every client can show the message. */
export function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  const error = { code: status >= 500 ? INTERNAL : REFUSED, message };
  return Response.json({ jsonrpc: "2.0", error, id: null }, { status, headers });
}

/** The codes that the SDK's own transports use for refusals below the protocol. */
const REFUSED = -32_000;
const INTERNAL = -32_603;

/** By the protocol the answer to a session that is not there, whether it has ended or is somebody else's. */
export function sessionNotFound(): Response {
  const error = { code: -32_001, message: "Session not found: begin a new one" };
  return Response.json({ jsonrpc: "2.0", error, id: null }, { status: 404 });
}
