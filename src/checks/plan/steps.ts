import { wordsOf } from "../kit/answer/prose.ts";
import type { Reading, Step } from "./step.ts";

/** What a step says that nobody has written yet. */
const STUB =
  /^(?:(?:tbd|tba|todo|n\/?a|xxx|fixme|lorem ipsum|placeholder|(?:to be|not yet) (?:determined|defined|decided|done|added|written)|\.{2,}|…|-+|etc|and so on|same as (?:above|before|step \d+)|(?:repeat|continue) (?:as (?:above|before)|(?:the )?(?:above|previous) steps?)|step|task|phase|details?|description|(?:step|task) (?:name|title|description)|(?:insert|add|fill in|your) [\w\s]{2,30} here|do (?:it|the (?:step|task|work|thing))|do (?:the )?(?:rest|remaining)(?: of (?:it|the work|the steps))?|more steps|(?:the )?(?:rest|remaining) (?:of the )?steps)[\s.:…!\])>-]*)+$/i;
/** Steps that are done again for good reasons. */
const AGAIN =
  /^(?:re-?)?(?:run|test|verify|check|review|deploy|commit|monitor|validate|repeat|observe|wait|sign[ -]?off|get|code review|retrospective|demo)\b/i;
const MIN_REPEATED_WORDS = 10;

/** Steps that say what an earlier one says. */
export function repeatedSteps({ steps }: Reading): readonly string[] {
  const known = new Map<string, Step>();
  return steps.flatMap((step) => {
    const words = wordsOf(`${step.title} ${withoutFields(step.body)}`);
    const said = words.join(" ");
    const near = `${step.parent ?? ""}\n${said}`;
    const earlier = known.get(near) ?? (words.length >= MIN_REPEATED_WORDS ? known.get(said) : undefined);
    known.set(near, step);
    if (!known.has(said)) known.set(said, step);
    const isWork = words.length < 6 && AGAIN.test(step.title);
    return earlier === undefined || said === "" || isWork
      ? []
      : [`${step.key} repeats an earlier step, ${earlier.key}`];
  });
}

/** Steps without anything to do in them. Few words are enough. */
export function emptySteps({ steps }: Reading): readonly string[] {
  return steps.flatMap((step) => {
    const body = withoutFields(step.body);
    const bare = (text: string): string =>
      text
        .replace(/[*_`#[\]()<>]/g, "")
        .replace(/^[^\p{L}\p{N}.…-]+/u, "")
        .trim();
    const title = bare(step.title);
    const isUntitled = title === "" || STUB.test(title) || LABEL_ALONE.test(title);
    if (isUntitled && (bare(body) === "" || STUB.test(bare(body))))
      return [`${step.key} says nothing: "${step.title.slice(0, 40).toWellFormed()}"`];
    const left =
      /\[(?:insert|add|fill in|your|to be|tbd|tba|todo|details?|describe|description|placeholder)\b[^\]\n]{0,60}\](?!\()/i.exec(
        `${step.title}\n${step.body}`,
      );
    if (left !== null) return [`${step.key} is not written yet: "${left[0].toWellFormed()}"`];
    return STUB_BODY.test(bare(body))
      ? [`${step.key} is not written yet: "${bare(body).slice(0, 40).toWellFormed()}"`]
      : [];
  });
}

const LABEL_ALONE = /^(?:step|task|phase|stage|action) ?(?:\d{1,3}|[a-z])?[.:]?$/i;
const STUB_BODY =
  /^(?:description|details?|what|do|action)?:?\s*(?:tbd|tba|todo|fixme|to be (?:determined|defined|decided|added|written)|\.{3}|…)[\s.!:]*$/i;
const FIELD =
  /^\W{0,4}(?:depend\w*|prereq\w*|owners?|duration|estimates?|effort|time|status|after|blocked by|priority)\b[^:\n]{0,20}:.*$/gim;

/** Without ids and fields, in which steps differ even where they say the same. */
function withoutFields(body: string): string {
  return body.slice(0, 20_000).replace(FIELD, "");
}
