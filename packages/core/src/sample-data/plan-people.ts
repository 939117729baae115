import type { Role } from "@landfall/schema/scope";
import type { SampleAuthor, SamplePerson } from "./history.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** Returns the bots that commit. */
export function planBots(organization: string): readonly SampleAuthor[] {
  return [
    { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.example" },
    { name: "release-bot", email: `release-bot@${organization}.example` },
  ];
}

/**
 * Generates people with different email addresses, spread over the teams: an owner, some managers and admins, and members. Some have a second
 * address that they sometimes commit with. A few also commit with an address that the server does not know as theirs.
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

/** Returns the name of a person. After all names are used, given names are combined with other family names. */
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

/** A given and a family name, and their spelling in email addresses if it differs. */
type Name = readonly [given: string, family: string, givenLatin?: string, familyLatin?: string];

/** The names of the members of a sample organization. */
const NAMES: readonly Name[] = [
  ["Amara", "Okafor"],
  ["Søren", "Kjærgaard", "soren", "kjaergaard"],
  ["Mei", "Chen"],
  ["Diego", "Fernández", "diego", "fernandez"],
  ["Priya", "Raghunathan"],
  ["Łukasz", "Wójcik", "lukasz", "wojcik"],
  ["Fatima", "Zahra El Idrissi", "fatima", "elidrissi"],
  ["Jonas", "Weber"],
  ["Yuki", "Tanaka"],
  ["Siobhán", "Ní Bhriain", "siobhan", "nibhriain"],
  ["Thabo", "Mokoena"],
  ["Anaïs", "Lefèvre", "anais", "lefevre"],
  ["Ngọc", "Trần", "ngoc", "tran"],
  ["Kwame", "Boateng"],
  ["Ingrid", "Solheim"],
  ["Rafael", "da Silva", "rafael", "dasilva"],
  ["Leilani", "Kahananui"],
  ["Arjun", "Mehta"],
  ["Олена", "Шевченко", "olena", "shevchenko"],
  ["Giulia", "Ricci"],
  ["Mohammed", "Al-Harbi", "mohammed", "alharbi"],
  ["Zsófia", "Nagy", "zsofia", "nagy"],
  ["Malik", "Johnson"],
  ["Tomáš", "Dvořák", "tomas", "dvorak"],
  ["Aroha", "Ngata"],
  ["Emre", "Yılmaz", "emre", "yilmaz"],
  ["Hannah", "Goldberg"],
  ["Joaquín", "Quispe", "joaquin", "quispe"],
  ["Minh", "Pham"],
  ["Chiara", "Bianchi"],
  ["Oluwaseun", "Adeyemi"],
  ["Ewa", "Kamińska", "ewa", "kaminska"],
  ["Ελένη", "Παπαδοπούλου", "eleni", "papadopoulou"],
  ["Björn", "Þórsson", "bjorn", "thorsson"],
  ["Samira", "Haddad"],
  ["Sota", "Yamamoto"],
  ["Marisol", "Gutiérrez", "marisol", "gutierrez"],
  ["Pieter", "van der Berg", "pieter", "vanderberg"],
  ["دانا", "کریمی", "dana", "karimi"],
  ["Nia", "Williams"],
  ["Viktor", "Petrov"],
  ["Sunita", "Gurung"],
  ["李", "娜", "na", "li"],
  ["김", "민준", "minjun", "kim"],
];
