import { anthropic } from "./anthropic.ts";
import { google } from "./google.ts";
import { openai } from "./openai.ts";
import { together } from "./together.ts";
import type { Wire } from "./wire.ts";

/** The four vendors' wire formats. */
export const WIRES: readonly Wire[] = [anthropic, openai, together, google];
