"use client";

import type { CadenceView } from "@landfall/schema/organizations/projects";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import classes from "./cadence.module.css";

const CadenceChart = dynamic(() => import("./cadence-chart.tsx").then((file) => file.CadenceChart), { ssr: false });

/** Keeps the chart's place, and loads what draws it once somebody sees it. */
export function CadenceChartFrame({ weeks }: { readonly weeks: CadenceView["weeks"] }) {
  const frame = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!frame.current) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      setSeen(true);
      observer.disconnect();
    });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  return (
    // The table below says the same.
    <div ref={frame} className={classes["chart"]} aria-hidden="true">
      {isSeen && <CadenceChart weeks={weeks} />}
    </div>
  );
}
