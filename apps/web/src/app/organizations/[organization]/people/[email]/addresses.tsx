import { Chip } from "../../../../../ui/chip.tsx";
import { ConfirmButton } from "../../../../../ui/dialog/confirm-button.tsx";
import { separateAddress } from "../people-actions.ts";
import classes from "./page.module.css";

type ContributorEmailsProps = {
  readonly organization: string;
  /** The one the person is named by first. */
  readonly emails: readonly string[];
  readonly maySeparate: boolean;
};

/** All addresses of a person, with what takes one away from them. */
export function ContributorEmails({ organization, emails, maySeparate }: ContributorEmailsProps) {
  return (
    <section aria-labelledby="addresses">
      <h2 id="addresses">Addresses</h2>
      <ul className={classes["addresses"]}>
        {emails.map((email, index) => (
          <li key={email}>
            <span className="cut" title={email}>
              {email}
            </span>
            {index === 0 && emails.length > 1 && <Chip title="They are named and linked by this address">Main</Chip>}
            {maySeparate && emails.length > 1 && (
              <ConfirmButton
                label="Separate"
                name={`Separate ${email}`}
                title={`Separate ${email}`}
                action={separateAddress}
                hidden={{ organization, email }}
                submit="Separate"
                isDanger={false}
                done={`${email} stands by itself now.`}
              >
                <p>Its commits are then told as those of somebody else. It can be merged again in the list of people.</p>
              </ConfirmButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
