/** What a file is called that usually holds secrets: a rule's name, and the test of a name in lower case. */
const SECRET_NAMES: readonly (readonly [rule: string, test: RegExp])[] = [
  ["environment file", /^\.env(?:$|\.|rc$)|\.env$/],
  ["SSH key", /^id_(?:rsa|dsa|ecdsa|ed25519)|^\.?(?:ssh|gnupg)$/],
  ["private key or key store", /\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc|gpg)$/],
  ["credentials", /^\.?(?:credentials?|secrets?)(?:$|\.)|^service-account/],
  ["package registry login", /^\.(?:npmrc|yarnrc\.yml|pypirc)$/],
  ["login file", /^(?:\.netrc|_netrc|\.pgpass|\.htpasswd|\.git-credentials|\.my\.cnf|\.dockercfg)$/],
  ["cloud or cluster config", /^(?:\.aws|\.kube|kubeconfig|\.azure|\.docker|\.gcloud)$|\.tfstate$|\.tfvars$/],
  ["repository data", /^\.git$/],
  ["shell history", /^\..{0,20}_history$/],
];

/** What a text that must not leave the machine holds. The last one is by entropy. */
const SECRET_TEXTS: readonly (readonly [rule: string, test: RegExp])[] = [
  ["a private key block", /-----BEGIN [A-Z ]{0,30}PRIVATE KEY/],
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40})/],
  ["a vendor's API key", /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20}/],
  ["a Google API key", /\bAIza[A-Za-z0-9_-]{35}/],
  ["a Slack token", /\bxox[abprs]-[A-Za-z0-9-]{10}/],
  ["a Stripe key", /\b[sr]k_live_[A-Za-z0-9]{16}/],
];

const ASSIGNED =
  /(?:secret|token|password|passwd|api_?key|private_?key|access_?key)["']? {0,3}[:=] {0,3}["']?([A-Za-z0-9+/_=-]{24,200})/gi;
/** Bits a character: words and names stay below, random keys are above. */
const SECRET_BITS = 3.7;

/** The rule by which a path is secret, of any of its parts; or `null`. */
export function secretName(path: string): string | null {
  for (const part of path.toLowerCase().split("/")) {
    const found = SECRET_NAMES.find(([, test]) => test.test(part));
    if (found !== undefined) return found[0];
  }
  return null;
}

/** The rule by which a text holds a secret, never the secret; or `null`. */
export function secretText(text: string): string | null {
  const found = SECRET_TEXTS.find(([, test]) => test.test(text));
  if (found !== undefined) return found[0];
  for (const [, value = ""] of text.matchAll(ASSIGNED)) {
    if (/[0-9]/.test(value) && /[A-Za-z]/.test(value) && entropyBits(value) >= SECRET_BITS)
      return "a random value assigned to the name of a secret";
  }
  return null;
}

function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
