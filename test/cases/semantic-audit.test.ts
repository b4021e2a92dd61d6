import { holdsForAll } from "./holds.ts";

holdsForAll("semantic_audit");
