/** Rows to draw, and what room those left out above and below take, in pixels. */
export type RowWindow = { readonly from: number; readonly to: number; readonly above: number; readonly below: number };

type Viewport = {
  /** Of the scrolled area: how far it is scrolled, and how much of it is seen. */
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
};

/** So few rows are always drawn at once, which lets the browser find text in them. */
export const VIRTUALIZE_ABOVE = 60;

/** Rows drawn above and below those seen, so that a key or a turn of the wheel finds them there. */
const OVERSCAN = 12;

/** Which of many rows of one height to draw: those seen and some around them. */
export function rowWindow({ scrollTop, height, rowHeight, count }: Viewport): RowWindow {
  if (count <= VIRTUALIZE_ABOVE) return { from: 0, to: count, above: 0, below: 0 };
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const seen = Math.ceil(height / rowHeight);
  const from = Math.min(Math.max(0, first - OVERSCAN), Math.max(0, count - seen));
  const to = Math.min(count, first + seen + OVERSCAN);
  return { from, to, above: from * rowHeight, below: (count - to) * rowHeight };
}
