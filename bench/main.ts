import { benchBigInputs } from "./big-inputs.ts";
import { benchOverhead } from "./overhead.ts";
import { printTable } from "./print.ts";
import { forkSandbox } from "./sandbox-process.ts";
import { benchStdio } from "./stdio.ts";

/** `npm run bench`: everything side by side, in one run, against the sandbox in a process of its own. */
const sandbox = await forkSandbox();
try {
  printTable(
    "In process: a routed call (plan, reservation, call, verdict, settlement) against the bare SDK call",
    await benchOverhead(sandbox.env),
  );
  printTable("Over stdio, through a real MCP client", await benchStdio(sandbox.env));
  printTable("Big inputs: what happens before a call", await benchBigInputs(sandbox.env));
} finally {
  sandbox.close();
}
