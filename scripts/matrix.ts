import { printedMatrix } from "../test/matrix/run.ts";

/** `npm run matrix`: what works for which client on which way, as Markdown. Exit code 1 when something does not. */
const { text, allGreen } = await printedMatrix();
console.log(text);
process.exitCode = allGreen ? 0 : 1;
