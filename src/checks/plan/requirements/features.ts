import type { Plan } from "../read/plan.ts";
import type { Step } from "../step.ts";

/** Something that prompts ask plans to say, by step or at all. */
export interface Feature {
  readonly name: string;
  /** In the prompt. */
  readonly asked: RegExp;
  /** In the answer. */
  readonly given: RegExp;
}

const TIME = String.raw`\b(?:~ ?)?\d+(?:\.\d+)?(?: ?(?:-|–|to) ?\d+(?:\.\d+)?)?[ -]?(?:min(?:ute)?s?|h|hrs?|hours?|d|days?|wks?|w|weeks?|months?|sprints?|story points?|points?|pts|sp|person[- ]days?|pd)\b`;
const MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*";
const CALENDAR = String.raw`\|\s{0,4}(?:weeks?|days?|months?|sprints?|dates?|when|due)\s{0,4}\||\b\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?${MONTH}\b|\b\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?\b|\bdue(?: date| by| on)?\W{1,4}\w|\b(?:weeks?|days?|months?|sprints?|w|d) ?\d|\bq[1-4]\b|\b\d{4}-\d\d-\d\d\b|\b${MONTH} \d`;

/** What each step is to say, where the prompt asks for it. */
export const STEP_FEATURES: readonly Feature[] = [
  {
    name: "how it is verified",
    asked:
      /\b(?:verif(?:y|ied|iable|ication)|acceptance|definition of done|done criteria|exit criteria|success criteria|how to test|test strategy|validation (?:step|criteria|method)|how (?:it is|to be|we (?:will )?(?:know|check|verify))|how (?:each|every) \w+ (?:is|will be) (?:checked|tested|validated|verified))\b/i,
    given:
      /\b(?:verif\w*|tests?|tested|testing|validat\w*|accept\w*|checks?|checked|checking|checklist|confirm\w*|done|criteri(?:a|on)|measur\w*|assert\w*|review\w*|prove[sdn]?|success\w*|pass(?:es|ed|ing)?|succeeds?|match(?:es)?|green|kpi|metrics?|evidence|expected|exit|outcome|signed[ -]off|sign[ -]off|approv\w*|inspect\w*|compar\w*|count|equal\w*|no errors?|returns? \d{3}|zero)\b|✓|✅|[<>≥≤]\s?\d|\d ?%/i,
  },
  {
    name: "who owns it",
    asked:
      /\b(?:owners?|assignees?|who (?:is|will be|does|owns)|responsible (?:person|party|role|team)s?|role for each|assign (?:each|every|an? owner|a role|roles)|raci|dri)\b/i,
    given:
      /\b(?:owners?|owned by|assign\w*|responsib\w*|accountable|lead|team|dri|roles?|who|by|@\w+|engineers?|developers?|devops|sre|dba|manager|pm|po|qa|designer|analyst|architect|admin\w*|ops|legal|marketing|finance|hr|security|backend|frontend|product|support|sales|tech lead|cto|ceo|coordinator|specialist|director|volunteers?)\b|^(?:r|a|raci|r\/a): \w/im,
  },
  {
    name: "how long it takes",
    asked:
      /\b(?:estimat(?:e|es|ed|ion)s?|durations?|how long|time ?frames?|time ?box(?:es)?|effort|timelines?|(?:start|end|due) dates?|deadlines? for each|schedule for each)\b/i,
    given: new RegExp(
      `${TIME}|${CALENDAR}|\\b(?:effort|estimate|size|duration):? *(?:xs|s|m|l|xl|small|medium|large|\\d|half|one|two|three)\\b`,
      "i",
    ),
  },
];

