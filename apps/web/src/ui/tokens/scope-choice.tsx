"use client";

import { type Scope, SCOPE_DESCRIPTIONS } from "@landfall/schema/scope";
import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import classes from "./scope-choice.module.css";
import { SCOPE_SETS, scopesOfSet } from "./scope-sets.ts";

type ScopeSelectProps = { readonly scopes: readonly Scope[]; readonly error: string | undefined };

/** What a token may do: one of a few usual sets, or each scope by itself, in words. */
export function ScopeSelect({ scopes, error }: ScopeSelectProps) {
  const [set, setSet] = useState("releases");
  return (
    <fieldset className={classes["choice"]}>
      <NativeSelect
        label="What it can do"
        data={[...SCOPE_SETS.map(({ name, words }) => ({ value: name, label: words })), { value: "own", label: "choose each…" }]}
        value={set}
        onChange={(event) => setSet(event.currentTarget.value)}
        error={error}
      />
      {set === "own" ? (
        <div className={classes["list"]}>
          {scopes.map((scope) => (
            <label key={scope}>
              <input type="checkbox" name="scopes" value={scope} />
              {SCOPE_DESCRIPTIONS[scope]} <code>{scope}</code>
            </label>
          ))}
        </div>
      ) : (
        scopesOfSet(set, scopes).map((scope) => <input key={scope} type="hidden" name="scopes" value={scope} />)
      )}
    </fieldset>
  );
}
