import { startSandbox } from "../../src/sandbox/server.ts";
import { GOOD_ANSWER, worstOf } from "./prompts.ts";

/** The vendors of the soak, in a process of their own: what is measured does not share its event loop with them. */
const { env } = await startSandbox({ answers: ({ user }) => worstOf(user)?.text ?? GOOD_ANSWER });
process.send?.({ env });
process.on("disconnect", () => process.exit(0));
