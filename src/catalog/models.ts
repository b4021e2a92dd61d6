import type { Model } from "../core/model.ts";
import { ANTHROPIC_MODELS } from "./models/anthropic.ts";
import { GOOGLE_MODELS } from "./models/google.ts";
import { OPENAI_MODELS } from "./models/openai.ts";
import { TOGETHER_MODELS } from "./models/together.ts";

/** Every model that Signalbox knows without a config, by vendor. The config adds to it and overrides it. */
export const MODELS: readonly Model[] = [...ANTHROPIC_MODELS, ...OPENAI_MODELS, ...GOOGLE_MODELS, ...TOGETHER_MODELS];
