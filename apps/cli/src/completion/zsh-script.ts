import type { Place, Word } from "./completion-words.ts";

/** The completion of `landfall` for zsh. */
export function zshScript(places: readonly Place[]): string {
  const commands = places.flatMap(({ path, commands: below }) => below.map(({ text }) => `'${path === "" ? text : `${path} ${text}`}'`));
  const words = places.map(
    ({ path, commands: below, options }) => `    '${path}') found=(${[...below, ...options].map(described).join(" ")}) ;;`,
  );
  const choices = places.flatMap(({ path, choices: offered }) =>
    offered.map(({ option, values }) => `    '${path} ${option}') found=(${values.map((value) => `'${value}'`).join(" ")}) ;;`),
  );
  return `#compdef landfall
# Completion of landfall for zsh. Add to ~/.zshrc, after compinit:  source <(landfall completion zsh)
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

/** `word:what it means`, in single quotes. */
const described = ({ text, describe }: Word): string => `'${text}:${describe.replaceAll("'", "'\\''").replaceAll(":", "\\:")}'`;
