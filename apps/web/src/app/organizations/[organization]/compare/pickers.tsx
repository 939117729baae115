"use client";

import { Button } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { organizationUrls } from "../../../../ui/addresses.ts";
import { useShortcuts } from "../../../../ui/keyboard/shortcuts.ts";
import type { ProjectEnvironments } from "./match-places.ts";
import { SidePicker } from "./side-picker.tsx";
import classes from "./pickers.module.css";

type SidePickersProps = {
  readonly organization: string;
  /** As the address has them; "" for nothing. */
  readonly base: string;
  readonly head: string;
  readonly projects: readonly ProjectEnvironments[];
  /** What is wrong with one of them. */
  readonly problem: { readonly side: "base" | "head"; readonly message: string } | null;
};

/** What is compared with what. The address says it: choosing leads to another one. */
export function SidePickers({ organization, base: askedBase, head: askedHead, projects, problem }: SidePickersProps) {
  const router = useRouter();
  const to = organizationUrls(organization);
  const [isLoading, load] = useTransition();
  const [base, setBase] = useState(askedBase);
  const [head, setHead] = useState(askedHead);
  const show = (sides: { readonly base: string; readonly head: string }) =>
    load(() => router.push(to.compare({ base: sides.base.trim(), head: sides.head.trim() }), { scroll: false }));
  const swap = () => show({ base: head, head: base });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    show({ base, head });
  };
  useShortcuts("Compare", [{ keys: "s", label: "Swap the sides", run: swap }]);
  const problemOf = (side: "base" | "head") => (problem?.side === side ? problem.message : null);
  return (
    <form action={to.compare()} method="get" className={classes["pickers"]} onSubmit={onSubmit} aria-busy={isLoading}>
      <SidePicker
        organization={organization}
        name="base"
        label="From"
        value={base}
        onChange={setBase}
        onChoose={(chosen) => head !== "" && show({ base: chosen, head })}
        projects={projects}
        problem={problemOf("base")}
      />
      <Button variant="default" className={classes["swap"]} onClick={swap} title="Swap the sides (s)" aria-label="Swap the sides">
        <IconArrowsExchange size={16} aria-hidden="true" />
      </Button>
      <SidePicker
        organization={organization}
        name="head"
        label="To"
        value={head}
        onChange={setHead}
        onChoose={(chosen) => base !== "" && show({ base, head: chosen })}
        projects={projects}
        problem={problemOf("head")}
      />
      <Button type="submit" loading={isLoading} className={classes["go"]}>
        Compare
      </Button>
    </form>
  );
}
