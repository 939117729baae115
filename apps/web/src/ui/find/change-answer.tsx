import type { ReactNode } from "react";
import { toneOfAnswer } from "./tone-of-answer.ts";
import { type Whereabouts, whereaboutsInWords } from "./whereabouts-in-words.ts";
import classes from "./change-answer.module.css";

type ChangeAnswerProps = {
  readonly change: Whereabouts;
  readonly now: Date;
  /** What stands before the answer: which change it is. */
  readonly children?: ReactNode;
};

/** Whether a change is live, in one line. */
export function ChangeAnswer({ change, now, children }: ChangeAnswerProps) {
  const words = whereaboutsInWords(change, now);
  return (
    <p className={classes["answer"]} data-tone={toneOfAnswer(change)}>
      {children}
      {children ? words : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`}.
    </p>
  );
}
