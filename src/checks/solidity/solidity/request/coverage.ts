import { codeOnly } from "../declarations.ts";

/**
 * What a request can ask of a token beyond its standard, as it is written in words and in code. Where one is asked for and no name
 * in the code speaks of it, that the standard holds says too little about the answer; it fails none.
 */
const FEATURES: readonly (readonly [asked: RegExp, coded: RegExp])[] = [
  [/\bfees?\b|\btax/i, /fee|tax/i],
  [/\bmint/i, /mint|issue|create/i],
  [/\bburn/i, /burn|destroy/i],
  [/\bpaus|\bhalt|\bstop\b/i, /paus|halt|stop|freez/i],
  [/\bowner(?:ship)?\b/i, /owner|admin/i],
  [/\bpermit\b|\bgasless/i, /permit/i],
  [/\bvot(?:e|ing)/i, /vote|ballot/i],
  [/\bstak/i, /stak/i],
  [/\bfreez|\bfrozen|\block/i, /freez|frozen|lock/i],
  [/\bblacklist|\bblocklist|\bdenylist/i, /black|block|deny|ban/i],
  [/\bwhitelist|\ballowlist/i, /white|allow/i],
  [/\bcap(?:ped)?\b|\bmax(?:imum)?\b/i, /cap|max/i],
  [/\bairdrop/i, /airdrop|claim|merkle/i],
  [/\bvest/i, /vest|release/i],
  [/\broyalt/i, /royalt/i],
  [/\bpresale|\bprivate sale|\bcrowdsale|\bsale\b/i, /sale|buy|purchase/i],
  [/\bdividend|\breward|\bdistribut/i, /dividend|reward|distribut/i],
  [/\bsnapshot/i, /snapshot|checkpoint/i],
  [/\bupgrad/i, /upgrad|proxy|initializ/i],
  [/\bmetadata\b|\btoken ?uri\b|\bbase ?uri\b/i, /uri|metadata/i],
  [/\bincrease(?:\w* and decrease)?\b.{0,20}\ballowance/i, /increaseAllowance|increaseApproval|addAllowance/i],
  [/\brole/i, /role|minter|admin/i],
  [/\bdelegat/i, /delegat/i],
  [/\bproxy\b/i, /proxy|delegatecall/i],
  [/\breferral/i, /referr/i],
  [/\brefund/i, /refund/i],
  [/\bauction|\bbid/i, /auction|bid/i],
  [/\bborrow|\blend|\bcollateral|\bliquidat/i, /borrow|lend|collateral|liquidat/i],
  [/\bpropos/i, /propos/i],
  [/\bmarketplace|\blisting/i, /list|market|sell/i],
  [/\bcertificat/i, /certificat/i],
];

/** Whether every such thing that a request asks for is spoken of in the code. */
export function coversFeatures(prose: string, sources: readonly string[]): boolean {
  const code = sources.map(codeOnly).join("\n");
  return FEATURES.every(([asked, coded]) => !asked.test(prose) || coded.test(code));
}

const SCALE: ReadonlyMap<string, bigint> = new Map(
  Object.entries<bigint>({
    thousand: 10n ** 3n,
    million: 10n ** 6n,
    billion: 10n ** 9n,
    trillion: 10n ** 12n,
    quadrillion: 10n ** 15n,
  }),
);
const NUMBER = /(?<![\w.-])(\d[\d,_]{0,40})(?:\s?(thousand|million|billion|trillion|quadrillion)s?)?\b(?!\.\d)/gi;
/** Decimals that tokens have. */
const DECIMALS = [0, 6, 8, 9, 18] as const;

/** Whether every large number of a request is in the code, as it is or in smallest units; a supply of 100 trillion, say. */
export function coversNumbers(prose: string, sources: readonly string[]): boolean {
  const wanted = [...prose.matchAll(NUMBER)].flatMap(([, digits = "", scale]) => {
    const number = BigInt(digits.replace(/[,_]/g, "") || 0) * (SCALE.get(scale?.toLowerCase() ?? "") ?? 1n);
    return number >= 1000n && !/^(?:1155|4626|2612|2981)$/.test(digits) ? [number] : [];
  });
  if (wanted.length === 0) return true;
  const code = sources.map(codeOnly).join("\n");
  const coded = new Set<bigint>();
  for (const [, digits = "", exponent] of code.matchAll(/\b(\d[\d_]{0,80})(?:e(\d{1,2}))?\b/g)) {
    coded.add(BigInt(digits.replaceAll("_", "") || 0) * 10n ** BigInt(exponent ?? 0));
  }
  return wanted.every((number) => DECIMALS.some((decimals) => coded.has(number * 10n ** BigInt(decimals))));
}
