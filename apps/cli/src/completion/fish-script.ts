import type { Place } from "./completion-words.ts";

/** The completion of `landfall` for fish. */
export function fishScript(places: readonly Place[]): string {
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
  return `# Completion of landfall for fish. Put into ~/.config/fish/completions/landfall.fish
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

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
