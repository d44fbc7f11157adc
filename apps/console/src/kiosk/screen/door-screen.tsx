import type { DoorDisplay } from '@latchkey/contracts';
import { Fragment, useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '../../look/button.js';
import type { Pairing } from '../link/pair.js';
import { play } from '../sounds.js';
import { clausesOf, type Messages } from '../words.pure.js';
import { PairForm } from './pair-form.js';
import { Outline } from './outline.js';
import { Ring } from './ring.js';
import { type Scene, sceneOf, soundOf } from './scene.pure.js';
import { Sign } from './sign.js';
import { useDoorKiosk } from './use-door-kiosk.js';

interface DoorScreenProps {
  readonly pairing: Pairing;
  readonly words: Messages;
  readonly language: string;
  readonly isLoud: boolean;
  readonly onPaired: (pairing: Pairing) => void;
  /** The language of the person who is known to stand there, or null. */
  readonly onLanguage: (language: string | null) => void;
}

/** What a person at the door sees: themselves, and one sentence that says what to do now. */
export function DoorScreen(props: DoorScreenProps) {
  const { pairing, words, language, isLoud, onPaired, onLanguage } = props;
  const { state, kiosk, video, canvas } = useDoorKiosk(pairing);
  const [ratio, setRatio] = useState(4 / 3);
  const scene = sceneOf(state, words, language);
  const now = useCallback(() => kiosk.current?.nowMs() ?? Date.now(), [kiosk]);
  useSounds(state.display, isLoud);
  const own = useOwnLanguage(state.display);
  useEffect(() => onLanguage(own), [own, onLanguage]);
  const isRevoked = state.link === 'revoked';
  return (
    <main className="door" data-tone={scene.tone} data-paired={!isRevoked}>
      <div className="stage-room" hidden={isRevoked}>
        <div
          className="stage"
          style={{ '--ratio': ratio } as object}
          data-live={state.camera === 'live'}
        >
          <video
            ref={video}
            muted
            playsInline
            autoPlay
            aria-label={words.label.picture}
            onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
              if (videoHeight > 0) setRatio(videoWidth / videoHeight);
            }}
          />
          <canvas ref={canvas} aria-hidden="true" />
          {scene.invites ? <Outline /> : null}
          {scene.asksForCode ? <div className="target" aria-hidden="true" /> : null}
        </div>
      </div>
      {isRevoked ? (
        <PairForm words={words} isRevoked onPaired={onPaired} />
      ) : (
        <Panel
          {...{ scene, words, language, now }}
          onWish={(wish) => kiosk.current?.wish(wish)}
          onRetry={() => kiosk.current?.retry()}
        />
      )}
    </main>
  );
}

interface PanelProps {
  readonly scene: Scene;
  readonly words: Messages;
  readonly language: string;
  readonly now: () => number;
  readonly onWish: (wish: 'cancel' | 'new-code') => void;
  readonly onRetry: () => void;
}

function Panel({ scene, words, language, now, onWish, onRetry }: PanelProps) {
  const { tone, sentence, reason, remaining, advice, wait, asksForCode, ofNewCode, remedy } = scene;
  return (
    <section className="panel">
      {wait === null ? (
        <Sign tone={tone} />
      ) : (
        <Ring key={`${wait.from}-${wait.until}`} {...{ wait, now, words, language }} />
      )}
      <div className="said" aria-live="assertive" aria-atomic="true">
        <h1 className="sentence">
          {clausesOf(sentence).map((clause) => (
            <Fragment key={clause}>
              <span className="clause">{clause}</span>{' '}
            </Fragment>
          ))}
          {reason === null ? null : (
            <>
              <span className="hidden-visually"> – </span>
              <span className="reason">{reason}</span>
            </>
          )}
        </h1>
        {remaining === null ? null : <p className="remaining">{remaining}</p>}
        <p className="advice">{advice}</p>
      </div>
      <div className="row wishes">
        {asksForCode ? (
          <>
            {scene.isNewCodeSent ? null : (
              <Button
                aria-describedby={ofNewCode === null ? undefined : 'of-new-code'}
                onClick={() => onWish('new-code')}
              >
                {words.action['no-code']}
              </Button>
            )}
            <Button onClick={() => onWish('cancel')}>{words.action.cancel}</Button>
            {ofNewCode === null ? null : (
              <p className="of-new-code" id="of-new-code">
                {ofNewCode}
              </p>
            )}
          </>
        ) : null}
        {remedy ? <Button onClick={onRetry}>{words.action[remedy]}</Button> : null}
      </div>
    </section>
  );
}

function useSounds(display: DoorDisplay | null, isLoud: boolean): void {
  const before = useRef<DoorDisplay | null>(null);
  useEffect(() => {
    const sound = soundOf(before.current, display);
    before.current = display;
    if (sound && isLoud) void play(sound);
  }, [display, isLoud]);
}

/** The person's own language, from when they may be named until their attempt is over on the screen, goodbye included. */
function useOwnLanguage(display: DoorDisplay | null): string | null {
  const [kept, keep] = useState<{ readonly attempt: string; readonly language: string }>();
  const { attempt = null, language = null } = display ?? {};
  const isNew = kept?.attempt !== attempt || kept?.language !== language;
  if (attempt !== null && language !== null && isNew) keep({ attempt, language });
  return language ?? (kept?.attempt === attempt ? kept.language : null);
}
