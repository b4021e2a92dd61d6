import { nearest } from "../checks/kit/suggest.ts";
import type { Environment } from "./environment.ts";

const PREFIX = "SIGNALBOX_";

/** The variables of Signalbox's own name, without the prefix. */
const OWN_VARIABLES: readonly string[] = ["CONFIG", "DB", "DB_LISTEN", "HTTP_TOKEN", "LOG"];

/** What programs around Signalbox set: the one that checks an answer, and the tests. */
const OTHERS = /^SIGNALBOX_(?:TASK$|TEST_)/;

/** A warning for each variable that begins with `SIGNALBOX_` and that was not read, once all that is read was read: it does nothing. */
export function unknownVariables(env: Environment): readonly string[] {
  return env.names
    .filter((name) => name.startsWith(PREFIX) && !OWN_VARIABLES.includes(name.slice(PREFIX.length)))
    .filter((name) => !OTHERS.test(name) && !env.wasRead(name))
    .map((name) => {
      const [near] = nearest(name.slice(PREFIX.length, 80), OWN_VARIABLES);
      const hint = near === undefined ? "" : `; did you mean "${PREFIX}${near}"?`;
      return `${name.slice(0, 80)} is set, and Signalbox reads no such variable${hint}`;
    });
}
