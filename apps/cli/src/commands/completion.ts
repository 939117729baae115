import {
  type AnyCommand,
  command,
  type CommandGroup,
  type CommandTree,
  DRY_RUN,
  GLOBAL_OPTIONS,
  isGroup,
  type Parameter,
  required,
} from "../command/command.ts";
import { CliError } from "../system/errors.ts";

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** `word:description`, in single quotes. */
const described = ({ text, describe }: Word): string => `'${text}:${describe.replaceAll("'", "'\\''").replaceAll(":", "\\:")}'`;

const SHELLS: Readonly<Record<string, (places: readonly Place[]) => string>> = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Prints a shell script that completes the commands of `tree`. */
export const completion = (tree: () => CommandTree) =>
  command({
    describe: "print a shell completion script",
    details: "The first lines of the script explain how to install it.",
    arguments: { shell: required("<shell>", "bash, zsh, or fish") },
    examples: ["completion bash >> ~/.bashrc", "completion zsh", "completion fish > ~/.config/fish/completions/landfall.fish"],
    run: async (_, { shell }): Promise<{ shell: string; script: string }> => {
      const write = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
      if (!write) throw new CliError("usage", `Unsupported shell: ${shell}.`, `Supported shells: ${Object.keys(SHELLS).join(", ")}.`);
      return { shell, script: write(completionPlaces(tree())) };
    },
    print: ({ script }) => script.trimEnd(),
  });

/** A possible next word and its description. */
type Word = { readonly text: string; readonly describe: string };

/** What can follow some words of the command line. */
type Place = {
  /** The commands before it, such as `releases new`; empty at the start. */
  readonly path: string;
  readonly commands: readonly Word[];
  readonly options: readonly Word[];
  /** The possible values of options that have a fixed set. */
  readonly choices: readonly { readonly option: string; readonly values: readonly string[] }[];
};

/** Returns all places of a command line, the start first. */
export function completionPlaces(tree: CommandTree): Place[] {
  const start = place("", tree, []);
  return [start, ...Object.entries(tree).flatMap(([name, node]) => placesOf(name, node))];
}

function placesOf(name: string, node: AnyCommand | CommandGroup): Place[] {
  if (!isGroup(node)) return [place(name, {}, optionsOf(node))];
  return [
    place(name, node.commands, []),
    ...Object.entries(node.commands).map(([verb, command]) => place(`${name} ${verb}`, {}, optionsOf(command))),
  ];
}

const optionsOf = ({ options, writes }: AnyCommand): Parameter<unknown>[] => [...Object.values(options), ...(writes ? [DRY_RUN] : [])];

function place(path: string, below: Readonly<Record<string, { readonly describe: string }>>, own: readonly Parameter<unknown>[]): Place {
  const options = [...own, ...Object.values(GLOBAL_OPTIONS)];
  return {
    path,
    commands: Object.entries(below).map(([text, { describe }]) => ({ text, describe })),
    options: options.map((option) => ({ text: longFlag(option), describe: option.describe })),
    choices: options.flatMap((option) => (option.choices ? [{ option: longFlag(option), values: option.choices }] : [])),
  };
}

/** `--env` of `-e, --env <name>`. */
const longFlag = ({ flags }: Parameter<unknown>): string => /--[a-z-]+/.exec(flags)?.[0] ?? flags;

/** The words are in the script, so that completion runs nothing. */
function bashScript(places: readonly Place[]): string {
  const commands = places.flatMap(({ path, commands: below }) => below.map(({ text }) => `"${path} ${text}"`.replace('" ', '"')));
  const words = places.map(({ path, commands: below, options }) => {
    const all = [...below, ...options].map(({ text }) => text).join(" ");
    return `    "${path}") words="${all}" ;;`;
  });
  const choices = places.flatMap(({ path, choices: options }) =>
    options.map(({ option, values }) => `    "${path} ${option}") words="${values.join(" ")}" ;;`),
  );
  return `# bash completion for landfall. Add to ~/.bashrc:  source <(landfall completion bash)
_landfall() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" path="" words="" next i
  for ((i = 1; i < COMP_CWORD; i++)); do
    next="\${path:+$path }\${COMP_WORDS[i]}"
    case "$next" in
      ${commands.join(" | ")}) path="$next" ;;
    esac
  done
  case "$path" in
${words.join("\n")}
  esac
  case "$path $previous" in
${choices.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _landfall landfall
`;
}

function fishScript(places: readonly Place[]): string {
  const paths = places.map(({ path }) => path).filter((path) => path !== "");
  const lines = places.flatMap(({ path, commands, options, choices }) => {
    const at = `complete -c landfall -n ${quoted(`__landfall_at ${quoted(path)}`)}`;
    return [
      ...commands.map(({ text, describe }) => `${at} -f -a ${text} -d ${quoted(describe)}`),
      ...options.map(({ text, describe }) => {
        const values = choices.find(({ option }) => option === text)?.values;
        return `${at} -l ${text.slice(2)} -d ${quoted(describe)}${values ? ` -x -a ${quoted(values.join(" "))}` : ""}`;
      }),
    ];
  });
  return `# fish completion for landfall. Save as ~/.config/fish/completions/landfall.fish
function __landfall_at
    set -l path ""
    for word in (commandline -opc)[2..]
        set -l next (string trim -- "$path $word")
        if contains -- $next ${paths.map(quoted).join(" ")}
            set path $next
        end
    end
    test "$path" = "$argv[1]"
end
${lines.join("\n")}
`;
}

function zshScript(places: readonly Place[]): string {
  const commands = places.flatMap(({ path, commands: below }) => below.map(({ text }) => `'${path === "" ? text : `${path} ${text}`}'`));
  const words = places.map(
    ({ path, commands: below, options }) => `    '${path}') found=(${[...below, ...options].map(described).join(" ")}) ;;`,
  );
  const choices = places.flatMap(({ path, choices: options }) =>
    options.map(({ option, values }) => `    '${path} ${option}') found=(${values.map((value) => `'${value}'`).join(" ")}) ;;`),
  );
  return `#compdef landfall
# zsh completion for landfall. Add to ~/.zshrc, after compinit:  source <(landfall completion zsh)
_landfall() {
  local where="" next word
  local -a found
  for word in \${words[2,CURRENT-1]}; do
    next="\${where:+$where }$word"
    case "$next" in
      ${commands.join("|")}) where="$next" ;;
    esac
  done
  case "$where" in
${words.join("\n")}
  esac
  case "$where \${words[CURRENT-1]}" in
${choices.join("\n")}
  esac
  _describe 'landfall' found || _files
}
compdef _landfall landfall
`;
}
