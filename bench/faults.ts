import { FAULT_KINDS } from "../src/sandbox/faults.ts";
import { QUIRK_KINDS } from "../src/sandbox/quirks.ts";
import { startSandbox } from "../src/sandbox/server.ts";
import { casesFor, DEADLINE_MS, TRANSPORTS, type Transport } from "./faults/cases.ts";
import type { Peer } from "./faults/peers.d.mts";
import { faultBook, mustWork, play, scripted } from "./faults/run.ts";
import { signalbox } from "./faults/signalbox.ts";
import { byFault, only, totals, type Result } from "./faults/tables.ts";
import { installPeers } from "./install.ts";
import { printMarkdown } from "./print.ts";

/**
 * `npm run bench:faults`: what every fault of the sandbox, and every unusual way to answer, at every vendor and every place in the order, does to a request with a
 * deadline of three seconds; through Signalbox and, in the same run on the same sandbox, through two peers.
 */
installPeers();
const [{ aiWithRetry }, { portkeyGateway }] = await Promise.all([
  import("./faults/ai-retry.mjs"),
  import("./faults/portkey.mjs"),
]);

/** Three attempts of a peer, which know nothing of each other, and room to spare. */
const ATTEMPT_MS = DEADLINE_MS * 0.3;

const book = faultBook();
const sandbox = await startSandbox({ answers: scripted, faultFor: book.faultFor });
const world = { env: sandbox.env, attemptMs: ATTEMPT_MS };
const results: Result[] = [];
results.push(await measure(await signalbox(sandbox.env), ["stream"]));
results.push(await measure(await aiWithRetry(world), TRANSPORTS));
results.push(await measure(await portkeyGateway(world), TRANSPORTS));
await sandbox.close();

const PLACED = `first, middle and last of three candidates, within ${DEADLINE_MS / 1000} s`;
const faults = only(results, FAULT_KINDS);
printMarkdown(`Every fault at every vendor, ${PLACED}`, totals(faults));
printMarkdown(
  "The same by fault and vendor: Anthropic, OpenAI, Together, Google (✓: all)",
  byFault(faults, FAULT_KINDS),
);
const quirks = only(results, QUIRK_KINDS);
printMarkdown(`Every unusual way to stream an answer, where it can occur, ${PLACED}`, totals(quirks));
printMarkdown("The same by way and vendor (empty: it cannot occur there)", byFault(quirks, QUIRK_KINDS));
const [ours] = results;
const lost = ours?.played.filter(({ survived }) => !survived) ?? [];
for (const { case: one, ended, tookMs, reason } of lost) {
  console.log(`\nLost: ${one.key} ended ${ended} after ${Math.round(tookMs)} ms: ${reason}`);
}
process.exitCode = lost.length === 0 ? 0 : 1;

async function measure(peer: Peer, transports: readonly Transport[]): Promise<Result> {
  try {
    const cases = transports.flatMap((transport) => casesFor(transport, String(results.length)));
    await mustWork(peer, cases, book.set);
    return { name: peer.name, short: peer.short, played: await play(peer, cases, book.set) };
  } finally {
    await peer.close();
  }
}
