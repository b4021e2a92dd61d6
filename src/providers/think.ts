import type { StreamEvent } from "../core/ports.ts";

/** How open models mark the thinking that comes before their answer, where the server leaves it in the text. */
const MARKS = [
  { open: "<think>", close: "</think>" },
  { open: "[THINK]", close: "[/THINK]" },
] as const;

/** Tells the thinking at the very start of a text from the text; elsewhere such marks are text. */
export interface ThinkFilter {
  /** What a piece of the text comes to; what could be part of a mark is kept until the next piece. */
  read(text: string): readonly StreamEvent[];
  /** What was kept comes to, when the text is over: thinking that was never closed stays thinking. */
  end(): readonly StreamEvent[];
}

export function thinkFilter(): ThinkFilter {
  let state: "start" | "thinking" | "gap" | "text" = "start";
  let kept = "";
  let close = "";

  const start = (): readonly StreamEvent[] => {
    const trimmed = kept.trimStart();
    const mark = MARKS.find(({ open }) => trimmed.startsWith(open));
    if (mark !== undefined) {
      state = "thinking";
      ({ close } = mark);
      kept = trimmed.slice(mark.open.length);
      return think();
    }
    if (MARKS.some(({ open }) => open.startsWith(trimmed))) return [];
    state = "text";
    return release("text");
  };

  const think = (): readonly StreamEvent[] => {
    const at = kept.indexOf(close);
    if (at === -1) {
      // The mark may be cut anywhere: as many characters as it could have begun with stay.
      const sure = kept.length - partOf(kept, close);
      const text = kept.slice(0, sure);
      kept = kept.slice(sure);
      return event("reasoning", text);
    }
    const text = kept.slice(0, at);
    kept = kept.slice(at + close.length);
    state = "gap";
    return [...event("reasoning", text), ...gap()];
  };

  /** The white space between the thinking and the answer belongs to neither. */
  const gap = (): readonly StreamEvent[] => {
    kept = kept.trimStart();
    if (kept === "") return [];
    state = "text";
    return release("text");
  };

  const release = (type: "text" | "reasoning"): readonly StreamEvent[] => {
    const text = kept;
    kept = "";
    return event(type, text);
  };

  const steps = { start, thinking: think, gap, text: () => release("text") };
  return {
    read: (text) => {
      kept += text;
      return steps[state]();
    },
    end: () => {
      const was = state;
      if (was === "start") state = "text";
      return release(was === "thinking" ? "reasoning" : "text");
    },
  };
}

function event(type: "text" | "reasoning", text: string): readonly StreamEvent[] {
  return text === "" ? [] : [{ type, text }];
}

/** How many characters at the end of `text` could be the start of `mark`. */
function partOf(text: string, mark: string): number {
  for (let length = Math.min(text.length, mark.length - 1); length > 0; length -= 1) {
    if (text.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}
