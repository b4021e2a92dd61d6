import { holdsForAll } from "./holds.ts";

holdsForAll("solidity_codegen");
