import { expect, test } from "vitest";
import { emitChange, subscribeToChanges } from "./events-stream.tsx";

test("calls listeners for their kinds, all of them for null, and none after they are removed", () => {
  const called: string[] = [];
  const stopBoard = subscribeToChanges(["deploy", "release"], () => called.push("board"));
  const stopPeople = subscribeToChanges(["member"], () => called.push("people"));
  const calledFor = (kind: string | null) => {
    emitChange(kind);
    return called.splice(0);
  };
  expect(calledFor("deploy")).toEqual(["board"]);
  expect(calledFor("member")).toEqual(["people"]);
  expect(calledFor("token")).toEqual([]);
  expect(calledFor(null)).toEqual(["board", "people"]);
  stopBoard();
  expect(calledFor(null)).toEqual(["people"]);
  stopPeople();
  expect(calledFor(null)).toEqual([]);
});
