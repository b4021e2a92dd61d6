import { listed } from "../../../kit/check.ts";
import { defineRule } from "../../../kit/rule.ts";
import type { BehaviourReading } from "../behaviour-reading.ts";
import { lackOf } from "../standards/standards.ts";

const TOKEN = (transfer: string): string =>
  `\`\`\`solidity\npragma solidity ^0.8.20;\ncontract Coin { uint256 public totalSupply = 1000; mapping(address => uint256) public balanceOf; mapping(address => mapping(address => uint256)) public allowance;
event Transfer(address indexed from, address indexed to, uint256 value); event Approval(address indexed owner, address indexed spender, uint256 value);
constructor() { balanceOf[msg.sender] = 1000; }
function approve(address s, uint256 v) external returns (bool) { allowance[msg.sender][s] = v; emit Approval(msg.sender, s, v); return true; }
function transferFrom(address f, address t, uint256 v) external returns (bool) { allowance[f][msg.sender] -= v; balanceOf[f] -= v; balanceOf[t] += v; emit Transfer(f, t, v); return true; }
function transfer(address t, uint256 v) external returns (bool) { ${transfer} } }\n\`\`\``;
const PROMPT = "Write an ERC-20 token contract with a supply of 1000.";

/** A token that was asked for as one of a standard, and breaks what the standard says. */
export const breaksStandard = defineRule<BehaviourReading>({
  id: "solidity/breaks-standard",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary:
      "The request asks for a token standard by its name, and when the contract is run it does not do what the standard says.",
    why: "Wallets and exchanges rely on the standard.",
    references: ["https://eips.ethereum.org/EIPS/eip-20", "https://eips.ethereum.org/EIPS/eip-721"],
  },
  good: [
    {
      prompt: PROMPT,
      answer: TOKEN("balanceOf[msg.sender] -= v; balanceOf[t] += v; emit Transfer(msg.sender, t, v); return true;"),
    },
  ],
  bad: [{ prompt: PROMPT, answer: TOKEN("balanceOf[msg.sender] -= v; balanceOf[t] += v; return true;") }],
  run({ trials, named, demanded, interfaces }) {
    return trials.flatMap(({ contract: { name }, standards }) =>
      standards.flatMap(({ standard, behaviours }) => {
        // A theft is told by a rule of its own.
        const broken = behaviours.flatMap(({ held, found, isTheft }) =>
          held === false && isTheft !== true && found !== undefined ? [found] : [],
        );
        if (broken.length === 0 || !named.has(standard.name)) return [];
        const message = `${name} breaks ${standard.title}: ${listed(broken)}`;
        const isCertain = demanded.has(standard.name) && !interfaces.has(name);
        return isCertain ? [{ message }] : [{ message, certainty: "hint" as const }];
      }),
    );
  },
});

/** A token that was asked for as one of a standard, and lacks functions of it. */
export const incompleteStandard = defineRule<BehaviourReading>({
  id: "solidity/incomplete-standard",
  severity: "serious",
  certainty: "fact",
  docs: {
    summary:
      "The request asks for a token standard by its name, and no contract of the answer has all of the standard's functions and events.",
    why: "What calls it by the standard reverts.",
  },
  good: [
    {
      prompt: PROMPT,
      answer: TOKEN("balanceOf[msg.sender] -= v; balanceOf[t] += v; emit Transfer(msg.sender, t, v); return true;"),
    },
  ],
  bad: [
    {
      prompt: PROMPT,
      answer:
        "```solidity\npragma solidity ^0.8.20;\ncontract Coin { mapping(address => uint256) public balanceOf; constructor() { balanceOf[msg.sender] = 1000; } function transfer(address t, uint256 v) external returns (bool) { balanceOf[msg.sender] -= v; balanceOf[t] += v; return true; } }\n```",
    },
  ],
  run({ trials, demanded, interfaces }) {
    const meant = trials.flatMap(({ contract, standards }) =>
      standards.map(({ standard }) => ({ contract, standard })),
    );
    return [...demanded].flatMap((name) => {
      const all = meant.filter(({ standard }) => standard.name === name);
      const lacks = all.map(({ contract, standard }) => ({ contract, standard, lack: lackOf(standard, contract.abi) }));
      const [nearest] = lacks.toSorted((a, b) => a.lack.length - b.lack.length);
      if (nearest === undefined || nearest.lack.length === 0 || interfaces.has(nearest.contract.name)) return [];
      return [
        { message: `${nearest.contract.name} is no ${nearest.standard.title}: it lacks ${listed(nearest.lack, 6)}` },
      ];
    });
  },
});
