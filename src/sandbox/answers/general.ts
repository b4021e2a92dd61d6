import type { AskedFor } from "./answer.ts";

const MOST_ECHOED_CHARS = 200;

/** For prompts of no known task: says what was asked, so that a person sees what arrived. */
export function generalAnswer({ user, wireId, bad }: AskedFor): string {
  const asked = user.replace(/\s+/g, " ").trim();
  const echoed = asked.length > MOST_ECHOED_CHARS ? `${asked.slice(0, MOST_ECHOED_CHARS)}…` : asked;
  if (bad) return "sandbox: the same words again and again. ".repeat(12) + "And then it broke off in the middle of a";
  return `This is the Signalbox sandbox, answering in place of ${wireId}. You asked: "${echoed}"\n`;
}
