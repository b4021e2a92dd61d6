import { expect } from "vitest";
import type { TestLedger } from "./records.ts";

/** What two ledgers may answer differently: where they are, what space they take, in which order equal rows stand. */
function comparable(method: string, result: unknown): unknown {
  switch (method) {
    case "health": {
      const { requests, integrity } = result as Awaited<ReturnType<TestLedger["health"]>>;
      return { requests, integrity };
    }
    case "prune": {
      const { requests, attempts, kept, complete } = result as Awaited<ReturnType<TestLedger["prune"]>>;
      return { requests, attempts, kept, complete };
    }
    case "spend": {
      const { totals, rows } = result as Awaited<ReturnType<TestLedger["spend"]>>;
      return { totals, rows: rows.toSorted((one, other) => (one.key < other.key ? -1 : 1)) };
    }
    default:
      return result;
  }
}

/** Two ledgers that are told and asked the same: what the second one answers must be what the first one does. */
export function twins(first: TestLedger, second: TestLedger): TestLedger {
  return new Proxy(first, {
    get(_target, method: keyof TestLedger) {
      if (method === "close") {
        return () => {
          first.close();
          second.close();
        };
      }
      return async (...values: never[]) => {
        const [one, other] = [first, second].map((ledger) => ledger[method] as (...all: never[]) => Promise<unknown>);
        const result = await one?.(...values);
        const twin = await other?.(...values);
        expect(comparable(method, twin), method).toEqual(comparable(method, result));
        return result;
      };
    },
  });
}
