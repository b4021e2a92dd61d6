import { holdsForAll } from "./holds.ts";

holdsForAll("gas_optimization");
