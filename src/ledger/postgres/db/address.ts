import { SignalboxError } from "../../../core/errors.ts";
import { redactorOf } from "../../../core/redact.ts";

/** Where a ledger in Postgres is. */
export interface PostgresAddress {
  /** With secrets: for `pg` alone. */
  readonly url: string;
  /** The schema that holds the ledger. */
  readonly schema: string;
  /** Connections that this process keeps open at most. */
  readonly mostConnections: number;
  /** For messages: without password and parameters. */
  readonly shown: string;
  /** Takes the password out of a text. */
  readonly redact: (text: string) => string;
}

const SCHEMA = "signalbox";
const CONNECTIONS = 10;
const MOST_CONNECTIONS = 100;

/**
 * Reads `postgres://user:password@host:port/database?sslmode=verify-full&schema=signalbox&connections=10`. `schema` and `connections` are
 * ours, the rest is what `pg` knows. Throws `ledger_unavailable` on what is no such address.
 */
export function readAddress(path: string): PostgresAddress {
  const url = urlOf(path);
  const schema = url.searchParams.get("schema") ?? SCHEMA;
  const connections = url.searchParams.get("connections") ?? String(CONNECTIONS);
  // It stands in statements between quotes.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw refused("schema must be a name of up to 63 small letters, digits and underscores");
  }
  const mostConnections = Number(connections);
  if (!/^\d{1,3}$/.test(connections) || mostConnections < 1 || mostConnections > MOST_CONNECTIONS) {
    throw refused(`connections must be a number from 1 to ${MOST_CONNECTIONS}`);
  }
  for (const own of ["schema", "connections"]) url.searchParams.delete(own);
  const secrets = [url.password, decoded(url.password), url.searchParams.get("password") ?? ""];
  const user = url.username === "" ? "" : `${url.username}@`;
  return {
    url: url.href,
    schema,
    mostConnections,
    shown: `postgres://${user}${url.host}${url.pathname}`,
    redact: redactorOf([...secrets, path].filter((secret) => secret !== "")),
  };
}

function urlOf(path: string): URL {
  try {
    return new URL(path);
  } catch {
    throw refused("it is not an address");
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refused(why: string): SignalboxError<"ledger_unavailable"> {
  return new SignalboxError(
    "ledger_unavailable",
    `SIGNALBOX_DB cannot be used: ${why}; write postgres://user:password@host:5432/database`,
  );
}
