import type { Command, Flag } from "./command.ts";
import type { CommandEntry } from "./index.ts";
import { usageError } from "./usage.ts";

/** A command as a shell completes it: its words, and its flags with the values that each may have. */
interface Completed {
  readonly words: readonly string[];
  readonly summary: string;
  readonly flags: readonly { readonly name: string; readonly about: string; readonly values: readonly string[] }[];
}

const SHELLS = { bash, zsh, fish } as const;
const NAMES = Object.keys(SHELLS).join(" or ");

/** `signalbox completions bash`: a script for a shell, made from the same table as the help. */
export function completionsOf(entries: readonly CommandEntry[]): Command<never> {
  return {
    argument: { name: "<shell>", about: NAMES },
    flags: [],
    examples: ["completions bash >> ~/.bashrc", "completions fish > ~/.config/fish/completions/signalbox.fish"],
    async run(_flags, world, shell = "") {
      if (!isShell(shell)) throw usageError(`expected ${NAMES}, got ${JSON.stringify(shell)}`);
      const commands = await Promise.all(
        entries.map(async (entry) => ({
          words: entry.name.split(" "),
          summary: entry.summary,
          flags: (await entry.load()).flags.map(completedFlag),
        })),
      );
      world.out.write(`${SHELLS[shell](commands)}\n`);
      return 0;
    },
  };
}

function isShell(word: string): word is keyof typeof SHELLS {
  return Object.hasOwn(SHELLS, word);
}

function completedFlag({ flags, about, choices = [] }: Flag): Completed["flags"][number] {
  return { name: /--[\w-]+/.exec(flags)?.[0] ?? flags, about, values: choices };
}

/** What may follow the words of a command so far, by those words: subcommands and flags; and by words and flag: its values. */
function cases(commands: readonly Completed[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const add = (path: string, words: readonly string[]): void =>
    void found.set(path, [...new Set([...(found.get(path) ?? []), ...words])]);
  for (const { words, flags } of commands) {
    for (const [index, word] of words.entries()) add(words.slice(0, index).join(" "), [word]);
    const path = words.join(" ");
    add(path, [...flags.map(({ name }) => name), "--config", "--help"]);
    for (const { name, values } of flags) if (values.length > 0) add(`${path} ${name}`, values);
  }
  return found;
}

function bash(commands: readonly Completed[]): string {
  const found = [...cases(commands)];
  const paths = found.filter(([path]) => path !== "" && !path.includes("--")).map(([path]) => `"${path}"`);
  return `# signalbox: completions for bash
_signalbox() {
  local word path="" cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in ${paths.join("|")}) path="\${path:+$path }$word" ;; esac
  done
  case "\${path:+$path }$prev" in
${found.flatMap(([path, words]) => (path.includes("--") ? [`    "${path}") words="${words.join(" ")}" ;;`] : [])).join("\n")}
    *) case "$path" in
${found.flatMap(([path, words]) => (path.includes("--") ? [] : [`      "${path}") words="${words.join(" ")}" ;;`])).join("\n")}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _signalbox signalbox`;
}

/** Zsh runs the function for bash. */
function zsh(commands: readonly Completed[]): string {
  return `autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
}

function fish(commands: readonly Completed[]): string {
  const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const seen = (words: readonly string[]): string =>
    words.length === 0
      ? "__fish_use_subcommand"
      : words.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ");
  const groups = new Set<string>();
  const lines = commands.flatMap(({ words, summary, flags }) => {
    const [group = "", sub] = words;
    const own =
      sub === undefined || groups.has(group) ? [] : [`complete -c signalbox -f -n __fish_use_subcommand -a ${group}`];
    groups.add(group);
    return [
      ...own,
      `complete -c signalbox -f -n ${quoted(seen(words.slice(0, -1)))} -a ${words.at(-1) ?? ""} -d ${quoted(summary)}`,
      ...flags.map(({ name, about, values }) =>
        [
          `complete -c signalbox -n ${quoted(seen(words))} -l ${name.slice(2)} -d ${quoted(about)}`,
          ...(values.length === 0 ? [] : [`-x -a ${quoted(values.join(" "))}`]),
        ].join(" "),
      ),
    ];
  });
  return ["# signalbox: completions for fish", ...lines].join("\n");
}
