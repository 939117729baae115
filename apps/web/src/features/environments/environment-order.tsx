"use client";

import { Button } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconGripVertical } from "@tabler/icons-react";
import { type KeyboardEvent, useOptimistic, useState, useTransition } from "react";
import { callAction } from "#ui/forms/call-action.ts";
import { showDone, showFailure } from "#ui/notices/notices.tsx";
import { setEnvironmentOrder } from "./actions.ts";
import classes from "./environment-order.module.css";

type EnvironmentOrderProps = {
  readonly organization: string;
  /** In the current order. */
  readonly names: readonly string[];
  readonly mayChange: boolean;
};

/** The order of an organization's environments, changed by dragging, with buttons, or with Alt and the arrow keys. */
export function EnvironmentOrder({ organization, names, mayChange }: EnvironmentOrderProps) {
  const [isSending, send] = useTransition();
  const [shown, setShown] = useOptimistic(names);
  const [dragged, setDragged] = useState<string | null>(null);
  const [moved, setMoved] = useState("");

  const save = (order: readonly string[]) => {
    const form = new FormData();
    form.append("organization", organization);
    for (const name of order) form.append("environment", name);
    return setEnvironmentOrder(form);
  };
  // Not disabled while sending: server actions are sent one after another, so fast key presses are not lost.
  const change = (order: readonly string[], message: string) => {
    const before = shown;
    send(async () => {
      setShown(order.length > 0 ? order : names);
      const outcome = await callAction(() => save(order));
      if (outcome?.kind === "refused") showFailure(outcome);
      else showDone(message, () => save(before));
    });
  };
  const moveTo = (name: string, target: number) => {
    if (target < 0 || target >= shown.length || shown[target] === name) return;
    setMoved(`${name} is now ${target + 1} of ${shown.length}.`);
    change(shown.filter((other) => other !== name).toSpliced(target, 0, name), `Moved ${name}.`);
  };
  const onKey = (event: KeyboardEvent, name: string) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    moveTo(name, shown.indexOf(name) + (event.key === "ArrowUp" ? -1 : 1));
  };

  return (
    <section aria-labelledby="order" className={classes["order"]}>
      <div className="row">
        <h3 id="order">Order</h3>
        {mayChange && (
          <Button variant="default" size="compact-sm" disabled={isSending} onClick={() => change([], "Set the default order.")}>
            Use the default order
          </Button>
        )}
      </div>
      <p className="soft">
        On the board, on the home page, and in lists and commands.
        {mayChange && " Drag an environment, or move it with its buttons or Alt and the arrow keys."}
      </p>
      <ol>
        {shown.map((name, index) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dragging is in addition to the buttons and keys
          <li
            key={name}
            draggable={mayChange}
            data-dragged={dragged === name || undefined}
            onDragStart={() => setDragged(name)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => dragged !== null && event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged !== null) moveTo(dragged, index);
              setDragged(null);
            }}
          >
            {mayChange && <IconGripVertical size={14} aria-hidden="true" className={classes["grip"]} />}
            <span className="cut" title={name}>
              {name}
            </span>
            {mayChange && (
              <span className={classes["moves"]}>
                <button
                  type="button"
                  aria-label={`Move ${name} up`}
                  aria-disabled={index === 0}
                  onClick={() => moveTo(name, index - 1)}
                  onKeyDown={(event) => onKey(event, name)}
                >
                  <IconArrowUp size={14} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  aria-label={`Move ${name} down`}
                  aria-disabled={index === shown.length - 1}
                  onClick={() => moveTo(name, index + 1)}
                  onKeyDown={(event) => onKey(event, name)}
                >
                  <IconArrowDown size={14} aria-hidden="true" />
                </button>
              </span>
            )}
          </li>
        ))}
      </ol>
      <output className="unseen">{moved}</output>
    </section>
  );
}
