import { holdsForAll } from "./holds.ts";

holdsForAll("code_generation");
