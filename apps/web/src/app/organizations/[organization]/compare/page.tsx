import type { Metadata } from "next";
import { ChooseSides } from "#features/compare/choose-sides.tsx";
import { describeSide, formatSide, parseSide } from "@landfall/domain/comparison/compare-side";
import { Comparison } from "#features/compare/comparison.tsx";
import { CopyComparison } from "#features/compare/copy-comparison.tsx";
import { MissingSide } from "#features/compare/missing-side.tsx";
import { readComparison } from "#features/compare/read-comparison.ts";
import { SidePickers } from "#features/compare/side-pickers.tsx";
import { organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { PageHeader } from "#ui/headings.tsx";
import { RowKeys } from "#ui/keyboard/keyboard.tsx";

type CompareProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

export async function generateMetadata({ searchParams }: CompareProps): Promise<Metadata> {
  const { base, head } = sidesOf(await searchParams);
  return { title: base !== null && head !== null ? `${describeSide(base)} → ${describeSide(head)}` : "Compare" };
}

const sidesOf = (params: SearchParams) => ({ base: parseSide(textParam(params, "base")), head: parseSide(textParam(params, "head")) });

/** Compares two releases, or the current releases of two environments. */
export default async function Compare({ params, searchParams }: CompareProps) {
  const page = await organizationPage((await params).organization);
  const { call, organization, to } = page;
  const { base, head } = sidesOf(await searchParams);
  const [projects, read] = await Promise.all([
    call.projects.list({ organization, per_page: 100 }),
    base !== null && head !== null ? readComparison(call, organization, { base, head }) : null,
  ]);
  const texts = { base: base === null ? "" : formatSide(base), head: head === null ? "" : formatSide(head) };
  return (
    <>
      <RowKeys />
      <PageHeader title="Compare" actions={read?.kind === "found" && <CopyComparison comparison={read.comparison} />} />
      <SidePickers
        key={`${texts.base}\n${texts.head}`}
        organization={organization}
        {...texts}
        projects={projects.items.map(({ slug, environments }) => ({ slug, environments }))}
        problem={read?.kind === "missing" ? { side: read.side, message: "Not found" } : null}
      />
      {read === null && <ChooseSides page={page} />}
      {read?.kind === "found" && <Comparison to={to} comparison={read.comparison} />}
      {read?.kind === "missing" && base !== null && head !== null && (
        <MissingSide page={page} base={base} head={head} missing={read.side} message={read.message} />
      )}
    </>
  );
}
