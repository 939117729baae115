import { expect, test } from "vitest";
import { emitChange, subscribeToChanges } from "./events-stream.tsx";

test("each hears of the kinds asked for, of all when something may have been missed, and of nothing after stopping", () => {
  const heard: string[] = [];
  const stopBoard = subscribeToChanges(["deploy", "release"], () => heard.push("board"));
  const stopPeople = subscribeToChanges(["member"], () => heard.push("people"));
  const said = (kind: string | null) => {
    emitChange(kind);
    return heard.splice(0);
  };
  expect(said("deploy")).toEqual(["board"]);
  expect(said("member")).toEqual(["people"]);
  expect(said("token")).toEqual([]);
  expect(said(null)).toEqual(["board", "people"]);
  stopBoard();
  expect(said(null)).toEqual(["people"]);
  stopPeople();
  expect(said(null)).toEqual([]);
});
