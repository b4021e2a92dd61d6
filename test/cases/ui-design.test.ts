import { holdsForAll } from "./holds.ts";

holdsForAll("ui_design");
