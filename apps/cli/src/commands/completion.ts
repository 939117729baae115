import { CliError } from "../cli-error.ts";
import { command } from "../command.ts";
import type { CommandTree } from "../command-tree.ts";
import { bashScript } from "../completion/bash-script.ts";
import { completionPlaces, type Place } from "../completion/completion-words.ts";
import { fishScript } from "../completion/fish-script.ts";
import { zshScript } from "../completion/zsh-script.ts";
import { required } from "../parameters.ts";

const SHELLS: Readonly<Record<string, (places: readonly Place[]) => string>> = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Prints a script that completes the commands of `tree` in a shell. */
export const completion = (tree: () => CommandTree) =>
  command({
    describe: "print a script that completes commands in your shell",
    details: "The script says at its top where it goes.",
    arguments: { shell: required("<shell>", "bash, zsh or fish") },
    examples: ["completion bash >> ~/.bashrc", "completion zsh", "completion fish > ~/.config/fish/completions/landfall.fish"],
    run: async (_, { shell }): Promise<{ shell: string; script: string }> => {
      const write = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
      if (!write) throw new CliError("usage", `There is no completion for ${shell}.`, `Choose one of ${Object.keys(SHELLS).join(", ")}.`);
      return { shell, script: write(completionPlaces(tree())) };
    },
    print: ({ script }) => script.trimEnd(),
  });
