import { defineRule } from "../../../kit/rule.ts";
import type { BehaviourReading } from "../behaviour-reading.ts";
import type { Trespass } from "../probe/stranger.ts";

const COIN = (functions: string): string =>
  `\`\`\`solidity\npragma solidity ^0.8.20;\ncontract Coin { address public owner = msg.sender; mapping(address => uint256) public balanceOf; constructor() { balanceOf[msg.sender] = 1000; }
function transfer(address to, uint256 v) external { balanceOf[msg.sender] -= v; balanceOf[to] += v; } ${functions} }\n\`\`\``;
const GAMES =
  /\b(?:faucet|lotter\w*|raffle|game|gambl\w*|guess|puzzle|bount\w*|riddle|prize|jackpot|casino|arbitrage|flash ?loan)\b/i;
const REFERENCES = ["https://owasp.org/www-project-smart-contract-top-10/"];

/** Violations of the given kinds; a request that wants weak code has none. */
function told({ trials, isWeakOnPurpose }: BehaviourReading, kinds: readonly Trespass["kind"][]): readonly string[] {
  if (isWeakOnPurpose) return [];
  return trials.flatMap(({ contract: { name }, trespasses }) =>
    trespasses.filter(({ kind }) => kinds.includes(kind)).map(({ message }) => `${name}: ${message}`),
  );
}

/** Another's tokens. */
export const takesTokens = defineRule<BehaviourReading>({
  id: "solidity/takes-tokens",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary:
      "Run in the EVM, an account with no rights moves or burns tokens of a holder who approved nothing, or makes tokens by a transfer.",
    why: "No holder's balance is safe.",
    references: REFERENCES,
  },
  good: [{ answer: COIN("function burn(uint256 v) external { balanceOf[msg.sender] -= v; }") }],
  bad: [
    { answer: COIN("function burn(address from, uint256 v) external { balanceOf[from] -= v; }") },
    {
      answer: COIN(
        "function transferFrom(address from, address to, uint256 v) external { balanceOf[from] -= v; balanceOf[to] += v; }",
      ),
    },
  ],
  run(reading) {
    const { trials, isWeakOnPurpose } = reading;
    const broken = isWeakOnPurpose
      ? []
      : trials.flatMap(({ contract: { name }, standards }) =>
          standards.flatMap(({ behaviours }) =>
            behaviours.flatMap(({ isTheft, found }) =>
              isTheft === true && found !== undefined ? [`${name}: ${found}`] : [],
            ),
          ),
        );
    return [...broken, ...told(reading, ["takes_tokens", "burns_tokens"])].map((message) => ({ message }));
  },
});

/** Another's place. */
export const takesOver = defineRule<BehaviourReading>({
  id: "solidity/takes-over",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "Run in the EVM, an account with no rights makes itself the owner in place of the one that there is.",
    why: "Any account takes the contract.",
    references: REFERENCES,
  },
  good: [{ answer: COIN("function setOwner(address next) external { require(msg.sender == owner); owner = next; }") }],
  bad: [{ answer: COIN("function setOwner(address next) external { owner = next; }") }],
  run: (reading) => told(reading, ["takes_over"]).map((message) => ({ message })),
});

