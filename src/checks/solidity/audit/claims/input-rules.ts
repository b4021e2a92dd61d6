import { named, type ClaimRule } from "./claim.ts";

/** A claim that a function lets something pass unlooked at, and what looks at it in code. */
interface InputClaim {
  readonly of: RegExp;
  /** Within the brackets of a condition. */
  readonly condition: RegExp;
  /** What the finding may mean besides. */
  readonly except: RegExp;
  readonly isNotSo: string;
}

const LACKS = String.raw`\b(?:does(?:n't| not)|do(?:n't| not)|never|fails? to|without|no|not|missing|lacks?|lacking|absent|omits?|neither)\b`;
const LOOKS = String.raw`(?:check|compar|verif|validat|enforc|requir|reject|ensur|limit|bound|guard|test|prevent)\w*`;
const about = (what: string): RegExp =>
  new RegExp(
    String.raw`${LACKS}[^.;]{0,25}\b${LOOKS}\b[^.;]{0,50}${what}|${LACKS} [^.;]{0,20}${what} (?:${LOOKS})`,
    "i",
  );
const NEVER = /(?!)/;

const CLAIMS: readonly InputClaim[] = [
  {
    of: about(
      String.raw`(?:zero[- ](?:amount|value|deposit|stake)|(?:amount|value|assets|quantity)\x60?s? (?:is |are |of |being )?(?:zero|0\b|greater than (?:zero|0)|non-?zero|> ?0))`,
    ),
    condition:
      /^\s?(?:msg\.value|\w*(?:amount|value|assets|shares|wad|quantity)\w*)\s?(?:>|!=|==)\s?0\s?(?:\)|,|&&|$)/i,
    except: NEVER,
    isNotSo: "accepts zero, but it rejects it",
  },
  {
    of: about(String.raw`(?:\bmsg\.value|(?:exact |correct |right |full )?(?:payment|price paid)\b)`),
    condition: /msg\.value\s?(?:[!=]=|>=|<)|(?:[!=]=|<=|>)\s?msg\.value/,
    except: /excess|over-?pa|surplus|refund|exact|more than|too much|change|loop|twice|multicall|delegatecall|reus/i,
    isNotSo: "does not look at the payment, but it does",
  },
  {
    of: about(
      String.raw`(?:deadline|expir\w+|end time|start time|closing time|time (?:limit|lock|window)|(?:ended|closed|over|expired|matured)\b)`,
    ),
    condition: /\b(?:block\.timestamp|block\.number|now)\b/,
    except: /manipul|miner|validator|stale|price|oracle|slippage|swap|start|two|second/i,
    isNotSo: "does not look at the time, but it does",
  },
  {
    of: about(
      String.raw`(?:max(?:imum)?[ _]?supply|supply (?:cap|limit)|(?:per[- ])?wallet (?:limit|cap|maximum)|MAX_\w+)`,
    ),
    condition: /\bMAX_?\w*|\bmax[A-Z]\w*|\b\w*(?:cap|limit)\b/i,
    except: /re-?ent|bypass|sybil|transfer|several|multiple (?:wallets|accounts|addresses)|constructor|owner/i,
    isNotSo: "enforces no limit, but it does",
  },
  {
    of: about(String.raw`(?:sufficient|enough|adequate) (?:\w+ )?(?:balance|stake|shares|funds|deposit|collateral)`),
    condition:
      /\[\s?(?:msg\.sender|_msgSender\(\))\s?\]\s?(?:>=|<|>)|(?:<=|>)\s?\w+\[\s?(?:msg\.sender|_msgSender\(\))\s?\]/,
    except: /contract'?s?|vault|pool|reserve|re-?ent|price|value|collateral/i,
    isNotSo: "does not look at the caller's balance, but it does",
  },
];

/** What stands in the conditions that stop a function. */
function conditionsIn(code: string): readonly string[] {
  return [...code.matchAll(/\b(?:require|assert|if)\s?\(([^;{]{1,300})/g)].map((match) => (match[1] ?? "").trim());
}

/** One rule for each of the claims. All conditions of a function stop it, so that one that looks is enough. */
export const INPUT_RULES: readonly ClaimRule[] = CLAIMS.map(
  ({ of, condition, except, isNotSo }): ClaimRule =>
    ({ sentence, functions, finding }) => {
      if (!of.test(sentence) || functions.length === 0) return null;
      if (except.test(`${finding.title} ${finding.claims}`)) return null;
      return functions.every(({ code }) => conditionsIn(code).some((each) => condition.test(each)))
        ? `says that ${named(functions)} ${isNotSo}`
        : null;
    },
);
