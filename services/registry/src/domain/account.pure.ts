/** An account at the campus's own sign-in: who vouches for it, and its id there, which is never given to another. */
export interface Account {
  readonly issuer: string;
  readonly subject: string;
}

/** How an operator signs in by single sign-on. */
export interface SingleSignOn {
  /** What the account had to be vouched for as the first time, such as its e-mail address; later it only tells people. */
  readonly invitedAs: string;
  /** The account that came first under it; `null`: none yet. From then on only this one counts. */
  readonly account: Account | null;
}

/** By what a bound operator is found. */
export function accountKey({ issuer, subject }: Account): string {
  return JSON.stringify([issuer, subject]);
}

/** By what an operator is found: who is bound by the account alone, for what they were invited as may be another's by now. */
export function singleSignOnKeys(way: SingleSignOn | null) {
  if (!way) return {};
  return way.account ? { account: accountKey(way.account) } : { invited: way.invitedAs };
}
