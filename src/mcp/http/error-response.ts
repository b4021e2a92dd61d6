/** What a request is refused with: JSON-RPC, so that every client can show the message. */
export function refusal(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
  code: number = status >= 500 ? INTERNAL : REFUSED,
): Response {
  const error = { code, message };
  return Response.json({ jsonrpc: "2.0", error, id: null }, { status, headers });
}

/** 400 for a body that is not JSON. Says nothing of it: the parser's own message would quote it. */
export function notJson(): Response {
  return refusal(400, "The body is not JSON", {}, -32_700);
}

/** 400 for JSON that is no message. */
export function notMessage(message: string): Response {
  return refusal(400, message, {}, -32_600);
}

/** The codes that the SDK's own transports use for refusals below the protocol. */
const REFUSED = -32_000;
const INTERNAL = -32_603;

/** By the protocol the answer to a session that is not there, whether it has ended or belongs to another principal. */
export function sessionNotFound(): Response {
  const error = { code: -32_001, message: "Session not found: begin a new one" };
  return Response.json({ jsonrpc: "2.0", error, id: null }, { status: 404 });
}
