import type { Place } from "./completion-words.ts";

/** The completion of `landfall` for bash. Nothing is run while typing: the words are in the script. */
export function bashScript(places: readonly Place[]): string {
  const commands = places.flatMap(({ path, commands: below }) => below.map(({ text }) => `"${path} ${text}"`.replace('" ', '"')));
  const words = places.map(({ path, commands: below, options }) => {
    const all = [...below, ...options].map(({ text }) => text).join(" ");
    return `    "${path}") words="${all}" ;;`;
  });
  const choices = places.flatMap(({ path, choices: offered }) =>
    offered.map(({ option, values }) => `    "${path} ${option}") words="${values.join(" ")}" ;;`),
  );
  return `# Completion of landfall for bash. Add to ~/.bashrc:  source <(landfall completion bash)
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
