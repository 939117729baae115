import type { Role } from "@landfall/schema/scope";
import type { SampleAuthor, SamplePerson } from "./history.ts";
import { NAMES } from "./sample-names.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** Programs that commit. */
export function planBots(organization: string): readonly SampleAuthor[] {
  return [
    { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.example" },
    { name: "release-bot", email: `release-bot@${organization}.example` },
  ];
}

/**
 * So many people with different addresses, in these teams by turns: an owner, some managers and admins, and members. Some have a second
 * address which they sometimes commit with, and few a third that is not known as theirs.
 */
export function planPeople(random: SeededRandom, count: number, organization: string, teams: readonly string[]): readonly SamplePerson[] {
  return Array.from({ length: count }, (_, index) => {
    const { name, local } = nameAt(index);
    const secondEmail = index % 7 === 3 ? `${local.replace(".", "")}@home.${organization}.example` : null;
    const strayEmail = index % 19 === 5 ? `${local.split(".")[0]}@laptop.local` : null;
    const team = teams[index % teams.length] ?? random.pick(teams);
    return { name, email: `${local}@${organization}.example`, secondEmail, strayEmail, role: roleAt(index), team };
  });
}

/** Once every name is taken, given names meet the family names of others. */
function nameAt(index: number): { name: string; local: string } {
  const round = Math.floor(index / NAMES.length);
  const [given = "", , givenLatin = given] = NAMES[index % NAMES.length] ?? [];
  const [, family = "", , familyLatin = family] = NAMES[(index + round * 5) % NAMES.length] ?? [];
  const local = `${givenLatin}.${familyLatin}`.toLowerCase().replaceAll(" ", "");
  return { name: /^\p{Script=Han}|^\p{Script=Hangul}/u.test(given) ? `${given}${family}` : `${given} ${family}`, local };
}

function roleAt(index: number): Role {
  if (index === 0) return "owner";
  if (index % 13 === 1) return "manager";
  return index % 9 === 2 ? "admin" : "member";
}
