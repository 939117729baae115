"use client";

import type { CadenceView } from "@landfall/schema/organizations/projects";
import { BarChart } from "@mantine/charts";
import { formatDay } from "#ui/format.ts";
import "@mantine/charts/styles.layer.css";

/** A bar chart of releases and deploys per week. */
export function CadenceChart({ weeks }: { readonly weeks: CadenceView["weeks"] }) {
  const data = weeks.map(({ start, releases, deploys }) => ({ week: formatDay(start, "short"), releases, deploys }));
  return (
    <BarChart
      h="11rem"
      data={data}
      dataKey="week"
      series={[
        { name: "releases", label: "Releases", color: "var(--accent)" },
        { name: "deploys", label: "Deploys", color: "var(--info)" },
      ]}
      barChartProps={{ accessibilityLayer: false }}
      gridAxis="x"
      tickLine="none"
      xAxisProps={{ interval: "equidistantPreserveStart" }}
      yAxisProps={{ allowDecimals: false, width: 32 }}
      barProps={{ isAnimationActive: false }}
      tooltipAnimationDuration={0}
    />
  );
}