/** What the plan is to deal with somewhere, where the prompt asks for it. */
export const PLAN_FEATURES: readonly Feature[] = [
  {
    name: "a rollback",
    asked: /\b(?:roll(?:ing|ed)?[ -]?backs?|way back|back[ -]?out|revert|fallback plan|undo)\b/i,
    given:
      /\b(?:roll(?:s|ing|ed)?[ -]?backs?|rollbacks?|way back|back(?:ing|ed)?[ -]?out|revert\w*|fall(?:s|ing)?[ -]?backs?|undo\w*|undone|if\b[^.\n]{0,80}\brestor\w*|restor\w*[^.\n]{0,60}\bif|switch(?:ed|ing|es)? back|point(?:ed|ing)? back|reversible|abort|previous version|re-?enable|blue[ /-]green|down[ -]migration)\b/i,
  },
  {
    name: "risks",
    asked: /\b(?:risks?|mitigations?|what (?:can|could|might) go wrong|contingenc(?:y|ies))\b/i,
    given:
      /\b(?:risks?|risky|mitigat\w*|go(?:es)? wrong|contingenc\w*|pitfalls?|threats?|hazards?|concerns?|fails?|failures?|failure modes?|blockers?|fallback|in case)\b/i,
  },
  {
    name: "dependencies",
    asked:
      /\b(?:dependenc(?:y|ies)|depends? on|dependsOn|depends_on|prerequisites?|predecessors?|blocked by|what (?:must|has to) come first|critical path)\b/i,
    given:
      /\b(?:depend\w*|prerequisites?|pre-?reqs?|predecessors?|block(?:s|ed|ing|ers?)|parallel|after|once|before|requires?|needs|follow(?:s|ing)|sequential\w*|critical path|gated?|unblocks?|first|then|dependsOn|blockedBy)\b|→|->|-->/i,
  },
];
const ASKED_OF_SUBJECT =
  /\b(?:manage|update|upgrade|audit|remove|reduce|install|npm|package|third[- ]party|outdated|python|circular|maven|library|external|software|code|project's|our)\b[\w\s-]{0,20}$/i;
const NEGATED =
  /\b(?:no|not|n't|without|avoid|never|no need (?:for|to)|skip|exclude|omit)\b(?:(?!\b(?:including|with|but)\b)[^.;:\n]){0,25}$/i;

/** Whether the prompt asks for it, and for each step. */
export function askFor(feature: Feature, prompt: string): "no" | "somewhere" | "each" {
  const text = prompt.slice(0, 20_000);
  const found = feature.asked.exec(text);
  if (found === null) return "no";
  const before = text.slice(Math.max(0, found.index - 80), found.index);
  if (NEGATED.test(before) || (feature.name === "dependencies" && ASKED_OF_SUBJECT.test(before))) return "no";
  const sentence = `${before.slice(Math.max(...[". ", "! ", "? ", "\n\n"].map((mark) => before.lastIndexOf(mark)), 0))}${text.slice(found.index).split(/(?<=[.!?])\s|\n\n/, 1)[0] ?? ""}`;
  const isEach =
    /\b(?:each|every|all|per|for the) (?:of (?:the|these) )?(?:steps?|tasks?|phases?|items?|milestones?|stages?|actions?|one)\b|\b(?:steps?|tasks?|phases?|milestones?) (?:with|that (?:have|has)|should have|must have|having|including)\b|\b(?:columns?|fields?|keys?)\b|\bper-(?:step|task)\b|\{/i.test(
      sentence,
    );
  return isEach ? "each" : "somewhere";
}

/** "Owner: TBD" names nobody. */
const OPEN = /\b[\w -]{2,30}\W{0,4}: ?\W{0,4}(?:tbd|tba|todo|n\/a|unknown|unassigned|\?+)(?!\w)/gi;

/** The share of the plan's steps that say it; of its phases, where these say it instead. */
export function shareWith(feature: Feature, plan: Plan): number {
  const { reading } = plan;
  if (reading === null) return 0;
  const share = (steps: readonly Step[]): number =>
    steps.length === 0
      ? 0
      : steps.filter((step) => feature.given.test(`${step.title}\n${step.body}`.slice(0, 8000).replace(OPEN, "")))
          .length / steps.length;
  const others = plan.readings
    .filter((other) => other.form === "table" || other.form === "titles")
    .map((other) => share(other.steps) * Math.min(1, other.steps.length / reading.steps.length));
  return Math.max(share(reading.steps), share(reading.groups), ...others);
}