/** Others' ether. */
export const takesEther = defineRule<BehaviourReading>({
  id: "solidity/takes-ether",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary:
      "Run in the EVM, an account that put nothing in takes out the ether of others, or one takes out more than it put in by calling back.",
    why: "The money is lost to the first who comes.",
    references: ["https://swcregistry.io/docs/SWC-107", "https://swcregistry.io/docs/SWC-105"],
  },
  good: [
    {
      answer:
        '```solidity\npragma solidity ^0.8.20;\ncontract Bank { mapping(address => uint256) public held; function put() external payable { held[msg.sender] += msg.value; } function take() external { uint256 v = held[msg.sender]; held[msg.sender] = 0; (bool ok, ) = msg.sender.call{value: v}(""); require(ok); } }\n```',
    },
  ],
  bad: [
    {
      answer:
        '```solidity\npragma solidity ^0.8.20;\ncontract Bank { mapping(address => uint256) public held; function put() external payable { held[msg.sender] += msg.value; } function take() external { (bool ok, ) = msg.sender.call{value: held[msg.sender]}(""); require(ok); held[msg.sender] = 0; } }\n```',
    },
    {
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract Jar { address public owner = msg.sender; receive() external payable {} function empty() external { payable(msg.sender).transfer(address(this).balance); } }\n```",
    },
  ],
  run(reading) {
    const { trials, prose, isWeakOnPurpose } = reading;
    if (isWeakOnPurpose) return [];
    return trials.flatMap(({ contract: { name }, trespasses, pot, callingBack, isRuled }) => {
      const isCertain = (isRuled || pot.isRecorded) && !GAMES.test(prose);
      const taken = trespasses.filter(({ kind }) => kind === "takes_ether").map(({ message }) => `${name}: ${message}`);
      return [
        ...taken.map((message) => (isCertain ? { message } : { message, certainty: "hint" as const })),
        ...(callingBack === null
          ? []
          : [
              {
                message: `${name}: a depositor whose code calls ${callingBack.signature} again while it is paid takes out more than it put in`,
              },
            ]),
      ];
    });
  },
});

const MEANT_OPEN =
  /\b(?:any(?:one|body)|every(?:one|body)|public(?:ly)?|free(?:ly)?|permissionless|users?|each|per (?:wallet|address)|faucet|test\w*|mock\w*|demo|example|tutorial)\b/i;

/** A token that was asked for with minting, and whose supply is anyone's to raise. */
export const openMint = defineRule<BehaviourReading>({
  id: "solidity/open-mint",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary:
      "The request asks for an ERC-20 with minting and for nothing that is open to all; run in the EVM, an account with no rights mints the amount that it names.",
    why: "A supply that anyone can raise is worth nothing.",
    references: REFERENCES,
  },
  good: [
    {
      prompt: "ERC20 token with minting",
      answer: COIN(
        "function mint(address to, uint256 v) external { require(msg.sender == owner); balanceOf[to] += v; }",
      ),
    },
    {
      prompt: "ERC20 token that anyone can mint",
      answer: COIN("function mint(address to, uint256 v) external { balanceOf[to] += v; }"),
    },
  ],
  bad: [
    {
      prompt: "ERC20 token with minting",
      answer: COIN("function mint(address to, uint256 v) external { balanceOf[to] += v; }"),
    },
  ],
  run({ trials, named, prose, isWeakOnPurpose, interfaces }) {
    if (isWeakOnPurpose || !named.has("ERC20") || !/\bmint/i.test(prose) || MEANT_OPEN.test(prose)) return [];
    return trials
      .filter(
        ({ contract, standards }) =>
          !interfaces.has(contract.name) && standards.some(({ standard }) => standard.name === "ERC20"),
      )
      .flatMap(({ contract: { name }, trespasses }) =>
        trespasses
          .filter(
            ({ kind, callable }) =>
              kind === "mints" &&
              /mint/i.test(callable.abi.name ?? "") &&
              (callable.abi.inputs ?? []).some(({ type }) => type === "uint256"),
          )
          .map(({ message }) => ({ message: `${name}: ${message}` })),
      );
  },
});

/** What may be meant so. */
export const openToAnyone = defineRule<BehaviourReading>({
  id: "solidity/open-to-anyone",
  severity: "serious",
  certainty: "hint",
  docs: {
    summary:
      "Run in the EVM, an account with no rights mints for itself without paying, gets a right or takes a place.",
    why: "A request can want that; mostly it does not.",
    references: REFERENCES,
  },
  good: [
    { answer: COIN("function mint(uint256 v) external { require(msg.sender == owner); balanceOf[owner] += v; }") },
  ],
  bad: [{ answer: COIN("function mint(address to, uint256 v) external { balanceOf[to] += v; }") }],
  run: (reading) => told(reading, ["moves_tokens", "mints", "gets_right", "renames"]).map((message) => ({ message })),
});

/** What the request keeps for some role. */
export const unrestricted = defineRule<BehaviourReading>({
  id: "solidity/unrestricted",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary:
      "The request says in one sentence that only some role may do something, and run in the EVM an account with no rights does it.",
    why: "The one restriction that was asked for is not there.",
  },
  good: [
    {
      prompt: "A coin. Only the owner can mint.",
      answer: COIN(
        "event Minted(); function mint(uint256 v) external { require(msg.sender == owner); balanceOf[owner] += v; emit Minted(); }",
      ),
    },
    {
      prompt: "A coin that anyone can mint; only the owner can pause.",
      answer: COIN("event Minted(); function mint(uint256 v) external { balanceOf[msg.sender] += v; emit Minted(); }"),
    },
  ],
  bad: [
    {
      prompt: "A coin. Only the owner can mint.",
      answer: COIN("event Minted(); function mint(uint256 v) external { balanceOf[msg.sender] += v; emit Minted(); }"),
    },
  ],
  run({ trials, isWeakOnPurpose }) {
    if (isWeakOnPurpose) return [];
    return trials.flatMap(({ contract: { name }, unrestricted: open }) =>
      open.map(({ callable, sentence }) => ({
        message: `${name}: any account can call ${callable.signature}, while the request says: ${JSON.stringify(sentence.slice(0, 160))}`,
      })),
    );
  },
});
