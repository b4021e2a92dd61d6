export const ARTICLE = `The city council of Harborview voted on Tuesday to close the Lindqvist Bridge for eighteen months from next spring. The steel
structure, opened in 1931, carries 14,000 cars a day between the old port and the university quarter. Engineers had found cracks in two of its
main girders during an inspection in October, and a second opinion confirmed the finding in December.

Shop owners in the port fear for their trade. "Half of my customers come over that bridge," said Greta Olsen, who runs a bakery near the
fish market. The council promised a fund of three million crowns for affected businesses, a free shuttle ferry every fifteen minutes, and
a temporary crossing for bicycles. The ferry is to run from six in the morning until midnight.

Opponents call the closure too long. The engineering firm that is to repair the bridge says that the work could be done in twelve months if
both lanes were rebuilt at once, but that this would cost four million crowns more. Mayor Ingrid Dahl rejected the idea: "We will not pay a
premium for speed that we do not need." A citizens' group has announced that it will challenge the decision in court before the summer.

The repair is expected to cost 61 million crowns, of which the state pays two thirds. When it reopens, the bridge will have wider pavements,
new lighting and, for the first time, a lane for trams. The tram line itself is planned for the end of the decade and has no budget yet.`;

export const SHORT = `Harborview will close its cracked Lindqvist Bridge for eighteen months from next spring. The council offers a ferry, a
bicycle crossing and three million crowns for shops. Opponents want faster work and plan to sue.`;

export const OFF = `The annual chess tournament drew thousands of spectators to the mountain resort. Grandmasters from thirty nations played
classical games while children learned openings from volunteers. The final was decided by a brilliant sacrifice of the queen, after which the
champion lifted the silver trophy and thanked his parents for their patience during many years of training and travelling.`;
