import { useEffect, useState } from 'react';
import { keptPairing } from './link/pair.js';
import { Bar } from './screen/bar.js';
import { DoorScreen } from './screen/door-screen.js';
import { PairForm } from './screen/pair-form.js';
import { useKept, useWakefulScreen } from './wishes.js';
import { languages, wordsOf } from './words.js';
import { chooseLanguage } from './words.pure.js';

const spoken = languages.map(({ id }) => id);

/** The door's screen: pairs itself once, and then stands at its door. */
export function Kiosk() {
  const [pairing, setPairing] = useState(keptPairing);
  const [chosen, choose] = useKept('latchkey.kiosk.language', '');
  const [sound, setSound] = useKept('latchkey.kiosk.sound', 'on');
  const [personsOwn, setPersonsOwn] = useState<string | null>(null);
  const language = chooseLanguage([personsOwn, chosen, ...navigator.languages], spoken);
  const words = wordsOf(language);
  useWakefulScreen();
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = pairing ? `Latchkey · ${pairing.name}` : 'Latchkey';
  }, [language, pairing]);
  const isLoud = sound === 'on';
  return (
    <div className="kiosk">
      <Bar
        {...{ words, language, isLoud }}
        door={pairing?.name}
        onLanguage={choose}
        onSound={(on) => setSound(on ? 'on' : 'off')}
      />
      {pairing ? (
        <DoorScreen
          key={pairing.token}
          {...{ pairing, words, language, isLoud }}
          onPaired={setPairing}
          onLanguage={setPersonsOwn}
        />
      ) : (
        <main className="pairing">
          <PairForm words={words} onPaired={setPairing} />
        </main>
      )}
    </div>
  );
}
