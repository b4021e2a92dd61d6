import { legibleLine } from "../core/legible.ts";
import type { Output } from "./command.ts";

/** What is going on, on one line that renews itself. */
export interface Spinner {
  say(message: string): void;
  stop(): void;
}

/** Says nothing. */
export const SILENT: Spinner = { say: () => {}, stop: () => {} };

/** A spinner on a terminal; silence everywhere else, so that nothing but words ends up in a file. */
export async function startSpinner(stream: Output, message: string): Promise<Spinner> {
  if (stream.isTTY !== true) return SILENT;
  const { default: yoctoSpinner } = await import("yocto-spinner");
  const spinner = yoctoSpinner({ text: message, stream, handleSignals: false }).start();
  return {
    say: (text) => {
      spinner.text = legibleLine(text);
    },
    stop: () => void spinner.stop(),
  };
}
