import type { DashboardDays, DashboardOut } from "../core/contract-dashboard.ts";
import type { Receipt } from "../core/contract-resources.ts";
import { SignInNeeded, type ViewSource } from "./source.ts";

const SESSION = "/dashboard/session";

/** The view as a page of `signalbox serve --http` or of `signalbox spend --open`. The token is sent once; then a cookie stands for it. */
export function httpSource(): ViewSource {
  let isSignedIn = false;
  const read = async <T>(path: string): Promise<T> => {
    const response = await send(path, {}).catch((error: unknown) => {
      throw error instanceof SignInNeeded ? new SignInNeeded("This page is behind the token of its server.") : error;
    });
    isSignedIn = response.headers.get("signalbox-signed-in") === "yes";
    return (await response.json()) as T;
  };
  return {
    dashboard: (days: DashboardDays) => read<DashboardOut>(`/dashboard/data?days=${days}`),
    receipt: (routeId) => read<Receipt>(`/dashboard/routes/${encodeURIComponent(routeId)}`),
    signIn: async (token) => {
      await send(SESSION, { method: "POST", headers: { authorization: `Bearer ${token}` } });
    },
    signOut: () => (isSignedIn ? signOut : null),
  };
}

async function signOut(): Promise<void> {
  await send(SESSION, { method: "DELETE" });
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...init });
  } catch {
    throw new Error("The server cannot be reached. Is it still running?");
  }
  if (response.ok) return response;
  const why = await messageOf(response);
  throw response.status === 401 ? new SignInNeeded(why) : new Error(why);
}

async function messageOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const { error, error_description: description } = (body ?? {}) as {
    readonly error?: { readonly message?: unknown };
    readonly error_description?: unknown;
  };
  if (typeof description === "string") return description;
  return typeof error?.message === "string" ? error.message : `The server answered ${response.status}`;
}
