import { DASHBOARD_DAYS } from "../../../core/contract-dashboard.ts";
import { legibleValue } from "../../../core/legible.ts";
import type { Outcome } from "../../../core/outcome.ts";
import type { Service } from "../../../core/service.ts";
import { refusal } from "../error-response.ts";
import type { DashboardSessions } from "./dashboard-sessions.ts";

export const DASHBOARD_PATH = "/dashboard";
const DATA_PATH = "/dashboard/data";
const SESSION_PATH = "/dashboard/session";
/** With the id of a request behind it. */
export const RECEIPTS_PREFIX = "/dashboard/routes/";

export const DASHBOARD_METHODS: readonly (readonly [path: string, methods: readonly string[]])[] = [
  [DASHBOARD_PATH, ["GET"]],
  [DATA_PATH, ["GET"]],
  [SESSION_PATH, ["POST", "DELETE"]],
];

export function isOfDashboard(address: string): boolean {
  return address === DASHBOARD_PATH || address.startsWith(`${DASHBOARD_PATH}/`);
}

export interface DashboardAccess {
  /** As the caller sees it. */
  readonly service: Service;
  readonly dashboard: DashboardSessions;
}

/** Answers what the page asks for. Only reads, and only what the caller may see. */
export async function answerDashboard(
  request: Request,
  address: string,
  authorization: string | undefined,
  { service, dashboard }: DashboardAccess,
): Promise<Response> {
  if (address === SESSION_PATH) {
    const { headers } = request;
    if (request.method === "DELETE") return withCookie(dashboard.end(headers.get("cookie") ?? undefined));
    // Where no token is needed, none needs to be remembered.
    if (authorization === undefined) return new Response(null, { status: 204 });
    return withCookie(dashboard.begin(authorization, headers.get("x-forwarded-proto") === "https"));
  }
  const answered = (outcome: Outcome<object>): Response => json(outcome, authorization !== undefined);
  if (address === DATA_PATH) {
    const asked = new URL(request.url).searchParams.get("days");
    const days = DASHBOARD_DAYS.find((each) => String(each) === asked);
    if (days === undefined) return refusal(400, `days must be one of ${DASHBOARD_DAYS.join(", ")}`);
    return answered(await service.dashboard(days));
  }
  const routeId = decoded(address.slice(RECEIPTS_PREFIX.length));
  return routeId === null
    ? refusal(400, "The address has a broken % escape")
    : answered(await service.receipt(routeId));
}

function withCookie(cookie: string): Response {
  return new Response(null, { status: 204, headers: { "set-cookie": cookie, "cache-control": "no-store" } });
}

/** `isSignedIn`: there is a session or a token that the page can let go of. */
function json(outcome: Outcome<object>, isSignedIn: boolean): Response {
  const headers = { "cache-control": "no-store", "signalbox-signed-in": isSignedIn ? "yes" : "no" };
  if (outcome.ok) return Response.json(legibleValue(outcome.value), { headers });
  const { code, message } = outcome.error;
  return refusal(code === "not_found" ? 404 : code === "invalid_request" ? 400 : 503, message);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
