import { BUILD, GAP, POLITE, words, type Signal } from "./signal.ts";

const CONTRACT_CONTEXT =
  "solidity|smart[ -]contracts?|erc-?(?:20|721|1155|4626)|openzeppelin|foundry|hardhat|evm|\\.sol";
const CONTRACT_THING =
  "contracts?|tokens?|vaults?|erc-?(?:20|721|1155|4626)|nfts?|escrow|multisig|staking|airdrop|vesting|crowdsale|auction|dao|amm|timelock|modifiers?|library|interface|function";
const WEAKNESS =
  "vulnerabilit\\w+|exploits?|re-?entrancy|attack vectors?|front-?running|security (?:issues?|bugs?|flaws?|holes?|problems?)";

/** Smart contracts: their code, their gas, their safety. */
export const CHAIN: readonly Signal[] = [
  {
    name: "Solidity in the code",
    pattern: /pragma\s+solidity|\bcontract\s+\w+[^{}\n]{0,120}\{/,
    in: "code",
    points: { solidity_codegen: 1, gas_optimization: 1, semantic_audit: 1, code_generation: -4 },
  },
  {
    name: "speaks of smart contracts",
    pattern: new RegExp(`(?:^|[^a-z0-9])(?:${CONTRACT_CONTEXT})(?![a-z0-9])`),
    in: "prose",
    points: { solidity_codegen: 1, gas_optimization: 1, semantic_audit: 1, code_generation: -4 },
  },
  {
    name: "speaks of things on a chain",
    pattern: words(
      "on-?chain|nfts?|defi|dapps?|uniswap|chainlink|lending pool|liquidations?|token (?:contract|transfers?)|multisig|staking|airdrop|timelock|amm|dao|wei|ether|ethereum|msg\\.sender|onlyowner|mint(?:ing|able)?",
    ),
    in: "prose",
    points: { solidity_codegen: 1, semantic_audit: 1, code_generation: -2 },
  },
  {
    name: "asks for a contract to be written",
    pattern: new RegExp(
      `\\b(?:${BUILD})\\b${GAP}\\b(?:${CONTRACT_THING}|solidity)(?![a-z0-9])|^${POLITE}(?:an? )?(?:solidity|smart|token|nft) contract (?:for|that|which|with)\\b`,
    ),
    in: "opening",
    points: { solidity_codegen: 2 },
  },
  {
    name: "asks for another language",
    pattern:
      /\b(?:in|using|with) (?:python|rust|go|golang|java|kotlin|c\+\+|c#|typescript|javascript|bash|sql)(?![a-z0-9])|\b(?:python|rust|golang|java|typescript|javascript|node|bash|shell) (?:script|program|function|class|cli|tool|code|library|app)\b/,
    in: "opening",
    points: { solidity_codegen: -3, gas_optimization: -3, code_generation: 4 },
  },
  {
    name: "asks for less gas",
    pattern: words(
      `(?:optimi[sz]\\w*|reduc\\w+|sav(?:e|ing)|lower\\w*|cut\\w*|minimi[sz]\\w*|decreas\\w+|cheap\\w*|less|improv\\w+)\\b${GAP}\\bgas|too much gas|fewer (?:sloads|sstores|opcodes)|gas[ -](?:optimi[sz]\\w*|efficien\\w+|sav\\w+|golf\\w*|reduc\\w+)`,
    ),
    in: "prose",
    points: { gas_optimization: 3 },
  },
  {
    name: "asks for contract code to be optimised",
    pattern: new RegExp(
      `\\b(?:optimi[sz]e|cheaper|gas)\\b${GAP}(?:${CONTRACT_CONTEXT}|\\bcontracts?\\b|\\bstorage\\b|\\bcalls?\\b)`,
    ),
    in: "prose",
    points: { gas_optimization: 2 },
  },
  {
    name: "names gas techniques",
    pattern: words("sload|sstore|storage (?:slots?|packing)|calldata|unchecked (?:block|arithmetic|math)|opcodes?"),
    in: "prose",
    points: { gas_optimization: 1 },
  },
  {
    name: "speaks of gas outside of contracts",
    pattern: words(
      "natural gas|gas (?:bill|station|mileage|prices?|heating|boiler|stove|tank|turbines?|company)|petrol",
    ),
    in: "prose",
    points: { gas_optimization: -4 },
  },
  {
    name: "asks for a review of security",
    pattern: words(
      `audit(?:ing)?|(?:security|vulnerability|semantic) (?:review|analysis|assessment|check)|(?:find|check|look|identify|list|spot|detect|search|hunt|review|analy[sz]e|scan)\\b${GAP}\\b(?:${WEAKNESS})|(?:is there|are there|any|what|which) (?:\\w+ )?(?:${WEAKNESS})|(?:is|are)\\b${GAP}\\b(?:safe|secure|vulnerable|exploitable)`,
    ),
    in: "opening",
    points: { semantic_audit: 2 },
  },
  {
    name: "names contract vulnerabilities",
    pattern: words(
      "re-?entrancy|front-?running|flash[ -]loans?|price manipulation|access control|integer overflow|tx\\.origin|delegatecall",
    ),
    in: "prose",
    points: { semantic_audit: 1 },
  },
];
