/**
 * The languages that people are spoken to in. This file imports nothing, so that a web page may import it whole
 * (`@latchkey/contracts/consent`).
 */
export const languages = ['en', 'hi', 'es'] as const;
export type Language = (typeof languages)[number];

/**
 * What people agree to before their face is taken, by version. A version that somebody agreed to is never changed: another
 * text is another version, and the newest stands last.
 */
export const consentTexts = {
  '2026-11': {
    en: 'I agree that my name, my e-mail address and a mathematical template of my face are stored, to open doors for me. No picture of my registration is kept. I may have all of it deleted at any time, and then use another way in.',
    hi: 'मैं सहमति देता/देती हूँ कि मेरा नाम, मेरा ई-मेल पता और मेरे चेहरे का एक गणितीय टेम्पलेट सहेजा जाए, ताकि मेरे लिए दरवाज़े खुल सकें। पंजीकरण की कोई तस्वीर नहीं रखी जाती। मैं कभी भी यह सब मिटवा सकता/सकती हूँ और तब दूसरे रास्ते से प्रवेश कर सकता/सकती हूँ।',
    es: 'Acepto que se guarden mi nombre, mi dirección de correo electrónico y una plantilla matemática de mi rostro para abrirme las puertas. No se conserva ninguna imagen de mi registro. Puedo pedir en cualquier momento que se borre todo y entrar entonces de otra manera.',
  },
} as const satisfies Record<string, Record<Language, string>>;
export type ConsentVersion = keyof typeof consentTexts;

/** The version that is agreed to now. */
export const CONSENT_VERSION: ConsentVersion = '2026-11';
