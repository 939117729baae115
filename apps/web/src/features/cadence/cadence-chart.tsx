"use client";

import { BarChart } from "@mantine/charts";
import { formatDay } from "#ui/format.ts";
import { SERIES, type SeriesName, type Week } from "./cadence.tsx";
import "@mantine/charts/styles.layer.css";

/** A bar chart of counts per week. */
export function CadenceChart({ weeks, series }: { readonly weeks: readonly Week[]; readonly series: readonly SeriesName[] }) {
  const data = weeks.map(({ start, ...counts }) => ({ week: formatDay(start, "short"), ...counts }));
  return (
    <BarChart
      h="11rem"
      data={data}
      dataKey="week"
      series={series.map((name) => ({ name, ...SERIES[name] }))}
      maxBarWidth={28}
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
