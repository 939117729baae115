"use client";

import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import type { SeriesName, Week } from "./cadence.tsx";
import classes from "./cadence.module.css";

const CadenceChart = dynamic(() => import("./cadence-chart.tsx").then((file) => file.CadenceChart), { ssr: false });

/** Reserves space for the chart, and loads it when it scrolls into view. */
export function CadenceChartFrame({ weeks, series }: { readonly weeks: readonly Week[]; readonly series: readonly SeriesName[] }) {
  const frame = useRef<HTMLDivElement>(null);
  const [isVisible, setVisible] = useState(false);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      setVisible(true);
      observer.disconnect();
    });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  return (
    // Hidden from screen readers: the table below has the same data.
    <div ref={frame} className={classes["chart"]} aria-hidden="true">
      {isVisible && <CadenceChart weeks={weeks} series={series} />}
    </div>
  );
}
