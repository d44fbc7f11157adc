import {
  CONSENT_VERSION,
  type ConsentVersion,
  consentTexts,
  type Language,
} from '@latchkey/contracts/consent';
import { useState } from 'react';
import { CheckField } from '../../look/fields.js';

/** Whether a person agrees; that they do must be said before their face is taken. */
export function useConsent() {
  const [agrees, setAgrees] = useState(false);
  const [isMissed, setMissed] = useState(false);
  return {
    agrees,
    isMissed: isMissed && !agrees,
    say: setAgrees,
    /** What is sent of it; undefined where it is missing, which is said beside it from then on. */
    ask: (): { version: ConsentVersion } | undefined => {
      setMissed(!agrees);
      return agrees ? { version: CONSENT_VERSION } : undefined;
    },
  };
}

interface ConsentFieldProps {
  readonly language: Language;
  readonly consent: ReturnType<typeof useConsent>;
}

/** What the person agrees to, in their language; without it nobody's face is taken. */
export function ConsentField({ language, consent }: ConsentFieldProps) {
  return (
    <fieldset className="consent stack">
      <legend>Consent</legend>
      <blockquote lang={language}>{consentTexts[CONSENT_VERSION][language]}</blockquote>
      <CheckField
        label="The person has read this and agrees"
        hint="When, and who recorded it, are kept with the person."
        fault={consent.isMissed ? 'Without it no face is taken.' : undefined}
        checked={consent.agrees}
        onChange={({ target }) => consent.say(target.checked)}
      />
    </fieldset>
  );
}
