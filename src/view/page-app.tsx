import { useEffect, useState } from "preact/hooks";
import type { DashboardDays, DashboardOut } from "../core/contract-dashboard.ts";
import type { Receipt } from "../core/contract-resources.ts";
import { Dashboard } from "./dashboard.tsx";
import { ReceiptView } from "./receipt.tsx";
import { SignIn } from "./sign-in.tsx";
import { SignInNeeded, type ViewSource } from "./source.ts";

const FIRST_DAYS: DashboardDays = 30;

export interface PageAppProps {
  readonly source: ViewSource;
  /** A code that is good for one sign-in. */
  readonly code: string | null;
}

/** The view with all that it can do: the page of the server, and what an MCP host shows when it hands on what is asked. */
export function PageApp({ source, code }: PageAppProps) {
  const [data, setData] = useState<DashboardOut | null>(null);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const [isBusy, setIsBusy] = useState(true);
  const { signIn } = source;
  const signOut = source.signOut();

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setIsBusy(true);
    try {
      await work();
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error("It cannot be shown"));
    } finally {
      setIsBusy(false);
    }
  };
  const load = (days: DashboardDays): Promise<void> => attempt(async () => setData(await source.dashboard(days)));
  const enter = (token: string): Promise<void> =>
    attempt(async () => {
      await signIn?.(token);
      setData(await source.dashboard(FIRST_DAYS));
    });
  const close = (): void => {
    const id = receipt?.route_id ?? "";
    setReceipt(null);
    // Who closes it goes on where it was opened.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[id="${CSS.escape(id)}"]`)?.focus());
  };
  const leave = (): Promise<void> =>
    attempt(async () => {
      await signOut?.();
      setData(null);
      setReceipt(null);
      throw new SignInNeeded("You have signed out.");
    });
  useEffect(() => void (code === null ? load(FIRST_DAYS) : enter(code)), [source]);

  if (problem instanceof SignInNeeded && signIn !== undefined) return <SignIn why={problem.message} signIn={enter} />;
  return (
    <>
      <p role="status" class={isBusy ? "note" : "unseen"}>
        {isBusy ? "Reading …" : "Shown"}
      </p>
      {problem !== null && <p role="alert">{problem.message}</p>}
      {data !== null && (
        <p class="actions">
          <button type="button" onClick={() => void load(data.days)}>
            Read again
          </button>
          {signOut !== null && (
            <button type="button" onClick={() => void leave()}>
              Sign out
            </button>
          )}
        </p>
      )}
      {receipt !== null ? (
        <ReceiptView receipt={receipt} onClose={close} />
      ) : (
        data !== null && (
          <Dashboard
            data={data}
            onDays={(days) => void load(days)}
            onRequest={(id) => void attempt(async () => setReceipt(await source.receipt(id)))}
          />
        )
      )}
    </>
  );
}
